import { readFileSync, realpathSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import type { ImportDeclaration, ImportSpecifier, Program } from 'acorn';
import { parse } from 'acorn';
import type { BuildFailure, Plugin } from 'esbuild';
import MagicString, { type SourceMap } from 'magic-string';
import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import type { Adaptor } from '../project/resolve-adaptor.js';
import { composeMaps } from './compose-map.js';
import { nameThrowingFunctions } from './name-functions.js';
import { shakeModule } from './shake.js';
import { shareRepeated } from './share-repeated.js';
import { shortenFunctions } from './shorten-functions.js';
import { type Module, readModule } from './units.js';

/** The one adaptor that every platform has; the others are built on it. */
export const COMMON = '@openfn/language-common';

/** The part of an adaptor that a job needs, as a function body. */
export interface AdaptorCode {
  /** Statements that end with `return { tally, ... };` */
  body: string;
  /** Names of language-common that it uses → constants outside of the body. */
  imports: Map<string, string>;
  /** Where the body comes from, by absolute paths, if it begins below so many other lines. */
  toMap(linesAbove: number): SourceMap;
}

/** What of an adaptor a job needs. */
export interface NeededPart {
  /** Exports that the job uses. */
  names: string[];
  /** Text of the job. */
  job: string;
  /** The constant outside of the body for a name of language-common. */
  toOuterName(name: string): string;
}

/** Reads the module of an adaptor apart, each once, if its package says that it has no side effects. */
export type ReadAdaptorModule = (adaptor: Adaptor) => Module | undefined;

/** Creates a {@link ReadAdaptorModule}, which remembers what it has read. */
export function createModuleReader(): ReadAdaptorModule {
  const read = new Map<string, Module | undefined>();
  return ({ entry, hasSideEffects }) => {
    if (hasSideEffects) return undefined;
    if (!read.has(entry)) read.set(entry, readModule(readFileSync(entry, 'utf8')));
    return read.get(entry);
  };
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

/**
 * Gives esbuild another text of the adaptor's module than that of its file, which may be reached
 * through a link.
 */
function replaced(entry: string, contents: string): Plugin {
  const real = realpathSync(entry);
  return {
    name: 'replaced',
    setup({ onLoad }) {
      onLoad({ filter: /./ }, ({ path: file }) =>
        file === real ? { contents, resolveDir: path.dirname(real) } : undefined,
      );
    },
  };
}

/** An expression imports language-common as the platform offers it to jobs, where `util` is a name. */
const utilOfCommon: Plugin = {
  name: 'util-of-common',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^${COMMON}/util$`);
    onResolve({ filter }, ({ path: specifier }) => ({ path: specifier, namespace: 'util' }));
    onLoad({ filter, namespace: 'util' }, () => ({
      contents: `import { util } from '${COMMON}';\nexport const { request } = util;`,
      resolveDir: import.meta.dirname,
    }));
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
 * The code of one module with everything that it needs, as the ES2018 that OpenFn's compiler reads
 * (it fails on a `catch` without a parameter and on class fields) with `?.` and `??`, which it reads
 * too. Names are shortened, but never to `$`, which means lazy state: the code mentions a `$` of its
 * own, and that line is removed afterwards.
 */
async function buildModule(adaptor: Adaptor, names: string[], part: string | undefined) {
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      stdin: {
        contents: `export { ${names.join(', ')} } from ${JSON.stringify(adaptor.entry)};\n$;`,
        resolveDir: path.dirname(adaptor.entry),
      },
      bundle: true,
      write: false,
      outfile: path.join(adaptor.folder, 'job.js'),
      sourcemap: 'external',
      sourcesContent: false,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      conditions: ['import'],
      target: 'es2018',
      supported: { 'optional-chain': true, 'nullish-coalescing': true },
      charset: 'utf8',
      legalComments: 'inline',
      minify: true,
      lineLimit: 500,
      logLevel: 'silent',
      plugins: [
        utilOfCommon,
        outside,
        ...(part === undefined ? [] : [replaced(adaptor.entry, part)]),
      ],
    });
    const textOf = (end: string) => outputFiles.find(file => file.path.endsWith(end))!.text;
    return { code: textOf('.js'), map: textOf('.map') };
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

/** Makes a built module the body of a function, and returns what it imports. */
function toBody(
  adaptor: Adaptor,
  { ast, text }: { ast: Program; text: MagicString },
  toOuterName: NeededPart['toOuterName'],
): Map<string, string> {
  const imports = new Map<string, string>();
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
  return imports;
}

/**
 * Builds the part of an adaptor that a job needs; everything else is removed.
 *
 * @param module the adaptor's module apart, if it has no side effects: then more can be removed
 * @throws IntegrationError `BUNDLE_FAILED`, kind `configuration`: it needs something that the
 * platform lacks
 */
export async function buildAdaptorCode(
  adaptor: Adaptor,
  module: Module | undefined,
  { names, job, toOuterName }: NeededPart,
): Promise<AdaptorCode> {
  const part = module && shakeModule(module, names, job);
  const { code, map } = await buildModule(adaptor, names, part);
  const ast = parse(code, { ecmaVersion: 'latest', sourceType: 'module', ranges: true });
  const text = new MagicString(code);
  nameThrowingFunctions(ast, text);
  const imports = toBody(adaptor, { ast, text }, toOuterName);
  shareRepeated(ast, text);
  shortenFunctions(ast, text);
  text.trim();
  return {
    body: text.toString(),
    imports,
    toMap: linesAbove => {
      const { sources, mappings } = JSON.parse(map) as { sources: string[]; mappings: string };
      const files = sources.map(source => path.resolve(adaptor.folder, source));
      return composeMaps({ sources: files, mappings }, text.generateDecodedMap(), linesAbove);
    },
  };
}
