import { configurationError, type IntegrationError } from '../reporting/errors.js';
import type { Problem } from '../reporting/mapping-problems.js';

/** Collects the problems of a mapping, each once. */
export interface Problems {
  /** @param message without a full stop at its beginning: "contact, row dob: ..." */
  add(code: string, message: string): void;
  list(): Problem[];
}

/** Creates an empty list. */
export function createProblems(): Problems {
  const found = new Map<string, Problem>();
  return {
    add: (code, message) => found.set(`${code} ${message}`, { code, message }),
    list: () => [...found.values()],
  };
}

/** All problems of a mapping of people as one error: to fix them one by one would cost a run each. */
export function badPeopleMapping(problems: readonly Problem[]): IntegrationError {
  const lines = problems.map(({ code, message }) => `- ${code}: ${message}`);
  return configurationError(
    'BAD_MAPPING',
    `The mapping of people has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}. Nothing was written:\n${lines.join('\n')}`,
    {
      fix: 'Correct the rows of the mapping, or the server. Then run again.',
      details: { problems },
    },
  );
}
