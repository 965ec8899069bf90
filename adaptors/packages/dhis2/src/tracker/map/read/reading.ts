import type { CodedValue } from '#common/handover/mapped-tracked-entity-batch.js';

/** What reading a person needs, and the faults that it finds. */
export interface Reading {
  /** Whether a value is a result of `code`. */
  isCoded(value: unknown): value is CodedValue;
  /** Values of this record that are omitted; the rest of it is written. */
  omitted: Fault[];
}

/** A value of the source that must not be written to DHIS2. */
export interface Fault {
  code: 'INVALID_DATE' | 'INVALID_AGE';
  /** Path of the field: `dateOfOnset`, `labResults.dateOfResult`. */
  field: string;
}
