import type { PlannedObject } from '../plan/person-plan.js';
import type { EntityReader } from '../read/entity-reader.js';
import {
  attributesOf,
  STORED,
  type StoredEnrollment,
  type StoredEntity,
  type StoredEvent,
} from '../read/stored.js';

/** An object, and the tracked entity that it belongs to. */
export interface SentObject {
  object: PlannedObject;
  entity: string;
}

/**
 * Reads the objects that a report does not mention, and returns those that DHIS2 has as they were
 * sent: one request for every 250 tracked entities, and as many for relationships.
 */
export async function readBack(
  reader: EntityReader,
  sent: readonly SentObject[],
): Promise<Set<PlannedObject>> {
  const isRelated = ({ object }: SentObject) => object.kind === 'relationships';
  const parts = sent.filter(one => !isRelated(one));
  const rows = await reader.byIds<StoredEntity>(parts.map(entityOf), STORED);
  // A deletion does not name its ends.
  const ends = sent.filter(isRelated).map(entityOf).filter(Boolean);
  const related = await reader.relationshipsOf(ends);
  const byId = new Map(rows.map(row => [row.trackedEntity, row]));
  const links = new Set(related.map(({ relationship }) => relationship));
  const stored = sent.filter(one => {
    const { object, entity } = one;
    if (isRelated(one)) return links.has(object.uid) === (object.change !== 'delete');
    const isThere = isStored(object, byId.get(entity));
    return object.change === 'delete' ? !isFound(object, byId.get(entity)) : isThere;
  });
  return new Set(stored.map(({ object }) => object));
}

function entityOf({ entity }: SentObject): string {
  return entity;
}

function isFound({ kind, uid }: PlannedObject, entity: StoredEntity | undefined): boolean {
  if (kind === 'trackedEntities') return entity !== undefined;
  if (kind === 'enrollments') return enrollmentOf(entity, uid) !== undefined;
  return eventOf(entity, uid) !== undefined;
}

function isStored(object: PlannedObject, entity: StoredEntity | undefined): boolean {
  const { kind, uid, body } = object;
  if (!isFound(object, entity) || !entity) return false;
  if (kind === 'events') {
    const event = eventOf(entity, uid)!;
    const values = (event.dataValues ?? []).map(
      ({ dataElement, value }) => [dataElement, String(value ?? '')] as const,
    );
    return (
      event.status === (body.status ?? 'ACTIVE') &&
      hasValues(new Map(values), 'dataElement', body.dataValues)
    );
  }
  const enrollment = kind === 'enrollments' ? enrollmentOf(entity, uid) : undefined;
  const isStatus = !enrollment || enrollment.status === (body.status ?? 'ACTIVE');
  return isStatus && hasValues(attributesOf(entity), 'attribute', body.attributes);
}

function hasValues(
  stored: ReadonlyMap<string, string>,
  name: 'attribute' | 'dataElement',
  sent: unknown,
): boolean {
  const values = (sent ?? []) as Record<string, string | null>[];
  return values.every(one => (stored.get(one[name]!) ?? '') === (one.value ?? ''));
}

function enrollmentOf(entity: StoredEntity | undefined, uid: string): StoredEnrollment | undefined {
  return (entity?.enrollments ?? []).find(({ enrollment }) => enrollment === uid);
}

function eventOf(entity: StoredEntity | undefined, uid: string): StoredEvent | undefined {
  const events = (entity?.enrollments ?? []).flatMap(enrollment => enrollment.events ?? []);
  return events.find(({ event }) => event === uid);
}
