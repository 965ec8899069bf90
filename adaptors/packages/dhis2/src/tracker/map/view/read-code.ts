import type { CodeTable } from '#common/handover/code-table.js';
import type { CodedValue } from '#common/handover/mapped-tracked-entity-batch.js';
import type { LeftOutLedger } from '#common/reporting/left-out.js';
import { badMapping } from '../bad-mapping.js';

/**
 * Turns the id of reference data into a value of an option set, by a table of option codes. Where codes
 * share an id, the first is the one that is written, and DHIS2 may have any of them. None clears.
 *
 * An id that the table does not have gives undefined: DHIS2 keeps what it has, and it is reported.
 *
 * @param subject what the code is about, for the report: `sex`. Each has one table
 */
export type ReadCode = (subject: string, table: CodeTable, id: unknown) => CodedValue | undefined;

/** The look-up that a mapping is given, and what it was given. */
export interface CodeReader {
  readCode: ReadCode;
  /** Whether a value is one that the look-up gave. */
  isCoded(value: unknown): value is CodedValue;
  /** By subject. */
  tables: Record<string, CodeTable>;
}

/** Ids of reference data; what looks otherwise is no id, and may be what somebody wrote. */
const REFERENCE_ID = /^LNG_(?:REFERENCE_DATA_)?(?:CATEGORY_)?([A-Z0-9_]{1,150})$/;

/** Creates the look-up of a batch. */
export function createCodeReader(ledger: LeftOutLedger): CodeReader {
  const tables: Record<string, CodeTable> = {};
  const given = new WeakSet<object>();
  return {
    tables,
    isCoded: (value): value is CodedValue =>
      typeof value === 'object' && value !== null && given.has(value),
    readCode(subject, table, id) {
      note(tables, subject, table);
      const wanted = id === undefined || id === null || id === '' ? null : id;
      if (wanted !== null && !Object.values(table).includes(wanted as string)) {
        const [, shown = '(a text)'] = REFERENCE_ID.exec(String(wanted)) ?? [];
        ledger.add('unmapped-code', `${subject}=${shown}`);
        return undefined;
      }
      const value: CodedValue = { table: subject, id: wanted as string | null };
      given.add(value);
      return value;
    },
  };
}

/** @throws IntegrationError `BAD_MAPPING` (configuration) for no table, or another one */
function note(tables: Record<string, CodeTable>, subject: string, table: CodeTable): void {
  if (Object.hasOwn(tables, subject) && tables[subject] === table) return;
  const isTable = table !== null && typeof table === 'object' && !Array.isArray(table);
  if (!isTable || !Object.values(table).every(id => id === null || typeof id === 'string')) {
    throw badMapping(`gives code('${subject}', ...) no table of option codes and reference data`);
  }
  const known = Object.hasOwn(tables, subject) ? tables[subject] : undefined;
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(table)) {
    throw badMapping(
      `gives code('${subject}', ...) two tables`,
      'Give each table a subject of its own.',
    );
  }
  tables[subject] = table;
}
