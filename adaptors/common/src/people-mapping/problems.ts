import { configurationError, type IntegrationError } from '../reporting/errors.js';
import { groupByCause, type Problem } from '../reporting/mapping-problems.js';

/** Collects the problems of a mapping, each once. */
export interface Problems {
  /**
   * @param message begins with the row: "contact, row dob: ..."
   * @param cause what several rows may have in common, and the row
   */
  add(code: string, message: string, cause?: { cause: string; at: string }): void;
  list(): Problem[];
}

/** Creates an empty list. */
export function createProblems(): Problems {
  const found = new Map<string, Problem>();
  return {
    add: (code, message, cause) => found.set(`${code} ${message}`, { code, message, ...cause }),
    list: () => [...found.values()],
  };
}

/**
 * All problems of a mapping of people as one error: to fix them one by one would cost a run each.
 * What several rows have in common is told once.
 */
export function badPeopleMapping(problems: readonly Problem[]): IntegrationError {
  const causes = groupByCause(problems);
  const lines = causes.map(({ code, message }) => `- ${code}: ${message}`);
  return configurationError(
    'BAD_MAPPING',
    `The mapping of people has ${causes.length} ${causes.length === 1 ? 'problem' : 'problems'}. Nothing was written:\n${lines.join('\n')}`,
    {
      fix: 'Correct the rows of the mapping, or the server. Then run again.',
      details: { problems: causes },
    },
  );
}
