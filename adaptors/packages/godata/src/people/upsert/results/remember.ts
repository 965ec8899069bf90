import type { Rejected } from '#common/reporting/report.js';
import type { Ownership } from '../plan/decide-fields.js';
import { noteWritten } from '../plan/note-written.js';
import type { OutbreakPlan } from '../plan/plan-outbreak.js';

/** Notes in the memory that both systems have the values that were written. */
export function remember(
  plans: readonly OutbreakPlan[],
  refused: readonly Rejected[],
  ownership: Ownership,
): void {
  const refusedIds = new Set(refused.map(({ id }) => id));
  for (const { people } of plans) {
    for (const one of [...people.creates, ...people.updates]) {
      if (!refusedIds.has(one.person.id)) noteWritten(one, ownership);
    }
  }
}
