import { isJsonObject } from '#common/http/index.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { incompleteList } from './refuse-gaps.js';

type Query = Record<string, unknown>;
type Page = Record<string, unknown>;

/** Records in a request, unless the query sets another number. */
const PAGE_SIZE = 500;
/** Keys of the pager. They are flat up to 2.40, nested from 2.42, and both in between (dhis2 FACTS §4.2). */
const PAGER_KEYS = ['pager', 'page', 'pageSize', 'pageCount', 'total', 'gist'];
/** Names of the id: a tracker object has an id named after its type, and ids of other objects too. */
const ID_KEYS: Record<string, string> = {
  trackedEntities: 'trackedEntity',
  enrollments: 'enrollment',
  events: 'event',
  relationships: 'relationship',
};

/** Attempts to read a list that changes during the read. */
const ATTEMPTS = 3;

/**
 * Reads all pages of a list into one answer of the same form, without its pager. A record that
 * appears on two pages, because others were added during the read, is kept once. If the pages have
 * fewer records than the pager counts, everything is read again.
 *
 * @param path path of the list. Its last part is the name of the list.
 * @param read sends a query
 * @throws IntegrationError `READ_INCOMPLETE` when every attempt finds fewer records than the pager
 * counts
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
    // Either not a list, or a list without paging: it is complete.
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
 * Since 2.44, pages of metadata omit objects that lack a reference whose fields are requested,
 * unless `gist` is false. Older servers ignore the parameter (dhis2 LIVE, "Master (2.44...)", 239).
 */
function withoutGist(query: Query): Query {
  return { gist: false, ...query };
}

/** The same for a query that may go through a reference; any other query is sent as it is. */
export function withoutGaps(query: Query): Query {
  const filters = [query.filter ?? []].flat().map(String);
  const usesReferences =
    query.fields !== undefined || filters.some(filter => /^[^:]*\./.test(filter));
  return usesReferences ? withoutGist(query) : query;
}

/**
 * Adds the id to the caller's order. Such an order replaces DHIS2's default one, which includes the
 * id (FACTS §3).
 */
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

/** Whether a page is the last one. The number of records decides only if the pager has no page count. */
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
    message: 'DHIS2 returned the same page twice.',
    fix: 'A proxy may return cached answers. Switch off its cache for the API.',
    details: { system: 'DHIS2' },
  });
}
