import type { ItemOf } from '#common/people-mapping/contexts.js';
import type { ReadCode } from './read-code.js';

/** Creates the look-up of a row, which reports under the name of its field. */
export function createRowCode(field: string, read: ReadCode): ItemOf {
  return ({ ids }, code) => read(field, ids, code);
}
