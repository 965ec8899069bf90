import type { ApiRequest } from '#common/http/index.js';
import { sendWrite } from '../session/connection.js';
import type { Draft, Stored } from '../types/index.js';
import { RecordReader, readRecord } from './record-reader.js';
import { upsertByProperty } from './upsert.js';

/**
 * A set of records on the server, to be read and written. What belongs to an outbreak is written
 * though another outbreak is the account's active one (see README).
 *
 * @example
 * const cases = client.outbreak(outbreakId).cases;
 * const { id } = await cases.create({ firstName: 'A', dateOfReporting: '2026-03-01' });
 * await cases.update(id, { outcomeId: 'LNG_REFERENCE_DATA_CATEGORY_OUTCOME_RECOVERED' });
 */
export class Records<T extends Stored> extends RecordReader<T> {
  /** Creates one. Never sent twice: a second one would be another record. */
  async create(data: Draft<T>): Promise<T> {
    const path = this.set.create ?? this.set.list;
    return this.#write({ method: 'POST', path, params: this.params, body: data });
  }

  /** Changes what is given and leaves the rest (godata FACTS §5.6); null empties a property. */
  async update(id: string, changes: Draft<T>): Promise<T> {
    const { id: _id, ...body } = changes;
    return this.#write({
      method: this.set.update ?? 'PUT',
      path: this.set.one,
      params: { ...this.params, recordId: id },
      body,
      idempotent: true,
    });
  }

  /**
   * Updates the one record that has the same value of a property, or creates it.
   *
   * @throws IntegrationError `AMBIGUOUS_RECORD` when several have it, `NO_EXTERNAL_ID` when the data
   * lack it (configuration); nothing is written then
   */
  upsert(property: string, data: Draft<T>): Promise<T> {
    return upsertByProperty<T>(this, property, data);
  }

  /** Deletes one; the server keeps it as deleted. */
  async remove(id: string): Promise<void> {
    const params = { ...this.params, recordId: id };
    await sendWrite(this.connection, { method: 'DELETE', path: this.set.one, params });
  }

  /** Brings back a deleted person, outbreak or laboratory result. */
  async restore(id: string): Promise<void> {
    const params = { ...this.params, recordId: id };
    await sendWrite(this.connection, { method: 'POST', path: `${this.set.one}/restore`, params });
  }

  async #write(request: ApiRequest & { method: 'POST' | 'PUT' | 'PATCH' }): Promise<T> {
    const { body } = await sendWrite(this.connection, request);
    return readRecord<T>(request, body);
  }
}
