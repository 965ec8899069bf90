import { readLinkNote, toLinkNote } from '#common/identity/links.js';
import { findUid, uidOf } from '#common/identity/uid.js';
import type { Side } from '#common/ownership/index.js';
import { entitySource } from '../read/read-existing.js';
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
 * tracked entity that comes from Go.Data, and once with one that was found only by its values.
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
  return { note, value: toLinkNote({ id: person, isOrigin: origin === 'godata' }) };
}

/** @param id what the note is about */
export function noteUid(server: string, id: string): string {
  return uidOf({ server, kind: 'note', id });
}

function linksOf(stored: PersonEntity['stored']) {
  const notes = (stored?.enrollments ?? []).flatMap(enrollment => enrollment.notes ?? []);
  return notes.flatMap(({ value }) => readLinkNote(value) ?? []);
}
