import type { MetadataObject, Ref } from '../../metadata/object-types.js';

/** What a program does by itself when its data are saved (recording 041). */
export interface ProgramRule extends MetadataObject {
  program: Ref;
  /** Where the rule holds; absent: in the whole program. */
  programStage?: Ref;
  condition: string;
  /** Small numbers come first; rules without one come last. */
  priority?: number;
  programRuleActions: Ref[];
}

/** A name that rules give to a value. */
export interface ProgramRuleVariable extends MetadataObject {
  program: Ref;
  programStage?: Ref;
  programRuleVariableSourceType:
    | 'DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE'
    | 'DATAELEMENT_NEWEST_EVENT_PROGRAM'
    | 'DATAELEMENT_CURRENT_EVENT'
    | 'DATAELEMENT_PREVIOUS_EVENT'
    | 'CALCULATED_VALUE'
    | 'TEI_ATTRIBUTE';
  /** Whether a value of an option set is its code, not its name. */
  useCodeForOptionSet?: boolean;
  dataElement?: Ref;
  trackedEntityAttribute?: Ref;
  /** Of a calculated value. */
  valueType?: string;
}

/** What comes of a rule whose condition holds. */
export interface ProgramRuleAction extends MetadataObject {
  programRule: Ref;
  programRuleActionType: string;
  content?: string;
  /** An expression. */
  data?: string;
  dataElement?: Ref;
  trackedEntityAttribute?: Ref;
}
