import { keyOf } from '#common/collections/key-of.js';
import { emptyTable, ownOf } from '#common/collections/own.js';
import type { CodeTable } from '#common/handover/code-table.js';
import type { CodedValue } from '#common/handover/mapped-tracked-entity-batch.js';
import type { LeftOutLedger } from '#common/reporting/left-out.js';
import { badMapping } from '../bad-mapping.js';

/**
 * Turns a reference data id into a value of an option set, by a table of option codes. If several
 * codes share an id, the first one is written, and DHIS2 may have any of them. No id clears the
 * value.
 *
 * An id that the table does not have gives undefined: DHIS2 keeps its own value, and the id is
 * reported.
 *
 * @param subject what the code is about, for the report: `sex`. Each subject has one table
 */
export type ReadCode = (subject: string, table: CodeTable, id: unknown) => CodedValue | undefined;

/** The look-up that a mapping uses, and the tables that it was given. */
export interface CodeReader {
  readCode: ReadCode;
  /** Whether a value is a result of the look-up. */
  isCoded(value: unknown): value is CodedValue;
  /** By subject. */
  tables: Record<string, CodeTable>;
}

/** The form of a reference data id. Anything else may be a text that somebody entered. */
const REFERENCE_ID = /^LNG_(?:REFERENCE_DATA_)?(?:CATEGORY_)?([A-Z0-9_]{1,150})$/;

/** Creates the look-up of a batch. */
export function createCodeReader(ledger: LeftOutLedger): CodeReader {
  const tables = emptyTable<CodeTable>();
  const given = new WeakSet<object>();
  return {
    tables,
    isCoded: (value): value is CodedValue =>
      typeof value === 'object' && value !== null && given.has(value),
    readCode(subject, table, id) {
      note(tables, subject, table);
      const wanted = id === undefined || id === null || id === '' ? null : id;
      if (wanted !== null && keyOf(table, wanted as string) === undefined) {
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

/**
 * @throws IntegrationError `BAD_MAPPING` (configuration) for a missing table, or a second one for
 * one subject
 */
function note(tables: Record<string, CodeTable>, subject: string, table: CodeTable): void {
  const known = ownOf(tables, subject);
  if (known !== undefined && known === table) return;
  const isTable = table !== null && typeof table === 'object' && !Array.isArray(table);
  if (!isTable || !Object.values(table).every(id => id === null || typeof id === 'string')) {
    throw badMapping(`gives code('${subject}', ...) no table of option codes and reference data`);
  }
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(table)) {
    throw badMapping(
      `gives code('${subject}', ...) two tables`,
      'Give each table a subject of its own.',
    );
  }
  tables[subject] = table;
}
