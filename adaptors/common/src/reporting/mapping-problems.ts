import { configurationError, type IntegrationError } from './errors.js';

/** A line of a mapping that does not fit the server. */
export interface Problem {
  code: string;
  /** One sentence that names the line of the mapping. */
  message: string;
}

/** All problems of a mapping as one error: to fix them one by one would cost a run each. */
export function mappingProblems(problems: Problem[], version: string): IntegrationError {
  const lines = problems.map(({ code, message }) => `- ${code}: ${message}`);
  return configurationError(
    'MAPPING_PROBLEMS',
    `The mapping does not fit this DHIS2 (${version}), nothing was written; ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:\n${lines.join('\n')}`,
    { fix: 'Correct them in the mapping or on the server, then run again.', details: { problems } },
  );
}
