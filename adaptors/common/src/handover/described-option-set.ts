/** An option set of DHIS2, with the codes of all its options. */
export interface DescribedOptionSet {
  name: string;
  codes: string[];
}
