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
import type { Identified } from './visual-id.js';

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

/** The records of one person of an outbreak. */
export class PersonRelated {
  private readonly connection: Connection;
  private readonly params: { outbreakId: string; kind: PersonModel; personId: string };

  constructor(
    connection: Connection,
    params: { outbreakId: string; kind: PersonModel; personId: string },
  ) {
    this.connection = connection;
    this.params = params;
  }

  get relationships(): RelationshipRecords {
    const set = simpleSet(`${PERSON}/relationships`);
    return new RelationshipRecords(this.connection, set, this.params);
  }

  /**
   * The server has no list of one person's follow-ups, so they are filtered from those of the
   * outbreak.
   */
  get followUps(): Records<FollowUpRecord> {
    const set: RecordSet = {
      ...FOLLOW_UPS,
      where: { personId: this.params.personId },
      create: `${PERSON}/follow-ups`,
      one: `${PERSON}/follow-ups/{recordId}`,
    };
    return new Records(this.connection, set, this.params);
  }

  /** Events have no lab results. */
  get labResults(): Records<LabResultRecord> {
    return new Records(this.connection, simpleSet(`${PERSON}/lab-results`), this.params);
  }
}

/** The records of one outbreak. */
export class OutbreakRecords {
  private readonly connection: Connection;
  private readonly params: { outbreakId: string };
  private readonly readMask: ReadMask;

  constructor(connection: Connection, outbreakId: string, readMask: ReadMask) {
    this.connection = connection;
    this.params = { outbreakId };
    this.readMask = readMask;
  }

  get cases(): PersonRecords<CaseRecord> {
    return this.people('cases');
  }

  get contacts(): PersonRecords<ContactRecord> {
    return this.people('contacts');
  }

  get contactsOfContacts(): PersonRecords<ContactOfContactRecord> {
    return this.people('contacts-of-contacts');
  }

  get events(): PersonRecords<EventRecord> {
    return this.people('events');
  }

  get clusters(): Records<ClusterRecord> {
    return new Records(this.connection, simpleSet(`${BASE}/clusters`), this.params);
  }

  /** Lab results of all people. Change them here; create them with `person`. */
  get labResults(): Omit<Records<LabResultRecord>, 'create' | 'upsert'> {
    return new Records<LabResultRecord>(this.connection, LAB_RESULTS, this.params);
  }

  /** Relationships of all people, to read. Write them with `person`. */
  get relationships(): RecordReader<RelationshipRecord> {
    return new RecordReader(this.connection, simpleSet(`${BASE}/relationships`), this.params);
  }

  get followUps(): RecordReader<FollowUpRecord> {
    return new RecordReader(this.connection, FOLLOW_UPS, this.params);
  }

  /** The records of one person. */
  person(kind: PersonModel, id: string): PersonRelated {
    return new PersonRelated(this.connection, { ...this.params, kind, personId: id });
  }

  /** Changes many people. Returns which could not be changed. */
  bulkUpdate(model: BulkModel, changes: readonly BulkChange[]): Promise<BulkOutcome> {
    return bulkUpdate(this.connection.writer, this.params.outbreakId, model, changes);
  }

  /** Exports records to a file and downloads it. */
  exportFile(model: ExportModel, options: ExportOptions = {}): Promise<ExportedFile> {
    return exportRecords(this.connection.session, this.params.outbreakId, model, options);
  }

  /** Imports a file. Returns which of its records could not be imported. */
  importFile(
    model: ImportModel,
    file: ImportableFile,
    mapping?: ImportMapping,
  ): Promise<ImportedFile> {
    return importFile(this.connection, this.params.outbreakId, model, file, mapping);
  }

  private people<T extends Identified>(kind: PersonModel): PersonRecords<T> {
    return new PersonRecords<T>(this.connection, kind, this.params, this.readMask);
  }
}
