import { createLeftOutLedger } from '../../../../../../common/src/left-out.js';
import { readMark } from '../../../../../../common/src/marks.js';
import type { OutbreakPerson } from '../../../../../../common/src/outbreak-people-batch.js';
import { residenceOf } from '../../../../../../common/src/ownership/index.js';
import type { RecordFields } from '../../../../../../common/src/people-batch.js';
import { isUid } from '../../../metadata.js';
import { createReadCode, type ReadCode } from './read-code.js';
import { createRecordView, type RecordView } from './record-view.js';

/** A person of Go.Data as a mapping sees it: the fields of the record, and what belongs to it. */
export interface PersonView extends RecordView {
  kind: OutbreakPerson['kind'];
  /** It came from DHIS2, and not from Go.Data's own forms. */
  isFromDhis2: boolean;
  /** Usual place of residence: locationId, addressLine1, phoneNumber... */
  residence: Readonly<RecordFields> | undefined;
  /** Number of a document of a type. */
  document(type: string): string | null;
  /** Lab results that were entered in Go.Data: those from DHIS2 do not go back. */
  labResults: RecordView[];
  followUps: RecordView[];
}

/** Creates the view of a person who is not deleted. */
export function createPersonView(person: OutbreakPerson, code: ReadCode): PersonView {
  const { id, kind, record } = person;
  const views = (records: readonly RecordFields[]) =>
    records.filter(one => one.deleted !== true).map(one => createRecordView(one, code));
  return {
    ...createRecordView({ ...record, id }, code),
    kind,
    isFromDhis2: isUid(id),
    residence: residenceOf(record.addresses),
    document: type => {
      const documents = (record.documents ?? []) as RecordFields[];
      return (documents.find(one => one.type === type)?.number as string | undefined) ?? null;
    },
    labResults: views(person.labResults.filter(({ notes }) => readMark(notes) === undefined)),
    followUps: views(person.followUps),
  };
}

/**
 * A record of Go.Data as the functions of `mapTrackedEntities` see it: for tests of a job's mapping.
 *
 * @public
 * @function
 * @param {object} record - What the test is about: lastName, gender, addresses...
 * @param {object} [more] - kind, labResults, followUps
 * @returns {PersonView}
 * @example
 * toCase(recordView({ lastName: 'Obi' })).attributes
 */
export function recordView(record: RecordFields, more: Partial<OutbreakPerson> = {}): PersonView {
  const blank: OutbreakPerson = {
    id: '00000000-0000-4000-8000-000000000001',
    kind: 'case',
    record: { createdAt: '2026-01-01T00:00:00.000Z', ...record },
    labResults: [],
    followUps: [],
  };
  return createPersonView({ ...blank, ...more }, createReadCode(createLeftOutLedger(), {}));
}
