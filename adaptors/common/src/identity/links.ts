/*
 * A tracked entity that was made of a person of Go.Data says so in a note of its enrollment: the way
 * back knows the person by it, and no program needs an attribute for it. So does an event that was made
 * of a lab result or a follow-up. Notes are only ever added (dhis2 FACTS §4.1).
 */

const NOTE = /^(Linked to )?Go\.Data (\S+)$/;

/** The person of Go.Data that an enrollment belongs to. */
export interface GoDataLink {
  id: string;
  /** It was first entered in Go.Data; else both systems had it before they were linked. */
  isOrigin: boolean;
}

/** The text of the note. */
export function toLinkNote({ id, isOrigin }: GoDataLink): string {
  return `${isOrigin ? '' : 'Linked to '}Go.Data ${id}`;
}

/** The link that a note tells; undefined where it is another note. */
export function readLinkNote(text: unknown): GoDataLink | undefined {
  const [, linked, id] = (typeof text === 'string' && NOTE.exec(text.trim())) || [];
  return id === undefined ? undefined : { id, isOrigin: linked === undefined };
}
