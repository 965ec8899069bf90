import type { CodedValue, MappedValue } from '../../../../../common/src/mapped-entity-batch.js';
import { isUid } from '../../metadata.js';
import { badMapping } from './bad-mapping.js';

/** What is wrong in a record of Go.Data: its person is rejected, and the others are not. */
export interface Fault {
  /** What the mapping calls the value. */
  field: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.000)?Z$/;

/**
 * Values by attribute or data element, as DHIS2 takes them: texts. What is undefined is left away.
 *
 * @param what where they stand in the mapping, for errors
 * @throws IntegrationError `BAD_MAPPING` (configuration) for whatever no value can be
 */
export function readValues(given: unknown, what: string): Record<string, MappedValue> {
  if (given === undefined) return {};
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    throw badMapping(`must give an object of ids and values for ${what}`);
  }
  const values: Record<string, MappedValue> = {};
  for (const [id, value] of Object.entries(given)) {
    if (!isUid(id)) throw badMapping(`gives "${id}" for ${what}, which is no id of DHIS2`);
    if (value !== undefined) values[id] = readValue(value, `${what} ${id}`);
  }
  return values;
}

function readValue(value: unknown, what: string): MappedValue {
  if (value === null) return null;
  if (typeof value === 'string') {
    const text = value.trim();
    return text === '' ? null : (MIDNIGHT.exec(text)?.[1] ?? text);
  }
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
    return String(value);
  }
  if (isCodedValue(value)) return { table: value.table, id: value.id };
  throw badMapping(
    `must give a text, a number, true, false, null or what code() gives for ${what}`,
    'A list or an object of Go.Data has no place in one value: take a part of it.',
  );
}

function isCodedValue(value: unknown): value is CodedValue {
  const { table, id } = (value ?? {}) as Partial<CodedValue>;
  return typeof table === 'string' && (id === null || typeof id === 'string');
}

/** A day; undefined where there is none. One that is in no calendar is a fault. */
export function readDay(given: unknown, field: string, faults: Fault[]): string | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  if (typeof given !== 'string') throw badMapping(`must give a day as a text for ${field}`);
  const day = given.slice(0, 10);
  const isDay = DAY.test(day) && new Date(day).toISOString().startsWith(day);
  if (isDay) return day;
  faults.push({ field });
  return undefined;
}
