import { IntegrationError } from '#common/reporting/errors.js';
import type { Filter, Where } from './filter.js';

/** A list to read page by page. The fields must include the id. */
export interface KeysetQuery {
  where?: Where;
  fields?: Filter['fields'];
  pageSize: number;
  /** Name of the id in `order`; see `RecordSet.idInOrder`. Default `id`. */
  idInOrder?: string;
  /**
   * About how many records there are. Several pages of them are asked for side by side. Default: not
   * known, so that the next page is asked for when the one before is there.
   */
  expected?: number;
  /** Other parts of a filter, but no order and no limit. */
  [other: string]: unknown;
}

/**
 * How many records a page that is asked for ahead shares with the pages before it: so many others
 * may delete or add meanwhile.
 */
const OVERLAP = 20;

/**
 * Pages that are asked for at a time: within Go.Data's own advice for reads (FACTS §7), and as few
 * that their answers need no more memory than those of two.
 */
const MAX_ASKED = 3;

/** A page that was asked for. */
interface Asked<T> {
  answer: Promise<T[]>;
  /** Records in a full answer. */
  limit: number;
  /** Whether it was asked for before the last id of the page before was known. */
  isAhead: boolean;
}

/**
 * Reads a list in the order of its ids. Each page begins after the last id of the page before.
 * Paging by offset loses and repeats records when others write during the read (FACTS §3). The
 * request for the next page is sent before the caller gets the current page, so both proceed at the
 * same time.
 *
 * Of a list that is known to be long, the pages after the next one are asked for, too: so many
 * records after the last known id (r181, r266). Such a page begins a little earlier. It must hold the
 * last id of the page before it, and what follows that id counts. If it does not, because others
 * wrote meanwhile, the page is read again after that id.
 *
 * @param read reads one page
 */
export async function* readKeysetPages<T extends { id: string }>(
  read: (filter: Filter) => Promise<T[]>,
  { where, pageSize, idInOrder = 'id', expected = 0, ...filter }: KeysetQuery,
): AsyncGenerator<T[]> {
  let last = '';
  const asked: Asked<T>[] = [];
  let begun = 0;
  const ask = (skip: number, isAhead: boolean): Asked<T> => {
    const overlap = isAhead ? Math.min(skip, OVERLAP) : 0;
    const part = { limit: pageSize + overlap, ...(skip > overlap ? { skip: skip - overlap } : {}) };
    const order = [`${idInOrder} ASC`];
    const answer = read({ ...filter, where: after(last, where), order, ...part });
    // Without a handler, a failure before it is awaited would count as unhandled.
    answer.catch(() => {});
    return { answer, limit: part.limit, isAhead };
  };
  const pages = Math.ceil(expected / pageSize);
  const fill = () => {
    while (asked.length === 0 || (asked.length < MAX_ASKED && begun < pages)) {
      asked.push(ask(asked.length * pageSize, asked.length > 0));
      begun += 1;
    }
  };
  try {
    for (fill(); asked.length > 0; ) {
      const { page, isLast } = await take(asked.shift()!, last, () => ask(0, false));
      const end = page.at(-1)?.id ?? last;
      if (page.length > 0 && end === last) throw stuck();
      last = end;
      if (!isLast) fill();
      if (page.length > 0) yield page;
      if (isLast) return;
    }
  } finally {
    await Promise.allSettled(asked.map(({ answer }) => answer));
  }
}

/**
 * The records of a page after the last id of the page before.
 *
 * @param again asks for the page after that id
 */
async function take<T extends { id: string }>(
  asked: Asked<T>,
  last: string,
  again: () => Asked<T>,
): Promise<{ page: T[]; isLast: boolean }> {
  const { isAhead, limit } = asked;
  const answer = await asked.answer;
  const isLast = answer.length < limit;
  if (!isAhead) return { page: answer, isLast };
  const from = answer.findIndex(({ id }) => id === last);
  if (from >= 0) return { page: answer.slice(from + 1), isLast };
  return take(again(), last, again);
}

function stuck(): IntegrationError {
  return new IntegrationError({
    code: 'PAGING_STUCK',
    message: 'Go.Data returned the same page twice.',
    fix: 'A proxy may return cached answers. Switch off its cache for the API.',
  });
}

/**
 * Adds the condition on the id. The given conditions stay on the first level: only there does
 * Go.Data look for its own, such as `relationship` and `labResult` (FACTS §3).
 */
function after(last: string, where: Where = {}): Where {
  const condition = { id: { gt: last } };
  if (!('id' in where) && !('_id' in where)) return { ...where, ...condition };
  const others = Array.isArray(where.and) ? where.and : [];
  return { ...where, and: [...others, condition] };
}
