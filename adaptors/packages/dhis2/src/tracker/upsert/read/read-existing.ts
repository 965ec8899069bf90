import type {
  MappedEntity,
  MappedTrackedEntityBatch,
  MappedTrackedRelationship,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { readAgainIfEmpty } from '#common/http/index.js';
import { isUid, uidOf, uidsOf } from '#common/identity/uid.js';
import type { Metadata } from '../check/read-metadata.js';
import type { EntityReader } from './entity-reader.js';
import { type FoundByValues, findByValues } from './find-by-values.js';
import { type ExistingRelationships, readRelationships } from './read-relationships.js';
import { isThere, type Shadow, STORED, type StoredEntity } from './stored.js';

/** A person to search for. */
export interface Sought {
  /** Go.Data id. */
  id: string;
  /** Ids of tracked entities that Go.Data stores. */
  links: readonly string[];
  /** Go.Data ids of the deleted duplicates that it was merged of. */
  merged?: readonly string[];
}

/** What DHIS2 has of a batch's people. */
export interface Existing extends FoundByValues {
  /** Every tracked entity that may belong to somebody, deleted ones included, by id. */
  shadows: ReadonlyMap<string, Shadow>;
  /** Those of the people in the batch that are not deleted, with their data. */
  stored: ReadonlyMap<string, StoredEntity>;
  relationships: ExistingRelationships;
  /** Ids of tracked entities that may be a person's, those of its values excepted. */
  candidatesOf(person: Sought): readonly string[];
}

/** The source of a tracked entity's UID. */
export function entitySource(server: string, id: string) {
  return { server, kind: 'tracked-entity', id };
}

/**
 * Ids of tracked entities that may be a person's: those that Go.Data stores, the person's own id,
 * and those computed from it.
 */
function candidatesOf({ id, links }: Omit<Sought, 'merged'>, server: string): string[] {
  return [...links, id, ...uidsOf(entitySource(server, id))].filter(isUid);
}

/** Ids of tracked entities that may be those of a person's deleted duplicates, in their order. */
export function inheritedBy({ merged = [] }: Sought, server: string): string[] {
  return merged.flatMap(id => candidatesOf({ id, links: [] }, server));
}

/**
 * Reads what DHIS2 has of people, page by page and never one by one: first the UIDs of everything
 * that may be theirs, deleted objects included, because DHIS2 never accepts such a UID again; then
 * the data of those that are not deleted, and their relationships. For people who are new to DHIS2
 * this is one request for every 250.
 *
 * @param entities people of the batch
 * @param others people at the other ends of their relationships, whose data are not needed
 * @param relationships of the batch
 * @param usedUp UIDs that DHIS2 reports as deleted
 */
export async function readExisting(
  reader: EntityReader,
  entities: readonly MappedEntity[],
  others: readonly Sought[],
  relationships: readonly MappedTrackedRelationship[],
  batch: MappedTrackedEntityBatch,
  metadata: Metadata,
  usedUp: ReadonlySet<string>,
): Promise<Existing> {
  const sought = [...entities, ...others];
  const ids = sought.map(({ id }) => id);
  const found = await findByValues(reader, ids, entities, batch, metadata);
  const shadows = new Map<string, Shadow>();
  const readShadows = async (wanted: string[], isExpected = false) => {
    const rows = await readAgainIfEmpty(isExpected, () => reader.shadows(wanted));
    for (const row of rows) shadows.set(row.trackedEntity, row);
  };
  const firstOf = ({ id }: Sought) => uidOf(entitySource(batch.server, id));
  await readShadows(
    sought.flatMap(one => [
      ...[...one.links, one.id].filter(isUid),
      firstOf(one),
      ...inheritedBy(one, batch.server),
      ...(found.byLink.get(one.id) ?? []),
      ...(found.byKey.get(one.id) ?? []),
    ]),
    sought.some(({ links }) => links.some(isUid)),
  );
  // A later generation exists only if the first one is deleted.
  const reborn = sought.filter(
    one => shadows.get(firstOf(one))?.deleted || usedUp.has(firstOf(one)),
  );
  await readShadows(reborn.flatMap(({ id }) => uidsOf(entitySource(batch.server, id)).slice(1)));
  const candidates = new Map(sought.map(one => [one.id, candidatesOf(one, batch.server)] as const));
  const inherited = new Map(sought.map(one => [one.id, inheritedBy(one, batch.server)] as const));
  const entitiesOf = (person: string) => {
    const byValue = [...(found.byLink.get(person) ?? []), ...(found.byKey.get(person) ?? [])];
    const own = [...(candidates.get(person) ?? []), ...(inherited.get(person) ?? [])];
    const ids = new Set([...own, ...byValue]);
    const known = [...ids].flatMap(id => shadows.get(id) ?? []);
    const [living, deleted] = [known.filter(isThere), known.filter(one => !isThere(one))];
    return { living: living.map(idOf), deleted: deleted.map(idOf) };
  };
  const living = entities.flatMap(({ id }) => entitiesOf(id).living);
  const rows = await readAgainIfEmpty(living.length > 0, () =>
    reader.byIds<StoredEntity>(living, STORED),
  );
  const types = metadata.relationshipTypes;
  return {
    ...found,
    candidatesOf: one => candidates.get(one.id) ?? candidatesOf(one, batch.server),
    shadows,
    stored: new Map(rows.map(row => [row.trackedEntity, row])),
    relationships: await readRelationships(reader, relationships, { batch, types, entitiesOf }),
  };
}

function idOf({ trackedEntity }: Shadow): string {
  return trackedEntity;
}
