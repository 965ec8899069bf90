import type { Where } from '../query/filter.js';

/** The paths of one set of records, and its rules (endpoints, FACTS §2). */
export interface RecordSet {
  list: string;
  /** Path of one record, with `{recordId}` for its id. */
  one: string;
  /** Path to create a record. Default: the path of the list. */
  create?: string;
  /** Path to count records, and its query parameter. */
  count: { path: string; by: 'filter' | 'where' };
  /** Condition that all records of the set match. */
  where?: Where;
  /**
   * Name of the id in `order`. The server reads some lists directly from the database, where only
   * `_id` exists: with `id` the pages would have no order (server code, rawFindAggregate).
   */
  idInOrder?: '_id';
  /**
   * Method that changes a record. Both methods change only the given properties (FACTS §5.6).
   * Default PUT.
   */
  update?: 'PATCH';
  /** Permission to list. Without it the server lists bare ids instead of an error (FACTS §5.11). */
  listPermission?: string;
}

/** A set with its list, count and single records below one path. */
export function simpleSet(path: string, rest: Partial<RecordSet> = {}): RecordSet {
  return {
    list: path,
    one: `${path}/{recordId}`,
    count: { path: `${path}/count`, by: 'where' },
    ...rest,
  };
}
