import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import type { Judge } from '#common/ownership/index.js';
import type { ProgramModel } from '../check/metadata.js';
import type { Shadow, StoredEntity } from '../read/stored.js';

/** What planning a person needs. */
export interface PlanContext {
  batch: MappedTrackedEntityBatch;
  program: ProgramModel;
  /** Name of an attribute or a data element. */
  nameOf(id: string): string | undefined;
  judge: Judge;
  recreate: boolean;
  /** UIDs that DHIS2 reports as deleted. */
  usedUp: ReadonlySet<string>;
  /** UIDs that objects of other people have. */
  foreign: ReadonlySet<string>;
  /** UIDs of objects that this run has created. */
  created: ReadonlySet<string>;
  /** Org unit of a location in the program; undefined if there is none. */
  place(location: string): string | undefined;
}

/** The tracked entity of a person, existing or new. */
export interface PersonEntity {
  id: string;
  stored: StoredEntity | undefined;
  /** All that have been the person's, deleted ones included. */
  shadows: readonly Shadow[];
  /** Nothing in Go.Data names it, and its UID was not computed from the person. */
  isLoose: boolean;
}
