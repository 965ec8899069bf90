import { type ApiRequest, unexpectedAnswer } from '#common/http/index.js';
import type { Dhis2Client } from '../client/client.js';
import type { TrackerAnswer, TrackerDialect } from './dialect.js';
import type { Assignment } from './rules/assignments.js';
import { trackerError } from './tracker-error.js';

type Query = NonNullable<ApiRequest['query']>;

/** Reads the tracked entities that are enrolled in one program, within some org units. */
export interface ProgramReader {
  /** Program id. */
  program: string;
  /** The order of changes, the oldest first. */
  changeOrder: string;
  /** Values that rules of the program compute. */
  assignments: readonly Assignment[];
  /** @throws IntegrationError if the account may not read, or if the answer is not DHIS2's */
  read<T>(query: Query): Promise<TrackedEntityRows<T>>;
  /** Reads some tracked entities by their ids; deleted ones only if they are asked for. */
  readById<T>(ids: readonly string[], fields: string, more?: Query): Promise<T[]>;
}

/** A list of tracked entities. */
export interface TrackedEntityRows<T> {
  rows: T[];
  /** The total number, if the request asked for it. */
  total: number | undefined;
}

/**
 * Reads a list of tracked entities.
 *
 * @throws IntegrationError if the account may not read, or if the answer is not DHIS2's
 */
export async function readTrackedEntities<T>(
  client: Dhis2Client,
  dialect: TrackerDialect,
  query: Query,
): Promise<TrackedEntityRows<T>> {
  const request: ApiRequest = { method: 'GET', path: '/tracker/trackedEntities', query };
  const answer = await client.send(request);
  if (answer.status >= 400) throw trackerError(request, answer);
  const body = (answer.body ?? {}) as TrackerAnswer;
  const rows = dialect.listIn(body);
  if (!Array.isArray(rows)) {
    throw unexpectedAnswer('DHIS2', request, 'a list of tracked entities', answer.body);
  }
  return { rows: rows as T[], total: dialect.totalIn(body) };
}

/** @param scope query parameters that limit the org units */
export function createProgramReader(
  client: Dhis2Client,
  dialect: TrackerDialect,
  program: string,
  scope: Query,
  assignments: readonly Assignment[] = [],
): ProgramReader {
  const read: ProgramReader['read'] = query =>
    readTrackedEntities(client, dialect, { program, ...scope, ...query });
  return {
    program,
    changeOrder: dialect.changeOrder,
    assignments,
    read,
    readById: async <T>(ids: readonly string[], fields: string, more: Query = {}) => {
      if (ids.length === 0) return [];
      const query = { ...dialect.withIds(ids), ...more, fields, page: 1, pageSize: ids.length };
      return (await read<T>(query)).rows;
    },
  };
}
