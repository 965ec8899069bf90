import type {
  MappedTrackedEntityBatch,
  MappedTrackedRelationship,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { findUid } from '#common/identity/uid.js';
import type { RawRelationship } from '../../fetch/raw.js';
import type { RelationshipType } from '../check/metadata.js';
import type { EntityReader } from './entity-reader.js';

/** What DHIS2 has of a batch's relationships. */
export interface ExistingRelationships {
  /** Those that exist, by UID. */
  living: ReadonlyMap<string, RawRelationship>;
  /** Those that are deleted, by UID. */
  deleted: ReadonlyMap<string, RawRelationship>;
}

/** The tracked entities that may be a person's. */
export interface PersonEntities {
  /** UIDs of those that exist. */
  living: readonly string[];
  /** UIDs of those that are deleted. */
  deleted: readonly string[];
}

/** What reading relationships needs. */
export interface RelationshipReading {
  batch: Pick<MappedTrackedEntityBatch, 'server' | 'whenDeleted'>;
  types: ReadonlyMap<string, RelationshipType>;
  entitiesOf(person: string): PersonEntities;
}

/**
 * Reads the relationships that DHIS2 may already have. Each is read at one of its ends, where DHIS2
 * shows it: at the `from` end, or at either end of a bidirectional type (dhis2 LIVE, "Relationships
 * are what reading people costs"). People who are new to DHIS2 have none, and are not asked for.
 * Deleted ones are read only for relationships that would be created between two people of whom DHIS2
 * had something before.
 */
export async function readRelationships(
  reader: EntityReader,
  wanted: readonly MappedTrackedRelationship[],
  context: RelationshipReading,
): Promise<ExistingRelationships> {
  const { entitiesOf } = context;
  const ends = chooseEnds(wanted, context);
  const people = new Set([...ends.values()].flat());
  const living = byUid(
    await reader.relationshipsOf([...people].flatMap(id => entitiesOf(id).living)),
  );
  const isKnown = createMatcher(living, context);
  const missing = wanted.filter(one => !one.deleted && wasThere(one, context) && !isKnown(one));
  const askedAgain = new Set(missing.flatMap(one => ends.get(one) ?? []));
  const former = await reader.formerRelationshipsOf(
    [...askedAgain].flatMap(id => [...entitiesOf(id).living, ...entitiesOf(id).deleted]),
  );
  const deleted = former.filter(({ relationship }) => !living.has(relationship));
  return { living, deleted: byUid(deleted) };
}

/**
 * For each relationship, the people at whose tracked entities it is read: few people altogether,
 * since one person with many relationships is read once.
 */
function chooseEnds(
  wanted: readonly MappedTrackedRelationship[],
  { types, entitiesOf, batch }: RelationshipReading,
): Map<MappedTrackedRelationship, readonly string[]> {
  const degrees = new Map<string, number>();
  for (const id of wanted.flatMap(({ from, to }) => [from, to])) {
    degrees.set(id, (degrees.get(id) ?? 0) + 1);
  }
  const rank = (id: string): [number, number, number] => [
    entitiesOf(id).living.length > 0 ? 1 : 0,
    entitiesOf(id).deleted.length > 0 ? 1 : 0,
    degrees.get(id)!,
  ];
  const isBefore = (one: string, other: string) => {
    const [ours, theirs] = [rank(one), rank(other)];
    const at = ours.findIndex((value, index) => value !== theirs[index]);
    return at >= 0 && ours[at]! > theirs[at]!;
  };
  const readAt = ({ from, to, type, deleted }: MappedTrackedRelationship): string[] => {
    // Of a relationship that was deleted in Go.Data, only its id is known.
    if (deleted) return batch.whenDeleted === 'leave' ? [] : [from, to];
    return types.get(type)?.bidirectional && isBefore(to, from) ? [to] : [from];
  };
  return new Map(wanted.map(one => [one, readAt(one)]));
}

/** Whether DHIS2 has or had something of both people. */
function wasThere({ from, to }: MappedTrackedRelationship, { entitiesOf }: RelationshipReading) {
  return [from, to].every(id => {
    const { living, deleted } = entitiesOf(id);
    return living.length + deleted.length > 0;
  });
}

/** Tells whether a relationship exists: by its UID, or by its type and its ends. */
function createMatcher(
  living: ReadonlyMap<string, RawRelationship>,
  { batch: { server }, types, entitiesOf }: RelationshipReading,
): (relationship: MappedTrackedRelationship) => boolean {
  const known = new Set([...living.values()].map(betweenOf));
  return ({ key, type, from, to }) => {
    const isBoth = types.get(type)?.bidirectional === true;
    const isThere = entitiesOf(from).living.some(one =>
      entitiesOf(to).living.some(
        other =>
          known.has(endsOf(type, one, other)) || (isBoth && known.has(endsOf(type, other, one))),
      ),
    );
    const source = { server, kind: 'relationship', id: key };
    return isThere || findUid(source, uid => living.has(uid)) !== undefined;
  };
}

/** A relationship type with both ends, as a key: DHIS2 takes one of a type between the same two. */
export function endsOf(type: string, from: string, to: string): string {
  return `${type} ${from} ${to}`;
}

/** The same of a relationship that DHIS2 has. */
export function betweenOf(relationship: RawRelationship): string {
  return endsOf(relationship.relationshipType, ...sidesOf(relationship));
}

/** UIDs of the tracked entities at both ends; empty for an end that is none. */
export function sidesOf({ from, to }: RawRelationship): [string, string] {
  return [from?.trackedEntity?.trackedEntity ?? '', to?.trackedEntity?.trackedEntity ?? ''];
}

function byUid(relationships: readonly RawRelationship[]): Map<string, RawRelationship> {
  return new Map(relationships.map(one => [one.relationship, one]));
}
