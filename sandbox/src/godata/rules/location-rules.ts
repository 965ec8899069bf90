import type { GoDataContext } from '../context.js';
import { ApiError, internalError, validationError } from '../errors.js';
import { withDescendants } from '../filter/location-filter.js';
import { withoutReadOnly } from '../models.js';
import type { GoDataRecord, JsonObject, User } from '../types.js';
import { missingFields } from './validate.js';

/**
 * Creates a location; an unknown parent is accepted (r064). An id in the values is kept: callers
 * drop it where the real server does.
 *
 * @throws ApiError 400 for a sibling of the same name (r062), 422 without a name (r065), 500 for a
 *   point that is not on earth (r066), or for an id that exists (r093, r094)
 */
export function createLocation(
  context: GoDataContext,
  body: JsonObject,
  user: User,
  createdOn?: string,
): GoDataRecord {
  const { locations } = context.store;
  const defaults = { active: true, parentLocationId: null };
  const values = withPoint({ ...defaults, ...withoutReadOnly(body) });
  const missing = missingFields(values, ['name']);
  if (missing.length > 0) throw validationError('location', missing);
  assertNameIsFree(context, values);
  if (typeof values.id === 'string' && locations.rows.get(values.id)) throw internalError();
  return locations.create(values, user.id, createdOn);
}

/**
 * Changes what is sent; another id in the body is dropped without a word (r068).
 *
 * @throws ApiError 400 for a sibling of the same name (r069), or active children (r078)
 */
export function updateLocation(
  context: GoDataContext,
  location: GoDataRecord,
  body: JsonObject,
  user: User,
): GoDataRecord {
  const { id: _id, ...changes } = withPoint(withoutReadOnly(body));
  assertNameIsFree(context, { ...location, ...changes });
  const { locations } = context.store;
  if (changes.active === false) {
    const children = locations.list().filter(one => one.parentLocationId === location.id);
    if (children.some(child => child.active !== false)) throw hasActiveChildren();
  }
  return locations.update(location.id, changes, user.id);
}

/**
 * Deletes a location and everything below it.
 *
 * @returns 0 if there is no such location (r090)
 * @throws ApiError 422 if a person lives there (godata FACTS §6)
 */
export function deleteLocation({ store }: GoDataContext, id: string, user: User): number {
  if (!store.locations.get(id)) return 0;
  const ids = withDescendants([id], store.locations.list());
  if (ids.some(one => store.people.usesLocation(one))) {
    throw new ApiError(422, `\`location\` with id \`${id}\` is in use`, {
      code: 'MODEL_IN_USE',
      details: { model: 'location', id },
    });
  }
  for (const one of ids) store.locations.delete(one, user.id);
  return 1;
}

/** Names of siblings differ, whatever their case; synonyms are not looked at (r063). */
function assertNameIsFree({ store }: GoDataContext, location: JsonObject): void {
  const name = String(location.name).toLowerCase();
  const parent = location.parentLocationId ?? null;
  const twin = store.locations
    .list()
    .find(
      other =>
        other.id !== location.id &&
        (other.parentLocationId ?? null) === parent &&
        String(other.name).toLowerCase() === name,
    );
  if (!twin) return;
  const details = `A location with name = '${twin.name}' and the same parentLocationId already exists.`;
  throw new ApiError(400, `The \`location\` is invalid. Details: ${details}`, {
    code: 'MODEL_IDENTIFIERS_ARE_NOT_UNIQUE_IN_CONTEXT',
    details: { model: 'location', details },
  });
}

/** Coordinates as numbers (r067), checked by an assertion of the server's own library (r066). */
function withPoint(values: JsonObject): JsonObject {
  const { geoLocation } = values;
  if (geoLocation === null || typeof geoLocation !== 'object') return values;
  const { lat, lng } = geoLocation as JsonObject;
  const point = { lat: Number(lat), lng: Number(lng) };
  for (const [axis, most] of [
    ['lng', 180],
    ['lat', 90],
  ] as const) {
    const sign = point[axis] > most ? `<= ${most}` : point[axis] < -most ? `>= -${most}` : '';
    if (sign === '') continue;
    const message = `${axis} must be ${sign}`;
    throw internalError({ code: 'ERR_ASSERTION', message, name: 'AssertionError' });
  }
  return { ...values, geoLocation: point };
}

function hasActiveChildren(): ApiError {
  const message =
    'This `location` still has sub models that are active. Please make sure to deactivate all child models before deactivating a parent model.';
  return new ApiError(400, message, {
    code: 'DEACTIVATE_PARENT_MODEL',
    details: { model: 'location' },
  });
}
