import type { Rejected } from '#common/reporting/report.js';
import type { OutbreakPlan } from '../plan/plan-outbreak.js';
import type { PlannedPerson } from '../plan/planned-person.js';

/**
 * Ids of everything that was not written: what the server refused, and the related records of new
 * people whom it refused.
 */
export function toUnwritten(
  plans: readonly OutbreakPlan[],
  refused: readonly Rejected[],
): Set<string> {
  const unwritten = new Set(refused.map(({ id }) => id));
  const isMissing = (one?: PlannedPerson) => one && !one.existing && unwritten.has(one.person.id);
  const waiting = plans.flatMap(({ relationships, labResults }) =>
    [...relationships.creates, ...labResults.creates].filter(
      ({ at, other }) => isMissing(at) || isMissing(other),
    ),
  );
  return new Set([...unwritten, ...waiting.map(({ key }) => key)]);
}

/** Counts the changes that were written. */
export function countChanges(plans: readonly OutbreakPlan[], unwritten: ReadonlySet<string>) {
  const countWritten = (ids: string[]) => ids.filter(id => !unwritten.has(id)).length;
  const counts = { created: 0, updated: 0, unchanged: 0, deleted: 0 };
  for (const { people, relationships, labResults } of plans) {
    counts.created += countWritten(people.creates.map(({ person }) => person.id));
    counts.updated += countWritten([
      ...new Set([...people.converts, ...people.updates].map(({ person }) => person.id)),
    ]);
    counts.unchanged += people.unchanged;
    counts.deleted += countWritten(people.deletes.map(({ person }) => person.id));
    for (const { creates, changes, doubles, unchanged } of [relationships, labResults]) {
      counts.created += countWritten(creates.map(({ key }) => key));
      counts.updated += countWritten(changes.filter(one => one.changes).map(({ key }) => key));
      counts.deleted += countWritten(changes.filter(one => !one.changes).map(({ key }) => key));
      counts.deleted += countWritten(doubles.map(({ key }) => key));
      counts.unchanged += unchanged;
    }
  }
  return counts;
}
