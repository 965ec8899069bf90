import { type ApiAnswer, multipart } from '#common/http/index.js';
import { readKeysetPages } from '../query/paging.js';
import type { Session } from '../session/session.js';
import { readList } from './read-list.js';

/** Properties of locations that the operations of this adaptor read and write. */
export interface Location {
  id: string;
  name: string;
  parentLocationId?: string | null;
  identifiers?: { code?: string; description?: string }[] | null;
  synonyms?: string[] | null;
  active?: boolean;
  geoLocation?: { lat: number; lng: number } | null;
  geographicalLevelId?: string | null;
  populationDensity?: number | null;
  deleted?: boolean;
  deletedAt?: string | null;
  /** ISO 8601. */
  createdAt?: string;
}

/** A node of the file that `/locations/import` accepts (FACTS §6). */
export interface LocationNode {
  location: Partial<Location>;
  children: LocationNode[];
}

/** How to read locations. */
export interface LocationsQuery {
  /** Properties to read. `id` is always read. */
  fields: (keyof Location)[];
  /** Locations in one request. */
  pageSize: number;
  /** Whether to read deleted locations too. */
  withDeleted: boolean;
}

/** The import handles the records one by one, several in a second (FACTS §6). */
const IMPORT_TIMEOUT_MS = 900_000;

/** Reads all locations, page by page. */
export function readLocations(
  session: Session,
  { fields, pageSize, withDeleted }: LocationsQuery,
): AsyncGenerator<Location[]> {
  return readKeysetPages(filter => readList<Location>(session, '/locations', {}, filter), {
    fields: ['id', ...fields.filter(field => field !== 'id')],
    pageSize,
    ...(withDeleted ? { deleted: true } : {}),
  });
}

/**
 * Imports trees of locations: the only request that keeps the given ids (FACTS §6). A second import
 * of the same trees changes nothing.
 */
export function importLocations(session: Session, nodes: LocationNode[]): Promise<ApiAnswer> {
  return session.ask({
    method: 'POST',
    path: '/locations/import',
    content: multipart([{ name: 'file', fileName: 'locations.json', data: JSON.stringify(nodes) }]),
    timeoutMs: IMPORT_TIMEOUT_MS,
    idempotent: true,
  });
}

/** Changes some fields of a location. */
export function updateLocation(
  session: Session,
  id: string,
  changes: Partial<Location>,
): Promise<ApiAnswer> {
  return session.ask({
    method: 'PUT',
    path: '/locations/{id}',
    params: { id },
    body: changes,
    idempotent: true,
  });
}
