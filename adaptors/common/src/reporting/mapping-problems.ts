import { getOrCreate } from '../collections/get-or-create.js';
import { configurationError, type IntegrationError } from './errors.js';

/** Something in a mapping, or on the server, because of which nothing can be written. */
export interface Problem {
  code: string;
  /** One sentence that names the place in the mapping. */
  message: string;
  /** What must be corrected, if several places can have the same cause: `option hqRG2ZBBT5A`. */
  cause?: string;
  /** The place alone: `data element "OUTBREAK_DEATHS"`. */
  at?: string;
}

/** A cause, reported once. */
export interface Cause {
  code: string;
  /** The message of its first problem, and the next places that it concerns. */
  message: string;
  /** All places, in the order in which they were found. */
  places?: string[];
}

/** Further places that a message names; the details of the error name all. */
const MAX_PLACES = 5;

/**
 * Tells each cause once: ten category options without data sharing are ten problems, although five
 * data elements use each of them.
 *
 * @example
 * groupByCause([
 *   { code: 'NO_WRITE_ACCESS', message: 'A: the account may not write "x".', cause: 'x', at: 'A' },
 *   { code: 'NO_WRITE_ACCESS', message: 'B: the account may not write "x".', cause: 'x', at: 'B' },
 * ]); // [{ code: 'NO_WRITE_ACCESS', message: 'A: the account may not write "x". Also: B.', places: ['A', 'B'] }]
 */
export function groupByCause(problems: readonly Problem[]): Cause[] {
  const causes = new Map<string, { problem: Problem; places: Set<string> }>();
  for (const problem of problems) {
    const key = `${problem.code} ${problem.cause ?? problem.message}`;
    const cause = getOrCreate(causes, key, () => ({ problem, places: new Set<string>() }));
    if (problem.at !== undefined) cause.places.add(problem.at);
  }
  return [...causes.values()].map(({ problem: { code, message }, places }) =>
    places.size < 2
      ? { code, message }
      : { code, message: `${message} ${also([...places].slice(1))}`, places: [...places] },
  );
}

function also(places: readonly string[]): string {
  const more = places.length - MAX_PLACES;
  const shown = [...places.slice(0, MAX_PLACES), ...(more > 0 ? [`${more} more`] : [])];
  return `Also: ${shown.join(', ')}.`;
}

/**
 * All problems of a mapping as one error: to fix them one by one would cost a run each.
 *
 * @param code code of the error
 * @param sentence what does not fit, the begin of the message
 */
export function problemsError(
  code: string,
  sentence: string,
  problems: readonly Problem[],
): IntegrationError {
  const causes = groupByCause(problems);
  const lines = causes.map(cause => `- ${cause.code}: ${cause.message}`);
  const count = `${causes.length} ${causes.length === 1 ? 'problem' : 'problems'}`;
  return configurationError(code, `${sentence} ${count}:\n${lines.join('\n')}`, {
    fix: 'Correct them in the mapping or on the server, then run again.',
    details: { problems: causes },
  });
}

/** The problems of an aggregate mapping. */
export function mappingProblems(problems: readonly Problem[], version: string): IntegrationError {
  return problemsError(
    'MAPPING_PROBLEMS',
    `The mapping does not fit this DHIS2 (${version}), nothing was written;`,
    problems,
  );
}
