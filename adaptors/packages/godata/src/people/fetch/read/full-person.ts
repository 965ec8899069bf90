import type {
  OutbreakPerson,
  OutbreakRelationship,
} from '#common/handover/fetched-people-batch.js';
import type { ListName } from '../list/change-lists.js';

/** A person who was read, with all related records. */
export interface FullPerson {
  person: OutbreakPerson;
  relationships: OutbreakRelationship[];
  /** The versions that were read: times by list and id. */
  versions: Version[];
}

export interface Version {
  list: ListName;
  id: string;
  /** Empty for a record without a time. */
  time: string;
}
