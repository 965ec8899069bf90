import { IntegrationError } from '#common/reporting/errors.js';
import type { Filter, Where } from './filter.js';

/** A list to read page by page. The fields must include the id. */
export interface KeysetQuery {
  where?: Where;
  fields?: Filter['fields'];
  pageSize: number;
  /** Name of the id in `order`; see `RecordSet.idInOrder`. Default `id`. */
  idInOrder?: string;
  /** Other parts of a filter, but no order and no limit. */
  [other: string]: unknown;
}

/**
 * Reads a list in the order of its ids. Each page begins after the last id of the page before.
 * Paging by offset loses and repeats records when others write during the read (FACTS §3). The
 * request for the next page is sent before the caller gets the current page, so both proceed at the
 * same time.
 *
 * @param read reads one page
 */
export async function* readKeysetPages<T extends { id: string }>(
  read: (filter: Filter) => Promise<T[]>,
  { where, pageSize, idInOrder = 'id', ...filter }: KeysetQuery,
): AsyncGenerator<T[]> {
  const readAfter = (last: string) =>
    read({ ...filter, where: after(last, where), order: [`${idInOrder} ASC`], limit: pageSize });
  let last = '';
  let pending: Promise<T[]> | undefined = readAfter(last);
  while (pending) {
    const page: T[] = await pending;
    const end = page.at(-1)?.id ?? last;
    if (page.length > 0 && end === last) {
      throw new IntegrationError({
        code: 'PAGING_STUCK',
        message: 'Go.Data returned the same page twice.',
        fix: 'A proxy may return cached answers. Switch off its cache for the API.',
      });
    }
    last = end;
    pending = page.length < pageSize ? undefined : readAfter(last);
    // Without a handler, a failure before the `await` above would count as unhandled.
    pending?.catch(() => {});
    if (page.length > 0) yield page;
  }
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
