import type { SeedUser } from '../accounts/types.js';
import { CompletenessTable } from '../data/completeness/completeness-table.js';
import { DataValueTable } from '../data/data-value-table.js';
import { MetadataTables } from '../metadata/tables.js';
import type { Dhis2Seed } from '../seed/types.js';
import type { ServerChance, SystemInfo, SystemSettings } from '../system/types.js';
import { TrackerStore } from '../tracker/store/tracker-store.js';
import { ServerTime } from './time.js';

/**
 * The complete content of a sandbox server, in memory. Objects are copied when they are stored, and
 * frozen, so that a reader of the store cannot change them.
 *
 * @example
 * const store = new Dhis2Store(seed);
 * store.dataValues.list().length;
 * store.metadata.put('organisationUnits', { id: 'ImspTQPwCqd', name: 'Sierra Leone' });
 * store.tracker.delete('events', 'EventAAAAAA');
 */
export class Dhis2Store {
  readonly systemInfo: Required<SystemInfo>;
  readonly systemSettings: SystemSettings;
  readonly chance: ServerChance;
  readonly time: ServerTime;
  #users: readonly SeedUser[];
  readonly metadata: MetadataTables;
  readonly dataValues: DataValueTable;
  readonly completeness: CompletenessTable;
  readonly tracker: TrackerStore;

  /**
   * @param clock the current time, for the time stamps of changes
   * @throws Error when the seed refers to an object that it does not contain, or uses a property
   * that the sandbox does not model
   */
  constructor(seed: Dhis2Seed, clock: () => Date = () => new Date()) {
    const copy = structuredClone(seed);
    this.systemInfo = {
      calendar: copy.systemInfo?.calendar ?? 'iso8601',
      serverTimeZoneId: copy.systemInfo?.serverTimeZoneId ?? 'Etc/UTC',
      systemId: copy.systemInfo?.systemId ?? '7d1c4a52-6f0e-4b8e-9c2b-3f5a8e1d0c94',
    };
    this.systemSettings = copy.systemSettings ?? {};
    this.chance = copy.chance ?? {};
    this.time = new ServerTime(this.systemInfo.serverTimeZoneId, clock);
    this.#users = copy.users;
    this.dataValues = new DataValueTable(copy.dataValues ?? []);
    this.completeness = new CompletenessTable(copy.completeDataSetRegistrations ?? []);
    this.metadata = new MetadataTables(copy, {
      now: () => this.time.now(),
      isUsed: (collection, id) =>
        this.dataValues.refersTo(collection, id) || this.tracker.refersTo(collection, id),
    });
    this.tracker = new TrackerStore(copy, this.metadata, this.time);
  }

  get users(): readonly SeedUser[] {
    return this.#users;
  }

  /** Changes a user; running requests keep the user that they started with. */
  changeUser(id: string, changes: Partial<SeedUser>): void {
    this.#users = this.#users.map(user => (user.id === id ? { ...user, ...changes } : user));
  }

  /** The complete content, as a seed that creates an equal store. */
  toJSON(): Dhis2Seed {
    return {
      systemInfo: this.systemInfo,
      systemSettings: this.systemSettings,
      chance: this.chance,
      users: [...this.users],
      ...this.metadata.toJSON(),
      dataValues: this.dataValues.list(),
      completeDataSetRegistrations: this.completeness.list(),
      ...this.tracker.toJSON(),
    };
  }

  /** A store with the content that {@link toJSON} saved. */
  static fromJSON(json: Dhis2Seed): Dhis2Store {
    return new Dhis2Store(json);
  }
}
