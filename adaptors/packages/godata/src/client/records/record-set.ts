import type { Where } from '../query/filter.js';

/** Where the server keeps one set of records, and what it lets be done with them (endpoints, FACTS §2). */
export interface RecordSet {
  list: string;
  /** One record, `{recordId}` in the place of its id. */
  one: string;
  /** Where one is created. Default: where they are listed. */
  create?: string;
  /** Where they are counted, and by which parameter. */
  count: { path: string; by: 'filter' | 'where' };
  /** Condition that the set is defined by. */
  where?: Where;
  /**
   * What an order calls the id. Some lists the server reads past its models, and there it knows the
   * database's own fields only: by `id` their pages would have no order (server code, rawFindAggregate).
   */
  idInOrder?: '_id';
  /** How one is changed. Both change what is given alone (FACTS §5.6). Default PUT. */
  update?: 'PATCH';
  /** Permission without which the server lists bare ids instead of refusing (FACTS §5.11). */
  listPermission?: string;
}

/** A set without paths of its own: list, count and single records below one path. */
export function simpleSet(path: string, rest: Partial<RecordSet> = {}): RecordSet {
  return {
    list: path,
    one: `${path}/{recordId}`,
    count: { path: `${path}/count`, by: 'where' },
    ...rest,
  };
}
