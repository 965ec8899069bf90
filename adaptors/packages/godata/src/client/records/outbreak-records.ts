import type { PersonModel } from '../person-models.js';
import type { Connection } from '../session/connection.js';
import {
  type BulkChange,
  type BulkModel,
  type BulkOutcome,
  bulkUpdate,
} from '../transfer/bulk-update.js';
import {
  type ExportedFile,
  type ExportModel,
  type ExportOptions,
  exportRecords,
} from '../transfer/export-records.js';
import {
  type ImportableFile,
  type ImportedFile,
  type ImportMapping,
  type ImportModel,
  importFile,
} from '../transfer/import-file.js';
import type {
  CaseRecord,
  ClusterRecord,
  ContactOfContactRecord,
  ContactRecord,
  EventRecord,
  FollowUpRecord,
  LabResultRecord,
  RelationshipRecord,
} from '../types/index.js';
import type { ReadMask } from './masks.js';
import { PersonRecords } from './person-records.js';
import { RecordReader } from './record-reader.js';
import { type RecordSet, simpleSet } from './record-set.js';
import { Records } from './records.js';
import { RelationshipRecords } from './relationship-records.js';

/** The records of one person of an outbreak. */
export interface PersonRelated {
  relationships: RelationshipRecords;
  followUps: Records<FollowUpRecord>;
  /** Events have no lab results. */
  labResults: Records<LabResultRecord>;
}

/** The records of one outbreak. */
export interface OutbreakRecords {
  cases: PersonRecords<CaseRecord>;
  contacts: PersonRecords<ContactRecord>;
  contactsOfContacts: PersonRecords<ContactOfContactRecord>;
  events: PersonRecords<EventRecord>;
  clusters: Records<ClusterRecord>;
  /** Lab results of all people. Change them here; create them with `person`. */
  labResults: Omit<Records<LabResultRecord>, 'create' | 'upsert'>;
  /** Relationships of all people, to read. Write them with `person`. */
  relationships: RecordReader<RelationshipRecord>;
  followUps: RecordReader<FollowUpRecord>;
  /** The records of one person. */
  person(kind: PersonModel, id: string): PersonRelated;
  /** Changes many people. Returns which could not be changed. */
  bulkUpdate(model: BulkModel, changes: readonly BulkChange[]): Promise<BulkOutcome>;
  /** Exports records to a file and downloads it. */
  exportFile(model: ExportModel, options?: ExportOptions): Promise<ExportedFile>;
  /** Imports a file. Returns which of its records could not be imported. */
  importFile(
    model: ImportModel,
    file: ImportableFile,
    mapping?: ImportMapping,
  ): Promise<ImportedFile>;
}

const BASE = '/outbreaks/{outbreakId}';
const PERSON = `${BASE}/{kind}/{personId}`;

const FOLLOW_UPS: RecordSet = {
  list: `${BASE}/follow-ups`,
  one: `${BASE}/follow-ups/{recordId}`,
  count: { path: `${BASE}/follow-ups/filtered-count`, by: 'filter' },
  idInOrder: '_id',
};

const LAB_RESULTS: RecordSet = {
  list: `${BASE}/lab-results/aggregate`,
  one: `${BASE}/lab-results/{recordId}`,
  count: { path: `${BASE}/lab-results/aggregate-filtered-count`, by: 'filter' },
  idInOrder: '_id',
};

/** Creates the record sets of an outbreak. */
export function createOutbreakRecords(
  connection: Connection,
  outbreakId: string,
  readMask: ReadMask,
): OutbreakRecords {
  const params = { outbreakId };
  return {
    cases: new PersonRecords(connection, 'cases', params, readMask),
    contacts: new PersonRecords(connection, 'contacts', params, readMask),
    contactsOfContacts: new PersonRecords(connection, 'contacts-of-contacts', params, readMask),
    events: new PersonRecords(connection, 'events', params, readMask),
    clusters: new Records(connection, simpleSet(`${BASE}/clusters`), params),
    labResults: new Records(connection, LAB_RESULTS, params),
    relationships: new RecordReader(connection, simpleSet(`${BASE}/relationships`), params),
    followUps: new RecordReader(connection, FOLLOW_UPS, params),
    person: (kind, id) => createPersonRelated(connection, { ...params, kind, personId: id }),
    bulkUpdate: (model, changes) => bulkUpdate(connection.writer, outbreakId, model, changes),
    exportFile: (model, options = {}) =>
      exportRecords(connection.session, outbreakId, model, options),
    importFile: (model, file, mapping) => importFile(connection, outbreakId, model, file, mapping),
  };
}

function createPersonRelated(
  connection: Connection,
  params: { outbreakId: string; kind: PersonModel; personId: string },
): PersonRelated {
  return {
    relationships: new RelationshipRecords(
      connection,
      simpleSet(`${PERSON}/relationships`),
      params,
    ),
    // The server has no list of one person's follow-ups, so they are filtered from those of the
    // outbreak.
    followUps: new Records(
      connection,
      {
        ...FOLLOW_UPS,
        where: { personId: params.personId },
        create: `${PERSON}/follow-ups`,
        one: `${PERSON}/follow-ups/{recordId}`,
      },
      params,
    ),
    labResults: new Records(connection, simpleSet(`${PERSON}/lab-results`), params),
  };
}
