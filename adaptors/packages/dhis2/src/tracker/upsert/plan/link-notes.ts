import { readLinkNote, toLinkNote } from '#common/identity/links.js';
import { findUid, uidOf } from '#common/identity/uid.js';
import type { Side } from '#common/ownership/index.js';
import { entitySource, type Sought } from '../read/read-existing.js';
import type { ChosenEnrollment } from './choose-enrollment.js';
import type { PersonEntity } from './plan-context.js';

/** A note, as it is sent. */
export interface NewNote {
  note: string;
  value: string;
}

/**
 * The system in which a person was first entered: Go.Data if a note says so, or if the tracked
 * entity's UID was computed from the person.
 */
export function originOf({ id, stored }: PersonEntity, server: string, person: string): Side {
  const isMade = findUid(entitySource(server, person), uid => uid === id) !== undefined;
  return isMade || linksOf(stored).some(({ isOrigin }) => isOrigin) ? 'godata' : 'dhis2';
}

/**
 * The note by which the way back recognises the person. It is sent with every new enrollment of a
 * tracked entity that comes from Go.Data, and once with one that was found only by its values. A
 * tracked entity that was created from a duplicate gets it as linked, so that both notes differ.
 */
export function linkNoteFor(
  { stored, isLoose }: PersonEntity,
  origin: Side,
  server: string,
  person: string,
  chosen: ChosenEnrollment,
): NewNote | undefined {
  const isNoted = linksOf(stored).some(({ id }) => id === person);
  const isWanted = chosen.stored ? !isNoted : !isNoted || origin === 'godata';
  if (!isWanted || (origin === 'dhis2' && !isLoose)) return undefined;
  const note = noteUid(server, `${person} ${chosen.uid}`);
  const isInherited = linksOf(stored).some(({ id, isOrigin }) => isOrigin && id !== person);
  const isOrigin = origin === 'godata' && !isInherited;
  return { note, value: toLinkNote({ id: person, isOrigin }) };
}

/** @param id what the note is about */
export function noteUid(server: string, id: string): string {
  return uidOf({ server, kind: 'note', id });
}

/**
 * Whether the record that a person was merged into in Go.Data has taken over the tracked entity: it
 * was created from a person, and is linked to somebody else.
 */
export function isTakenOver(stored: PersonEntity['stored'], { id, merged = [] }: Sought): boolean {
  const links = linksOf(stored);
  const isMade = links.some(({ isOrigin }) => isOrigin);
  return isMade && links.some(link => link.id !== id && !merged.includes(link.id));
}

function linksOf(stored: PersonEntity['stored']) {
  const notes = (stored?.enrollments ?? []).flatMap(enrollment => enrollment.notes ?? []);
  return notes.flatMap(({ value }) => readLinkNote(value) ?? []);
}
