import type { Identifier, Program } from 'acorn';
import MagicString from 'magic-string';
import type { AdaptorExports, Job, Operation } from './job.js';
import { type JobProblem, jobError, type Position } from './job-error.js';
import { parseJob, tryParseJob } from './parse-job.js';
import { readFreeIdentifiers, readParents } from './scope.js';
import { addImports } from './transforms/add-imports.js';
import { lazyState } from './transforms/lazy-state.js';
import { promises } from './transforms/promises.js';
import { topLevelOperations } from './transforms/top-level-operations.js';

/** A job as it is written. */
export interface JobSource {
  source: string;
  /** Path for messages, `jobs/cases-to-data-values/fetch-cases.js`. */
  file: string;
  /** The step's name; the engine looks the source up in the map as `<name>.js`. */
  name: string;
  /** Adaptors whose exports the job may use; normally one. */
  adaptors: AdaptorExports[];
}

/** The source map of a job, with what the engine needs to name an operation in an error. */
export interface JobSourceMap {
  version: number;
  file: string;
  sources: string[];
  sourcesContent: string[];
  names: string[];
  mappings: string;
  operations: Operation[];
}

/** A job as the engine runs it: an ES module whose default export is the list of operations. */
export interface CompiledJob {
  code: string;
  map: JobSourceMap;
  /** Names that the job uses and does not declare, with the first place of each in the job file. */
  free: Map<string, Position>;
}

function readPlaces(identifiers: Identifier[]): Map<string, Position> {
  const places = new Map<string, Position>();
  for (const { name, loc } of identifiers) {
    const { line, column } = loc!.start;
    if (!places.has(name)) places.set(name, { line, column: column + 1 });
  }
  return places;
}

function toJob({ source, file, adaptors }: JobSource, ast: Program): Job {
  return {
    source,
    file,
    ast,
    // The added newline is the place after every statement, to which operations move.
    text: new MagicString(`${source}\n`),
    free: readFreeIdentifiers(ast),
    parents: readParents(ast),
    adaptors,
    operations: [],
  };
}

/** OpenFn's compiler sees no default export in `export { list as default }`, and adds a second one. */
function findNamedDefaults({ body }: Program): JobProblem[] {
  const specifiers = body.flatMap(statement =>
    statement.type === 'ExportNamedDeclaration' ? statement.specifiers : [],
  );
  const isDefault = ({ exported }: (typeof specifiers)[number]) =>
    (exported.type === 'Identifier' ? exported.name : exported.value) === 'default';
  return specifiers.filter(isDefault).map(({ start }) => ({
    code: 'JOB_SYNTAX',
    message: 'A list of operations cannot be exported under the name default.',
    fix: 'Write export default [...] at the end of the job.',
    offset: start,
  }));
}

/** Every reason why a job cannot be compiled; {@link compileJob} throws the first of them. */
export function findCompileProblems(jobSource: JobSource): JobProblem[] {
  const read = tryParseJob(jobSource.source);
  if ('problem' in read) return [read.problem];
  const problems: JobProblem[] = findNamedDefaults(read.ast);
  lazyState(toJob(jobSource, read.ast), problem => problems.push(problem));
  return problems;
}

/**
 * Compiles a job as OpenFn's compiler does (openfn FACTS §3): lazy state, promise chains, the default
 * export with the top-level operations in it, imports.
 *
 * @throws IntegrationError `JOB_SYNTAX` or `JOB_LAZY_STATE`, kind `configuration`, with file, line,
 * column and the source line
 * @example
 * compileJob({ source: 'fn($.data)', file: 'job.js', name: 'job', adaptors: [{ name: '@openfn/language-common', exports: ['fn'] }] }).code;
 * // import { fn } from "@openfn/language-common"; ... export default [ fn(state => (state.data)) ];
 */
export function compileJob(jobSource: JobSource): CompiledJob {
  const { source, file, name } = jobSource;
  const job = toJob(jobSource, parseJob(source, file));
  const { text, free } = job;
  const refuse = (problem: JobProblem) => {
    throw jobError(file, source, problem);
  };
  findNamedDefaults(job.ast).forEach(refuse);
  if (source.startsWith('#!')) text.update(0, 2, '//');
  // Operations move before promise chains do, so that the links of a chain move within their
  // operation.
  topLevelOperations(job);
  lazyState(job, refuse);
  promises(job);
  addImports(job);
  const map = text.generateMap({
    source: `${name}.js`,
    file: `${name}.map.js`,
    includeContent: true,
    hires: 'boundary',
  });
  return {
    code: text.toString(),
    free: readPlaces(free),
    map: {
      version: map.version,
      file: map.file ?? `${name}.map.js`,
      sources: map.sources.map(String),
      sourcesContent: [source],
      names: map.names,
      mappings: map.mappings,
      operations: job.operations,
    },
  };
}
