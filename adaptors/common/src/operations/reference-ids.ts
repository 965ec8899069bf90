import type { CodeTable } from '../handover/code-table.js';
import { configurationError } from '../reporting/errors.js';

/** How every id of reference data begins (godata FACTS §4). */
export const REFERENCE_PREFIX = 'LNG_REFERENCE_DATA_CATEGORY_';

/**
 * Builds a table of option codes and Go.Data's reference data, written without the category prefix
 * of every id (godata FACTS §4). Null for a code: Go.Data has no item for it, and the field stays
 * empty.
 *
 * @public
 * @function
 * @param {string} category - `GENDER`, `OUTCOME`, `CASE_CLASSIFICATION`...
 * @param {object} codes - Option code → reference data without its category, or null
 * @returns {object}
 * @example
 * referenceIds('OUTCOME', { DEATH: 'DECEASED', UNKNOWN: null })
 * // { DEATH: 'LNG_REFERENCE_DATA_CATEGORY_OUTCOME_DECEASED', UNKNOWN: null }
 */
export function referenceIds<T extends CodeTable>(category: string, codes: T): T {
  if (codes === null || typeof codes !== 'object') throw noTable(category);
  // Without a prototype: a value such as `constructor` must not find anything.
  const table: Record<string, string | null> = Object.create(null);
  for (const [code, value] of Object.entries(codes)) {
    if (value !== null && (typeof value !== 'string' || value === '')) throw noTable(category);
    table[code] = value === null ? null : `${prefixOf(category)}${value}`;
  }
  return table as T;
}

function noTable(category: string) {
  return configurationError(
    'BAD_MAPPING',
    `referenceIds('${category}', ...) needs an object of codes, each with a text or null.`,
    { fix: "For example referenceIds('GENDER', { MALE: 'MALE', FEMALE: 'FEMALE' })." },
  );
}

/** How the ids of a category begin; empty for the answers of a questionnaire, which have none. */
export function prefixOf(category: string): string {
  return category === '' ? '' : `${REFERENCE_PREFIX}${category}_`;
}
