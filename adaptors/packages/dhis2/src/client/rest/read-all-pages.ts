import { isJsonObject } from '#common/http/index.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { incompleteList } from './refuse-gaps.js';

type Query = Record<string, unknown>;
type Page = Record<string, unknown>;

/** Records a request, unless the query says. */
const PAGE_SIZE = 500;
/** Flat up to 2.40, nested from 2.42, both in between (dhis2 FACTS §4.2). */
const PAGER_KEYS = ['pager', 'page', 'pageSize', 'pageCount', 'total', 'gist'];
/** Tracker objects name their ids after themselves, and those of others besides. */
const ID_KEYS: Record<string, string> = {
  trackedEntities: 'trackedEntity',
  enrollments: 'enrollment',
  events: 'event',
  relationships: 'relationship',
};

/** Attempts to read a list whose records come and go meanwhile. */
const ATTEMPTS = 3;

/**
 * Reads all pages of a list into one answer of the same form, without its pager. Records that come
 * on two pages, since others were added meanwhile, are kept once. Where the pager counts more than the
 * pages hold, all is read again.
 *
 * @param path of the list, whose last part names it
 * @param read reads what a query asks for
 * @throws IntegrationError `READ_INCOMPLETE` when the pages hold less than the pager counts, each time
 */
export async function readAllPages(
  path: string,
  query: Query,
  read: (query: Query) => Promise<unknown>,
): Promise<unknown> {
  const name = path.split('?')[0]!.split('/').at(-1)!;
  const idKey = ID_KEYS[name];
  const asked = { pageSize: PAGE_SIZE, ...(idKey ? query : withoutGist(withStableOrder(query))) };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const whole = await readOnce(name, idKey, asked, read);
    if (whole.isComplete) return whole.body;
  }
  throw incompleteList(path);
}

async function readOnce(
  name: string,
  idKey: string | undefined,
  asked: Query,
  read: (query: Query) => Promise<unknown>,
): Promise<{ body: unknown; isComplete: boolean }> {
  const records = new Map<unknown, unknown>();
  for (let page = 1; ; page += 1) {
    const body = await read({ ...asked, page });
    const key = listKey(name, body);
    // No list, or one that is never paged: all of it is there.
    if (!isJsonObject(body) || key === undefined) return { body, isComplete: true };
    const list = body[key] as unknown[];
    const before = records.size;
    for (const record of list) records.set(idOf(record, idKey) ?? record, record);
    if (isLast(body, list.length, page)) {
      const { total } = pagerOf(body);
      return {
        body: { ...withoutPager(body), [key]: [...records.values()] },
        isComplete: typeof total !== 'number' || records.size >= total,
      };
    }
    if (records.size === before) throw stuck();
  }
}

/**
 * Since 2.44 pages of metadata leave out the objects that lack a reference of which fields are asked for,
 * unless told not to; older servers pass over the parameter (dhis2 LIVE, "Master (2.44...)", 239).
 */
export function withoutGist(query: Query): Query {
  return { gist: false, ...query };
}

/** An order of the caller's own drops that of metadata, which has the id in it (FACTS §3). */
function withStableOrder(query: Query): Query {
  const { order } = query;
  if (typeof order !== 'string' || /(^|,)id(:|,|$)/.test(order)) return query;
  return { ...query, order: `${order},id:asc` };
}

function listKey(name: string, body: unknown): string | undefined {
  if (!isJsonObject(body)) return undefined;
  const lists = Object.keys(body).filter(key => Array.isArray(body[key]));
  if (lists.includes(name)) return name;
  if (lists.includes('instances')) return 'instances';
  return lists.length === 1 ? lists[0] : undefined;
}

function pagerOf(body: Page): Page {
  return (isJsonObject(body.pager) ? body.pager : body) as Page;
}

/** A page that is shorter than it might be is the last one only where no pager says how many there are. */
function isLast(body: Page, length: number, page: number): boolean {
  const { pageSize, pageCount } = pagerOf(body);
  if (typeof pageSize !== 'number') return true;
  return typeof pageCount === 'number' ? page >= pageCount : length < pageSize;
}

function withoutPager(body: Page): Page {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !PAGER_KEYS.includes(key)));
}

function idOf(record: unknown, key = 'id'): unknown {
  return isJsonObject(record) ? record[key] : undefined;
}

function stuck(): IntegrationError {
  return new IntegrationError({
    code: 'PAGING_STUCK',
    message: 'DHIS2 gives the same page again and again.',
    fix: 'A proxy may keep old answers: switch off its cache for the API.',
    details: { system: 'DHIS2' },
  });
}
