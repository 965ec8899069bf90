/** Whose a stored value is. */
export type Holder = 'ours' | 'another outbreak' | 'others';

/** What of a stored value tells whose it is. */
export interface Marked {
  comment?: string | null;
  storedBy?: string | null;
}

/** Tells apart the values that an outbreak's runs wrote from all others, by a mark in their comment. */
export interface Provenance {
  holderOf(stored: Marked): Holder;
  /**
   * The comment that a value gets: the mark, behind the remark that somebody wrote there.
   *
   * @param stored what is there now; undefined for a new value
   */
  commentFor(stored: Marked | undefined): string;
}

const MARK = /Go\.Data outbreak ([\w-]+)/;

/**
 * Creates the judge of an outbreak's values. The account alone proves nothing, since the runs of
 * several outbreaks share it; it decides only where a server keeps no comments at all.
 *
 * @param username of the account that writes
 */
export function createProvenance(outbreakId: string, username: string): Provenance {
  const mark = `Go.Data outbreak ${outbreakId}`;
  return {
    holderOf({ comment, storedBy }) {
      const marked = MARK.exec(comment ?? '')?.[1];
      if (marked !== undefined) return marked === outbreakId ? 'ours' : 'another outbreak';
      return !comment && storedBy === username ? 'ours' : 'others';
    },
    commentFor(stored) {
      const remark = (stored?.comment ?? '').replace(MARK, mark).trim();
      if (remark === '') return mark;
      return remark.includes(mark) ? remark : `${remark} (${mark})`;
    },
  };
}
