import type { Connection } from '../session/connection.js';
import type { Draft, ReferenceDataRecord } from '../types/index.js';
import { findByProperty } from './find-by-property.js';
import { simpleSet } from './record-set.js';
import { Records } from './records.js';
import { toReferenceId } from './reference-id.js';
import { onlyOne, readExternalId } from './upsert.js';

/** The items of all categories of reference data. */
export class ReferenceDataRecords extends Records<ReferenceDataRecord> {
  constructor(connection: Connection) {
    super(connection, simpleSet('/reference-data'));
  }

  /**
   * As in every set. With `value` it finds the item by its id, which the server computes from
   * category and value: the value itself is stored as a language token (godata FACTS §2.7).
   */
  override async upsert(
    property: string,
    data: Draft<ReferenceDataRecord>,
  ): Promise<ReferenceDataRecord> {
    if (property !== 'value') return super.upsert(property, data);
    const value = String(readExternalId(property, data));
    const category = String(readExternalId('categoryId', data));
    // The value may also be given as the server returns it: as the token, which is the id.
    const ids = [toReferenceId(category, value), value];
    const found = onlyOne(property, await findByProperty(this, 'id', ids));
    return found ? this.update(found.id, data) : this.create(data);
  }
}
