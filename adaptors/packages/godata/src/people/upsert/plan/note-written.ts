import { fingerprint, fingerprintOf, readGoDataField } from '#common/ownership/index.js';
import { type Ownership, subjectOf } from './decide-fields.js';
import type { PlannedPerson } from './planned-person.js';
import { splitField } from './split-field.js';

type WrittenPerson = Pick<PlannedPerson, 'person' | 'record' | 'given' | 'merged'>;

/** Notes the values that both systems have after a person was written. */
export function noteWritten(
  { person, record, given, merged = [] }: WrittenPerson,
  { judge, owners }: Ownership,
): void {
  const subject = subjectOf(person, { judge, owners });
  for (const [field, owner] of Object.entries(subject.owners)) {
    const dhis2 = fingerprintOf(person.fingerprints, subject.owners, field);
    if (dhis2 === undefined || merged.includes(field)) continue;
    if (!splitField(given, field, owner)) continue;
    judge.written(subject, field, {
      dhis2,
      godata: fingerprint(readGoDataField(record, field, owner)),
    });
  }
}
