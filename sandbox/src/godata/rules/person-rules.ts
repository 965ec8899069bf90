import { castRecord } from '../casts/cast.js';
import type { GoDataContext } from '../context.js';
import { ApiError, type Violation, validationError } from '../errors.js';
import { CONTACT, type PersonKind, withoutReadOnly } from '../models.js';
import type { JsonObject, Person, User } from '../types.js';
import { assertAddresses, usualPlaceOfResidence, withAddressDefaults } from './addresses.js';
import { centreId, duplicateKeys, followUpOf, historyOf, isCentreName } from './computed.js';
import { isDiscarded } from './participants.js';
import { afterSave, followUpHistory } from './person-effects.js';
import type { PersonWrite } from './person-write.js';
import { ensureReferenceItem } from './reference-data-rules.js';
import { saveRelationship } from './relationship-rules.js';
import { withSavedAnswers } from './saved-answers.js';
import { badDates, missingFields, notUnique } from './validate.js';
import { resolveVisualId } from './visual-id.js';

/**
 * Creates a person as the API does. Little is validated: dates, the visual id, the addresses and
 * the id; which fields are required depends on the version (godata FACTS §4, §5.1).
 *
 * @returns what the API answers: with an onset date, the visual id is not in it (r036)
 * @throws ApiError 409 or 422
 */
export function createPerson(write: PersonWrite, body: JsonObject): JsonObject {
  const { context, kind, outbreak, user } = write;
  const values = prepared(write, castRecord(kind.model, withoutReadOnly(body)));
  if (values.visualId) values.visualId = visualIdFor(write, String(values.visualId));
  const required = context.dialect.requiredFields[kind.model] ?? [];
  const violations = [...missingFields(values, required), ...badDates(values)];
  if (typeof values.id === 'string' && context.store.people.get(values.id)) {
    violations.push(notUnique('id', values.id));
  }
  refuse(kind, violations);
  const all = { ...values, ...computedFields(write, values, undefined) };
  const { people } = context.store;
  const person = people.create(outbreak.id, kind.type, all, user.id, write.createdOn);
  const isSavedTwice = kind.model === 'case' && typeof person.dateOfOnset === 'string';
  return isSavedTwice ? withoutVisualId(person) : person;
}

/**
 * Changes a person: omitted fields stay, null clears, a list replaces the list (r098, r103).
 *
 * @returns what the API answers: the visual id is in it only if it was sent (r128)
 * @throws ApiError 400 for another id (r097), 409 or 422 as on creation
 */
export function updatePerson(write: PersonWrite, person: Person, body: JsonObject): JsonObject {
  const { context, kind, user } = write;
  if (body.id !== undefined && body.id !== person.id) {
    const message = `id cannot be updated from ${person.id} to ${body.id} when forceId is set to true`;
    throw new ApiError(400, message);
  }
  const changes = prepared(write, castRecord(kind.model, withoutReadOnly(body)));
  if (changes.visualId && changes.visualId !== person.visualId) {
    changes.visualId = visualIdFor(write, String(changes.visualId), person.id);
  }
  refuse(kind, badDates(changes));
  const all = { ...changes, ...computedFields(write, { ...person, ...changes }, person) };
  const updated = context.store.people.update(person.id, all, user.id);
  if (isDiscarded(person) !== isDiscarded(updated)) lookAtRelationships(context, updated, user);
  const saved = afterSave(context, person.id, user);
  return 'visualId' in changes ? saved : withoutVisualId(saved);
}

/** The server omits it, only in its answer, if a person is saved without one (r036, r128). */
export function withoutVisualId(person: JsonObject): JsonObject {
  const { visualId: _visualId, ...answer } = person;
  return answer;
}

/**
 * The visual id that a person gets for the one that was sent.
 *
 * @throws ApiError 409 or 422, as {@link resolveVisualId}
 */
export function visualIdFor(
  { context, kind, outbreak }: PersonWrite,
  sent: string,
  personId?: string,
): string {
  // An outbreak seeded without masks accepts any visual id.
  const mask = String(outbreak[kind.mask] ?? '*');
  const taken = context.store.people.visualIds(outbreak.id);
  return resolveVisualId(sent, { mask, taken, personId });
}

/** Relationships with contacts are active while the case is not discarded (godata FACTS §2.3). */
function lookAtRelationships(context: GoDataContext, { id }: Person, user: User): void {
  for (const relationship of context.store.relationships.of(id)) {
    const isWithContact = relationship.persons.some(({ type }) => type === CONTACT.type);
    if (isWithContact) saveRelationship(context, relationship, {}, user);
  }
}

/** Embedded objects with the defaults of their models; they are not validated. */
function prepared({ context, kind, outbreak, user }: PersonWrite, body: JsonObject): JsonObject {
  const values = withSavedAnswers(context, kind.model, structuredClone(body), outbreak);
  const withCentre = (range: JsonObject): JsonObject => {
    const { centerName } = range;
    if (!isCentreName(centerName)) return range;
    const id = centreId(centerName.trim());
    ensureReferenceItem(context, id, centerName.trim(), user);
    return { ...range, centerName: id };
  };
  if (Array.isArray(values.addresses)) values.addresses = values.addresses.map(withAddressDefaults);
  if (Array.isArray(values.dateRanges)) values.dateRanges = values.dateRanges.map(withCentre);
  if (isObject(values.address)) values.address = withAddressDefaults(values.address);
  return values;
}

function computedFields(
  { context, kind, outbreak }: PersonWrite,
  person: JsonObject,
  before: Person | undefined,
): JsonObject {
  if (kind.model === 'event') {
    const locationId = isObject(person.address) ? (person.address.locationId ?? null) : null;
    return { usualPlaceOfResidenceLocationId: locationId };
  }
  const addresses = (person.addresses ?? []) as JsonObject[];
  assertAddresses(addresses);
  const usualPlaceOfResidenceLocationId = usualPlaceOfResidence(addresses);
  const isSavedAgain = before !== undefined || typeof person.dateOfOnset === 'string';
  const keys = duplicateKeys(person, isSavedAgain);
  const common = { usualPlaceOfResidenceLocationId, duplicateKeys: keys };
  if (kind.model !== 'case') {
    return { ...common, ...followUpHistory(context, { ...person, type: kind.type }) };
  }
  const history = (before?.classificationHistory ?? []) as JsonObject[];
  const now = context.now().toISOString();
  const periodDays = Number(outbreak.periodOfFollowupCases ?? 1);
  const followUp = followUpOf(
    person.dateOfOnset,
    person.followUp as JsonObject | undefined,
    periodDays,
  );
  return {
    ...common,
    classificationHistory: historyOf(history, 'classification', person.classification, now),
    ...(followUp ? { active: true, followUp } : {}),
  };
}

function refuse(kind: PersonKind, violations: readonly Violation[]): void {
  if (violations.length > 0) throw validationError(kind.model, violations);
}

function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
