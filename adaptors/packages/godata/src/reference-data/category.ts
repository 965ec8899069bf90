import { configurationError } from '#common/reporting/errors.js';

/** What the ids of categories begin with; two categories leave the second word out (FACTS §2.7, r204). */
const PREFIX = /^LNG_REFERENCE_DATA_(CATEGORY_)?/;

/** A category as mappings name it: `VACCINE`, from the full id or from itself. */
export function toCategoryName(word: string): string {
  return word.trim().replace(PREFIX, '').toUpperCase();
}

/**
 * Finds the full ids of categories.
 *
 * @param names as {@link toCategoryName} gives them
 * @param available full ids of the categories that the server has; they differ from version to version
 * @returns name → full id
 * @throws IntegrationError `UNKNOWN_CATEGORY` (configuration), with the categories that there are
 */
export function findCategories(
  names: Iterable<string>,
  available: readonly string[],
): Map<string, string> {
  const ids = new Map(available.map(id => [toCategoryName(id), id]));
  const wanted = [...new Set(names)];
  const unknown = wanted.filter(name => !ids.has(name));
  if (unknown.length > 0) {
    throw configurationError(
      'UNKNOWN_CATEGORY',
      `This Go.Data has no category of reference data ${unknown.map(name => `"${name}"`).join(', ')}. It has: ${[...ids.keys()].sort().join(', ')}.`,
      { fix: 'Correct category in the mapping: nothing was written.', details: { unknown } },
    );
  }
  return new Map(wanted.map(name => [name, ids.get(name)!]));
}
