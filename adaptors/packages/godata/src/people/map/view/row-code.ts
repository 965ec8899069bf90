import type { Codes } from '#common/people-mapping/codes.js';
import type { ReadCode } from './read-code.js';

/**
 * Finds the item of an option code in a table. A code that is not in the table leaves the field
 * without a value and is reported with its count.
 */
export type RowCode = (codes: Codes, code: string | null | undefined) => string | null;

/** Creates the look-up of a row, which reports under the name of its field. */
export function createRowCode(field: string, read: ReadCode): RowCode {
  return ({ ids }, code) => read(field, ids, code);
}
