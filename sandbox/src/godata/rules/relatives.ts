import type { GoDataContext } from '../context.js';
import { notImplemented } from '../errors.js';
import { PEOPLE_ORDER, relationshipsOf } from '../filter/include.js';
import { comparator } from '../filter/order.js';
import type { Filter } from '../filter/parse-filter.js';
import { whereToPredicate } from '../filter/where.js';
import type { JsonObject, Person, Relationship } from '../types.js';

/** A person on the other side of a relationship, with the relationship. */
export type Relative = Person & { relationship: Relationship };

/**
 * The people on one side of a person. Somebody who shares several relationships with the person is
 * answered once for each of them, each time with all of them, as in the recording (r120, r121).
 *
 * @throws ApiError 400 for a filter with more than a `where` of people
 */
export function relatives(
  context: GoDataContext,
  personId: string,
  side: 'exposures' | 'contacts',
  { where, order, limit, skip, fields }: Filter,
): Relative[] {
  if (order.length > 0 || limit !== undefined || skip > 0 || fields !== undefined) {
    throw notImplemented(`a filter of ${side} with more than "where"`);
  }
  const own = side === 'exposures' ? 'target' : 'source';
  const relationships = relationshipsOf(context, personId).filter(({ persons }) =>
    persons.some(one => one.id === personId && one[own] === true),
  );
  const matches = whereToPredicate(where, false);
  const byOther = new Map<string, Relationship[]>();
  for (const relationship of relationships) {
    const other = relationship.persons.find(({ id }) => id !== personId)?.id ?? '';
    byOther.set(other, [...(byOther.get(other) ?? []), relationship]);
  }
  const people = [...byOther].flatMap(([id, shared]) => shared.map(() => id));
  return people
    .map(id => context.store.people.get(id))
    .filter((one): one is Person => one !== undefined && matches(one))
    .sort(comparator(PEOPLE_ORDER))
    .flatMap(person =>
      (byOther.get(person.id) ?? []).map(relationship => ({ ...person, relationship })),
    );
}

/** A person as database queries answer it: with its type, without what models add (r140). */
export function rawPerson(person: Person): JsonObject {
  if (Object.keys((person.address ?? {}) as JsonObject).length > 0) return person;
  const { address: _address, ...raw } = person;
  return raw;
}
