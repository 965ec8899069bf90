import type { CodeTable } from '#common/handover/code-table.js';
import type { LeftOutLedger } from '#common/reporting/left-out.js';
import { badMapping } from '../bad-mapping.js';

/**
 * Finds an option code in a table. A code that is not in the table leaves the field without a value
 * and is reported with its count. So use it only for option codes, never for free text.
 *
 * @param subject name of the field in the report, for example `sex`
 */
export type ReadCode = (
  subject: string,
  table: CodeTable,
  code: string | null | undefined,
) => string | null;

/**
 * In DHIS2's own packages, option codes have at most 50 characters. A longer text is not a code.
 */
const LONGEST = 50;

/** Creates the function `code` of the views. */
export function createReadCode(ledger: LeftOutLedger): ReadCode {
  return (subject, table, code) => {
    if (table === null || typeof table !== 'object') {
      throw badMapping(`calls code('${subject}', ...) without a table`);
    }
    if (code === undefined || code === null || code === '') return null;
    if (Object.hasOwn(table, code)) return table[code] ?? null;
    ledger.add('unmapped-code', `${subject}=${code.length > LONGEST ? '(a text)' : code}`);
    return null;
  };
}
