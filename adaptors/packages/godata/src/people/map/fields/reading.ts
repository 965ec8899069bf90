import type { LeftOutLedger } from '#common/reporting/left-out.js';

/** What reading a record needs, and what it finds wrong. */
export interface Reading {
  /** Whether the batch names an org unit. */
  hasOrgUnit(id: string): boolean;
  /** Ids of the vaccines that the source knows. */
  vaccines: readonly string[];
  ledger: LeftOutLedger;
  /** What the source has wrong in this record; it is rejected for that, and the others are not. */
  faults: Fault[];
  /** What the source has wrong in a field that is omitted for that. */
  omitted: Fault[];
}

/** A value of the source that Go.Data must not get. */
export interface Fault {
  code: 'INVALID_DATE' | 'INVALID_AGE' | 'INVALID_COORDINATES';
  /** Key path of the field: `dateRanges.startDate`. */
  field: string;
}

/** Reads one value of a mapping, checked; null where there is none, undefined where it is omitted. */
export type ReadValue = (value: unknown, path: string, reading: Reading) => unknown;
