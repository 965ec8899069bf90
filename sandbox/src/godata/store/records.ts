import { randomUUID } from 'node:crypto';
import { withInstants } from '../dates.js';
import type { GoDataRecord, JsonObject } from '../types.js';
import { Collection, type Rows } from './collection.js';
import {
  createdStamps,
  deletedRecord,
  restoredRecord,
  type StampContext,
  updatedStamps,
} from './stamps.js';

const SYSTEM = 'system';

/** Records of one model: outbreaks, locations, users, reference data. Writes stamp the record. */
export class RecordStore<T extends GoDataRecord = GoDataRecord> {
  readonly #context: StampContext;
  readonly #rows = new Collection<T>();

  constructor(context: StampContext) {
    this.#context = context;
  }

  /** Rows to walk, deleted records included. */
  get rows(): Rows<T> {
    return this.#rows;
  }

  /** Records in the order of their ids, without the deleted ones. */
  list(): T[] {
    return this.all().filter(record => record.deleted !== true);
  }

  /** Records in the order of their ids, deleted ones included. */
  all(): T[] {
    return this.#rows.list();
  }

  /** A record that is not deleted. */
  get(id: string): T | undefined {
    const record = this.#rows.get(id);
    return record?.deleted === true ? undefined : record;
  }

  /** Stores a record exactly as given (a seed), dates as instants. */
  put(record: T): T {
    const stored = withInstants({ deleted: false, ...record });
    this.#rows.put(stored);
    return stored;
  }

  /** @returns the new record, with an id if it had none, and stamps */
  create(values: JsonObject, userId = SYSTEM, createdOn = 'API'): T {
    const id = typeof values.id === 'string' ? values.id : randomUUID();
    const stamps = createdStamps(this.#context, userId, createdOn);
    return this.put({ ...values, id, ...stamps } as unknown as T);
  }

  /** Changes some fields; omitted fields stay. @throws Error if there is no such record */
  update(id: string, changes: JsonObject, userId = SYSTEM): T {
    return this.put({ ...this.#existing(id), ...changes, ...updatedStamps(this.#context, userId) });
  }

  /** Soft-deletes, with another record or by itself. @throws Error if there is no such record */
  delete(id: string, userId = SYSTEM, parentId?: string): T {
    return this.put(deletedRecord(this.#context, this.#existing(id), userId, parentId));
  }

  /** @throws Error if there is no such record */
  restore(id: string, userId = SYSTEM): T {
    return this.put(restoredRecord(this.#context, this.#existing(id), userId));
  }

  #existing(id: string): T {
    const record = this.#rows.get(id);
    if (!record) throw new Error(`The sandbox has no record with the id "${id}".`);
    return record;
  }
}
