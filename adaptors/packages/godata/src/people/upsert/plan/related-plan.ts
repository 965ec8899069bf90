import type { MappedRelationship, RecordFields } from '#common/handover/mapped-people-batch.js';
import type { Adjusted } from '#common/reporting/report.js';
import { divideDoubles, removedRow, unlikeRow } from './doubles.js';
import type { PlannedPerson } from './planned-person.js';

/** A relationship or a lab result to create for a person. */
export interface RelatedCreate {
  at: PlannedPerson;
  /** Id in the source. */
  key: string;
  record: RecordFields;
  /** The other person of a relationship, who was exposed. */
  other?: PlannedPerson;
}

/** A change or a deletion of an existing relationship or lab result. */
export interface RelatedChange {
  at: PlannedPerson;
  key: string;
  id: string;
  /** Absent for a deletion. */
  changes?: RecordFields;
}

/** The plan for the relationships, or for the lab results, of the people of an outbreak. */
export interface RelatedPlan {
  creates: RelatedCreate[];
  changes: RelatedChange[];
  /** Records that Go.Data stored twice, to delete. */
  doubles: RelatedChange[];
  unchanged: number;
  adjusted: Adjusted[];
}

/** The plan for relationships, with those that cannot be written yet. */
export interface RelationshipPlan extends RelatedPlan {
  waiting: MappedRelationship[];
  /** New relationships without the data of the exposed person, who must be read again. */
  partial: { key: string; target: string }[];
}

/** Adds an existing record to the plan: as a change, or as unchanged. */
export function addExisting(plan: RelatedPlan, one: RelatedChange, changes: RecordFields): void {
  if (Object.keys(changes).length === 0) plan.unchanged += 1;
  else plan.changes.push({ ...one, changes });
}

/** A plan that changes nothing. */
export function emptyRelatedPlan(): RelatedPlan {
  return { creates: [], changes: [], doubles: [], unchanged: 0, adjusted: [] };
}

/**
 * Chooses the record to compare among those with one mark; the others are planned as doubles.
 *
 * @param at the person to whose path deletions are sent
 * @param records at least one
 */
export function keepOne<T extends { id: string; createdAt?: string }>(
  plan: Pick<RelatedPlan, 'doubles' | 'adjusted'>,
  kind: string,
  { at, key }: Pick<RelatedChange, 'at' | 'key'>,
  records: readonly T[],
): T {
  const { kept, same, unlike } = divideDoubles(records);
  plan.doubles.push(...same.map(({ id }) => ({ at, key, id })));
  const ids = same.map(({ id }) => id);
  if (ids.length > 0) plan.adjusted.push(removedRow(kind, key, ids));
  if (unlike.length > 0) {
    plan.adjusted.push(
      unlikeRow(
        kind,
        key,
        [kept, ...unlike].map(({ id }) => id),
      ),
    );
  }
  return kept;
}
