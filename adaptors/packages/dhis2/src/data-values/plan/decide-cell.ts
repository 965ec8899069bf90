import type { Holder } from './provenance.js';

/** A cell as it should be: a count, an explicit zero where nothing was counted, or no matter. */
export type Wanted = { count: number } | 'explicit zero' | 'nothing counted';

/** A cell as it is. */
export interface Present {
  /** As the server has it; blank when only a remark stands there. */
  value: string;
  holder: Holder;
}

/**
 * What to do with a cell. `keep`: others wrote it and nothing is counted there. `contested`: another
 * outbreak's run wrote it, and we count something there too.
 */
export type Decision = { write: number } | 'unchanged' | 'no matter' | 'keep' | 'contested';

/**
 * Decides about a cell that has a value. The rule for values of others: a count replaces them, the
 * want of one never does.
 */
export function decideCell(wanted: Wanted, { value, holder }: Present): Decision {
  const isBlank = value.trim() === '';
  if (typeof wanted === 'object') {
    if (holder === 'another outbreak') return 'contested';
    return !isBlank && Number(value) === wanted.count ? 'unchanged' : { write: wanted.count };
  }
  if (!isBlank && Number(value) === 0)
    return wanted === 'explicit zero' ? 'unchanged' : 'no matter';
  if (isBlank) return wanted === 'explicit zero' && holder === 'ours' ? { write: 0 } : 'no matter';
  return holder === 'ours' ? { write: 0 } : 'keep';
}
