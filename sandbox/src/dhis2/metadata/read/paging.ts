import type { Query } from '../../http/query.js';
import { Refusal } from '../../http/web-message.js';
import type { Json } from './read-property.js';

/** The position of a page in its list (dhis2 FACTS §3). */
export interface Pager {
  page: number;
  total: number;
  pageSize: number;
  pageCount: number;
  nextPage?: string;
  prevPage?: string;
}

const DEFAULT_SIZE = 50;

/** The part of a list that a request selects. */
export interface PageRequest {
  page: number;
  /** 0: no objects, and a pager that counts them (recording 057). */
  pageSize: number;
}

/**
 * Reads which page a request selects, by default of 50 objects; page 0 is page 1 (dhis2 LIVE 249).
 *
 * @returns undefined for all objects, without a pager: `paging=false` (dhis2 FACTS §3)
 * @throws Refusal 400 when `page` or `pageSize` is not a whole number, or is negative (recording
 * 058)
 */
export function readPageRequest(query: Query): PageRequest | undefined {
  if (!query.flag('paging', true)) return undefined;
  const pageSize = query.integer('pageSize', DEFAULT_SIZE);
  if (pageSize < 0) throw new Refusal(400, { message: 'max-results cannot be negative' });
  return { page: Math.max(1, query.integer('page', 1)), pageSize };
}

/** Cuts a page out of a list. The pager never names a page beyond the last (recording 044). */
export function cutPage(
  objects: readonly Json[],
  { page, pageSize }: PageRequest,
  url: URL,
): { pager: Pager; page: readonly Json[] } {
  const size = Math.max(1, pageSize);
  const total = objects.length;
  const pageCount = Math.ceil(total / size);
  const at = Math.min(page, Math.max(1, pageCount));
  const linkTo = (number: number) => {
    const others = [...url.searchParams].filter(([name]) => !['page', 'pageSize'].includes(name));
    const sent = others.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
    const sized = size === DEFAULT_SIZE ? '' : `&pageSize=${size}`;
    return `${url.origin}${url.pathname}?page=${number}${sized}${sent.join('')}`;
  };
  return {
    pager: {
      page: at,
      total,
      pageSize: size,
      ...(at < pageCount ? { nextPage: linkTo(at + 1) } : {}),
      ...(at > 1 ? { prevPage: linkTo(at - 1) } : {}),
      pageCount,
    },
    page: objects.slice((page - 1) * pageSize, page * pageSize),
  };
}
