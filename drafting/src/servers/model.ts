/** Something on a server with the names by which people know it. */
export interface Labelled {
  id: string;
  code?: string;
  name: string;
  /** All its names: in every language, for forms, short. */
  texts: readonly string[];
}

/** An option of an option set; its code is what values hold. */
export interface Option {
  code: string;
  name: string;
  texts: readonly string[];
}

/** An attribute of a program, or a data element of a stage. */
export interface ProgramField extends Labelled {
  valueType: string;
  options?: readonly Option[];
  /** Id of its option set. */
  optionSet?: string;
  /** DHIS2 makes its values. */
  isGenerated: boolean;
  /** A program rule computes its values. */
  isAssigned: boolean;
}

export interface ProgramStage extends Labelled {
  isRepeatable: boolean;
  /** Whether DHIS2 checks an event whenever it is written, and not only when it is completed. */
  isStrict: boolean;
  /** Ids of the data elements that every event needs. */
  compulsory: readonly string[];
  elements: readonly ProgramField[];
}

/** A tracker program with all that a mapping can name. */
export interface Program extends Labelled {
  trackedEntityType: string;
  attributes: readonly ProgramField[];
  /** Ids of the attributes that everybody needs who is registered. */
  mandatory: readonly string[];
  stages: readonly ProgramStage[];
}

/** A question of an outbreak's questionnaire. */
export interface Question {
  variable: string;
  texts: readonly string[];
  /** The answers that it offers; undefined for free text, numbers and days. */
  answers?: readonly string[];
  /** Whether several answers can be chosen. */
  isMultiple: boolean;
}

/** An item of Go.Data's reference data. */
export interface Item {
  /** Its id without its category: `MALE`. */
  value: string;
  texts: readonly string[];
}

export interface Outbreak {
  id: string;
  name: string;
  /** The names of its disease. */
  disease: readonly string[];
  questions: Readonly<Record<'case' | 'contact' | 'followUp', readonly Question[]>>;
}

/** What Go.Data has: the outbreak, and its reference data by category. */
export interface GoDataSide {
  outbreak: Outbreak;
  items: ReadonlyMap<string, readonly Item[]>;
}

export interface RelationshipType extends Labelled {
  fromType?: string;
  toType?: string;
}

export interface Category extends Labelled {
  options: readonly Labelled[];
}

export interface DataSetElement extends Labelled {
  valueType: string;
  categories: readonly Category[];
}

export interface DataSet extends Labelled {
  periodType: string;
  /** Categories of its own, of which each value has an option: partner, project. */
  categories: readonly Category[];
  elements: readonly DataSetElement[];
}

/** What DHIS2 has. */
export interface Dhis2Side {
  caseProgram?: Program;
  contactProgram?: Program;
  relationshipTypes: readonly RelationshipType[];
  dataSet?: DataSet;
  /** Ids or codes of org units, as given. */
  roots: readonly string[];
}
