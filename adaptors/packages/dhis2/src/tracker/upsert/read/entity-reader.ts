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
  /**
   * Those that have one of some values: one request for every 250 values, if they are short. Values
   * of more tracked entities than a page holds are searched in two halves, never page by page: a
   * page may be short because the account may not see everybody in it, and pages shift when somebody
   * is deleted meanwhile. Of a single value that so many have, the first page is enough: nobody is
   * identified by it.
   */
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
      scope ??= chooseScope(client, dialect, []);
      const query = { ...haystack, ...(await scope), fields, page: 1, pageSize: PAGE_SIZE };
      const found: T[] = [];
      const open = toLists([...new Set(values)]);
      for (let list = open.shift(); list; list = open.shift()) {
        const filter = toFilter(attribute, list);
        const asked = { ...query, filter, totalPages: true };
        const { rows, total = rows.length } = await readTrackedEntities<T>(client, dialect, asked);
        if (total > PAGE_SIZE && list.length > 1) {
          const middle = Math.ceil(list.length / 2);
          open.unshift(list.slice(0, middle), list.slice(middle));
        } else found.push(...rows);
      }
      return found;
    },
  };
}

/** Values of which each list fits into one filter. */
function toLists(values: readonly string[]): string[][] {
  const lists = values.filter(hasSemicolon).map(value => [value]);
  let list: string[] = [];
  let length = 0;
  const close = () => {
    if (list.length > 0) lists.push(list);
    list = [];
    length = 0;
  };
  for (const value of values) {
    if (hasSemicolon(value)) continue;
    const size = encodeURIComponent(escaped(value)).length + 3;
    if (list.length === MAX_IDS || length + size > MAX_LENGTH) close();
    list.push(value);
    length += size;
  }
  close();
  return lists;
}

/** A semicolon cannot be escaped in a list (dhis2 FACTS §4.2). */
function toFilter(attribute: string, values: readonly string[]): string {
  const operator = values.some(hasSemicolon) ? 'eq' : 'in';
  return `${attribute}:${operator}:${values.map(escaped).join(';')}`;
}

const hasSemicolon = (value: string) => value.includes(';');

/** A slash before a separator escapes it (dhis2 FACTS §4.2). */
const escaped = (value: string) => value.replace(/[/:,]/g, '/$&');
