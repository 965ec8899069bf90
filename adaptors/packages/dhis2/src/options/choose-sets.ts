import { configurationError } from '#common/reporting/errors.js';
import { findNamed, type Named } from '../client/metadata/metadata.js';

/** Most option sets with a similar name that an error lists. */
const MAX_ALIKE = 5;

/**
 * Finds the option sets that a job names.
 *
 * @param known all option sets that the account sees
 * @returns ids in the order of the names, each once
 * @throws IntegrationError `UNKNOWN_OPTION_SET` (configuration), listing every name that fits none
 */
export function chooseSets(words: readonly string[], known: readonly Named[]): string[] {
  const found = words.map(word => [word, findNamed(word, known)] as const);
  const problems = found.flatMap(([word, set]) =>
    typeof set === 'object' ? [] : [describe(word, set, known)],
  );
  if (problems.length > 0) {
    throw configurationError(
      'UNKNOWN_OPTION_SET',
      `${problems.length} of the option sets cannot be read:\n${problems.join('\n')}`,
      {
        fix: 'Correct optionSets in the job; DHIS2 does not show an option set that is not shared with the account.',
      },
    );
  }
  return [...new Set(found.map(([, set]) => (set as Named).id))];
}

function describe(word: string, found: 'none' | 'several', known: readonly Named[]): string {
  if (found === 'several') return `- "${word}" matches several option sets: use the id of one.`;
  const alike = known
    .filter(({ name = '' }) => isAlike(word, name))
    .slice(0, MAX_ALIKE)
    .map(({ name }) => `"${name}"`);
  const hint = alike.length > 0 ? ` There is ${alike.join(', ')}.` : '';
  return `- "${word}" is not the name, code or id of any.${hint}`;
}

function isAlike(word: string, name: string): boolean {
  const [a, b] = [word.toLowerCase(), name.toLowerCase()];
  return b !== '' && (a.includes(b) || b.includes(a));
}
