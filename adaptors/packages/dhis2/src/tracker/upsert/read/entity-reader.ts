import type { ApiRequest } from '#common/http/index.js';
import type { Dhis2Client } from '#dhis2/client/client.js';
import type { TrackerDialect } from '../../dialect.js';
import { chooseScope } from '../../fetch/choose-scope.js';
import { MAX_IDS } from '../../fetch/options.js';
import type { RawRelationship } from '../../fetch/raw.js';
import { readTrackedEntities } from '../../program-reader.js';
import { SHADOW, type Shadow } from './stored.js';

type Query = NonNullable<ApiRequest['query']>;

/** Where a value is searched: in a program's tracked entities, or in all of a type. */
export type Haystack = { program: string } | { trackedEntityType: string };

/** Reads tracked entities, in whatever programs they are. */
export interface EntityReader {
  /** One request for every 250 ids. */
  byIds<T>(ids: Iterable<string>, fields: string): Promise<T[]>;
  /** The UIDs of all that ever existed, deleted tracked entities included: one request for every 250 ids. */
  shadows(ids: Iterable<string>): Promise<Shadow[]>;
  /**
   * The relationships of tracked entities: one request for every 250 ids. They cost DHIS2 ten times
   * as much as everything else (dhis2 LIVE, "Relationships are what reading people costs"), so they
   * are asked for no more ids than necessary.
   */
  relationshipsOf(ids: Iterable<string>): Promise<RawRelationship[]>;
  /**
   * The same with deleted ones, also of deleted tracked entities. No version marks a relationship as
   * deleted. None where they cannot be read: then DHIS2 reports them when their UIDs are used again
   * (E4017).
   */
  formerRelationshipsOf(ids: Iterable<string>): Promise<RawRelationship[]>;
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

const END = '[trackedEntity[trackedEntity]]';
const RELATED = `trackedEntity,relationships[relationship,relationshipType,from${END},to${END}]`;

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
  const readRelationships = async (ids: Iterable<string>, more: Query = {}) => {
    const rows = await readByIds<{ relationships?: RawRelationship[] }>(ids, RELATED, more);
    return rows.flatMap(({ relationships = [] }) => relationships);
  };
  return {
    byIds: readByIds,
    shadows: ids => readByIds(ids, SHADOW, { includeDeleted: true }),
    relationshipsOf: ids => readRelationships(ids),
    formerRelationshipsOf: async ids =>
      dialect.showsDeletedRelationships ? readRelationships(ids, { includeDeleted: true }) : [],
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
