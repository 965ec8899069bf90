import type { Codes } from '#common/people-mapping/codes.js';
import type { ItemOf } from '#common/people-mapping/contexts.js';
import type { ReadCode } from './read-code.js';

/**
 * Creates the look-up of a row, which reports under the name of its field.
 *
 * @param ask called with each table before it is read
 */
export function createRowCode(
  field: string,
  read: ReadCode,
  ask: (codes: Codes, code: string | null | undefined) => void = () => {},
): ItemOf {
  return (codes, code) => {
    ask(codes, code);
    return read(field, codes.ids, code);
  };
}
