import type { MappedRelationship, RecordFields } from '#common/handover/mapped-people-batch.js';
import type { PlannedPerson } from './planned-person.js';

/** A relationship or a lab result to create, at a person. */
export interface RelatedCreate {
  at: PlannedPerson;
  /** Id in the source. */
  key: string;
  record: RecordFields;
  /** The other end of a relationship: who was exposed. */
  other?: PlannedPerson;
}

/** A change of one that is there, or its end. */
export interface RelatedChange {
  at: PlannedPerson;
  key: string;
  id: string;
  /** Absent: it is deleted. */
  changes?: RecordFields;
}

/** What becomes of the relationships, or of the lab results, of an outbreak's people. */
export interface RelatedPlan {
  creates: RelatedCreate[];
  changes: RelatedChange[];
  unchanged: number;
}

/** Relationships whose other end is nowhere yet, besides. */
export interface RelationshipPlan extends RelatedPlan {
  waiting: MappedRelationship[];
  /** New ones without what the exposed person says of it, who must be read again for that. */
  partial: { key: string; target: string }[];
}

/** Adds a record that the server has to the plan: to its changes, or to those that stay as they are. */
export function addExisting(plan: RelatedPlan, one: RelatedChange, changes: RecordFields): void {
  if (Object.keys(changes).length === 0) plan.unchanged += 1;
  else plan.changes.push({ ...one, changes });
}
