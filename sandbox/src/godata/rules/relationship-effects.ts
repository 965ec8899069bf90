import type { GoDataContext } from '../context.js';
import { CONTACT } from '../models.js';
import type { JsonObject, Participant, Person, Relationship, User } from '../types.js';
import { afterSave, saveAgain } from './person-effects.js';

/**
 * What saving, deleting or restoring a relationship does to its people (r107, r108, r150): each has
 * a list of its relationships and two counts, which are written without a stamp (godata FACTS §3);
 * then the people are checked again, and a contact is always saved.
 *
 * @param before the people who took part before the change
 */
export function afterRelationshipSave(
  context: GoDataContext,
  relationship: Relationship,
  user: User,
  before: readonly Participant[] = [],
): void {
  const { people } = context.store;
  const { persons } = relationship;
  for (const [index, person] of persons.entries()) {
    const other = persons[index === 0 ? 1 : 0];
    if (other) represent(context, person, relationship, other);
  }
  const gone = before.filter(({ id }) => persons.every(person => person.id !== id));
  for (const { id } of gone) writeList(context, id, listWithout(people.get(id), relationship.id));
  for (const { id } of [...persons, ...gone]) if (people.get(id)) afterSave(context, id, user);
  const contact = persons.find(({ type }) => type === CONTACT.type);
  if (contact && people.get(contact.id)) saveAgain(context, contact.id, user);
}

function represent(
  context: GoDataContext,
  { id, source, target }: Participant,
  relationship: Relationship,
  other: Participant,
): void {
  const person = context.store.people.get(id);
  if (relationship.deleted === true) {
    writeList(context, id, listWithout(person, relationship.id));
    return;
  }
  const entry = {
    id: relationship.id,
    active: relationship.active,
    otherParticipantType: other.type,
    otherParticipantId: other.id,
    ...(target === undefined ? {} : { target }),
    ...(source === undefined ? {} : { source }),
  };
  const list = [...listOf(person)];
  const index = list.findIndex(one => one.id === relationship.id);
  list.splice(index === -1 ? list.length : index, 1, entry);
  writeList(context, id, list);
}

function writeList({ store }: GoDataContext, id: string, list: readonly JsonObject[]): void {
  if (!store.people.get(id)) return;
  store.people.set(id, {
    relationshipsRepresentation: list,
    hasRelationships: list.length > 0,
    numberOfContacts: list.filter(({ source }) => source === true).length,
    numberOfExposures: list.filter(({ target }) => target === true).length,
  });
}

function listOf(person: Person | undefined): readonly JsonObject[] {
  return (person?.relationshipsRepresentation ?? []) as JsonObject[];
}

function listWithout(person: Person | undefined, relationshipId: string): JsonObject[] {
  return listOf(person).filter(({ id }) => id !== relationshipId);
}
