import type { FetchedPeopleBatch, OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { MappedEntity } from '#common/handover/mapped-tracked-entity-batch.js';
import { residenceOf } from '#common/ownership/index.js';
import { SOURCE } from '#common/people-mapping/places.js';
import { type KindName, kindName } from './mapping.js';

/** Where people without a location are registered, by kind: `source`, or ids or codes of org units. */
export type Otherwise = Readonly<Partial<Record<KindName, readonly string[]>>>;

/** Finds a location for people who have none, and counts by which way. */
export interface OtherLocations {
  /** Adds a location to a person who has none. */
  place(entity: MappedEntity, kind: OutbreakPerson['kind']): MappedEntity;
  /** Org units that the mapping names, in the form of locations. */
  locations(): FetchedPeopleBatch['locations'];
  /** What to say of it; empty if everybody has a location. */
  warnings(): string[];
}

/** Creates it. Of several people who exposed one, the latest contact counts. */
export function createOtherLocations(
  { people, others, relationships }: FetchedPeopleBatch,
  otherwise: Otherwise,
): OtherLocations {
  const homes = new Map<string, unknown>(
    Object.entries(others).map(([id, { locationId }]) => [id, locationId]),
  );
  for (const { id, record } of people) homes.set(id, residenceOf(record.addresses)?.locationId);
  const byContact = relationships
    .filter(({ deleted }) => !deleted)
    .sort((a, b) => (contactDay(a) < contactDay(b) ? 1 : -1));
  const counts = new Map<string, number>();
  const named = new Set<string>();

  function find(id: string, ways: readonly string[]): string | undefined {
    for (const way of ways) {
      if (way !== SOURCE) {
        counts.set(way, (counts.get(way) ?? 0) + 1);
        named.add(way);
        return way;
      }
      const exposures = byContact.filter(({ target }) => target === id);
      const home = exposures.map(({ source }) => homes.get(source)).find(Boolean);
      if (typeof home === 'string') {
        counts.set(SOURCE, (counts.get(SOURCE) ?? 0) + 1);
        return home;
      }
    }
    return undefined;
  }

  return {
    place(entity, kind) {
      if (entity.location !== undefined) return entity;
      const otherLocation = find(entity.id, otherwise[kindName(kind)] ?? []);
      return otherLocation === undefined ? entity : { ...entity, otherLocation };
    },
    locations: () =>
      Object.fromEntries([...named].map(ref => [ref, { name: ref, identifiers: [ref] }])),
    warnings: () =>
      [...counts].map(([way, count]) => {
        const place =
          way === SOURCE ? 'at that of the person who exposed them' : `at the org unit ${way}`;
        return `${count} ${count === 1 ? 'person has' : 'people have'} no location: where DHIS2 does not have them yet, they are registered ${place}.`;
      }),
  };
}

function contactDay({ record, id }: FetchedPeopleBatch['relationships'][number]): string {
  return `${record.contactDate ?? ''} ${id}`;
}
