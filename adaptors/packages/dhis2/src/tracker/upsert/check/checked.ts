import { ownOf } from '#common/collections/own.js';
import type {
  MappedEntity,
  MappedTrackedEntityBatch,
} from '#common/handover/mapped-tracked-entity-batch.js';
import type { ProgramModel } from './metadata.js';
import { label, type Note } from './note.js';
import type { Metadata } from './read-metadata.js';

/** A program, and the people who will be enrolled in it. */
export interface Checked {
  batch: MappedTrackedEntityBatch;
  metadata: Metadata;
  program: ProgramModel;
  people: readonly MappedEntity[];
  /** Ids of all attributes and data elements that the mapping gives them. */
  given: ReadonlySet<string>;
  note: Note;
  /** Codes that no option of a whole table's set has: `<option set> <code>`. */
  told: ReadonlySet<string | undefined>;
  /** Fields and tables that were already compared. */
  pairs: Set<string>;
}

/** A program as the place of a problem. */
export function placeOf(program: ProgramModel): string {
  return `program ${label(program)}`;
}

/**
 * The rows that write to a place, as the beginning of a message: `case, row lastName: `. Empty if
 * the mapping has no rows.
 *
 * @param path an attribute's id, or `<stage>.<data element>`
 */
export function rowsAt({ rows = {} }: MappedTrackedEntityBatch, path: string): string {
  const names = ownOf(rows, path);
  return names ? `${names.join(' and ')}: ` : '';
}
