import type { MappedRelationship, RecordFields } from '#common/handover/mapped-people-batch.js';
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
  unchanged: number;
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
