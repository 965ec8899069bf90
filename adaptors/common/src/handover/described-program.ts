/** An object of DHIS2 that a mapping can name. */
export interface Described {
  id: string;
  code?: string;
  name: string;
}

/** An attribute or a data element. */
export interface DescribedField extends Described {
  valueType?: string;
  /** Id of its option set. */
  optionSet?: string;
}

export interface DescribedStage extends Described {
  elements: DescribedField[];
}

/** A program with everything in it that a mapping can name. */
export interface DescribedProgram extends Described {
  /** Those of the program and of its tracked entity type. */
  attributes: DescribedField[];
  stages: DescribedStage[];
}
