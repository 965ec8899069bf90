import type { PeopleSource } from '../godata/index.js';
import type { CaseMaker } from './case-maker.js';
import { isDeleted } from './dirt.js';

/**
 * Cases that are generated when they are requested. Ids must rise with the numbers, so that a page
 * is found by halving.
 *
 * @param maker with `ids: 'ordered'`
 */
export function createCaseSource(maker: CaseMaker, count: number): PeopleSource {
  function firstAbove(id: string): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (maker.id(middle) <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    count,
    page(afterId, limit) {
      const first = afterId === undefined ? 0 : firstAbove(afterId);
      const length = Math.max(0, Math.min(limit, count - first));
      return Array.from({ length }, (_, index) => maker.make(first + index));
    },
    skip(afterId, skipped) {
      let left = skipped;
      for (let n = afterId === undefined ? 0 : firstAbove(afterId); n < count; n += 1) {
        if (!isDeleted(n)) left -= 1;
        if (left === 0) return maker.id(n);
      }
      return undefined;
    },
  };
}
