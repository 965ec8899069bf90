import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import {
  type FieldType,
  type RecordModel,
  WRITABLE_FIELDS,
} from '#common/people-mapping/writable.js';
import { badMapping } from '../bad-mapping.js';
import {
  readAddresses,
  readAnswers,
  readDateRanges,
  readDocuments,
  readSequence,
  readVaccines,
} from './read-members.js';
import { readAge, readDay, readFlag, readOrgUnit, readText, wrongType } from './read-value.js';
import type { Reading, ReadValue } from './reading.js';

const READERS: Readonly<Record<FieldType, ReadValue>> = {
  text: readText,
  day: readDay,
  flag: readFlag,
  orgUnit: readOrgUnit,
  age: readAge,
  addresses: readAddresses,
  documents: readDocuments,
  dateRanges: readDateRanges,
  vaccines: readVaccines,
  answers: readAnswers,
  sequence: readSequence,
};

/**
 * Reads the fields that a function of the mapping gave for a record. The source owns each of these
 * fields: one without a value becomes null or an empty list, and clears the field. A field with a
 * value that must not be written is omitted, so Go.Data keeps its own value.
 *
 * @throws IntegrationError `BAD_MAPPING` (configuration) for a field that Go.Data does not have, or
 * a value of the wrong type
 */
export function readRecord(model: RecordModel, given: unknown, reading: Reading): RecordFields {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    throw wrongType(`a ${model}`, 'an object of fields', given);
  }
  const types = WRITABLE_FIELDS[model];
  refuseUnknownFields(model, Object.keys(given));
  const fields: RecordFields = {};
  for (const [key, value] of Object.entries(given)) {
    const read = READERS[types[key]!](value, key, reading);
    if (read !== undefined) fields[key] = read;
  }
  // With a date of birth, Go.Data computes the age.
  return (fields.dob ?? null) !== null && 'age' in fields ? { ...fields, age: null } : fields;
}

/** @throws IntegrationError `BAD_MAPPING` (configuration), with the fields of the models */
function refuseUnknownFields(model: RecordModel, keys: readonly string[]): void {
  const known = WRITABLE_FIELDS[model];
  const unknown = keys.filter(key => !Object.hasOwn(known, key));
  if (unknown.length === 0) return;
  throw badMapping(
    `gives ${unknown.map(key => `"${key}"`).join(', ')} for a ${model}, which it does not have`,
    `Use one of: ${Object.keys(known).join(', ')}. Go.Data would store a mistyped name without an error.`,
  );
}
