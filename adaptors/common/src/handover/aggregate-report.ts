import type { Problem } from '../reporting/mapping-problems.js';

/** A data element of the report with every list of category options that the mapping can give. */
export interface ReportElement {
  dataElement: string;
  /** Category options as the mapping words them, one list a category option combo. */
  combos: string[][];
}

/** An org unit of the report, as its checks and its table need it. */
export interface ReportOrgUnit {
  name: string;
  path: string;
  openingDate?: string;
  closedDate?: string;
}

/** Counts as data values of one data set, in the mapping's own words: what travels between steps. */
export interface AggregateReport {
  outbreak: { id: string; name: string };
  dataSet: string;
  attributeOptions: string[];
  periodType: string;
  /** The day that the counts take for today; what begins later is no matter of theirs. */
  today: string;
  window: { from: string | null; until: string | null };
  elements: ReportElement[];
  orgUnits: Record<string, ReportOrgUnit>;
  /** org unit id → period id → `[cell, value, cell, value...]`; see {@link cellNumber} */
  values: Record<string, Record<string, number[]>>;
  /** Why no record at all reaches a value, when the mapping is to blame. */
  nothingMapped?: string;
  /** What is known to be wrong with the mapping so far; the writing step adds its own and stops. */
  problems: Problem[];
}

/** Combos that a data element has room for in a cell's number. */
export const MAX_COMBOS = 10_000;

/** A data element and one of its combos as one number. */
export function cellNumber(element: number, combo: number): number {
  return element * MAX_COMBOS + combo;
}

/** The data element and combo of a {@link cellNumber}. */
export function readCellNumber(cell: number): { element: number; combo: number } {
  return { element: Math.floor(cell / MAX_COMBOS), combo: cell % MAX_COMBOS };
}
