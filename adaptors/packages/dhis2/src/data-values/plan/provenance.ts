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
 * Comment of a value that is as it was before a run: without any, DHIS2 would show only the account
 * of the runs as its author, and the next run would take it for its own.
 */
export const RESTORED = 'As before a run from Go.Data';

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
      const remark = (stored?.comment ?? '').replace(RESTORED, '').replace(MARK, mark).trim();
      if (remark === '') return mark;
      return remark.includes(mark) ? remark : `${remark} (${mark})`;
    },
  };
}

/** The mark in a comment: `Go.Data outbreak <id>`; null if there is none. */
export function markIn(comment: string | null | undefined): string | null {
  return MARK.exec(comment ?? '')?.[0] ?? null;
}

/** What a user has written in a comment: without the mark, and without {@link RESTORED}. */
export function withoutMark(comment: string | null | undefined): string {
  const text = (comment ?? '').replace(RESTORED, '');
  const mark = markIn(text);
  return (mark === null ? text : text.replace(`(${mark})`, '').replace(mark, '')).trim();
}

/** A comment with a mark, after what a user has written. */
export function withMark(remark: string, mark: string): string {
  return remark === '' ? mark : `${remark} (${mark})`;
}
