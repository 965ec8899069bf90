import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import type { Problem } from '#common/reporting/mapping-problems.js';

/** All problems of a mapping as one error: to fix them one by one would cost a run each. */
export function badMapping(problems: readonly Problem[], version: string): IntegrationError {
  const lines = problems.map(({ code, message }) => `- ${code}: ${message}`);
  return configurationError(
    'BAD_MAPPING',
    `The mapping does not fit the programs of this DHIS2 (${version}). Nothing was written. ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:\n${lines.join('\n')}`,
    { fix: 'Correct them in the mapping or on the server, then run again.', details: { problems } },
  );
}
