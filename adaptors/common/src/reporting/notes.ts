/**
 * What a step must not forget, even if its process is killed in the middle: a note under a name, and
 * its value. No value: the note is settled.
 */
export interface Note {
  /** `active-outbreak/<account id>` */
  name: string;
  /** JSON: ids and codes only. */
  value?: unknown;
}

/** All notes that are not settled, by name: in `configuration.notes` of a later run. */
export type Notes = Readonly<Record<string, unknown>>;

const LINE = /^note: ([\w/-]+)(?: (.+))?$/;

/**
 * A note as one log line, the only channel out of a step that is open before the step ends. A host
 * that knows the format keeps the note on disk at once, and gives it to the next run; in the log of
 * any other host a person can read it.
 *
 * @example
 * console.log(formatNote({ name: 'active-outbreak/u1', value: { former: 'o1' } }));
 */
export function formatNote({ name, value }: Note): string {
  return value === undefined ? `note: ${name}` : `note: ${name} ${JSON.stringify(value)}`;
}

/** Reads a line that {@link formatNote} wrote; undefined for any other line. */
export function parseNote(line: string): Note | undefined {
  const [, name, text] = LINE.exec(line) ?? [];
  if (name === undefined) return undefined;
  if (text === undefined) return { name };
  try {
    return { name, value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
