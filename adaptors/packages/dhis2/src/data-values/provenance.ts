/** Tells apart the values that an outbreak's runs wrote from all others, by their comment. */
export interface Provenance {
  /** The comment that this outbreak's values carry; it shows in DHIS2's data entry too. */
  comment: string;
  /** Whose a stored value is. */
  ownerOf(stored: {
    comment?: string | null;
    storedBy?: string | null;
  }): 'ours' | 'another outbreak' | 'others';
}

const PREFIX = 'Go.Data outbreak ';

/**
 * Creates the judge of an outbreak's values. A value without such a comment is ours if our account
 * stored it, or if the server does not say who did: somebody has written a remark over the comment.
 *
 * @param username of the account that writes
 */
export function createProvenance(outbreakId: string, username: string): Provenance {
  const comment = `${PREFIX}${outbreakId}`;
  return {
    comment,
    ownerOf(stored) {
      if (stored.comment === comment) return 'ours';
      if (stored.comment?.startsWith(PREFIX)) return 'another outbreak';
      return !stored.storedBy || stored.storedBy === username ? 'ours' : 'others';
    },
  };
}
