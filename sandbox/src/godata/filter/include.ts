import type { GoDataContext } from '../context.js';
import type { GoDataRecord, JsonObject, Person, Relationship } from '../types.js';
import { comparator } from './order.js';
import type { Include, Relations } from './parse-filter.js';

const USERS: Relations = { createdByUser: {}, updatedByUser: {} };

/** What a list of relationships can include (r118). */
export const RELATIONSHIP_RELATIONS: Relations = { ...USERS, people: {} };

/** What a list of people can include (r218). */
export const PERSON_RELATIONS: Relations = {
  ...USERS,
  responsibleUser: {},
  locations: {},
  labResults: {},
  followUps: {},
  relationships: { people: {} },
};

/** An order of people that is not unique: paging without an own order is unstable. */
export const PEOPLE_ORDER = [
  ['name', 1],
  ['lastName', 1],
  ['firstName', 1],
] as const;

/** The values of relations that a record of any model may have, by their names. */
export function included(
  context: GoDataContext,
  record: GoDataRecord,
  includes: readonly Include[],
): JsonObject {
  const values = includes.map(one => [one.relation, relatedOf(context, record, one)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function relatedOf(context: GoDataContext, record: GoDataRecord, { relation, include }: Include) {
  const { store } = context;
  switch (relation) {
    case 'createdByUser':
      return userOf(context, record.createdBy);
    case 'updatedByUser':
      return userOf(context, record.updatedBy);
    case 'responsibleUser':
      return userOf(context, record.responsibleUserId);
    case 'people':
      return peopleOf(context, record as Relationship);
    case 'labResults':
      return store.labResults.of(record.id);
    case 'followUps':
      return store.followUps.of(record.id);
    case 'locations':
      return locationsOf(context, record as Person);
    default:
      return relationshipsOf(context, record.id).map(one => ({
        ...one,
        ...included(context, one, include),
      }));
  }
}

/** The relationships of a person in the order of their ids, which is the server's (FACTS §3). */
export function relationshipsOf({ store }: GoDataContext, personId: string): Relationship[] {
  return store.relationships.of(personId).sort(comparator([['id', 1]]));
}

function peopleOf({ store }: GoDataContext, { persons }: Relationship): Person[] {
  const people = persons.map(({ id }) => store.people.get(id));
  const living = people.filter(one => one !== undefined && one.deleted !== true);
  return (living as Person[]).sort(comparator(PEOPLE_ORDER));
}

function locationsOf({ store }: GoDataContext, person: Person): GoDataRecord[] {
  const addresses = [person.addresses ?? [], person.address ?? []].flat() as JsonObject[];
  const ids = new Set(addresses.map(({ locationId }) => String(locationId)));
  return [...ids].flatMap(id => store.locations.get(id) ?? []);
}

/** The fields of an account that everybody may see (r120, r218). */
function userOf({ store }: GoDataContext, id: unknown): JsonObject | undefined {
  const user = store.users.get(String(id));
  if (!user) return undefined;
  const { firstName, lastName, email, deleted } = user;
  return { id: user.id, firstName, lastName, email, deleted };
}
