import type { Dialect } from '../../versions/dialect.js';
import type { TrackerKind } from '../types.js';
import type { TrackerParams } from './params.js';

/**
 * Cuts a page out of a list and writes it in the format of the version (dhis2 FACTS §4.2). A page
 * has 50 objects by default; totals appear only on request.
 *
 * @param limit the most objects in an answer without paging
 * @throws Refusal when the paging parameters are not valid
 */
export function pageOf<T>(
  dialect: Dialect,
  params: TrackerParams,
  kind: TrackerKind,
  objects: readonly T[],
  url: URL,
  limit?: number,
): { page: readonly T[]; answer: (list: object[]) => object } {
  const { tracker } = dialect;
  const key = tracker.listKey === 'own' ? kind : tracker.listKey;
  if (!params.isPaged) {
    const isPage = params.has('page') || params.has('pageSize') || params.flag('totalPages');
    if (isPage && tracker.refusesPageWithoutPaging) {
      throw params.bad(
        'Paging cannot be disabled with paging=false while also requesting a paginated response with page, pageSize and/or totalPages=true',
      );
    }
    return { page: objects.slice(0, limit), answer: list => ({ [key]: list }) };
  }
  const page = params.count('page', 1);
  const pageSize = params.count('pageSize', 50);
  if (limit !== undefined && pageSize > limit && tracker.limitsPageSize) {
    throw params.bad(
      `Invalid page size: ${pageSize}. It must not exceed the system limit of KeyTrackedEntityMaxLimit ${limit}.`,
    );
  }
  const total = objects.length;
  const place = {
    page,
    pageSize,
    ...(params.flag('totalPages') ? { total, pageCount: Math.ceil(total / pageSize) } : {}),
  };
  const links = {
    ...(page > 1 ? { prevPage: linkTo(url, page - 1) } : {}),
    ...(page * pageSize < total ? { nextPage: linkTo(url, page + 1) } : {}),
  };
  const pagers = {
    flat: place,
    both: { pager: place, ...place },
    nested: { pager: { ...place, ...links } },
  };
  return {
    page: objects.slice((page - 1) * pageSize, page * pageSize),
    answer: list => ({ ...pagers[tracker.pager], [key]: list }),
  };
}

/** The URL of the request with `page` as its last parameter (recording 273). */
function linkTo(url: URL, page: number): string {
  const others = url.search
    .slice(1)
    .split('&')
    .filter(part => part !== '' && !/^page(=|$)/.test(part));
  return `${url.origin}${url.pathname}?${[...others, `page=${page}`].join('&')}`;
}
