import type { CodedValue } from '#common/handover/mapped-tracked-entity-batch.js';

/** What reading a person needs, and what it finds wrong. */
export interface Reading {
  /** Whether a value is one that `code` gave. */
  isCoded(value: unknown): value is CodedValue;
  /** What the source has wrong in this record; it is rejected for that, and the others are not. */
  faults: Fault[];
}

/** A value of the source that DHIS2 must not get. */
export interface Fault {
  code: 'INVALID_DATE' | 'INVALID_AGE';
  /** Path of the field: `dateOfOnset`, `labResults.dateOfResult`. */
  field: string;
}
