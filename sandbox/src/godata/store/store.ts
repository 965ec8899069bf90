import type {
  GoDataRecord,
  GoDataSeed,
  OutbreakRecord,
  PersonRecord,
  Relationship,
  User,
} from '../types.js';
import { LocationStore } from './locations.js';
import { PeopleStore } from './people.js';
import { PersonRecordStore } from './person-records.js';
import { RecordStore } from './records.js';
import type { StampContext } from './stamps.js';

/** The language of a seed that has none. */
/** As the installation creates it, with the timestamps of all initial data (FACTS §4, r203). */
const ENGLISH = {
  id: 'english_us',
  name: 'English',
  readOnly: true,
  createdAt: '2018-01-01T01:00:00.000Z',
  createdBy: 'system',
  updatedAt: '2018-01-01T01:00:00.000Z',
  updatedBy: 'system',
  createdOn: 'API',
};

const ofOnePerson = ({ personId }: PersonRecord) => [personId];

/**
 * Everything a Go.Data sandbox stores, in memory, as JSON copies with soft deletes.
 *
 * @example
 * server.store.people.create(outbreakId, CASE.type, { firstName: 'Ann', dateOfOnset: '2026-01-30' });
 */
export class GoDataStore {
  readonly users: RecordStore<User>;
  readonly outbreaks: RecordStore;
  readonly locations: LocationStore;
  readonly people: PeopleStore;
  readonly relationships: PersonRecordStore<Relationship>;
  readonly labResults: PersonRecordStore<PersonRecord>;
  readonly followUps: PersonRecordStore<PersonRecord>;
  readonly clusters: PersonRecordStore<OutbreakRecord>;
  readonly referenceData: RecordStore;
  readonly languages: RecordStore;
  readonly languageTokens: RecordStore;

  constructor(context: StampContext, seed: GoDataSeed = {}) {
    this.users = new RecordStore<User>(context);
    this.outbreaks = new RecordStore(context);
    this.locations = new LocationStore(context);
    this.people = new PeopleStore(context);
    this.relationships = new PersonRecordStore<Relationship>(context, ({ persons }) =>
      (persons ?? []).map(({ id }) => id),
    );
    this.labResults = new PersonRecordStore<PersonRecord>(context, ofOnePerson);
    this.followUps = new PersonRecordStore<PersonRecord>(context, ofOnePerson);
    this.clusters = new PersonRecordStore<OutbreakRecord>(context, () => []);
    this.referenceData = new RecordStore(context);
    this.languages = new RecordStore(context);
    this.languageTokens = new RecordStore(context);
    this.fromJSON({ ...seed, languages: seed.languages ?? [ENGLISH] });
  }

  /** The whole content as a seed; lazy sources are not part of it. */
  toJSON(): GoDataSeed {
    const records = Object.entries(this.#stores()).map(([name, store]) => [name, store.all()]);
    return structuredClone({ ...Object.fromEntries(records), people: this.people.all() });
  }

  /** Adds the content of a seed; a record with the same id is replaced. */
  fromJSON(seed: GoDataSeed): void {
    for (const [name, store] of Object.entries(this.#stores())) {
      for (const record of seed[name as keyof Stores] ?? []) store.put(record as never);
    }
    for (const person of seed.people ?? []) this.people.put(person);
    for (const source of seed.sources ?? []) this.people.attach(source);
  }

  /** Everything but people, by the names that a seed gives it. */
  #stores(): Stores {
    const { people: _people, ...stores } = this;
    return stores;
  }
}

type Stores = {
  [name in Exclude<keyof GoDataSeed, 'people' | 'sources'>]-?: Pick<RecordStore, 'all'> & {
    put(record: GoDataRecord): GoDataRecord;
  };
};
