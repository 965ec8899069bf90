import type { GoDataContext } from '../context.js';
import { ApiError } from '../errors.js';
import { CASE, CONTACT, CONTACT_OF_CONTACT, EVENT, kindOf, type PersonKind } from '../models.js';
import type { JsonObject, Person, User } from '../types.js';
import { dayAfter, followUpOf } from './computed.js';
import { afterSave, resave } from './person-effects.js';
import { saveRelationship } from './relationship-rules.js';

const SUSPECT = 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_SUSPECT';

/** A conversion from one kind of person to another (godata FACTS §2.2, r158, r159). */
interface Conversion {
  from: PersonKind;
  to: PersonKind;
  /** Types of people, one of whom must have exposed the person, and the error if none has. */
  exposedTo?: { types: readonly string[]; code: string; needs: string; becomes: string };
}

const CASE_OR_EVENT = {
  types: [CASE.type, EVENT.type],
  needs: 'another case or event',
  becomes: 'a contact',
};

export const CONVERSIONS: readonly Conversion[] = [
  { from: CONTACT, to: CASE },
  {
    from: CASE,
    to: CONTACT,
    exposedTo: { ...CASE_OR_EVENT, code: 'INVALID_CASE_RELATIONSHIP' },
  },
  {
    from: CONTACT,
    to: CONTACT_OF_CONTACT,
    exposedTo: {
      types: [CONTACT.type],
      code: 'INVALID_CONTACT_RELATIONSHIP',
      needs: 'another contact',
      becomes: 'a contact a contact of contact',
    },
  },
  {
    from: CONTACT_OF_CONTACT,
    to: CONTACT,
    exposedTo: { ...CASE_OR_EVENT, code: 'INVALID_CONTACT_OF_CONTACT_RELATIONSHIP' },
  },
];

const LABELS: Readonly<Record<string, string>> = {
  case: 'case',
  contact: 'contact',
  contactOfContact: 'contact of contact',
};

const ANSWERS: Readonly<Record<string, string>> = {
  case: 'questionnaireAnswersCase',
  contact: 'questionnaireAnswersContact',
};

/**
 * Converts a person to another kind, under the same id and visual id. If a contact becomes a case,
 * its contacts of contacts become contacts (r161).
 *
 * @returns what the API answers: the person before its relationships are checked
 * @throws ApiError 422 if the person lacks the exposure that the new kind requires
 */
export function convertPerson(
  context: GoDataContext,
  person: Person,
  { from, to, exposedTo }: Conversion,
  user: User,
): Person {
  if (exposedTo && !isExposed(context, person.id, exposedTo.types)) {
    throw invalidRelationship(person.id, LABELS[from.model] as string, exposedTo);
  }
  const related = context.store.relationships.of(person.id).flatMap(({ persons }) => persons);
  const converted = changeKind(context, person, to, user);
  retype(context, converted, user);
  if (to === CASE) {
    const { relationshipsRepresentation } = context.store.people.get(person.id) as Person;
    const ids = related.filter(one => one.type === CONTACT_OF_CONTACT.type).map(({ id }) => id);
    for (const id of new Set(ids)) becomeContact(context, id, user);
    // The person is saved as it was before those were converted: its list is out of date (r159).
    updateFollowUp(context, person.id, { relationshipsRepresentation }, user);
  }
  deleteFutureFollowUps(context, person.id, user);
  return converted;
}

function changeKind(context: GoDataContext, person: Person, to: PersonKind, user: User): Person {
  const from = kindOf(person);
  const today = dayAfter(context.now().toISOString(), 0);
  const changes = {
    type: to.type,
    [`dateBecome${capital(to.model)}`]: today,
    [`was${capital(from.model)}`]: true,
    ...(to === CASE ? { classification: SUSPECT } : {}),
    ...exchangedAnswers(person, from, to),
  };
  return context.store.people.touch(person.id, { ...to.defaults, ...person, ...changes }, user.id);
}

/** Answers to the old kind's questionnaire are put aside; those of the new kind come back. */
function exchangedAnswers(person: Person, from: PersonKind, to: PersonKind): JsonObject {
  const [own, others] = [ANSWERS[from.model], ANSWERS[to.model]];
  const changes: JsonObject = {};
  if (own !== undefined && isFilled(person.questionnaireAnswers)) {
    changes[own] = person.questionnaireAnswers;
    changes.questionnaireAnswers = {};
  }
  if (others !== undefined && isFilled(person[others])) {
    changes.questionnaireAnswers = person[others];
    changes[others] = {};
  }
  return changes;
}

/** Relationships and lab results hold the kind of their person. */
function retype(context: GoDataContext, { id, type }: Person, user: User): void {
  const { relationships, labResults } = context.store;
  for (const relationship of relationships.of(id)) {
    const persons = relationship.persons.map(one => (one.id === id ? { ...one, type } : one));
    saveRelationship(context, relationship, { persons }, user);
  }
  for (const labResult of labResults.of(id)) {
    labResults.update(labResult.id, { personType: type }, user.id);
  }
}

function becomeContact(context: GoDataContext, id: string, user: User): void {
  const person = context.store.people.get(id);
  if (person?.type !== CONTACT_OF_CONTACT.type) return;
  const contact = changeKind(context, person, CONTACT, user);
  resave(context, contact, {}, user);
  afterSave(context, id, user);
  retype(context, contact, user);
}

/** The follow-up of a case comes from its onset, so a case without an onset has none (r159). */
function updateFollowUp({ store }: GoDataContext, id: string, more: JsonObject, user: User): void {
  const person = store.people.get(id) as Person;
  const outbreak = store.outbreaks.get(person.outbreakId);
  const periodDays = Number(outbreak?.periodOfFollowupCases ?? 1);
  const before = person.followUp as JsonObject | undefined;
  const followUp = followUpOf(person.dateOfOnset, before, periodDays);
  if (followUp) store.people.touch(id, { ...more, followUp, active: true }, user.id);
}

/** Follow-ups planned from tomorrow on were planned for the old kind (r277). */
function deleteFutureFollowUps({ store, now }: GoDataContext, id: string, user: User): void {
  const tomorrow = dayAfter(now().toISOString(), 1);
  for (const followUp of store.followUps.of(id)) {
    if (String(followUp.date ?? '') >= tomorrow) store.followUps.delete(followUp.id, user.id);
  }
}

function isExposed({ store }: GoDataContext, id: string, types: readonly string[]): boolean {
  return store.relationships.of(id).some(({ persons }) => {
    const isTarget = persons.some(one => one.id === id && one.target === true);
    return isTarget && persons.some(one => one.id !== id && types.includes(one.type));
  });
}

function invalidRelationship(
  id: string,
  label: string,
  { code, needs, becomes }: NonNullable<Conversion['exposedTo']>,
): ApiError {
  const message = `The ${label} \`${id}\` needs to be related to ${needs} and it must be a target in that relationship in order to be able to convert it to ${becomes}`;
  return new ApiError(422, message, { code, details: { id } });
}

function isFilled(value: unknown): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).length > 0;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
