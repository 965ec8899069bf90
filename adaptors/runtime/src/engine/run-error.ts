import type { ErrorKind } from '#common/reporting/errors.js';
import { REJECTED } from '#common/reporting/on-rejected.js';
import type { Position } from '../compile/job-error.js';
import { scrubUrls } from './scrub.js';
import type { Trace } from './trace.js';

/** An error of a run, safe to print: no stack, no response body, no query string. */
export interface RunError {
  /** Step that failed; absent when no step had begun. */
  step?: string;
  /** Stable name: an adaptor's code, or the engine's class (`RuntimeError`, `ImportError`). */
  code: string;
  message: string;
  fix?: string;
  /** Ids, codes and counts, from adaptors that promise to put nothing else there. */
  details?: unknown;
  kind: ErrorKind;
  /** Job file with line and column when they are known: `jobs/a/b.js:12:5`. */
  at?: string;
}

/** Fields that the engine's errors have, and those of the adaptors inside `details`. */
interface EngineError {
  name?: string;
  subtype?: string;
  message?: string;
  fix?: string;
  code?: string;
  kind?: ErrorKind;
  details?: unknown;
  pos?: { line?: number; column?: number };
  line?: number;
}

const FIXES: Record<string, string> = {
  ImportError: 'A job cannot import anything. Use the exports of its adaptor.',
  EdgeConditionError: 'Correct condition_expression of that edge in project.yaml.',
  ReferenceError: 'Declare that name in the job, or check how the adaptor spells its operation.',
};

/** Errors of the engine that are fixed in the job or in project.yaml, whatever the servers do. */
const CONFIGURATION = [
  'EdgeConditionError',
  'ImportError',
  'InputError',
  'InvalidExportsError',
  'InvalidOperationError',
  'ReferenceError',
  'SecurityError',
  'ValidationError',
];

/** What to do about an error of a job that did not get to its first operation. */
const NOT_LOADED = 'Correct the job. It failed while it was loaded, before its first operation.';

/** The parts of a step that locate an error. */
export interface FailedStep {
  id: string;
  file: string;
  /** Places of names that the job does not declare. */
  free: Map<string, Position>;
  /** How far the step got. */
  trace: Trace;
}

function readPlace({ file, free, trace }: FailedStep, { pos, line, message }: EngineError): string {
  // In a list of operations V8 reports an unknown name at the operation before it; the compiler's
  // place is correct.
  const unknown = /^ReferenceError: (\S+) is not defined/.exec(message ?? '')?.[1];
  const place = (unknown && free.get(unknown)) || pos;
  if (place?.line) return `${file}:${place.line}${place.column ? `:${place.column}` : ''}`;
  const refused = /^InvalidOperationError: Invalid operation at statement (\d+)$/.exec(
    message ?? '',
  );
  const known = refused ? trace.lineAt(Number(refused[1])) : (line ?? trace.line);
  return known ? `${file}:${known}` : file;
}

/** The report of a step is with the reports, not with its error. */
function detailsOf({ code, details }: EngineError): unknown {
  if (code !== REJECTED) return details;
  const { report: _report, ...rest } = details as Record<string, unknown>;
  return rest;
}

/**
 * Reads the safe fields of an error of the engine, of an adaptor or of the runtime. What fails while
 * a job is loaded is a mistake in the job: an argument of `ageBand` that is no list, say. The engine
 * passes on only its message.
 *
 * Only an IntegrationError's details are kept: those of others contain requests and responses.
 *
 * @param step the step that failed; absent if none had begun
 */
export function toRunError(error: unknown, step?: FailedStep): RunError {
  const outer = (
    typeof error === 'object' && error !== null ? error : { message: String(error) }
  ) as EngineError;
  const inner = (outer.name === 'AdaptorError' ? (outer.details ?? {}) : outer) as EngineError;
  const isOurs = inner.name === 'IntegrationError';
  const own = typeof inner.code === 'string' ? inner.code : undefined;
  const code = own ?? outer.subtype ?? inner.name ?? outer.name ?? 'Error';
  const isNotLoaded = step !== undefined && !step.trace.hasBegun;
  const fix = isOurs
    ? inner.fix
    : (outer.fix ?? FIXES[code] ?? (isNotLoaded ? NOT_LOADED : undefined));
  const at = step && readPlace(step, outer);
  return {
    ...(step && { step: step.id }),
    code,
    message: scrubUrls(String(outer.message ?? inner.message ?? error)),
    ...(fix && { fix }),
    ...(isOurs && inner.details !== undefined && { details: detailsOf(inner) }),
    kind:
      (isOurs ? inner.kind : undefined) ??
      (isNotLoaded || CONFIGURATION.includes(code) ? 'configuration' : 'failure'),
    ...(at && { at }),
  };
}
