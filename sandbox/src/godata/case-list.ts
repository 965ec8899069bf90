import { CASE, CONTACT } from './models.js';
import type { GoDataRecord, GoDataSeed, JsonObject, Person, SeedUser } from './types.js';

/** The account of a seed that has none: every permission, the first outbreak active. */
export const DEFAULT_USER: SeedUser = {
  id: 'integration',
  email: 'integration@example.org',
  password: 'integration-password-1',
  firstName: 'Integration',
  lastName: 'Account',
  languageId: 'english_us',
};

/**
 * Turns lists, as the real API answers them, into a seed. Lists do not contain the names of
 * outbreaks and locations, so both are named after their ids; give them better names, parents and
 * codes afterwards.
 *
 * @param cases answer of `GET /outbreaks/{id}/cases`
 * @param contacts answer of `GET /outbreaks/{id}/contacts`
 * @throws TypeError if an item has no id or no outbreakId
 * @example
 * const seed = caseListToSeed(JSON.parse(readFileSync('cases.json', 'utf8')));
 */
export function caseListToSeed(
  cases: readonly unknown[],
  contacts: readonly unknown[] = [],
): Required<Pick<GoDataSeed, 'users' | 'outbreaks' | 'locations' | 'people'>> {
  const people = [
    ...cases.map(item => toPerson(item, CASE.type)),
    ...contacts.map(item => toPerson(item, CONTACT.type)),
  ];
  const outbreakIds = [...new Set(people.map(person => person.outbreakId))];
  const locationIds = [...new Set(people.flatMap(locationIdsOf))];
  return {
    users: [{ ...DEFAULT_USER, activeOutbreakId: outbreakIds[0] }],
    outbreaks: outbreakIds.map(toOutbreak),
    locations: locationIds.map(id => ({ id, name: id, active: true, parentLocationId: null })),
    people,
  };
}

function toPerson(item: unknown, type: string): Person {
  const { id, outbreakId } = (item ?? {}) as JsonObject;
  if (typeof id !== 'string' || typeof outbreakId !== 'string') {
    throw new TypeError('Every item of a case list needs an id and an outbreakId.');
  }
  return { ...(item as JsonObject), id, outbreakId, type };
}

function locationIdsOf(person: Person): string[] {
  const places = [person.addresses, person.address, person.dateRanges].flat() as JsonObject[];
  return places.map(place => place?.locationId).filter(id => typeof id === 'string');
}

function toOutbreak(id: string): GoDataRecord {
  return {
    id,
    name: `Outbreak ${id}`,
    startDate: '2020-01-01T00:00:00.000Z',
    caseIdMask: '*',
    contactIdMask: '*',
    eventIdMask: '*',
    contactOfContactIdMask: '*',
  };
}
