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
  /** Problems for which a field is omitted. */
  omitted: Fault[];
}

/** A value of the source that must not be written to Go.Data. */
export interface Fault {
  code: 'INVALID_DATE' | 'INVALID_AGE' | 'INVALID_COORDINATES';
  /** Path of the field, for example `dateRanges.startDate`. */
  field: string;
}

/**
 * Checks and reads one value of a mapping. Returns null for no value, undefined for a field to
 * omit.
 */
export type ReadValue = (value: unknown, path: string, reading: Reading) => unknown;
