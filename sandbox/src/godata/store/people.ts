import { randomUUID } from 'node:crypto';
import { withInstants } from '../dates.js';
import { PERSON_KINDS } from '../models.js';
import type { JsonObject, Person, SeedSource } from '../types.js';
import { Collection, type Rows } from './collection.js';
import { SourceRows } from './source-rows.js';
import {
  createdStamps,
  deletedRecord,
  restoredRecord,
  type StampContext,
  updatedStamps,
} from './stamps.js';
import { VisualIds } from './visual-ids.js';

/** The user in whose name tests and the demonstration change the store directly. */
const SYSTEM = 'system';

/** People of all outbreaks and types. Writes stamp the record, but do not apply the rules of the API. */
export class PeopleStore {
  readonly #context: StampContext;
  readonly #stored = new Map<string, Collection<Person>>();
  readonly #sources = new Map<string, SourceRows>();
  readonly #byId = new Map<string, Person>();
  readonly #visualIds = new Map<string, VisualIds>();

  constructor(context: StampContext) {
    this.#context = context;
  }

  /** Replaces the stored people of an outbreak and type by lazy ones. */
  attach({ outbreakId, type, source }: SeedSource): void {
    this.#sources.set(keyOf(outbreakId, type), new SourceRows(source));
  }

  /** Rows to walk, deleted people included. */
  rows(outbreakId: string, type: string): Rows<Person> {
    const key = keyOf(outbreakId, type);
    return this.#sources.get(key) ?? this.#stored.get(key) ?? new Collection<Person>();
  }

  /** People of an outbreak in the order of their ids, without the deleted ones. */
  list(outbreakId: string, type: string): Person[] {
    return [...this.rows(outbreakId, type).after()].filter(person => person.deleted !== true);
  }

  /** Any stored person by id, deleted ones included; people of lazy sources are not found here. */
  get(id: string): Person | undefined {
    return this.#byId.get(id);
  }

  /** Every stored person, deleted ones included. */
  all(): Person[] {
    return [...this.#byId.values()];
  }

  /** People who name one of these locations, in any field; deleted people are omitted. */
  usingLocations(locationIds: ReadonlySet<string>): Person[] {
    const living = [...this.#byId.values()].filter(person => person.deleted !== true);
    return living.filter(person => locationsOf(person).some(id => locationIds.has(String(id))));
  }

  /** Stores a person exactly as given (a seed), dates as instants. */
  put(person: Person): Person {
    return this.#store(withInstants({ deleted: false, ...person }));
  }

  /** The visual ids of an outbreak; those of lazy sources are not among them. */
  visualIds(outbreakId: string): VisualIds {
    const known = this.#visualIds.get(outbreakId) ?? new VisualIds();
    this.#visualIds.set(outbreakId, known);
    return known;
  }

  /**
   * Changes fields that the server computes itself, with dates as instants, without a stamp, as
   * updates by a database operator do (godata FACTS §3).
   *
   * @throws Error if no such person is stored
   */
  set(id: string, computed: JsonObject): Person {
    return this.#store({ ...this.#existing(id), ...computed });
  }

  /** As {@link set}, with a stamp. @throws Error if no such person is stored */
  touch(id: string, computed: JsonObject, userId = SYSTEM): Person {
    return this.set(id, { ...computed, ...updatedStamps(this.#context, userId) });
  }

  /** @returns the new person, with an id if it had none, the defaults of its type, and stamps */
  create(
    outbreakId: string,
    type: string,
    values: JsonObject,
    userId = SYSTEM,
    createdOn?: string,
  ): Person {
    const kind = PERSON_KINDS.find(one => one.type === type);
    const id = typeof values.id === 'string' ? values.id : randomUUID();
    const stamps = createdStamps(this.#context, userId, createdOn);
    return this.put({
      ...structuredClone(kind?.defaults),
      ...values,
      id,
      outbreakId,
      type,
      ...stamps,
    });
  }

  /**
   * Changes some fields: null clears, an array replaces the whole array, omitted fields stay.
   *
   * @throws Error if no such person is stored
   */
  update(id: string, changes: JsonObject, userId = SYSTEM): Person {
    const stamps = updatedStamps(this.#context, userId);
    return this.put({ ...this.#existing(id), ...changes, ...stamps });
  }

  /** Soft-deletes, with another record or by itself. @throws Error if no such person is stored */
  delete(id: string, userId = SYSTEM, parentId?: string): Person {
    return this.put(deletedRecord(this.#context, this.#existing(id), userId, parentId));
  }

  /** @throws Error if no such person is stored */
  restore(id: string, userId = SYSTEM): Person {
    return this.put(restoredRecord(this.#context, this.#existing(id), userId));
  }

  #store(stored: Person): Person {
    const before = this.#byId.get(stored.id);
    const key = keyOf(stored.outbreakId, stored.type);
    if (before && keyOf(before.outbreakId, before.type) !== key) {
      this.#stored.get(keyOf(before.outbreakId, before.type))?.remove(stored.id);
    }
    const collection = this.#stored.get(key) ?? new Collection<Person>();
    this.#stored.set(key, collection);
    collection.put(stored);
    this.#byId.set(stored.id, stored);
    if (before?.visualId !== stored.visualId) this.#moveVisualId(before, stored);
    return stored;
  }

  #moveVisualId(before: Person | undefined, stored: Person): void {
    const visualIds = this.visualIds(stored.outbreakId);
    if (typeof before?.visualId === 'string') visualIds.delete(before.visualId, before.id);
    if (typeof stored.visualId === 'string') visualIds.add(stored.visualId, stored.id);
  }

  #existing(id: string): Person {
    const person = this.#byId.get(id);
    if (!person) throw new Error(`The sandbox has no person with the id "${id}".`);
    return person;
  }
}

function locationsOf(person: Person): unknown[] {
  const places = [person.addresses, person.address, person.dateRanges].flat() as JsonObject[];
  const own = [person.deathLocationId, person.burialLocationId];
  return [...places.map(place => place?.locationId), ...own];
}

function keyOf(outbreakId: string, type: string): string {
  return `${outbreakId} ${type}`;
}
