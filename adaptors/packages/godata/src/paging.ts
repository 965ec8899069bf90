import { IntegrationError } from '../../../common/src/errors.js';
import { allOf, type Filter, type Where } from './filter.js';

/** A list to read in pages. */
export interface KeysetQuery {
  where?: Where;
  fields: string[];
  pageSize: number;
  /** Deleted records come as well. */
  withDeleted?: boolean;
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
  { where, fields, pageSize, withDeleted = false }: KeysetQuery,
): AsyncGenerator<T[]> {
  const readAfter = (last: string) =>
    read({
      where: allOf({ id: { gt: last } }, where),
      fields,
      order: ['id ASC'],
      limit: pageSize,
      ...(withDeleted ? { deleted: true } : {}),
    });
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
