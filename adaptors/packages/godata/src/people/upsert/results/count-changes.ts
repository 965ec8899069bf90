import type { Rejected } from '#common/reporting/report.js';
import type { OutbreakWork } from '../plan/plan-outbreak.js';
import type { PlannedPerson } from '../plan/planned-person.js';

/**
 * Ids of everything that was not written: what the server refused, and the related records of new
 * people whom it refused.
 */
export function toUnmade(
  works: readonly OutbreakWork[],
  refused: readonly Rejected[],
): Set<string> {
  const bad = new Set(refused.map(({ id }) => id));
  const isMissing = (one?: PlannedPerson) => one && !one.existing && bad.has(one.person.id);
  const waiting = works.flatMap(({ relationships, labResults }) =>
    [...relationships.creates, ...labResults.creates].filter(
      ({ at, other }) => isMissing(at) || isMissing(other),
    ),
  );
  return new Set([...bad, ...waiting.map(({ key }) => key)]);
}

/** Counts what was written. */
export function countChanges(works: readonly OutbreakWork[], bad: ReadonlySet<string>) {
  const good = (ids: string[]) => ids.filter(id => !bad.has(id)).length;
  const counts = { created: 0, updated: 0, unchanged: 0, deleted: 0 };
  for (const { people, relationships, labResults } of works) {
    counts.created += good(people.creates.map(({ person }) => person.id));
    counts.updated += good([
      ...new Set([...people.converts, ...people.updates].map(({ person }) => person.id)),
    ]);
    counts.unchanged += people.unchanged;
    counts.deleted += good(people.deletes.map(({ person }) => person.id));
    for (const { creates, changes, unchanged } of [relationships, labResults]) {
      counts.created += good(creates.map(({ key }) => key));
      counts.updated += good(changes.filter(one => one.changes).map(({ key }) => key));
      counts.deleted += good(changes.filter(one => !one.changes).map(({ key }) => key));
      counts.unchanged += unchanged;
    }
  }
  return counts;
}
