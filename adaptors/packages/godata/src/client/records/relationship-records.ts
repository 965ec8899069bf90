import type { Draft, RelationshipRecord } from '../types/index.js';
import { Records } from './records.js';
import { onlyOne } from './upsert.js';

/** The relationships of one person. */
export class RelationshipRecords extends Records<RelationshipRecord> {
  /**
   * Updates the relationship with another person, or creates it. The server itself would store the
   * same pair several times (godata FACTS §2.3, r113). The server decides who is source and who is
   * target.
   *
   * @throws IntegrationError `AMBIGUOUS_RECORD` (configuration) when the two have several
   * relationships already
   */
  async upsertWith(
    otherPersonId: string,
    data: Draft<RelationshipRecord>,
  ): Promise<RelationshipRecord> {
    const where = { 'persons.id': otherPersonId };
    const found = onlyOne('persons', await this.list({ where, fields: ['persons'] }));
    const { persons: _persons, ...rest } = data;
    if (found) return this.update(found.id, rest);
    return this.create({ ...rest, persons: [{ id: otherPersonId }] });
  }
}
