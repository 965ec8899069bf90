import type { ApiRequest } from '#common/http/index.js';
import { sendWrite } from '../session/connection.js';
import type { Draft, Stored } from '../types/index.js';
import { RecordReader, readRecord } from './record-reader.js';
import { upsertByProperty } from './upsert.js';

/**
 * A set of records on the server, to read and write. Records of an outbreak can be written while
 * another outbreak is the account's active one (see README).
 *
 * @example
 * const cases = client.outbreak(outbreakId).cases;
 * const { id } = await cases.create({ firstName: 'A', dateOfReporting: '2026-03-01' });
 * await cases.update(id, { outcomeId: 'LNG_REFERENCE_DATA_CATEGORY_OUTCOME_RECOVERED' });
 */
export class Records<T extends Stored> extends RecordReader<T> {
  /**
   * Creates a record. The request is never repeated: a second request would create a second record.
   */
  async create(data: Draft<T>): Promise<T> {
    const path = this.set.create ?? this.set.list;
    return this.write({ method: 'POST', path, params: this.params, body: data });
  }

  /**
   * Changes the given properties and keeps the others (godata FACTS §5.6). null clears a property.
   */
  async update(id: string, changes: Draft<T>): Promise<T> {
    const { id: _id, ...body } = changes;
    return this.write({
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
   * @throws IntegrationError `AMBIGUOUS_RECORD` when several records have it, `NO_EXTERNAL_ID` when
   * the data have no value for it (configuration); nothing is written then
   */
  upsert(property: string, data: Draft<T>): Promise<T> {
    return upsertByProperty<T>(this, property, data);
  }

  /** Deletes a record. The server keeps it and marks it as deleted. */
  async remove(id: string): Promise<void> {
    const params = { ...this.params, recordId: id };
    await sendWrite(this.connection, { method: 'DELETE', path: this.set.one, params });
  }

  /** Restores a deleted person, outbreak or lab result. */
  async restore(id: string): Promise<void> {
    const params = { ...this.params, recordId: id };
    await sendWrite(this.connection, { method: 'POST', path: `${this.set.one}/restore`, params });
  }

  private async write(request: ApiRequest & { method: 'POST' | 'PUT' | 'PATCH' }): Promise<T> {
    const { body } = await sendWrite(this.connection, request);
    return readRecord<T>(request, body);
  }
}
