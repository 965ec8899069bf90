import type { LeftOutLedger } from '#common/reporting/left-out.js';

/** The input of the reader of a record, and the problems that it finds. */
export interface Reading {
  /** Whether an org unit is in the batch. */
  hasOrgUnit(id: string): boolean;
  /** Ids of the vaccines that the source knows. */
  vaccines: readonly string[];
  ledger: LeftOutLedger;
  /** Problems for which this record is rejected. Other records are not affected. */
  faults: Fault[];
  /** Problems for which a field is omitted; the rest of the record is written. */
  omitted: Fault[];
}

/** A value of the source that must not be written to Go.Data. */
export interface Fault {
  code: 'INVALID_DATE' | 'INVALID_AGE' | 'INVALID_COORDINATES' | 'INVALID_NUMBER';
  /** Path of the field, for example `dateRanges.startDate`. */
  field: string;
}

/**
 * Checks and reads one value of a mapping. Returns null for no value, undefined for a field to
 * omit.
 */
export type ReadValue = (value: unknown, path: string, reading: Reading) => unknown;

/**
 * Fields without which Go.Data refuses a record (godata FACTS, "Required fields by version"): a bad
 * value holds back the whole record.
 */
const MANDATORY: ReadonlySet<string> = new Set([
  'dateOfReporting',
  'dateSampleTaken',
  'contactDate',
]);

/** Notes a value that Go.Data cannot hold. The field is omitted, unless Go.Data requires it. */
export function omitField({ faults, omitted }: Reading, fault: Fault): undefined {
  (MANDATORY.has(fault.field) ? faults : omitted).push(fault);
  return undefined;
}
