import type { GoDataContext } from '../context.js';
import { CASE, CONTACT, CONTACT_OF_CONTACT, EVENT } from '../models.js';
import type { JsonObject, Person, Relationship, User } from '../types.js';
import { dayAfter, duplicateKeys, historyOf, UNDER_FOLLOW_UP } from './computed.js';

/**
 * What the server does after a person was saved: it computes the date of the last contact from the
 * relationships, and from that the follow-up of a contact (r107, r122, r150). Each change is a
 * separate save, with its own timestamp (godata FACTS §3).
 */
export function afterSave(context: GoDataContext, id: string, user: User): Person {
  const person = updateDateOfLastContact(context, personOf(context, id), user);
  return person.type === CONTACT.type ? updateFollowUp(context, person, user) : person;
}

/** Saves a person without a change of its own, as the server does to contacts (r118). */
export function saveAgain(context: GoDataContext, id: string, user: User): Person {
  resave(context, personOf(context, id), {}, user);
  return afterSave(context, id, user);
}

/** What every later save of a person writes besides the requested fields. */
export function resave(
  context: GoDataContext,
  person: Person,
  changes: JsonObject,
  user: User,
): Person {
  const after: Person = { ...person, ...changes };
  const keys = after.type === EVENT.type ? {} : { duplicateKeys: duplicateKeys(after, true) };
  const all = { ...changes, ...keys, ...followUpHistory(context, after) };
  return context.store.people.touch(person.id, all, user.id);
}

/** The history of a contact's follow-up, from its first follow-up on (r107). */
export function followUpHistory(context: GoDataContext, person: JsonObject): JsonObject {
  if (person.type !== CONTACT.type || !person.followUp) return {};
  const before = (person.followUpHistory ?? []) as JsonObject[];
  const { status } = person.followUp as JsonObject;
  const now = context.now().toISOString();
  return { followUpHistory: historyOf(before, 'status', status, now) };
}

/** A date is never removed again, although the person is saved as if it were (r154). */
function updateDateOfLastContact(context: GoDataContext, person: Person, user: User): Person {
  const date = newestExposure(context, person)?.contactDate;
  if ((date ?? null) === (person.dateOfLastContact ?? null)) return person;
  return resave(context, person, date == null ? {} : { dateOfLastContact: date }, user);
}

/** The follow-up begins the day after the last contact; without one there is no follow-up (r150). */
function updateFollowUp(context: GoDataContext, person: Person, user: User): Person {
  const before = (person.followUp ?? {}) as JsonObject;
  const { originalStartDate: original, status } = before;
  const newest = newestExposure(context, person);
  const outbreak = context.store.outbreaks.get(person.outbreakId);
  const periodDays = Math.max(Number(outbreak?.periodOfFollowup ?? 1), 1);
  // A contact without a date counts as one of today (r121).
  const lastContact = String(newest?.contactDate ?? context.now().toISOString());
  const startDate = newest ? dayAfter(lastContact, 1) : undefined;
  const endDate = startDate && dayAfter(startDate, periodDays - 1);
  const originalStartDate = original ?? startDate;
  const isSame =
    status &&
    before.startDate === startDate &&
    before.endDate === endDate &&
    originalStartDate === original;
  if (isSame) return person;
  const followUp = withoutUndefined({
    originalStartDate,
    startDate,
    endDate,
    status: status ?? UNDER_FOLLOW_UP,
  });
  return resave(context, person, { followUp, active: startDate !== undefined }, user);
}

/**
 * The active relationship with the latest contact that counts for a person: one in which there is a
 * case or an event, or for a contact of a contact, a contact.
 */
function newestExposure({ store }: GoDataContext, person: Person): Relationship | undefined {
  const types = person.type === CONTACT_OF_CONTACT.type ? [CONTACT.type] : [CASE.type, EVENT.type];
  let newest: Relationship | undefined;
  for (const relationship of store.relationships.of(person.id)) {
    if (relationship.active === false) continue;
    if (!relationship.persons.some(({ type }) => types.includes(type))) continue;
    const isNewer = String(relationship.contactDate ?? '') > String(newest?.contactDate ?? '');
    if (!newest || isNewer) newest = relationship;
  }
  return newest;
}

function personOf({ store }: GoDataContext, id: string): Person {
  const person = store.people.get(id);
  if (!person) throw new Error(`The sandbox has no person with the id "${id}".`);
  return person;
}

function withoutUndefined(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
