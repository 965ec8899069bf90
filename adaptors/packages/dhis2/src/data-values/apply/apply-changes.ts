import { formatProgress } from '#common/reporting/progress.js';
import { importRows, type SendRows } from '../import/import-rows.js';
import type { DataValueRow, Refusal } from '../import/refused-rows.js';
import type { Target } from '../mapping/target.js';
import type { Change, ChangeList } from '../plan/changes.js';

/**
 * Sends changes in chunks.
 *
 * @param positions positions in the list of the changes to send
 * @returns what the server refused, by position in the list
 */
export async function applyChanges(
  send: SendRows,
  { target, chunkSize }: { target: Target; chunkSize: number },
  changes: ChangeList,
  positions: readonly number[],
): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  for (let start = 0; start < positions.length; start += chunkSize) {
    const chunk = positions.slice(start, start + chunkSize);
    const rows = chunk.map(position => toRow(changes.at(position), target));
    for (const { index, ...reason } of await importRows(send, rows)) {
      refusals.push({ index: chunk[index]!, ...reason });
    }
    console.log(
      formatProgress({ label: 'data values', done: start + chunk.length, total: positions.length }),
    );
  }
  return refusals;
}

function toRow(change: Change, { elements, attributeOptionCombo }: Target): DataValueRow {
  return {
    dataElement: elements[change.element]!.element.id,
    period: change.period,
    orgUnit: change.orgUnit,
    categoryOptionCombo: change.categoryOptionCombo,
    attributeOptionCombo,
    value: String(change.value),
    comment: change.comment,
    // A value sent without its follow-up mark loses it. The name of the mark depends on the version
    // (LIVE 182).
    ...(change.followUp ? { followup: true, followUp: true } : {}),
  };
}
