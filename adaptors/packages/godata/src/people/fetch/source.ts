import type { GoDataClient } from '../../client/client.js';
import type { Filter } from '../../client/query/filter.js';
import { readOutbreakList } from '../read-outbreak-list.js';
import type { ChangeTime } from './change-time.js';

/** The outbreak to read, and how to read it. */
export interface Source {
  client: GoDataClient;
  outbreakId: string;
  time: ChangeTime;
  /** Changes in one request. */
  pageSize: number;
}

/** Reads a list of the outbreak in one request. */
export function readList<T extends { id: string }>(
  { client, outbreakId }: Source,
  path: string,
  filter: Filter,
): Promise<T[]> {
  return readOutbreakList<T>(client, outbreakId, path, filter);
}
