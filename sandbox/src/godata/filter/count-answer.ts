import type { JsonObject } from '../types.js';
import type { Filter } from './parse-filter.js';

/** Where `flags.applyHasMoreLimit` stops counting (godata FACTS §3). */
const HAS_MORE_LIMIT = 10_000;

/**
 * The answer of filtered-count. It stops at the limit of the filter, and then says that there may
 * be more, even if there is nothing more (r056, r186; godata FACTS §3).
 */
export function countAnswer(number: number, { limit, applyHasMoreLimit }: Filter): JsonObject {
  const most = limit ?? (applyHasMoreLimit ? HAS_MORE_LIMIT : undefined);
  if (most === undefined) return { count: number };
  return { count: Math.min(number, most), hasMore: number >= most };
}
