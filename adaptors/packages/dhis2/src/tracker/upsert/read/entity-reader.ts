import type { ApiRequest } from '#common/http/index.js';
import type { Dhis2Client } from '#dhis2/client/client.js';
import type { TrackerDialect } from '../../dialect.js';
import { chooseScope } from '../../fetch/choose-scope.js';
import { MAX_IDS } from '../../fetch/options.js';
import { readTrackedEntities } from '../../program-reader.js';
import { type Shadow, shadowFields } from './stored.js';

type Query = NonNullable<ApiRequest['query']>;

/** Where a value is searched: in a program's tracked entities, or in all of a type. */
export type Haystack = { program: string } | { trackedEntityType: string };

/** Reads tracked entities, in whatever programs they are. */
export interface EntityReader {
  /** One request for every 250 ids. */
  byIds<T>(ids: Iterable<string>, fields: string): Promise<T[]>;
  /** The UIDs of all that ever existed, deleted tracked entities included: one request for every 250 ids. */
  shadows(ids: Iterable<string>): Promise<Shadow[]>;
  /** Those that have one of some values: one request for every 250 values, if they are short. */
  byValues<T>(
    haystack: Haystack,
    attribute: string,
    values: Iterable<string>,
    fields: string,
  ): Promise<T[]>;
}

/**
 * Length of the values in a request's address. The whole address must stay below 8 KB, and up to
 * 2.40 it names up to 200 org units.
 */
const MAX_LENGTH = 4_800;
const PAGE_SIZE = 500;

/** @param dialect of the server's version */
export function createEntityReader(client: Dhis2Client, dialect: TrackerDialect): EntityReader {
  let scope: Promise<Query> | undefined;
  const readByIds = async <T>(ids: Iterable<string>, fields: string, more: Query = {}) => {
    const all = [...new Set(ids)];
    const found: T[] = [];
    for (let from = 0; from < all.length; from += MAX_IDS) {
      const chunk = all.slice(from, from + MAX_IDS);
      const query = { ...dialect.withIds(chunk), ...more, fields, page: 1, pageSize: MAX_IDS };
      found.push(...(await readTrackedEntities<T>(client, dialect, query)).rows);
    }
    return found;
  };
  return {
    byIds: readByIds,
    shadows: ids => readByIds(ids, shadowFields(dialect), { includeDeleted: true }),
    async byValues<T>(
      haystack: Haystack,
      attribute: string,
      values: Iterable<string>,
      fields: string,
    ) {
      const found: T[] = [];
      for (const filter of toFilters(attribute, [...new Set(values)])) {
        scope ??= chooseScope(client, dialect, []);
        const query = { ...haystack, ...(await scope), filter, fields, pageSize: PAGE_SIZE };
        for (let page = 1, isLast = false; !isLast; page += 1) {
          const { rows } = await readTrackedEntities<T>(client, dialect, { ...query, page });
          found.push(...rows);
          isLast = rows.length < PAGE_SIZE;
        }
      }
      return found;
    },
  };
}

/**
 * A slash before a separator escapes it (dhis2 FACTS §4.2); a semicolon cannot be escaped.
 */
function toFilters(attribute: string, values: readonly string[]): string[] {
  const escaped = values.map(value => value.replace(/[/:,]/g, '/$&'));
  const filters = escaped.filter(one => one.includes(';')).map(one => `${attribute}:eq:${one}`);
  let list: string[] = [];
  let length = 0;
  const close = () => {
    if (list.length > 0) filters.push(`${attribute}:in:${list.join(';')}`);
    list = [];
    length = 0;
  };
  for (const one of escaped) {
    if (one.includes(';')) continue;
    const size = encodeURIComponent(one).length + 3;
    if (list.length === MAX_IDS || length + size > MAX_LENGTH) close();
    list.push(one);
    length += size;
  }
  close();
  return filters;
}
