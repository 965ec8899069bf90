import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { readMark } from '#common/identity/marks.js';
import { residenceOf } from '#common/ownership/index.js';
import { dayOf, utcDayNumber } from '#common/periods/index.js';
import { createLeftOutLedger } from '#common/reporting/left-out.js';
import { createCodeReader } from './read-code.js';
import {
  createRecordReader,
  createRecordView,
  type RecordReader,
  type RecordView,
  type ViewContext,
} from './record-view.js';

/** A person of Go.Data as a mapping sees it: the record's fields, and functions to read them. */
export type PersonView = RecordFields &
  RecordReader & {
    id: string;
    kind: OutbreakPerson['kind'];
    /** Day on which Go.Data created it, `yyyy-MM-dd`. */
    createdAt: string | null;
    /** The usual place of residence; empty if there is none. */
    residence: RecordFields & { locationId?: string };
    /** Number of the first document of a type. */
    document(type: string): string | null;
    /** Lab results that were entered in Go.Data. Those that came from DHIS2 are omitted: DHIS2 owns them. */
    labResults: RecordView[];
    followUps: RecordView[];
  };

/** Creates the view of a person who is not deleted. */
export function createPersonView(person: OutbreakPerson, context: ViewContext): PersonView {
  const { id, kind, record } = person;
  const createdAt = utcDayNumber(record.createdAt);
  const documents = (record.documents ?? []) as { type?: unknown; number?: unknown }[];
  return {
    ...record,
    id,
    kind,
    createdAt: createdAt === undefined ? null : dayOf(createdAt),
    ...createRecordReader(record, context),
    residence: residenceOf(record.addresses) ?? {},
    document(type) {
      const number = documents.find(one => one.type === type && one.number)?.number;
      return typeof number === 'string' ? number : null;
    },
    labResults: living(person.labResults)
      .filter(({ notes }) => readMark(notes) === undefined)
      .map(one => createRecordView(one, context, 'labResults.')),
    followUps: living(person.followUps).map(one => createRecordView(one, context, 'followUps.')),
  };
}

/**
 * A person of Go.Data as the function `toDhis2` of a row sees it in `record`, for tests of a
 * mapping.
 *
 * @public
 * @function
 * @param {object} person - What the test is about: record, labResults, followUps...
 * @returns {PersonView}
 * @example
 * toDhis2(null, { record: personView({ record: { dateOfOutcome: '2026-01-31T00:00:00.000Z' } }) })
 */
export function personView(person: Partial<OutbreakPerson>): PersonView {
  const blank: OutbreakPerson = {
    id: 'person-1',
    kind: 'case',
    record: { createdAt: '2026-01-01T00:00:00.000Z' },
    labResults: [],
    followUps: [],
  };
  const { readCode: code } = createCodeReader(createLeftOutLedger());
  return createPersonView({ ...blank, ...person }, { code, omitted: [] });
}

function living(records: readonly RecordFields[]): (RecordFields & { id: string })[] {
  return (records as (RecordFields & { id: string })[]).filter(({ deleted }) => !deleted);
}
