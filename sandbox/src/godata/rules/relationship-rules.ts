import { castRecord } from '../casts/cast.js';
import type { GoDataContext } from '../context.js';
import {
  ApiError,
  internalError,
  unknownRecord,
  unknownRecordOf,
  validationError,
} from '../errors.js';
import { CASE, CONTACT, CONTACT_OF_CONTACT, EVENT, withoutReadOnly } from '../models.js';
import type { JsonObject, Participant, Person, Relationship, User } from '../types.js';
import { assertNotDiscarded, isDiscarded, participantsOf } from './participants.js';
import type { PersonWrite } from './person-write.js';
import { afterRelationshipSave } from './relationship-effects.js';
import { badDates, missingFields } from './validate.js';

/**
 * Creates a relationship of a person; the same pair may have any number of them (r113).
 *
 * @returns the relationship as it was created
 * @throws ApiError 404 for either person (r111), 422 for a discarded case or a bad field, 500 without
 *   persons (r110)
 */
export function createRelationship(
  { context, kind, outbreak, user, createdOn }: PersonWrite,
  personId: string,
  body: JsonObject,
): Relationship {
  const person = context.store.people.get(personId);
  if (!person || person.deleted === true || person.type !== kind.type) {
    throw unknownRecord(kind.model, personId);
  }
  assertNotDiscarded(person);
  const { id: _id, ...values } = castRecord('relationship', withoutReadOnly(body));
  const persons = personsOf(context, person, values);
  // The server's own code fails (r110).
  if (!persons) throw missingPersons();
  const active = isActive(context, persons);
  const record = { contactDateEstimated: false, ...values, persons, active };
  const { relationship: required = [] } = context.dialect.requiredFields;
  refuse([...missingFields(record, ['persons', ...required]), ...badDates(record)]);
  const all = { ...record, outbreakId: outbreak.id };
  const relationship = context.store.relationships.create(all, user.id, createdOn);
  afterRelationshipSave(context, relationship, user);
  return relationship;
}

/**
 * Changes a relationship of a person: omitted fields stay.
 *
 * @throws ApiError 404 if it is not the person's, otherwise as on creation
 */
export function updateRelationship(
  { context, kind, user }: PersonWrite,
  personId: string,
  id: string,
  body: JsonObject,
): Relationship {
  const person = context.store.people.get(personId);
  const { id: _id, ...changes } = castRecord('relationship', withoutReadOnly(body));
  const persons = person && personsOf(context, person, changes);
  const relationship = findRelationship(context, kind.model, personId, id);
  refuse(badDates(changes));
  return saveRelationship(context, relationship, persons ? { ...changes, persons } : changes, user);
}

/** Saves a relationship, even without a change, to check whether it is active and what follows. */
export function saveRelationship(
  context: GoDataContext,
  relationship: Relationship,
  changes: JsonObject,
  user: User,
): Relationship {
  const persons = (changes.persons ?? relationship.persons) as Participant[];
  const all = { ...changes, active: isActive(context, persons) };
  const saved = context.store.relationships.update(relationship.id, all, user.id);
  afterRelationshipSave(context, saved, user, relationship.persons);
  return saved;
}

/**
 * Deletes a relationship of a person.
 *
 * @throws ApiError 422 for the last exposure of a contact or of a contact of a contact (r147)
 */
export function deleteRelationship(
  { context, kind, user }: PersonWrite,
  personId: string,
  id: string,
): void {
  const relationship = findRelationship(context, kind.model, personId, id);
  const exposed = relationship.persons.find(
    ({ target, type }) => target && (type === CONTACT.type || type === CONTACT_OF_CONTACT.type),
  );
  if (exposed && !isExposedElsewhere(context, exposed, id)) throw lastExposure(personId);
  removeRelationship(context, relationship, user);
}

/** Deletes a relationship, with a person or by itself, without further checks. */
export function removeRelationship(
  context: GoDataContext,
  { id }: Relationship,
  user: User,
  parentId?: string,
): void {
  const deleted = context.store.relationships.delete(id, user.id, parentId);
  afterRelationshipSave(context, deleted, user);
}

/** @throws ApiError 404 if the person has no such relationship */
export function findRelationship(
  { store }: GoDataContext,
  model: string,
  personId: string,
  id: string,
): Relationship {
  const relationship = store.relationships.get(id);
  if (!relationship?.persons.some(person => person.id === personId)) {
    throw unknownRecordOf('relationship', id, model, personId);
  }
  return relationship;
}

function personsOf(
  context: GoDataContext,
  person: Person,
  { persons }: JsonObject,
): Participant[] | undefined {
  if (!Array.isArray(persons)) return undefined;
  return persons.length === 0 ? [] : participantsOf(context, person, persons);
}

/** A relationship with a discarded case is not active (godata FACTS §2.3). */
function isActive({ store }: GoDataContext, persons: readonly Participant[]): boolean {
  return !persons.some(({ id, type }) => type === CASE.type && isDiscarded(store.people.get(id)));
}

function isExposedElsewhere({ store }: GoDataContext, person: Participant, id: string): boolean {
  const types = person.type === CONTACT_OF_CONTACT.type ? [CONTACT.type] : [CASE.type, EVENT.type];
  return store.relationships.of(person.id).some(other => {
    const own = other.persons.find(one => one.id === person.id);
    const isOther = (one: Participant) => one.id !== person.id && types.includes(one.type);
    return other.id !== id && own?.target === true && other.persons.some(isOther);
  });
}

function lastExposure(personId: string): ApiError {
  const message = `Cannot delete the last relationship exposure because the person with ID ${personId} doesn't have an additional relationship exposure.`;
  const details = { contactIDs: [personId] };
  return new ApiError(422, message, { code: 'DELETE_CONTACT_LAST_RELATIONSHIP', details });
}

function missingPersons(): ApiError {
  const message = "Cannot read properties of undefined (reading 'filter')";
  return internalError({ message, name: 'TypeError' });
}

function refuse(violations: ReturnType<typeof badDates>): void {
  if (violations.length > 0) throw validationError('relationship', violations);
}
