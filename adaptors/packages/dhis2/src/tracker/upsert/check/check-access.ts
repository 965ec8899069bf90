import { isUnreadable } from '../../is-unreadable.js';
import type { FieldDefinition, Shared } from './metadata.js';
import { label, type Note } from './note.js';

/**
 * From the releases after 2.43.1, DHIS2 omits values that the account may not read, and refuses
 * them on import (dhis2 LIVE, "Master (2.44 ...) and branch 2.43").
 */
export function checkReadable(note: Note, what: string, field: FieldDefinition): void {
  if (!isUnreadable(field)) return;
  note(
    'NO_READ_ACCESS',
    `The account may not read the ${what} ${label(field)} (sharing, metadata access): a missing value would look like an empty one.`,
  );
}

/** What the account may not read is missing in answers, and would be created a second time. */
export function checkShared(note: Note, what: string, one: Shared): void {
  if (isUnreadable(one)) {
    note(
      'NO_READ_ACCESS',
      `The account may not read data of the ${what} ${label(one)} (sharing, data access): existing data would look missing.`,
    );
  }
  if (one.access?.data?.write === false) {
    note(
      'NO_WRITE_ACCESS',
      `The account may not write data of the ${what} ${label(one)} (sharing, data access).`,
    );
  }
}
