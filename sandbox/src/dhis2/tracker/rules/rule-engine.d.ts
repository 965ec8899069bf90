/** The part of DHIS2's engine that is used here; its package does not export its own declarations. */
declare module '@dhis2/rule-engine' {
  interface Named<N extends string> {
    readonly name: N;
  }
  interface Day {
    toEpochDay(): number;
  }
  interface Instant {
    toEpochMilli(): number;
  }

  export const RuleValueType: Record<'TEXT' | 'NUMERIC' | 'BOOLEAN' | 'DATE', RuleValueType>;
  export type RuleValueType = Named<'TEXT' | 'NUMERIC' | 'BOOLEAN' | 'DATE'>;
  export const RuleVariableType: { valueOf(name: string): RuleVariableType };
  export type RuleVariableType = Named<string>;
  export const RuleEnrollmentStatus: { valueOf(name: string): RuleEnrollmentStatus };
  export type RuleEnrollmentStatus = Named<string>;
  export const RuleEventStatus: { valueOf(name: string): RuleEventStatus };
  export type RuleEventStatus = Named<string>;

  export class Option {
    constructor(name: string, code: string);
  }
  export class RuleAttributeValue {
    constructor(trackedEntityAttribute: string, value: string);
  }
  export class RuleDataValue {
    constructor(dataElement: string, value: string);
  }
  export class RuleActionJs {
    constructor(data: string | null | undefined, type: string, values: Map<string, string>);
    readonly type: string;
    readonly values: Map<string, string>;
  }
  export class RuleJs {
    constructor(
      condition: string,
      actions: RuleActionJs[],
      uid: string,
      name: string,
      programStage: string,
      priority: number | null | undefined,
    );
    readonly actions: RuleActionJs[];
  }
  export class RuleVariableJs {
    constructor(
      type: RuleVariableType,
      name: string,
      useCodeForOptionSet: boolean,
      options: Option[],
      field: string,
      fieldType: RuleValueType,
      programStage: string | null,
    );
  }
  export class RuleEnrollmentJs {
    constructor(
      enrollment: string,
      programName: string,
      incidentDate: Day,
      enrollmentDate: Day,
      status: RuleEnrollmentStatus,
      organisationUnit: string,
      organisationUnitCode: string | undefined,
      attributeValues: RuleAttributeValue[],
    );
  }
  export class RuleEventJs {
    constructor(
      event: string,
      programStage: string,
      programStageName: string,
      status: RuleEventStatus,
      eventDate: Instant | null,
      createdDate: Instant | null,
      dueDate: Day | null,
      completedDate: Day | null,
      organisationUnit: string,
      organisationUnitCode: string | undefined,
      dataValues: RuleDataValue[],
    );
  }
  export class RuleEffectJs {
    readonly ruleId: string;
    readonly ruleAction: RuleActionJs;
    readonly data: string | null | undefined;
  }
  export class RuleEffectsJs {
    readonly trackerObjectUid: string;
    readonly ruleEffects: RuleEffectJs[];
  }
  export class RuleEngineContextJs {
    constructor(
      rules: RuleJs[],
      ruleVariables: RuleVariableJs[],
      supplementaryData: Map<string, string[]>,
      constantsValues: Map<string, string>,
    );
  }
  export class RuleEngineJs {
    evaluateAll(
      enrollment: RuleEnrollmentJs | null,
      events: RuleEventJs[],
      context: RuleEngineContextJs,
    ): RuleEffectsJs[];
  }
}
