import { configurationError } from '#common/reporting/errors.js';
import type { Draft, Stored } from '../types/index.js';
import { findByProperty } from './find-by-property.js';
import type { RecordReader } from './record-reader.js';

/** Records that can be found, created and updated. */
interface WritableRecords<T extends Stored> extends Pick<RecordReader<T>, 'list' | 'all'> {
  create(data: Draft<T>): Promise<T>;
  update(id: string, changes: Draft<T>): Promise<T>;
}

/** The value by which an upsert finds the record. */
export type ExternalId = string | number | boolean;

/** Updates the one record that has the same value of a property, or creates it. */
export async function upsertByProperty<T extends Stored>(
  records: WritableRecords<T>,
  property: string,
  data: Draft<T>,
): Promise<T> {
  const value = readExternalId(property, data);
  const found = onlyOne(property, await findByProperty(records, property, [value]));
  return found ? records.update(found.id, data) : records.create(data);
}

/**
 * @throws IntegrationError `NO_EXTERNAL_ID` (configuration): without a value, all records would
 * match
 */
export function readExternalId(property: string, data: object): ExternalId {
  const value = (data as Record<string, unknown>)[property];
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  throw configurationError(
    'NO_EXTERNAL_ID',
    `The data have no "${property}", so the record cannot be found.`,
    { fix: `Add "${property}" to the data, or find the record by another property.` },
  );
}

/** @throws IntegrationError `AMBIGUOUS_RECORD` (configuration) when the list has several records */
export function onlyOne<T extends Stored>(property: string, found: readonly T[]): T | undefined {
  if (found.length <= 1) return found[0];
  throw configurationError(
    'AMBIGUOUS_RECORD',
    `${found.length} records have the same "${property}". None was written.`,
    {
      fix: 'Merge them in Go.Data, or find the record by a unique property.',
      details: { property, ids: found.map(({ id }) => id) },
    },
  );
}
