import type { GoDataContext } from '../context.js';
import { unknownRecord } from '../errors.js';
import { CASE, CONTACT, CONTACT_OF_CONTACT, EVENT, kindOf, type PersonKind } from '../models.js';
import type { JsonObject, Person, User } from '../types.js';
import { withoutVisualId } from './person-rules.js';
import { afterRelationshipSave } from './relationship-effects.js';
import { removeRelationship } from './relationship-rules.js';

const ARCHIVED_ID = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_ARCHIVED_ID';

/** Types whose exposure a person needs: a person without any other is deleted too. */
const EXPOSURES: Readonly<Record<string, { dependants: string; types: readonly string[] }>> = {
  [CASE.type]: { dependants: CONTACT.type, types: [CASE.type, EVENT.type] },
  [EVENT.type]: { dependants: CONTACT.type, types: [CASE.type, EVENT.type] },
  [CONTACT.type]: { dependants: CONTACT_OF_CONTACT.type, types: [CONTACT.type] },
};

/**
 * Deletes a person with its relationships, lab results and follow-ups, and with contacts that
 * nobody else exposed (godata FACTS §5.5); the visual id moves to the documents (§4, notes).
 * Everything that is deleted with it names the person.
 *
 * @param parentId of the person whose deletion causes this one
 */
export function deletePerson(
  context: GoDataContext,
  person: Person,
  user: User,
  parentId?: string,
): void {
  const { people, relationships, labResults, followUps } = context.store;
  if (typeof person.visualId === 'string') {
    const archived = { type: ARCHIVED_ID, number: person.visualId };
    const documents = [...((person.documents ?? []) as JsonObject[]), archived];
    people.update(person.id, { visualId: null, documents }, user.id);
  }
  people.delete(person.id, user.id, parentId);
  for (const dependant of dependantsOf(context, person)) {
    deletePerson(context, dependant, user, person.id);
  }
  for (const relationship of relationships.of(person.id)) {
    removeRelationship(context, relationship, user, person.id);
  }
  for (const store of [labResults, followUps]) {
    for (const { id } of store.of(person.id)) store.delete(id, user.id, person.id);
  }
}

/**
 * Restores a deleted person, and everything that was deleted with it.
 *
 * @returns what the API answers: the person before its relationships are restored (r150, r157)
 * @throws ApiError 404 for a person that is not deleted
 */
export function restorePerson(
  context: GoDataContext,
  kind: PersonKind,
  person: Person,
  user: User,
): JsonObject {
  if (person.deleted !== true) throw unknownRecord(kind.model, person.id);
  const { people, relationships, labResults, followUps } = context.store;
  const restored = people.restore(person.id, user.id);
  const wentAlong = (one: JsonObject) => one.deleted === true && one.deletedByParent === person.id;
  for (const { id } of relationships.allOf(person.id).filter(wentAlong)) {
    afterRelationshipSave(context, relationships.restore(id, user.id), user);
  }
  for (const store of [labResults, followUps]) {
    for (const { id } of store.allOf(person.id).filter(wentAlong)) store.restore(id, user.id);
  }
  for (const dependant of people.all().filter(wentAlong)) {
    restorePerson(context, kindOf(dependant), dependant, user);
  }
  return withoutVisualId(restored);
}

function dependantsOf({ store }: GoDataContext, person: Person): Person[] {
  const { dependants, types } = EXPOSURES[person.type] ?? {};
  if (dependants === undefined) return [];
  const related = store.relationships.of(person.id).flatMap(({ persons }) => persons);
  const ids = related.filter(({ type }) => type === dependants).map(({ id }) => id);
  const hasOtherExposure = (id: string) =>
    store.relationships
      .of(id)
      .flatMap(({ persons }) => persons)
      .some(other => other.id !== id && other.id !== person.id && types?.includes(other.type));
  return [...new Set(ids)]
    .map(id => store.people.get(id))
    .filter(one => one !== undefined && one.deleted !== true && one.type === dependants)
    .filter((one): one is Person => one !== undefined && !hasOtherExposure(one.id));
}
