import { builtinModules } from 'node:module';
import path from 'node:path';
import type { ImportDeclaration, ImportSpecifier, Program } from 'acorn';
import { parse } from 'acorn';
import type { BuildFailure, Plugin } from 'esbuild';
import MagicString from 'magic-string';
import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import type { Adaptor } from '../project/resolve-adaptor.js';
import { nameThrowingFunctions } from './name-functions.js';

/** The one adaptor that every platform has; the others are built on it. */
export const COMMON = '@openfn/language-common';

/** The part of an adaptor that a job needs, as a function body. */
export interface AdaptorCode {
  /** Statements that end with `return { tally, ... };` */
  body: string;
  /** Names of language-common that it uses → constants outside of the body. */
  imports: Map<string, string>;
}

/** Node's modules stay outside, and are dropped unless the code that uses them is needed. */
const outside: Plugin = {
  name: 'outside',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path: specifier }) =>
      specifier === COMMON ||
      specifier.startsWith('node:') ||
      builtinModules.includes(specifier.split('/')[0]!)
        ? { path: specifier, external: true, sideEffects: false }
        : undefined,
    );
  },
};

function bundleError({ name }: Adaptor, reason: string): IntegrationError {
  return configurationError('BUNDLE_FAILED', `${name} cannot be built into a job: ${reason}`, {
    fix: 'An adaptor must be plain ECMAScript that reaches the network through language-common only.',
  });
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);
}

/**
 * The code of one module with everything that it needs, as ES2018: OpenFn's compiler fails on later
 * syntax (a `catch` without a parameter, class fields). Names are shortened, but never to `$`, which
 * means lazy state: the code mentions a `$` of its own, and that line is removed afterwards.
 */
async function buildModule(adaptor: Adaptor, names: string[]): Promise<string> {
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      stdin: {
        contents: `export { ${names.join(', ')} } from ${JSON.stringify(adaptor.entry)};\n$;`,
        resolveDir: path.dirname(adaptor.entry),
      },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      conditions: ['import'],
      target: 'es2018',
      charset: 'utf8',
      legalComments: 'inline',
      minify: true,
      lineLimit: 160,
      logLevel: 'silent',
      plugins: [outside],
    });
    return outputFiles[0]!.text;
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw bundleError(adaptor, error.errors.map(({ text }) => text).join(' '));
  }
}

function readImports(adaptor: Adaptor, ast: Program): ImportDeclaration[] {
  const found = ast.body.filter(({ type }) => type === 'ImportDeclaration') as ImportDeclaration[];
  const foreign = found.map(({ source }) => String(source.value)).filter(name => name !== COMMON);
  if (foreign.length > 0) throw bundleError(adaptor, `it needs ${foreign.join(', ')}.`);
  return found;
}

/** Local and foreign name of each specifier of a built module, which has no other kinds of import. */
function readSpecifiers(adaptor: Adaptor, { specifiers }: ImportDeclaration) {
  return specifiers.map(specifier => {
    const { type, imported, local } = specifier as ImportSpecifier;
    if (type !== 'ImportSpecifier' || imported.type !== 'Identifier') {
      throw bundleError(adaptor, `it imports ${COMMON} as a whole.`);
    }
    return { name: imported.name, local: local.name };
  });
}

/** The line that keeps names from being shortened to `$`. */
function isMention(statement: Program['body'][number]): boolean {
  return (
    statement.type === 'ExpressionStatement' &&
    statement.expression.type === 'Identifier' &&
    statement.expression.name === '$'
  );
}

/**
 * Builds the part of an adaptor that a job needs; everything else is removed.
 *
 * @param names exports of the adaptor that the job uses
 * @param toOuterName the constant outside of the body for a name of language-common
 * @throws IntegrationError `BUNDLE_FAILED`, kind `configuration`: it needs something that the
 * platform lacks
 */
export async function buildAdaptorCode(
  adaptor: Adaptor,
  names: string[],
  toOuterName: (name: string) => string,
): Promise<AdaptorCode> {
  const code = await buildModule(adaptor, names);
  const ast = parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  const text = new MagicString(code);
  const imports = new Map<string, string>();
  nameThrowingFunctions(ast, text);
  for (const statement of readImports(adaptor, ast)) {
    const specifiers = readSpecifiers(adaptor, statement);
    for (const { name } of specifiers) imports.set(name, toOuterName(name));
    const inner = specifiers.map(({ name, local }) => `${local}=${imports.get(name)}`);
    text.update(statement.start, statement.end, inner.length > 0 ? `const ${inner};` : '');
  }
  for (const statement of ast.body) {
    if (isMention(statement)) text.remove(statement.start, statement.end);
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const pairs = statement.specifiers.map(({ local, exported }) => {
      const [from, to] = [local, exported].map(id => (id.type === 'Identifier' ? id.name : ''));
      return `${to}: ${from}`;
    });
    text.update(statement.start, statement.end, `return { ${pairs.join(', ')} };`);
  }
  return { body: text.toString().trim(), imports };
}
