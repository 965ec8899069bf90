/** A place of DHIS2 that a row names. */
export interface DeclaredPlace {
  /** `attribute`, `element`, `enrolledAt`, `occurredAt`, `orgUnit`; of counts `dataElement`. */
  kind: string;
  /** Id, code or exact name, as the job writes it; absent if the kind says all. */
  ref?: string;
  /** The same of the stages of a data element. */
  stages?: string[];
}

/** A table of codes that a row reads. */
export interface DeclaredCodes {
  /** Category of Go.Data's reference data, or dimension of the counts; empty for answers. */
  category: string;
  /** Codes of one side, and what they are on the other; null: nothing. */
  pairs: [code: string, item: string | null][];
}

/**
 * A row of a mapping in a form that a host can show without knowing the mapping: what an operation
 * declares of itself (declaration.ts).
 */
export interface DeclaredRow {
  /** The list in which it stands: `case`, `labResults`, `dataValues`. */
  part: string;
  /** As problems call it: `case, row lastName`. */
  name: string;
  /** Field of Go.Data, or the condition of a count. */
  field: string;
  /** What the field holds: `text`, `date`... */
  fieldType?: string;
  places: DeclaredPlace[];
  /** Kinds of people whose program has the places; the first that was read counts. */
  programs: string[];
  codes: DeclaredCodes[];
  owner?: string;
  /** `both`, `to-godata`, `to-dhis2`. */
  direction?: string;
  /** Its values are computed by functions. */
  isComputed?: true;
  /** What the job made it with: hosts look for the line where that was called. */
  origin?: object;
  /** Or a text that the job writes in it. */
  word?: string;
}
