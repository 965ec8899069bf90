/*
 * A tracked entity that was created from a Go.Data person has a note in its enrollment that names
 * that person. The way back recognises the person by the note, so no program needs an attribute for
 * it. If the person is merged into another record of Go.Data, a second note links that one. An event
 * that was created from a lab result or a follow-up has such a note too. DHIS2 never
 * changes or removes notes (dhis2 FACTS §4.1).
 */

const NOTE = /^(Linked to )?Go\.Data (\S+)$/;

/** The person of Go.Data that an enrollment belongs to. */
export interface GoDataLink {
  id: string;
  /**
   * True: the person was first entered in Go.Data. Absent: both systems had the person before they
   * were linked.
   */
  isOrigin: boolean;
}

/** The text of the note. */
export function toLinkNote({ id, isOrigin }: GoDataLink): string {
  return `${isOrigin ? '' : 'Linked to '}Go.Data ${id}`;
}

/** The link in a note; undefined for any other note. */
export function readLinkNote(text: unknown): GoDataLink | undefined {
  const [, linked, id] = (typeof text === 'string' && NOTE.exec(text.trim())) || [];
  return id === undefined ? undefined : { id, isOrigin: linked === undefined };
}
