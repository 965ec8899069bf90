import type { GoDataContext } from '../context.js';
import { ApiError, type Violation, validationError } from '../errors.js';
import { PERSON_KINDS, type PersonKind, withoutReadOnly } from '../models.js';
import type { GoDataRecord, JsonObject, Person, User } from '../types.js';
import { assertAddresses, usualPlaceOfResidence, withAddressDefaults } from './addresses.js';
import {
  classificationHistory,
  duplicateKeys,
  followUpOf,
  withCentre,
  withNumbers,
} from './computed.js';
import { badDates, missingFields, notUnique } from './validate.js';
import { resolveVisualId } from './visual-id.js';

/** Who writes which kind of person into which outbreak. */
export interface PersonWrite {
  context: GoDataContext;
  kind: PersonKind;
  outbreak: GoDataRecord;
  user: User;
}

/**
 * Creates a person as the API does. Almost nothing is validated: dates, the visual id, the
 * addresses, the id; what is required depends on the version (godata FACTS §4, §5.1).
 *
 * @returns what the API answers: with an onset date, the visual id is not in it (r036)
 * @throws ApiError 409 or 422
 */
export function createPerson(write: PersonWrite, body: JsonObject): JsonObject {
  const { context, kind, outbreak, user } = write;
  const values = prepared(withoutReadOnly(body));
  if (values.visualId) values.visualId = visualId(write, String(values.visualId));
  const required = context.dialect.requiredOfPeople[kind.model] ?? [];
  const violations = [...missingFields(values, required), ...badDates(values)];
  if (typeof values.id === 'string' && context.store.people.get(values.id)) {
    violations.push(notUnique('id', values.id));
  }
  refuse(kind, violations);
  const computed = computedFields(write, values, undefined);
  const all = { ...values, ...computed };
  const person = context.store.people.create(outbreak.id, kind.type, all, user.id);
  if (kind.model !== 'case' || typeof person.dateOfOnset !== 'string') return person;
  const { visualId: _visualId, ...answer } = person;
  return answer;
}

/**
 * Changes a person: what is left out stays, null clears, a list replaces the list (r098, r103).
 *
 * @throws ApiError 400 for another id (r097), 409 or 422 as on creation
 */
export function updatePerson(write: PersonWrite, person: Person, body: JsonObject): Person {
  const { context, kind, user } = write;
  if (body.id !== undefined && body.id !== person.id) {
    const message = `id cannot be updated from ${person.id} to ${body.id} when forceId is set to true`;
    throw new ApiError(400, message);
  }
  const changes = prepared(withoutReadOnly(body));
  if (changes.visualId && changes.visualId !== person.visualId) {
    changes.visualId = visualId(write, String(changes.visualId));
  }
  refuse(kind, badDates(changes));
  const all = { ...changes, ...computedFields(write, { ...person, ...changes }, person) };
  return context.store.people.update(person.id, all, user.id);
}

/** Soft-deletes a person; the visual id moves to the documents (godata FACTS §4, notes). */
export function deletePerson({ context, user }: PersonWrite, person: Person): void {
  const { people } = context.store;
  if (typeof person.visualId === 'string') {
    const type = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_ARCHIVED_ID';
    const documents = [
      ...((person.documents ?? []) as JsonObject[]),
      { type, number: person.visualId },
    ];
    people.update(person.id, { visualId: null, documents }, user.id);
  }
  people.delete(person.id, user.id);
}

/** Embedded objects with the defaults and casts of their models; they are not validated. */
function prepared(body: JsonObject): JsonObject {
  const values = structuredClone(body);
  if (Array.isArray(values.addresses)) values.addresses = values.addresses.map(withAddressDefaults);
  if (Array.isArray(values.dateRanges)) values.dateRanges = values.dateRanges.map(withCentre);
  if (isObject(values.address)) values.address = withAddressDefaults(values.address);
  if (isObject(values.age)) values.age = withNumbers(values.age);
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
  const common = {
    usualPlaceOfResidenceLocationId: usualPlaceOfResidence(addresses),
    duplicateKeys: keysChanged(person, before) ? duplicateKeys(person) : before?.duplicateKeys,
  };
  if (kind.model !== 'case') return common;
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
    classificationHistory: classificationHistory(history, person.classification, now),
    ...(followUp ? { active: true, followUp } : {}),
  };
}

/** The keys are made anew only when what they are made of changes (r098). */
function keysChanged(person: JsonObject, before: Person | undefined): boolean {
  if (!before) return true;
  return ['firstName', 'lastName', 'documents'].some(name => person[name] !== before[name]);
}

function visualId({ context, kind, outbreak }: PersonWrite, sent: string): string {
  const people = PERSON_KINDS.flatMap(one => [
    ...context.store.people.rows(outbreak.id, one.type).after(),
  ]);
  // An outbreak seeded without masks takes any visual id.
  const mask = String(outbreak[kind.mask] ?? '*');
  return resolveVisualId(sent, { mask, people });
}

function refuse(kind: PersonKind, violations: readonly Violation[]): void {
  if (violations.length > 0) throw validationError(kind.model, violations);
}

function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
