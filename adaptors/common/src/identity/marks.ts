/*
 * A record that comes from DHIS2 carries its DHIS2 id in one of its free texts. Go.Data has no
 * field for it, accepts duplicates without an error (godata FACTS §2.3), and gives records ids of
 * its own.
 */

const MARK = /\bDHIS2 ([A-Za-z][A-Za-z0-9]{10})(?: of ([A-Za-z][A-Za-z0-9]{10}))?\b/;

/** The id in DHIS2 that a text carries. */
export function readMark(text: unknown): string | undefined {
  return typeof text === 'string' ? MARK.exec(text)?.[1] : undefined;
}

/** The DHIS2 id of the object that it belongs to, if the mark names it. */
export function readOwner(text: unknown): string | undefined {
  return typeof text === 'string' ? MARK.exec(text)?.[2] : undefined;
}

/**
 * Adds the mark of a record to a text; a text that already has the mark stays as it is.
 *
 * @example
 * withMark('Shared a room', 'ipjUWSTPKFt'); // Shared a room (DHIS2 ipjUWSTPKFt)
 */
export function withMark(text: unknown, key: string, owner?: string): string {
  const words = typeof text === 'string' ? text.trim() : '';
  if (readMark(words) === key) return words;
  const mark = `DHIS2 ${key}${owner === undefined ? '' : ` of ${owner}`}`;
  return words === '' ? mark : `${words} (${mark})`;
}
