/** A table of option codes in a mapping of people, and where its codes are values in DHIS2. */
export interface CodedTable {
  /** The rows that have the table, for messages: `case, row gender`. */
  rows: string[];
  /** The places of these rows: an attribute's id, or `<stage>.<data element>`. */
  paths: string[];
  /** All option codes that the table names. */
  codes: string[];
}
