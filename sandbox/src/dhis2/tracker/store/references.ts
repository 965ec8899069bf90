import type { CollectionName } from '../../metadata/collections.js';
import type { RelationshipItem, TrackerKind, TrackerObjects } from '../types.js';

/** A reference from a Tracker object to metadata, or to another Tracker object. */
export interface TrackerReference {
  to: CollectionName | TrackerKind;
  id: string;
}

type ReferencesOf = { [K in TrackerKind]: (object: TrackerObjects[K]) => TrackerReference[] };

/** The references of an object, for which a database would have foreign keys. */
export const REFERENCES_OF: ReferencesOf = {
  trackedEntities: ({ trackedEntityType, orgUnit, attributes }) => [
    { to: 'trackedEntityTypes', id: trackedEntityType },
    { to: 'organisationUnits', id: orgUnit },
    ...attributes.map(({ attribute }) => ({
      to: 'trackedEntityAttributes' as const,
      id: attribute,
    })),
  ],
  enrollments: ({ trackedEntity, program, orgUnit }) => [
    { to: 'trackedEntities', id: trackedEntity },
    { to: 'programs', id: program },
    { to: 'organisationUnits', id: orgUnit },
  ],
  events: ({ enrollment, programStage, orgUnit, attributeOptionCombo, dataValues }) => [
    ...(enrollment === undefined ? [] : [{ to: 'enrollments' as const, id: enrollment }]),
    { to: 'programStages', id: programStage },
    { to: 'organisationUnits', id: orgUnit },
    { to: 'categoryOptionCombos', id: attributeOptionCombo },
    ...dataValues.map(({ dataElement }) => ({ to: 'dataElements' as const, id: dataElement })),
  ],
  relationships: ({ relationshipType, from, to }) => [
    { to: 'relationshipTypes', id: relationshipType },
    itemReference(from),
    itemReference(to),
  ],
};

/** The object at one end of a relationship. */
export function itemReference(item: RelationshipItem): { to: TrackerKind; id: string } {
  if ('trackedEntity' in item) {
    return { to: 'trackedEntities', id: item.trackedEntity.trackedEntity };
  }
  if ('enrollment' in item) return { to: 'enrollments', id: item.enrollment.enrollment };
  return { to: 'events', id: item.event.event };
}

/** The name of an object's own identifier, which is also the server's name of the object. */
export const ID_KEYS = {
  trackedEntities: 'trackedEntity',
  enrollments: 'enrollment',
  events: 'event',
  relationships: 'relationship',
} as const;

/** All kinds, each after the kinds that it requires. */
export const TRACKER_KINDS = Object.keys(ID_KEYS) as TrackerKind[];

/** Reads the identifiers of objects of a kind. */
export function idReader(kind: TrackerKind): (object: object) => string {
  const key = ID_KEYS[kind];
  return object => (object as Record<string, string>)[key]!;
}

/** An object's own identifier. */
export function idOf<K extends TrackerKind>(kind: K, object: TrackerObjects[K]): string {
  return idReader(kind)(object);
}

export function isTrackerKind(name: string): name is TrackerKind {
  return name in ID_KEYS;
}
