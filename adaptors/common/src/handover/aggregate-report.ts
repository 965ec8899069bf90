import type { Problem } from '../reporting/mapping-problems.js';

/** A data element of the report, with every list of category options that the mapping can give. */
export interface ReportElement {
  dataElement: string;
  /** Category options as the mapping names them, one list for each category option combo. */
  combos: string[][];
}

/** An org unit of the report, with what its checks and its table need. */
export interface ReportOrgUnit {
  name: string;
  path: string;
  openingDate?: string;
  closedDate?: string;
}

/**
 * Counts as data values of one data set, with the names that the mapping uses. Written by
 * `aggregate`, read by `upsertDataValues` (README.md).
 */
export interface AggregateReport {
  outbreak: { id: string; name: string };
  dataSet: string;
  attributeOptions: string[];
  periodType: string;
  /** The day that counts as today. Periods that begin later are not part of the report. */
  today: string;
  window: { from: string | null; until: string | null };
  elements: ReportElement[];
  orgUnits: Record<string, ReportOrgUnit>;
  /** org unit id → period id → `[cell, value, cell, value...]`; see {@link cellNumber} */
  values: Record<string, Record<string, number[]>>;
  /** Why no record reaches a value at all, if the mapping is the cause. */
  nothingMapped?: string;
  /** Why too few records reach a value, and where to correct it: nothing must be written. */
  lowCoverage?: string;
  /** What does not fit in the mapping so far. The writing step adds what it finds and stops. */
  problems: Problem[];
}

/** Number of category option combos that a cell number has room for. */
export const MAX_COMBOS = 10_000;

/** A data element and one of its category option combos, as one number. */
export function cellNumber(element: number, combo: number): number {
  return element * MAX_COMBOS + combo;
}

/** The data element and category option combo of a {@link cellNumber}. */
export function readCellNumber(cell: number): { element: number; combo: number } {
  return { element: Math.floor(cell / MAX_COMBOS), combo: cell % MAX_COMBOS };
}
