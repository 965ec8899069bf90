import type { OutbreakRecord } from '../types.js';
import { Collection, type Rows } from './collection.js';
import { RecordStore } from './records.js';
import type { StampContext } from './stamps.js';

/**
 * Records that belong to an outbreak and to people in it: relationships, lab results, follow-ups.
 * Both indexes avoid a search through all records.
 */
export class PersonRecordStore<T extends OutbreakRecord> extends RecordStore<T> {
  readonly #peopleOf: (record: T) => readonly string[];
  readonly #byOutbreak = new Map<string, Collection<T>>();
  readonly #byPerson = new Map<string, Set<string>>();

  /** @param peopleOf ids of the people that a record belongs to */
  constructor(context: StampContext, peopleOf: (record: T) => readonly string[]) {
    super(context);
    this.#peopleOf = peopleOf;
  }

  override put(record: T): T {
    const before = this.rows.get(record.id);
    for (const personId of before ? this.#peopleOf(before) : []) {
      this.#byPerson.get(personId)?.delete(record.id);
    }
    const stored = super.put(record);
    const rows = this.#byOutbreak.get(stored.outbreakId) ?? new Collection<T>();
    this.#byOutbreak.set(stored.outbreakId, rows);
    rows.put(stored);
    for (const personId of this.#peopleOf(stored)) {
      const ids = this.#byPerson.get(personId) ?? new Set();
      this.#byPerson.set(personId, ids.add(stored.id));
    }
    return stored;
  }

  /** Records of an outbreak to walk, deleted ones included. */
  rowsOf(outbreakId: string): Rows<T> {
    return this.#byOutbreak.get(outbreakId) ?? new Collection<T>();
  }

  /** Records of a person to read, deleted ones included. */
  rowsOfPerson(personId: string): Rows<T> {
    const rows = new Collection<T>();
    for (const record of this.allOf(personId)) rows.put(record);
    return rows;
  }

  /** Records of a person that are not deleted, in the order in which they were added. */
  of(personId: string): T[] {
    return this.allOf(personId).filter(record => record.deleted !== true);
  }

  /** Records of a person, deleted ones included. */
  allOf(personId: string): T[] {
    return [...(this.#byPerson.get(personId) ?? [])].map(id => this.rows.get(id) as T);
  }
}
