/** Who wrote a stored value: a run of this outbreak, a run of another one, or anybody else. */
export type Holder = 'ours' | 'another outbreak' | 'others';

/** The properties of a stored value that show who wrote it. */
export interface Marked {
  comment?: string | null;
  storedBy?: string | null;
}

/** Recognises the values that an outbreak's runs wrote by a mark in their comment. */
export interface Provenance {
  holderOf(stored: Marked): Holder;
  /**
   * The comment for a value: the mark, after any comment of a user.
   *
   * @param stored the current value; undefined for a new value
   */
  commentFor(stored: Marked | undefined): string;
}

const MARK = /Go\.Data outbreak ([\w-]+)/;

/**
 * Creates the {@link Provenance} of an outbreak. Runs of several outbreaks can share an account, so
 * the account decides only when the value has no comment.
 *
 * @param username name of the account that writes
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
