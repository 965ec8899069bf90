import { castRecord } from '../casts/cast.js';
import { internalError, validationError } from '../errors.js';
import { withoutReadOnly } from '../models.js';
import type { JsonObject, Person, PersonRecord } from '../types.js';
import { currentAddress, withAddressDefaults } from './addresses.js';
import { dayAfter } from './computed.js';
import type { PersonWrite } from './person-write.js';
import { withSavedAnswers } from './saved-answers.js';
import { badDates, missingFields } from './validate.js';

const DAY_MS = 86_400_000;

/**
 * Creates a follow-up. Its number counts the days from the beginning of the person's follow-up, and
 * any date is accepted (r142, r143). Without its own address it gets the person's current address.
 *
 * @throws ApiError 500 for a person without a follow-up, 422 for an invalid field
 */
export function createFollowUp(
  { context, outbreak, user }: PersonWrite,
  person: Person,
  body: JsonObject,
): PersonRecord {
  const { id: _id, ...values } = castRecord('followUp', withoutReadOnly(body));
  if (!person.followUp) {
    throw internalError(
      `Contact record (id: '${person.id}) missing follow-up interval information`,
    );
  }
  const required = context.dialect.requiredFields.followUp ?? [];
  refuse([...missingFields(values, required), ...badDates(values)]);
  const { startDate } = person.followUp as JsonObject;
  const now = context.now().toISOString();
  const address = addressOf(values, person);
  const record = {
    ...withSavedAnswers(context, 'followUp', values, outbreak),
    index: daysBetween(String(startDate ?? now), String(values.date ?? now)) + 1,
    teamId: values.teamId ?? null,
    usualPlaceOfResidenceLocationId: address?.locationId ?? null,
    ...(address ? { address } : {}),
    outbreakId: outbreak.id,
    personId: person.id,
    createdAs: person.type,
  };
  return context.store.followUps.create(record, user.id);
}

/** Changes a follow-up: omitted fields stay (r145). @throws ApiError 422 for a bad date */
export function updateFollowUp(
  { context, outbreak, user }: PersonWrite,
  followUp: PersonRecord,
  body: JsonObject,
): PersonRecord {
  const { id: _id, personId: _person, ...changes } = castRecord('followUp', withoutReadOnly(body));
  refuse(badDates(changes));
  const saved = withSavedAnswers(context, 'followUp', changes, outbreak);
  return context.store.followUps.update(followUp.id, saved, user.id);
}

/** A follow-up as its model answers it, with objects that are not stored (r142). */
export function asFollowUp(followUp: PersonRecord): JsonObject {
  return {
    ...followUp,
    address: withAddressDefaults((followUp.address ?? {}) as JsonObject),
    fillLocation: followUp.fillLocation ?? {},
  };
}

/** A follow-up as a list of the outbreak answers it, with the same objects left empty (r144). */
export function asListedFollowUp(followUp: PersonRecord): JsonObject {
  return {
    ...followUp,
    address: followUp.address ?? {},
    fillLocation: followUp.fillLocation ?? {},
  };
}

function addressOf({ address }: JsonObject, person: Person): JsonObject | undefined {
  const own = address as JsonObject | undefined;
  if (own?.locationId) return own;
  return currentAddress((person.addresses ?? []) as JsonObject[]) ?? own;
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(dayAfter(to, 0)) - Date.parse(dayAfter(from, 0))) / DAY_MS;
}

function refuse(violations: ReturnType<typeof badDates>): void {
  if (violations.length > 0) throw validationError('followUp', violations);
}
