import type { GoDataRecord, GoDataSeed, User } from '../types.js';
import { LocationStore } from './locations.js';
import { PeopleStore } from './people.js';
import { RecordStore } from './records.js';
import type { StampContext } from './stamps.js';

/**
 * Everything a Go.Data sandbox remembers, in memory, as JSON copies with soft deletes.
 *
 * @example
 * server.store.people.create(outbreakId, CASE.type, { firstName: 'Ann', dateOfOnset: '2026-01-30' });
 */
export class GoDataStore {
  readonly users: RecordStore<User>;
  readonly outbreaks: RecordStore;
  readonly locations: LocationStore;
  readonly referenceData: RecordStore;
  readonly people: PeopleStore;

  constructor(context: StampContext, seed: GoDataSeed = {}) {
    this.users = new RecordStore<User>(context);
    this.outbreaks = new RecordStore(context);
    this.locations = new LocationStore(context);
    this.referenceData = new RecordStore(context);
    this.people = new PeopleStore(context);
    this.fromJSON(seed);
  }

  /** The whole content as a seed; lazy sources are not part of it. */
  toJSON(): GoDataSeed {
    return structuredClone({
      users: this.users.all(),
      outbreaks: this.outbreaks.all(),
      locations: this.locations.all(),
      referenceData: this.referenceData.all(),
      people: this.people.all(),
    });
  }

  /** Adds the content of a seed; a record with the same id is replaced. */
  fromJSON(seed: GoDataSeed): void {
    for (const user of seed.users ?? []) this.users.put(user);
    putAll(this.outbreaks, seed.outbreaks);
    putAll(this.locations, seed.locations);
    putAll(this.referenceData, seed.referenceData);
    for (const person of seed.people ?? []) this.people.put(person);
    for (const source of seed.sources ?? []) this.people.attach(source);
  }
}

function putAll(store: RecordStore, records: readonly GoDataRecord[] = []): void {
  for (const record of records) store.put(record);
}
