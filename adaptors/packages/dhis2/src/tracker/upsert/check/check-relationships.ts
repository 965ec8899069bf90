import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import { nameNearest } from '#common/reporting/named.js';
import { checkShared } from './check-access.js';
import { label, type Note } from './note.js';
import type { Metadata } from './read-metadata.js';

const TRACKED_ENTITY = 'TRACKED_ENTITY_INSTANCE';

/** Checks the relationship types that a batch names. */
export function checkRelationships(
  { relationships }: MappedTrackedEntityBatch,
  { programs, relationshipTypes, visibleTypes }: Metadata,
  note: Note,
): void {
  const types = new Set(programs.map(({ type }) => type.id));
  // If it is deleted in Go.Data, only its id is known.
  const living = relationships.filter(({ deleted }) => !deleted);
  for (const id of new Set(living.map(({ type }) => type))) {
    const type = relationshipTypes.get(id);
    if (!type) {
      note(
        'UNKNOWN_RELATIONSHIP_TYPE',
        `The account sees no relationship type ${id}. ${nameNearest(id, visibleTypes)}`,
      );
      continue;
    }
    checkShared(note, 'relationship type', type);
    for (const end of [type.fromConstraint, type.toConstraint]) {
      const fits =
        end?.relationshipEntity === TRACKED_ENTITY && types.has(end.trackedEntityType?.id ?? '');
      if (!fits && types.size > 0) {
        note(
          'RELATIONSHIP_TYPE_MISMATCH',
          `The relationship type ${label(type)} does not link tracked entities of the programs' type.`,
        );
      }
    }
  }
}
