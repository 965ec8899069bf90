import { keyOf } from '#common/collections/key-of.js';
import type { CodeTable } from '#common/handover/code-table.js';
import { type Codes, tableToWrite } from '#common/people-mapping/codes.js';
import type { OptionOf } from '#common/people-mapping/contexts.js';
import type { Row } from '#common/people-mapping/rows.js';
import type { ReadCode } from './read-code.js';

/**
 * Creates the look-up of a row. In a report the row's own table has the name of the field; other
 * tables have the first of their codes as well, so that each table has one name.
 */
export function createRowCode(
  { field, codes: own }: Pick<Row, 'field' | 'codes'>,
  read: ReadCode,
): OptionOf {
  return (codes, id) => {
    const table = tableOf(codes);
    const name = codes === own ? field : `${field} ${Object.keys(codes.ids)[0]}`;
    const isGiven = typeof id === 'string' && id !== '';
    if (!isGiven) return read(name, table, id);
    if (Object.hasOwn(codes.back, id)) {
      const code = codes.back[id];
      if (code === null || code === undefined) return undefined;
      // An item that is written as the code of another item.
      if (codes.ids[code] !== id) return code;
    } else if (codes.ignoresOthers && keyOf(codes.ids, id) === undefined) return undefined;
    return read(name, table, id);
  };
}

const tables = new WeakMap<Codes, CodeTable>();

/** Made once for each table: the reader compares tables by identity first. */
function tableOf(codes: Codes): CodeTable {
  const known = tables.get(codes) ?? tableToWrite(codes);
  tables.set(codes, known);
  return known;
}
