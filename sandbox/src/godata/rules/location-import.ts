import type { GoDataContext } from '../context.js';
import { toInstant } from '../dates.js';
import { ApiError } from '../errors.js';
import { withoutReadOnly } from '../models.js';
import type { GoDataRecord, JsonObject, User } from '../types.js';
import { createLocation, updateLocation } from './location-rules.js';

/** A node of the file: a location and the nodes below it (godata FACTS §6). */
export interface ImportNode {
  location: JsonObject;
  children?: ImportNode[];
}

/**
 * Reads the file of an import.
 *
 * @throws ApiError 422 if it is not JSON or not a list (r085, r086)
 */
export function parseImport(text: string): ImportNode[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw invalidContent((error as Error).message);
  }
  if (!Array.isArray(content)) throw invalidContent('it should contain an array');
  return content;
}

/**
 * Writes a tree of locations, one after the other: ids are honoured, a location without an id is
 * made anew each time, one that exists is changed if the file's `updatedAt` (none: now) is newer
 * (r079-r082). A failure in the middle keeps what was written.
 *
 * @returns every location of the file as it is now
 * @throws ApiError 422 for siblings of one name in the file (r084), 400 or 422 of a location (r080)
 */
export function importLocations(
  context: GoDataContext,
  nodes: readonly ImportNode[],
  user: User,
): GoDataRecord[] {
  if (context.dialect.importChecksFirst) assertNamesDiffer(nodes, '');
  const written: GoDataRecord[] = [];
  const write = (list: readonly ImportNode[], parentId: string | null) => {
    for (const { location, children = [] } of list) {
      const values = placed(context, location, parentId);
      const record = syncLocation(context, values, user);
      written.push(record);
      write(children, record.id);
    }
  };
  write(nodes, null);
  return written;
}

/** Before 2.49 a `parentLocationId` in the file outranks the place in the tree, even if null. */
function placed(
  { dialect }: GoDataContext,
  location: JsonObject,
  parentId: string | null,
): JsonObject {
  const parent = { parentLocationId: parentId };
  // At the root of the file, a parent that is already there may be named.
  if (!dialect.importChecksFirst || parentId === null) return { ...parent, ...location };
  return { ...location, ...parent };
}

function syncLocation(context: GoDataContext, values: JsonObject, user: User): GoDataRecord {
  const { locations } = context.store;
  const before = typeof values.id === 'string' ? locations.rows.get(values.id) : undefined;
  const given = typeof values.updatedAt === 'string' ? toInstant(values.updatedAt) : undefined;
  const updatedAt = given ?? context.now().toISOString();
  if (before && !(updatedAt > String(before.updatedAt ?? ''))) return before;
  const record = before
    ? updateLocation(context, before, withoutReadOnly(values), user)
    : createLocation(context, withoutReadOnly(values), user, 'IMPORT');
  return locations.put({ ...record, updatedAt });
}

function assertNamesDiffer(nodes: readonly ImportNode[], path: string): void {
  const numberOf = (index: number) => `${path}${index + 1}`;
  const names = nodes.map(({ location }) => String(location?.name ?? '').toLowerCase());
  const failed = names.flatMap((name, index) => {
    const twin = names.indexOf(name);
    if (twin === index) return [];
    const rows = [twin, index].map(one => ({
      recordNo: numberOf(one),
      location: nodes[one]?.location,
    }));
    return [
      {
        error: { code: 'PRE_VALIDATION' },
        recordNo: `'${numberOf(twin)}' & '${numberOf(index)}'`,
        message: 'LNG_PAGE_IMPORT_DATA_ERROR_DUPLICATE_FILE_NAME',
        data: { file: rows },
      },
    ];
  });
  if (failed.length > 0) {
    throw new ApiError(422, 'Pre-validation failed', {
      code: 'IMPORT_PARTIAL_SUCCESS_WITH_DETAILS',
      details: { failed },
    });
  }
  for (const [index, node] of nodes.entries()) {
    assertNamesDiffer(node.children ?? [], `${numberOf(index)} - `);
  }
}

function invalidContent(details: string): ApiError {
  return new ApiError(422, `Invalid JSON content: ${details}`, {
    code: 'INVALID_CONTENT_OF_TYPE',
    details: { contentType: 'JSON', details },
  });
}
