import { IntegrationError } from '../../../../common/src/errors.js';
import type { ImportSummary } from './import-summary.js';
import { type DataValueRow, findOffenders, type Refusal } from './offenders.js';

/** Sends rows and tells what became of them. */
export type SendRows = (rows: DataValueRow[]) => Promise<ImportSummary>;

/**
 * Imports rows, and finds those that the server refuses. Up to 2.42 it refuses single values; since
 * 2.43 one bad value aborts all that are sent with it (dhis2 FACTS §0), so the bad ones are taken
 * out, by name or else by halving, and the rest is sent again.
 *
 * @returns the rows that were refused, by position
 */
export async function importRows(
  send: SendRows,
  rows: readonly DataValueRow[],
): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  const queue: number[][] = [rows.map((_, index) => index)];
  for (let positions = queue.pop(); positions; positions = queue.pop()) {
    const sent = positions.map(position => rows[position]!);
    const summary = await send(sent);
    const offenders = findOffenders(sent, summary);
    for (const { index, ...reason } of offenders)
      refusals.push({ index: positions[index]!, ...reason });
    if (!summary.aborted) continue;
    const bad = new Set(offenders.map(({ index }) => index));
    const rest = positions.filter((_, index) => !bad.has(index));
    if (bad.size > 0) {
      if (rest.length > 0) queue.push(rest);
    } else if (rest.length === 1) {
      const { code, message } = firstConflict(summary);
      refusals.push({ index: rest[0]!, code, message });
    } else if (concernsAll(summary)) {
      throw abortedImport(summary);
    } else {
      const middle = rest.length >> 1;
      queue.push(rest.slice(middle), rest.slice(0, middle));
    }
  }
  return refusals;
}

/** Data set or attribute option combo: no part of the rows would fare better. */
const CONCERNS_ALL = new Set([
  'E7600',
  'E7601',
  'E7603',
  'E7604',
  'E8004',
  'E8005',
  'E8010',
  'E8012',
  'E8023',
]);

function concernsAll({ conflicts }: ImportSummary): boolean {
  return conflicts.some(({ code }) => CONCERNS_ALL.has(code));
}

function firstConflict({ conflicts }: ImportSummary): { code: string; message: string } {
  return conflicts[0] ?? { code: 'IMPORT_ABORTED', message: 'DHIS2 gave no reason.' };
}

function abortedImport(summary: ImportSummary): IntegrationError {
  const { code, message } = firstConflict(summary);
  return new IntegrationError({
    code: 'IMPORT_ABORTED',
    message: `DHIS2 refuses the whole import (${code}): ${message}`,
    fix: 'Mend on the server what the message names, then run again.',
    details: { system: 'DHIS2', serverCode: code },
  });
}
