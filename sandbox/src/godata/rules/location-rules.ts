import { castRecord } from '../casts/cast.js';
import type { GoDataContext } from '../context.js';
import { ApiError, internalError, validationError } from '../errors.js';
import { withoutReadOnly } from '../models.js';
import { type LocationStore, parentOf } from '../store/locations.js';
import type { GoDataRecord, JsonObject, PersonRecord, User } from '../types.js';
import { missingFields } from './validate.js';

/**
 * Creates a location; an unknown parent is accepted (r064). An id in the values is kept: callers
 * drop it where the real server does.
 *
 * @throws ApiError 400 for a sibling of the same name or synonym (r062), 422 without a name (r065),
 *   500 for a point that is not on earth (r066), or for an id that exists, even if its location was
 *   deleted (r093, r094)
 */
export function createLocation(
  context: GoDataContext,
  body: JsonObject,
  user: User,
  createdOn?: string,
): GoDataRecord {
  const { locations } = context.store;
  const defaults = { active: true, parentLocationId: null };
  const values = withPoint({ ...defaults, ...castRecord('location', withoutReadOnly(body)) });
  assertHasName(values);
  assertIdentifiersAreFree(locations, values);
  if (typeof values.id === 'string' && locations.rows.get(values.id)) throw internalError();
  return locations.create(values, user.id, createdOn);
}

/**
 * Changes what is sent; another id in the body is silently dropped (r068).
 *
 * @throws ApiError 400 for a sibling of the same name or synonym (r069), or active children (r078);
 * 422 if the name is removed
 */
export function updateLocation(
  context: GoDataContext,
  location: GoDataRecord,
  body: JsonObject,
  user: User,
): GoDataRecord {
  const { id: _id, ...changes } = withPoint(castRecord('location', withoutReadOnly(body)));
  const { locations } = context.store;
  const after = { ...location, ...changes };
  assertHasName(after);
  assertIdentifiersAreFree(locations, after);
  if (changes.active === false) {
    // The direct children only, not those below them (godata FACTS §6, r078).
    const children = locations.children(location.id);
    if (children.some(child => child.active !== false)) throw hasActiveChildren();
  }
  return locations.update(location.id, changes, user.id);
}

/**
 * Deletes a location and everything below it.
 *
 * @returns 0 if there is no such location (r090)
 * @throws ApiError 422 if the location or one below it is in use (godata FACTS §6)
 */
export function deleteLocation(context: GoDataContext, id: string, user: User): number {
  const { locations } = context.store;
  if (!locations.get(id)) return 0;
  const ids = locations.withDescendants([id]);
  if (locationUses(context, ids) > 0) {
    throw new ApiError(422, `Model \`location\` id \`${id}\` is in use.`, {
      code: 'MODEL_IN_USE',
      details: { model: 'location', id },
    });
  }
  for (const one of ids) locations.delete(one, user.id);
  return 1;
}

/** How many people and follow-ups name one of these locations. */
export function locationUses({ store }: GoDataContext, ids: readonly string[]): number {
  const locationIds = new Set(ids);
  const isThere = ({ address }: PersonRecord) =>
    locationIds.has(String((address as JsonObject | undefined)?.locationId));
  const followUps = store.followUps.list().filter(isThere);
  return store.people.usingLocations(locationIds).length + followUps.length;
}

function assertHasName(location: JsonObject): void {
  const missing = missingFields(location, ['name']);
  if (missing.length > 0) throw validationError('location', missing);
}

/**
 * Names of siblings that are not deleted must differ, and so must synonyms, ignoring case. A name
 * may be the synonym of another location (godata FACTS §6, r062, r063, r069).
 */
function assertIdentifiersAreFree(locations: LocationStore, location: JsonObject): void {
  const parent = parentOf(location);
  const name = String(location.name);
  const synonyms = (Array.isArray(location.synonyms) ? location.synonyms : []).map(String);
  const twin = [
    ...locations.named(parent, name),
    ...synonyms.flatMap(synonym => locations.withSynonym(parent, synonym)),
  ].find(other => other.id !== location.id);
  if (!twin) return;
  const clashes = isSame(twin.name, name) ? [`name = '${twin.name}'`] : [];
  for (const taken of (twin.synonyms ?? []) as unknown[]) {
    if (synonyms.some(synonym => isSame(taken, synonym))) clashes.push(`a '${taken}' synonym`);
  }
  const details = clashes
    .map(clash => `A location with ${clash} and the same parentLocationId already exists.`)
    .join(' ');
  throw new ApiError(400, `The \`location\` is invalid. Details: ${details}`, {
    code: 'MODEL_IDENTIFIERS_ARE_NOT_UNIQUE_IN_CONTEXT',
    details: { model: 'location', details },
  });
}

function isSame(one: unknown, other: unknown): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase();
}

/** Coordinates as numbers (r067), checked by an assertion of the server's own library (r066). */
function withPoint(values: JsonObject): JsonObject {
  const point = pointOf(values);
  if (!point) return values;
  const message = pointProblem(values);
  if (message) throw internalError({ code: 'ERR_ASSERTION', message, name: 'AssertionError' });
  return { ...values, geoLocation: point };
}

/** Why a location's point is not on earth, in the words of r066; undefined if it is. */
export function pointProblem(values: JsonObject): string | undefined {
  const point = pointOf(values);
  if (!point) return undefined;
  for (const [axis, most] of [
    ['lng', 180],
    ['lat', 90],
  ] as const) {
    if (point[axis] > most) return `${axis} must be <= ${most}`;
    if (point[axis] < -most) return `${axis} must be >= -${most}`;
  }
  return undefined;
}

function pointOf({ geoLocation }: JsonObject): { lat: number; lng: number } | undefined {
  if (geoLocation === null || typeof geoLocation !== 'object') return undefined;
  const { lat, lng } = geoLocation as JsonObject;
  return { lat: Number(lat), lng: Number(lng) };
}

function hasActiveChildren(): ApiError {
  const message =
    'This `location` still has sub models that are active. Please make sure to deactivate all child models before deactivating a parent model.';
  return new ApiError(400, message, {
    code: 'DEACTIVATE_PARENT_MODEL',
    details: { model: 'location' },
  });
}
