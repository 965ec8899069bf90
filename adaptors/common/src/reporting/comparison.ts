/** A data element as it was counted, and as DHIS2 has it after the step. */
export interface ComparedElement {
  id: string;
  name: string;
  /** In the order of time. */
  periods: string[];
  /** Sums over all org units and category option combos, one for each period. */
  counted: number[];
  stored: number[];
}

/** What a writing step leaves in `data.comparison`: numbers of no person and no place. */
export interface Comparison {
  elements: ComparedElement[];
}
