/** An option of DHIS2 as it travels between steps and as a mapping sees it. */
export interface Option {
  id: string;
  /** What DHIS2 stores wherever the option was chosen. */
  code?: string;
  name: string;
  /** The name in the language of the DHIS2 account, where it is another. */
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

/** The option sets that a job has asked for, whole. */
export interface FetchedOptionBatch {
  optionSets: OptionSet[];
}
