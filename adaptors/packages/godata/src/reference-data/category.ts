import { configurationError } from '#common/reporting/errors.js';

/** The prefix of category ids. Two categories have it without CATEGORY_ (FACTS §2.7, r204). */
const PREFIX = /^LNG_REFERENCE_DATA_(CATEGORY_)?/;

/** The short name of a category, `VACCINE`, from its full id or its short name. */
export function toCategoryName(category: string): string {
  return category.trim().replace(PREFIX, '').toUpperCase();
}

/**
 * Finds the full ids of categories.
 *
 * @param names names from {@link toCategoryName}
 * @param available full ids of the categories of the server; they depend on its version
 * @returns name → full id
 * @throws IntegrationError `UNKNOWN_CATEGORY` (configuration), with the categories of the server
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
      { fix: 'Correct category in the mapping. Nothing was written.', details: { unknown } },
    );
  }
  return new Map(wanted.map(name => [name, ids.get(name)!]));
}
