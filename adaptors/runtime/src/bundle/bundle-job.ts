import type { Program } from 'acorn';
import type { SourceMap } from 'magic-string';
import { configurationError } from '#common/reporting/errors.js';
import { parseJob } from '../compile/parse-job.js';
import { readFreeIdentifiers } from '../compile/scope.js';
import { hasDefaultExport } from '../compile/transforms/top-level-operations.js';
import type { WorkflowStep } from '../project/read-workflow.js';
import { type Adaptor, loadAdaptor } from '../project/resolve-adaptor.js';
import {
  type AdaptorCode,
  buildAdaptorCode,
  COMMON,
  type ReadAdaptorModule,
} from './adaptor-code.js';
import { checkExpression } from './check-expression.js';
import { ANOTHER_OPERATION, MARKED, RULE } from './marked-line.js';
import { noticeLines } from './notices.js';
import { refuseUseBeforeDefinition } from './use-before-definition.js';

/** Platforms accept more, but an expression is also read and edited in a browser. */
const MAX_JOB_BYTES = 250_000;

/**
 * The names of an adaptor, besides those of language-common, that a job uses, by how they can be
 * declared.
 */
interface OwnNames {
  /** Plain functions: declared as functions, which exist before the job's first line runs. */
  functions: string[];
  /** Everything else (namespaces, classes): constants, which exist only after the job's lines have run. */
  constants: string[];
  /** Whether it has an `execute` of its own, through which the engine runs a job that exports it. */
  hasExecute: boolean;
}

function isPlainFunction(value: unknown): boolean {
  return (
    typeof value === 'function' &&
    !/^class\b/.test(Function.prototype.toString.call(value)) &&
    Object.keys(value).length === 0
  );
}

async function readOwnNames(
  adaptor: Adaptor,
  common: Adaptor,
  used: Set<string>,
): Promise<OwnNames> {
  const [own = {}, shared = {}] = await Promise.all(
    [adaptor, common].map(({ entry }) => loadAdaptor(entry)),
  );
  const isOwn = (name: string) => own[name] !== shared[name];
  const names = Object.keys(own).filter(name => used.has(name));
  const declared = names.filter(name => isOwn(name) && name !== 'execute');
  return {
    functions: declared.filter(name => isPlainFunction(own[name])),
    constants: declared.filter(name => !isPlainFunction(own[name])),
    hasExecute: names.length > 0 && 'execute' in own && isOwn('execute'),
  };
}

/** A name that the job does not use. */
function pickName(wanted: string, source: string): string {
  let name = wanted;
  for (let number = 2; new RegExp(`\\b${name}\\b`).test(source); number += 1) {
    name = `${wanted}${number}`;
  }
  return name;
}

/** A job with its adaptor in it. */
export interface BundledExpression {
  text: string;
  /** Where the adaptor's part of it comes from; undefined if it has none. */
  map?: SourceMap;
}

/** Where bundled jobs take adaptors from. */
export interface AdaptorSources {
  common: Adaptor;
  readModule: ReadAdaptorModule;
}

/**
 * The text below the line, before and after the body. Only functions exist before the job's own
 * constants are created.
 */
function writeMachinery(
  adaptor: Adaptor,
  { functions, constants, hasExecute }: OwnNames,
  { imports, toMap }: AdaptorCode,
  source: string,
): { above: string; below: string } {
  const held = pickName('adaptor', source);
  const create = pickName('createAdaptor', source);
  const specifiers = [...imports].map(([from, to]) => `${from} as ${to}`);
  const call = (each: string) => `function ${each}(...args) { return ${held}().${each}(...args); }`;
  const above = [
    RULE,
    `${MARKED} Below is the part of ${adaptor.name} ${adaptor.version} that the job needs.`,
    ANOTHER_OPERATION,
    ...noticeLines(adaptor, toMap(0).sources),
    RULE,
    ...(specifiers.length > 0 ? [`import { ${specifiers.join(', ')} } from '${COMMON}';`] : []),
    ...functions.map(call),
    ...(hasExecute ? [`export ${call('execute')}`] : []),
    `function ${held}() { return ${held}.made || (${held}.made = ${create}()); }`,
    `function ${create}() {`,
    '',
  ];
  const below = ['', '}', ...constants.map(each => `const ${each} = ${held}().${each};`), ''];
  return { above: above.join('\n'), below: below.join('\n') };
}

/** A compiled job, or one that names its adaptor, would search the platform for the adaptor. */
function refuseImports(ast: Program, { file, adaptor }: Pick<WorkflowStep, 'file' | 'adaptor'>) {
  const imports = ast.body.some(
    statement => statement.type === 'ImportDeclaration' && statement.source.value === adaptor.name,
  );
  if (!imports && !hasDefaultExport(ast)) return;
  const what = imports ? `imports ${adaptor.name}` : 'has its own export default';
  throw configurationError('BUNDLE_FAILED', `${file} ${what}: it cannot be bundled.`, {
    fix: 'Write it as a plain job, without imports: it can use the operations of its adaptor directly.',
  });
}

function refuseSize(expression: string, file: string): void {
  const bytes = Buffer.byteLength(expression, 'utf8');
  if (bytes <= MAX_JOB_BYTES) return;
  throw configurationError(
    'BUNDLE_TOO_LARGE',
    `${file} would have ${Math.ceil(bytes / 1000)} KB with its adaptor; ${MAX_JOB_BYTES / 1000} KB are allowed.`,
    {
      fix: 'Use fewer operations in this job, or publish the adaptor and deploy without a bundle.',
      details: { file, bytes, limit: MAX_JOB_BYTES },
    },
  );
}

/**
 * Turns a job into one self-contained expression for a platform that does not have its adaptor: the
 * job's own text, byte for byte, and below a marked line the part of the adaptor that it needs.
 * Only language-common stays outside; the expression imports it.
 *
 * OpenFn's compiler turns every top-level call into an operation and moves it behind everything
 * else (openfn FACTS §3). So the added code has no such call, and is declared as functions, which
 * the job's own constants can use as well.
 *
 * @throws IntegrationError `BUNDLE_FAILED`, `BUNDLE_EARLY_USE`, `BUNDLE_TOO_LARGE` or `JOB_SYNTAX`,
 * kind `configuration`
 */
export async function bundleJob(
  { source, file, adaptor }: Pick<WorkflowStep, 'source' | 'file' | 'adaptor'>,
  { common, readModule }: AdaptorSources,
): Promise<BundledExpression> {
  const ast = parseJob(source, file);
  const used = new Set(readFreeIdentifiers(ast).map(({ name }) => name));
  const names = await readOwnNames(adaptor, common, used);
  const built = [...names.functions, ...names.constants, ...(names.hasExecute ? ['execute'] : [])];
  refuseImports(ast, { file, adaptor });
  if (built.length === 0) return { text: source };
  refuseUseBeforeDefinition({ source, file, ast }, new Set(names.constants));
  const toOuterName = (name: string) => pickName(`common_${name}`, source);
  const needed = { names: built, job: source, toOuterName };
  const code = await buildAdaptorCode(adaptor, readModule(adaptor), needed);
  const { above, below } = writeMachinery(adaptor, names, code, source);
  const begin = `${source}${source.endsWith('\n') ? '' : '\n'}\n${above}`;
  const text = begin + code.body + below;
  checkExpression(text, { file, adaptor, ast });
  refuseSize(text, file);
  return { text, map: code.toMap(begin.split('\n').length - 1) };
}
