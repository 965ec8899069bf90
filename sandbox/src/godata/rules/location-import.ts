import type { GoDataContext } from '../context.js';
import { toInstant } from '../dates.js';
import { ApiError } from '../errors.js';
import { withoutReadOnly } from '../models.js';
import type { GoDataRecord, JsonObject, User } from '../types.js';
import { checkImport } from './location-import-checks.js';
import type { ImportNode } from './location-import-file.js';
import { createLocation, deleteLocation, pointProblem, updateLocation } from './location-rules.js';

/**
 * Writes a tree of locations, one after the other. Ids are kept; a location without an id is
 * created again each time; an existing one is changed if the file's `updatedAt` (if absent, now) is
 * newer (r079-r082). After a failure, changes already written are kept.
 *
 * @returns every location of the file as it is now
 * @throws ApiError 422 with every failure of the file, since 2.49 and before anything is written
 * (r084); 400 or 422 of a location (r080)
 */
export function importLocations(
  context: GoDataContext,
  nodes: readonly ImportNode[],
  user: User,
): GoDataRecord[] {
  if (context.dialect.importChecksFirst) checkImport(context.store.locations, nodes);
  const written: GoDataRecord[] = [];
  const write = (list: readonly ImportNode[], above: JsonObject) => {
    for (const { location, children } of list) {
      // What the file says counts more than the place in the tree, even null; since 2.49 both must
      // agree.
      const record = syncLocation(context, { ...above, ...location }, user);
      written.push(record);
      if (Array.isArray(children)) write(children, { parentLocationId: record.id });
    }
  };
  // A root without a parent stays where it is, if it exists.
  write(nodes, {});
  return written;
}

/** Fields of a record that an import may set, but a client of the API may not. */
const AUTHORSHIP = ['createdAt', 'createdBy', 'updatedBy'] as const;

function syncLocation(context: GoDataContext, values: JsonObject, user: User): GoDataRecord {
  const { locations } = context.store;
  // A deleted location is found too: the file's fields are written, and it stays deleted.
  const before = typeof values.id === 'string' ? locations.rows.get(values.id) : undefined;
  const given = typeof values.updatedAt === 'string' ? toInstant(values.updatedAt) : undefined;
  const updatedAt = given ?? context.now().toISOString();
  const stored = String(before?.updatedAt ?? '');
  // The real server needs more than a millisecond between two imports; this one may need less.
  const isNewer = given === undefined ? updatedAt >= stored : given > stored;
  if (before && !isNewer) return before;
  if (pointProblem(values)) throw invalidPoint();
  const record = before
    ? updateLocation(context, before, withoutReadOnly(values), user)
    : createLocation(context, withoutReadOnly(values), user, 'IMPORT');
  const synced = locations.put({ ...record, ...authorship(values, before), updatedAt });
  return withDeletion(context, synced, values.deleted, user);
}

function authorship(values: JsonObject, before: GoDataRecord | undefined): JsonObject {
  const kept = before ? { updatedBy: before.updatedBy } : {};
  const given = AUTHORSHIP.filter(name => values[name]).map(name => [name, values[name]]);
  return { ...kept, ...Object.fromEntries(given) };
}

/** A file can delete a location or bring one back if it says so explicitly. */
function withDeletion(
  context: GoDataContext,
  location: GoDataRecord,
  deleted: unknown,
  user: User,
): GoDataRecord {
  const { locations } = context.store;
  if (deleted === true && location.deleted !== true) {
    deleteLocation(context, location.id, user);
    return locations.rows.get(location.id) as GoDataRecord;
  }
  if (deleted === false && location.deleted === true) {
    return locations.put({ ...location, deleted: false, deletedAt: null });
  }
  return location;
}

/** Here a point outside the earth gets a message, unlike on creation (r066). */
function invalidPoint(): ApiError {
  const message = 'Invalid address longitude/latitude. Might be out of bounds';
  return new ApiError(422, message, { code: 'INVALID_ADDRESS_LATITUDE_LONGITUDE' });
}
