import { getOrCreate } from '#common/collections/get-or-create.js';
import type {
  TrackedEntity,
  TrackedRelationship,
} from '#common/handover/fetched-tracked-entity-batch.js';
import type { Dhis2Client } from '../../client/client.js';

interface End {
  relationshipEntity?: string;
}

interface RelationshipType {
  bidirectional?: boolean;
  fromConstraint?: End;
  toConstraint?: End;
}

/**
 * Whether the relationships of contacts are all among those of the cases. They are when every case
 * is read, since Go.Data has no relationships between contacts, and when every type is bidirectional:
 * DHIS2 shows the others at their `from` end only (dhis2 LIVE, "Relationships are what reading people
 * costs"). Where the job names roots, every case below them is enough: Go.Data has no others, and a
 * relationship with somebody who is not there is not written. Then the contacts are read without
 * them, which costs DHIS2 a tenth.
 *
 * One request.
 */
export async function areAtCases(client: Dhis2Client): Promise<boolean> {
  const relationshipTypes = await client.list<RelationshipType>('/relationshipTypes', {
    fields: 'id,bidirectional,fromConstraint,toConstraint',
  });
  return relationshipTypes.every(
    ({ bidirectional, fromConstraint, toConstraint }) =>
      bidirectional === true || !isPerson(fromConstraint) || !isPerson(toConstraint),
  );
}

/** The relationships that these people have with somebody else. */
export function relationshipsOfOthers(
  people: readonly TrackedEntity[],
): (id: string) => readonly TrackedRelationship[] {
  const byEnd = new Map<string, TrackedRelationship[]>();
  const known = new Set(people.map(({ id }) => id));
  for (const one of people.flatMap(({ relationships }) => relationships)) {
    for (const end of [one.from, one.to]) {
      if (!known.has(end)) getOrCreate(byEnd, end, () => [] as TrackedRelationship[]).push(one);
    }
  }
  return id => byEnd.get(id) ?? [];
}

function isPerson({ relationshipEntity }: End = {}): boolean {
  return relationshipEntity === 'TRACKED_ENTITY_INSTANCE';
}
