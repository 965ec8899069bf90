import type { MappedPeopleBatch, RecordFields } from '#common/handover/mapped-people-batch.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import { WRITABLE_FIELDS } from '#common/people-mapping/writable.js';
import { createLeftOutLedger } from '#common/reporting/left-out.js';
import { readRecord } from './read-record.js';
import type { Reading } from './reading.js';

/**
 * Checks the option for people who were deleted in DHIS2. Its fields may be those of cases, of
 * contacts or of both: each person gets the fields of its kind.
 *
 * @throws IntegrationError `BAD_OPTION` or `BAD_MAPPING` (configuration)
 */
export function readWhenDeleted(
  given: MappedPeopleBatch['whenDeleted'],
): MappedPeopleBatch['whenDeleted'] {
  if (given === 'leave' || given === 'delete') return given;
  if (given === null || typeof given !== 'object') {
    throw badOption('whenDeleted', "must be 'leave', 'delete' or { fields }");
  }
  refuseUnknownKeys('whenDeleted', given, ['fields']);
  refuseUnknownKeys('whenDeleted.fields', given.fields, KNOWN);
  const ofCase = pick(given.fields, key => Object.hasOwn(WRITABLE_FIELDS.case, key));
  const ofContact = pick(given.fields, key => !Object.hasOwn(WRITABLE_FIELDS.case, key));
  const reading: Reading = {
    hasOrgUnit: () => true,
    vaccines: [],
    ledger: createLeftOutLedger(),
    faults: [],
    omitted: [],
  };
  const fields = {
    ...readRecord('case', ofCase, reading),
    ...readRecord('contact', ofContact, reading),
  };
  const [fault] = [...reading.faults, ...reading.omitted];
  if (fault) throw badOption(`whenDeleted.fields.${fault.field}`, 'must be a valid value');
  return { fields };
}

const KNOWN = Object.keys({ ...WRITABLE_FIELDS.case, ...WRITABLE_FIELDS.contact });

function pick(fields: RecordFields, isWanted: (key: string) => boolean): RecordFields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => isWanted(key)));
}
