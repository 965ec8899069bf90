import type { AnyNode, ExportNamedDeclaration, ImportDeclaration, Pattern, Program } from 'acorn';
import MagicString from 'magic-string';
import { findCompileProblems } from './compile-job.js';
import type { AdaptorExports } from './job.js';
import { jobError } from './job-error.js';
import { parseJob } from './parse-job.js';
import { readFreeIdentifiers } from './scope.js';
import { isOperationStatement } from './transforms/top-level-operations.js';

/** A job whose exports are wanted. */
export interface ExportsSource {
  source: string;
  /** Path for messages. */
  file: string;
  adaptor: AdaptorExports;
}

/** A script whose value is an async function: it takes the adaptor's exports and returns the job's. */
export interface CompiledExports {
  /** What comes before the job's own text, on its first line. */
  head: string;
  /** The job's own text, line by line, and the end. */
  body: string;
}

/** Names that a pattern declares: `{ a, b: [c = 1], ...d }` declares a, c and d. */
function namesIn(pattern: Pattern | AnyNode): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap(property =>
        namesIn(property.type === 'RestElement' ? property : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap(element => (element ? namesIn(element) : []));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

const nameOf = (node: { type: string; name?: string; value?: unknown }) =>
  JSON.stringify(node.type === 'Identifier' ? node.name : node.value);

/** `name: value` for each export of a statement, for the object that the function returns. */
function readExports({ declaration, specifiers }: ExportNamedDeclaration): string[] {
  const names =
    declaration?.type === 'VariableDeclaration'
      ? declaration.declarations.flatMap(({ id }) => namesIn(id))
      : declaration
        ? [declaration.id.name]
        : [];
  return [
    ...names,
    ...specifiers.map(({ exported, local }) => `${nameOf(exported)}: ${JSON.parse(nameOf(local))}`),
  ];
}

/** The declaration that replaces an import of the adaptor: it takes the names from the given object. */
function toDeclarations({ specifiers }: ImportDeclaration, given: string): string[] {
  return specifiers.map(specifier =>
    specifier.type === 'ImportSpecifier'
      ? `const { ${nameOf(specifier.imported)}: ${specifier.local.name} } = ${given};`
      : `const ${specifier.local.name} = ${given};`,
  );
}

/** A module that the job imports and that is not its adaptor. */
function refuseImports(ast: Program, { source, file, adaptor }: ExportsSource): void {
  for (const statement of ast.body) {
    if (!('source' in statement) || !statement.source) continue;
    const { value } = statement.source;
    if (value === adaptor.name) continue;
    throw jobError(file, source, {
      code: 'JOB_IMPORT',
      message: `${value} cannot be imported. A job can use its adaptor only.`,
      fix: 'Use the exports of the adaptor, without an import.',
      offset: statement.start,
    });
  }
}

/** The same text as blanks, with the same lines and columns. */
const blank = (text: string) => text.replace(/[^\n]/g, ' ');

/** Replaces everything but declarations by blanks; returns what the job exports. */
function editStatements(ast: Program, source: string, text: MagicString): string[] {
  const exported: string[] = [];
  for (const statement of ast.body) {
    const { start, end } = statement;
    const isExport = statement.type === 'ExportNamedDeclaration' && !statement.source;
    if (isExport) exported.push(...readExports(statement));
    const inner = isExport ? statement.declaration : undefined;
    if (inner) text.update(start, inner.start, blank(source.slice(start, inner.start)));
    else if (isOperationStatement(statement) || /^(Ex|Im)port/.test(statement.type)) {
      text.update(start, end, `;${blank(source.slice(start, end)).slice(1)}`);
    }
  }
  return exported;
}

/**
 * Compiles what a job exports, without its operations, as OpenFn's compiler does for unit tests
 * (openfn FACTS §1.5).
 *
 * @throws IntegrationError `JOB_SYNTAX`, `JOB_LAZY_STATE` or `JOB_IMPORT`, kind `configuration`
 */
export function compileExports(job: ExportsSource): CompiledExports {
  const { source, file, adaptor } = job;
  const [problem] = findCompileProblems({ ...job, name: file, adaptors: [adaptor] });
  if (problem) throw jobError(file, source, problem);
  const ast = parseJob(source, file);
  refuseImports(ast, job);
  const text = new MagicString(source);
  const exported = editStatements(ast, source, text);
  if (source.startsWith('#!')) text.update(0, 2, '//');
  const free = new Set(readFreeIdentifiers(ast).map(({ name }) => name));
  const given = 'adaptor';
  const imports = ast.body
    .filter(statement => statement.type === 'ImportDeclaration')
    .flatMap(statement => toDeclarations(statement, given));
  const wanted = adaptor.exports.filter(name => free.has(name));
  const head = [
    `'use strict'; (async ${given} => {`,
    `const { ${wanted} } = ${given};`,
    ...imports,
  ];
  // The block lets the job declare names that are used outside.
  return {
    head: `${head.join(' ')} {`,
    body: `${text}\nreturn { ${exported.join(', ')} };\n}})`,
  };
}
