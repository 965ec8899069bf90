import { IntegrationError } from '#common/reporting/errors.js';
import type { ImportSummary } from './import-summary.js';
import { type DataValueRow, findRefusedRows, type Refusal } from './refused-rows.js';

/** Sends rows and returns the summary of the server. */
export type SendRows = (rows: DataValueRow[]) => Promise<ImportSummary>;

/** Rows that were sent in one request, with the result. */
export interface SentPart {
  /** Positions of these rows among all rows. */
  positions: number[];
  summary: ImportSummary;
  /** Refused rows, by position among all rows. */
  refusals: Refusal[];
  /** Whether the server refused these rows for a reason that concerns every row. */
  concernsAllRows: boolean;
}

/**
 * Imports rows, and finds those that the server refuses. Up to 2.42 DHIS2 refuses single values.
 * Since 2.43 one bad value aborts the whole request (dhis2 FACTS §0). Then the bad rows are found
 * by the ids in the message or by halving, and the others are sent again.
 *
 * @param send sends the rows at these positions
 */
export async function* importParts(
  send: (positions: number[]) => Promise<ImportSummary>,
  rows: readonly DataValueRow[],
): AsyncGenerator<SentPart> {
  const queue: number[][] = [rows.map((_, index) => index)];
  for (let positions = queue.pop(); positions; positions = queue.pop()) {
    const sent = positions;
    const summary = await send(sent);
    const refuse = (index: number, { code, message }: Omit<Refusal, 'index'>) => ({
      index: sent[index]!,
      code,
      message,
    });
    const refused = findRefusedRows(
      sent.map(position => rows[position]!),
      summary,
    );
    const refusals = refused.map(({ index, ...reason }) => refuse(index, reason));
    const part = { positions: sent, summary, refusals, concernsAllRows: false };
    const bad = new Set(refused.map(({ index }) => index));
    const rest = sent.filter((_, index) => !bad.has(index));
    if (!summary.aborted) {
      yield part;
    } else if (bad.size > 0) {
      if (rest.length > 0) queue.push(rest);
      yield part;
    } else if (concernsAll(summary)) {
      const reason = firstConflict(summary);
      yield {
        ...part,
        refusals: sent.map((_, index) => refuse(index, reason)),
        concernsAllRows: true,
      };
    } else if (rest.length === 1) {
      yield { ...part, refusals: [refuse(0, firstConflict(summary))] };
    } else {
      const middle = rest.length >> 1;
      queue.push(rest.slice(middle), rest.slice(0, middle));
      yield part;
    }
  }
}

/**
 * Imports rows and returns those that were refused, by position.
 *
 * @throws IntegrationError `IMPORT_ABORTED` when the reason concerns all rows
 */
export async function importRows(
  send: SendRows,
  rows: readonly DataValueRow[],
): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  const parts = importParts(positions => send(positions.map(position => rows[position]!)), rows);
  for await (const part of parts) {
    if (part.concernsAllRows && part.positions.length > 1) throw abortedImport(part.summary);
    refusals.push(...part.refusals);
  }
  return refusals;
}

/** Errors about the data set or attribute option combo: they concern every row. */
const CONCERNS_ALL = new Set([
  'E7600',
  'E7601',
  'E7603',
  'E7604',
  'E8000',
  'E8002',
  'E8003',
  'E8004',
  'E8005',
  'E8008',
  'E8009',
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
    fix: 'Correct this on the server, then run again.',
    details: { system: 'DHIS2', serverCode: code },
  });
}
