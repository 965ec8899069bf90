import type { Stored } from '../types/index.js';
import type { RecordReader } from './record-reader.js';

/**
 * In a filter the server reads some texts as dates, and some words as operators (godata FACTS §3).
 * Such values are compared here instead.
 */
const DATE_LIKE = /^\d{4}-\d{2}-\d{2}/;
const FILTER_WORD = /^(_?id|and|or|n?in|inq|gte?|lte?|n?eq|ne|between|n?like|regexp|exists)$/;

/** Maximum number of matches to read. One is expected. */
const MAX_MATCHES = 50;

/**
 * Reads the records that have one of some values in a property: their ids and the given fields.
 *
 * @param property a name, or a path like `documents.number`
 * @param fields other properties to read
 */
export async function findByProperty<T extends Stored>(
  records: Pick<RecordReader<T>, 'list' | 'all'>,
  property: string,
  values: readonly (string | number | boolean)[],
  fields: string[] = [],
): Promise<T[]> {
  if (values.every(isSafe)) {
    const where = { [property]: values.length === 1 ? values[0] : { inq: values } };
    return records.list({
      where,
      fields: ['id', ...fields],
      order: ['id ASC'],
      limit: MAX_MATCHES,
    });
  }
  const wanted = new Set(values.flatMap(asStored));
  const found: T[] = [];
  for await (const record of records.all({ fields: [property.split('.')[0]!, ...fields] })) {
    if (valuesAt(record, property).some(value => wanted.has(value as string))) found.push(record);
    if (found.length === MAX_MATCHES) break;
  }
  return found;
}

/** The server stores a day as its midnight (FACTS §5.7). */
function asStored(value: string | number | boolean): (string | number | boolean)[] {
  const isDay = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  return isDay ? [value, `${value}T00:00:00.000Z`] : [value];
}

function isSafe(value: string | number | boolean): boolean {
  return typeof value !== 'string' || !(DATE_LIKE.test(value) || FILTER_WORD.test(value));
}

/** Reads the values at a path like the database does: a list in the path means its items. */
function valuesAt(record: unknown, path: string): unknown[] {
  let values: unknown[] = [record];
  for (const name of path.split('.')) {
    values = values
      .flat()
      .map(value => (value as Record<string, unknown> | null | undefined)?.[name]);
  }
  return values.flat();
}
