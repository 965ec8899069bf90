import type { MetadataObject, Ref } from '../../metadata/object-types.js';

/** A rule that a program applies when its data is saved (recording 041). */
export interface ProgramRule extends MetadataObject {
  program: Ref;
  /** The stage that the rule applies to; absent: the whole program. */
  programStage?: Ref;
  condition: string;
  /** Lower numbers run first; rules without a priority run last. */
  priority?: number;
  programRuleActions: Ref[];
}

/** A name for a value, used in rules. */
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
  /** Only for a calculated value. */
  valueType?: string;
}

/** An action of a rule whose condition is true. */
export interface ProgramRuleAction extends MetadataObject {
  programRule: Ref;
  programRuleActionType: string;
  content?: string;
  /** An expression. */
  data?: string;
  dataElement?: Ref;
  trackedEntityAttribute?: Ref;
}
