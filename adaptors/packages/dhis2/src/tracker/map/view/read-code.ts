import type { LeftOutLedger } from '../../../../../../common/src/left-out.js';
import type {
  CodedValue,
  MappedEntityBatch,
} from '../../../../../../common/src/mapped-entity-batch.js';
import type { CodeTable } from '../../../../../../common/src/reference-ids.js';
import { badMapping } from '../bad-mapping.js';

/**
 * Gives what option code stands for a reference data id, by a table as `referenceIds` makes it: the
 * first code that does, while any other one that does is taken for the same. An id that the table does
 * not have leaves alone what DHIS2 has, and is reported with its count.
 *
 * @param subject what the code is about, for the report, and the table's name: `sex`
 */
export type ReadCode = (subject: string, table: CodeTable, id: unknown) => CodedValue | undefined;

const CATEGORY = 'LNG_REFERENCE_DATA_CATEGORY_';

/**
 * Creates the look-up that a mapping is given.
 *
 * @param tables gets every table that a mapping uses, by its subject
 */
export function createReadCode(
  ledger: LeftOutLedger,
  tables: Record<string, MappedEntityBatch['tables'][string]>,
): ReadCode {
  return (subject, table, id) => {
    if (table === null || typeof table !== 'object') {
      throw badMapping(`gives code('${subject}', ...) no table`);
    }
    if (tables[subject] !== undefined && tables[subject] !== table) {
      throw badMapping(`gives code('${subject}', ...) two tables`, 'Give each its own subject.');
    }
    tables[subject] = table;
    if (id === undefined || id === null || id === '') return { table: subject, id: null };
    if (Object.values(table).includes(id as string)) return { table: subject, id: id as string };
    // What is no reference data may be something that people wrote.
    const isReference = typeof id === 'string' && id.startsWith(CATEGORY);
    ledger.add(
      'unmapped-code',
      `${subject}=${isReference ? id.slice(CATEGORY.length) : '(a text)'}`,
    );
    return undefined;
  };
}
