import type { Query } from '../query.js';
import type { Json } from './read-property.js';

/** Where a page stands in its list (dhis2 FACTS §3). */
export interface Pager {
  page: number;
  total: number;
  pageSize: number;
  pageCount: number;
  nextPage?: string;
  prevPage?: string;
}

/**
 * Cuts a page out of a list: 50 objects unless the request says otherwise; all of them, without a
 * pager, with `paging=false` (dhis2 FACTS §3).
 *
 * @throws Refusal 400 when `page` or `pageSize` is no whole number above zero
 */
export function pageOf(
  objects: readonly Json[],
  query: Query,
  url: URL,
): { pager?: Pager; page: readonly Json[] } {
  if (!query.flag('paging', true)) return { page: objects };
  const page = query.count('page', 1);
  const pageSize = query.count('pageSize', 50);
  const pageCount = Math.max(1, Math.ceil(objects.length / pageSize));
  const linkTo = (number: number) => {
    const link = new URL(url);
    link.searchParams.set('page', String(number));
    return link.href;
  };
  return {
    pager: {
      page,
      total: objects.length,
      pageSize,
      pageCount,
      ...(page < pageCount ? { nextPage: linkTo(page + 1) } : {}),
      ...(page > 1 ? { prevPage: linkTo(page - 1) } : {}),
    },
    page: objects.slice((page - 1) * pageSize, page * pageSize),
  };
}
