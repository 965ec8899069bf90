import type { GoDataRecord } from '../types.js';

/** Records that can be walked in the order of their ids: stored ones or a lazy source. */
export interface Rows<T extends GoDataRecord = GoDataRecord> {
  readonly size: number;
  get(id: string): T | undefined;
  /** Everything with an id above `id` (everything, if none is given), lowest first. */
  after(id?: string): Iterable<T>;
  /**
   * The id of the last of so many records that are not deleted, or undefined if there are fewer. Only
   * of rows that find it without reading the records.
   */
  skip?(afterId: string | undefined, count: number): string | undefined;
}

/**
 * Records by id. The sorted index is updated when it is first needed after new ids were added, so that
 * reading from any id costs one binary search and the records that are read.
 */
export class Collection<T extends GoDataRecord = GoDataRecord> implements Rows<T> {
  readonly #byId = new Map<string, T>();
  #sortedIds: readonly string[] = [];
  #newIds: string[] = [];

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  /** Adds or replaces a record. */
  put(record: T): void {
    if (!this.#byId.has(record.id)) this.#newIds.push(record.id);
    this.#byId.set(record.id, record);
  }

  /** Removes a record; does nothing if it is not here. */
  remove(id: string): void {
    if (!this.#byId.has(id)) return;
    this.#sortedIds = this.#sorted().filter(one => one !== id);
    this.#byId.delete(id);
  }

  *after(id?: string): Iterable<T> {
    const ids = this.#sorted();
    for (let index = id === undefined ? 0 : firstAbove(ids, id); index < ids.length; index += 1) {
      yield this.#byId.get(ids[index] as string) as T;
    }
  }

  /** All records in the order of their ids, deleted ones included. */
  list(): T[] {
    return [...this.after()];
  }

  #sorted(): readonly string[] {
    if (this.#newIds.length > 0) {
      // A new list, so that a reading that has begun continues on the old one. The sort handles the
      // part that is in order as one run.
      this.#sortedIds = [...this.#sortedIds, ...this.#newIds].sort(byCodeUnit);
      this.#newIds = [];
    }
    return this.#sortedIds;
  }
}

/** MongoDB compares text byte by byte; by code unit is the same for every id in use. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function firstAbove(sorted: readonly string[], id: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as string) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}
