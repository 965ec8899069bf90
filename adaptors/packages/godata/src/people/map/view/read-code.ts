import type { CodeTable } from '#common/handover/code-table.js';
import type { LeftOutLedger } from '#common/reporting/left-out.js';
import { badMapping } from '../bad-mapping.js';

/**
 * Looks an option code up in a table. A code that the table does not have leaves the field without a
 * value, and is reported with its count: give it option codes only, never what people write.
 *
 * @param subject what the code is about, for the report: `sex`
 */
export type ReadCode = (
  subject: string,
  table: CodeTable,
  code: string | null | undefined,
) => string | null;

/** An option code is at most 50 letters long in DHIS2's own packages; what is longer is no code. */
const LONGEST = 50;

/** Creates the look-up that a mapping is given. */
export function createReadCode(ledger: LeftOutLedger): ReadCode {
  return (subject, table, code) => {
    if (table === null || typeof table !== 'object') {
      throw badMapping(`gives code('${subject}', ...) no table`);
    }
    if (code === undefined || code === null || code === '') return null;
    if (Object.hasOwn(table, code)) return table[code] ?? null;
    ledger.add('unmapped-code', `${subject}=${code.length > LONGEST ? '(a text)' : code}`);
    return null;
  };
}
