import type { Holder } from './provenance.js';

/** The wanted content of a cell: a count, an explicit zero where nothing was counted, or nothing. */
export type Wanted = { count: number } | 'explicit zero' | 'nothing counted';

/** The current content of a cell. */
export interface Present {
  /** The value on the server. Blank if there is only a comment. */
  value: string;
  holder: Holder;
}

/**
 * What to do with a cell. `keep`: others wrote it, and nothing is counted there. `contested`: a run
 * of another outbreak wrote it, and this one has a count for it.
 */
export type Decision = { write: number } | 'unchanged' | 'no matter' | 'keep' | 'contested';

/**
 * Decides what to do with a cell that has a value. A count replaces a value of others; a missing
 * count never does.
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
