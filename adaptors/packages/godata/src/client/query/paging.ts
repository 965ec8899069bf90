import { IntegrationError } from '#common/reporting/errors.js';
import type { Filter, Where } from './filter.js';

/** A list to read in pages; the fields must have the id among them. */
export interface KeysetQuery {
  where?: Where;
  fields?: Filter['fields'];
  pageSize: number;
  /** What an order calls the id; see `RecordSet.idInOrder`. Default `id`. */
  idInOrder?: string;
  /** Whatever else a filter has, but no order and no limit. */
  [other: string]: unknown;
}

/**
 * Reads a list in the order of its ids, each page beginning after the last id of the one before.
 * Paging by offset loses and repeats records while others write (FACTS §3). The next page is asked
 * for before the caller works on the present one, so that both go on at once.
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
        message: 'Go.Data gives the same page again and again.',
        fix: 'A proxy may keep old answers: switch off its cache for the API.',
      });
    }
    last = end;
    pending = page.length < pageSize ? undefined : readAfter(last);
    // Until it is awaited nobody would hear of its failure.
    pending?.catch(() => {});
    if (page.length > 0) yield page;
  }
}

/**
 * The given conditions stay where they are: Go.Data looks for its own, `relationship` and `labResult`
 * among them, on the first level alone (FACTS §3).
 */
function after(last: string, where: Where = {}): Where {
  const condition = { id: { gt: last } };
  if (!('id' in where) && !('_id' in where)) return { ...where, ...condition };
  const others = Array.isArray(where.and) ? where.and : [];
  return { ...where, and: [...others, condition] };
}
