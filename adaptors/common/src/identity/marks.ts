/*
 * What comes from DHIS2 carries the id that it has there, in a free text of the record: the server has
 * no field for it, takes duplicates without a word (godata FACTS §2.3), and gives ids of its own.
 */

const MARK = /\bDHIS2 ([A-Za-z][A-Za-z0-9]{10})(?: of ([A-Za-z][A-Za-z0-9]{10}))?\b/;

/** The id in DHIS2 that a text carries. */
export function readMark(text: unknown): string | undefined {
  return typeof text === 'string' ? MARK.exec(text)?.[1] : undefined;
}

/** The id in DHIS2 of what it belongs to there, where the mark says so. */
export function readOwner(text: unknown): string | undefined {
  return typeof text === 'string' ? MARK.exec(text)?.[2] : undefined;
}

/**
 * A text with the mark of a record behind it; one that has it already stays as it is.
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
