/** An option of DHIS2 as it travels between steps and as a mapping sees it. */
export interface Option {
  id: string;
  /** What DHIS2 stores when the option is chosen. */
  code?: string;
  name: string;
  /** The name in the language of the DHIS2 account, if it differs. */
  displayName?: string;
  /** Place in its set, from 1. */
  sortOrder: number;
}

/** An option set with its options, in DHIS2's order. */
export interface OptionSet {
  id: string;
  code?: string;
  name: string;
  options: Option[];
}

/**
 * The option sets that a job asked for, complete. Written by `fetchOptions`, read by
 * `mapReferenceData` (README.md).
 */
export interface FetchedOptionBatch {
  optionSets: OptionSet[];
}
