import type { IntegrationError } from '#common/reporting/errors.js';
import { type Problem, problemsError } from '#common/reporting/mapping-problems.js';

/** The problems of a mapping of people. */
export function badMapping(problems: readonly Problem[], version: string): IntegrationError {
  return problemsError(
    'BAD_MAPPING',
    `The mapping does not fit the programs of this DHIS2 (${version}). Nothing was written.`,
    problems,
  );
}
