import type { Named } from '#dhis2/client/metadata/metadata.js';
import { type Assignment, readByAny } from '../../rules/assignments.js';
import type { Demand, ProgramRules, Refusal } from '../../rules/program-rules.js';

/** An attribute or a data element, as DHIS2's API gives it (dhis2 FACTS §5). */
export interface FieldDefinition extends Named {
  valueType?: string;
  optionSet?: { id: string };
  unique?: boolean;
  /** Unique within the org unit of the tracked entity. */
  orgunitScope?: boolean;
  /** DHIS2 generates the values by `pattern`; a client must request them. */
  generated?: boolean;
  pattern?: string;
  /** Whether the account may read it. If not, later versions omit its values from answers. */
  access?: { read?: boolean };
}

/** An attribute of a program, or of a tracked entity type. */
export interface AttributePart {
  mandatory?: boolean;
  trackedEntityAttribute: FieldDefinition;
}

/** A data element of a stage. */
export interface ElementPart {
  compulsory?: boolean;
  dataElement: FieldDefinition;
}

/** Metadata whose data are shared. */
export interface Shared extends Named {
  access?: { read?: boolean; data?: { read?: boolean; write?: boolean } };
}

export interface ProgramStage extends Shared {
  repeatable?: boolean;
  validationStrategy?: string;
  programStageDataElements?: ElementPart[];
}

export interface TrackedEntityType extends Shared {
  trackedEntityTypeAttributes?: AttributePart[];
}

export interface Program extends Shared {
  programType?: string;
  selectEnrollmentDatesInFuture?: boolean;
  selectIncidentDatesInFuture?: boolean;
  /** Whether an enrollment must have the day of the incident. Default true. */
  displayIncidentDate?: boolean;
  trackedEntityType: TrackedEntityType;
  organisationUnits?: { id: string }[];
  programTrackedEntityAttributes?: AttributePart[];
  programStages?: ProgramStage[];
}

interface Constraint {
  relationshipEntity?: string;
  trackedEntityType?: { id: string };
}

export interface RelationshipType extends Shared {
  bidirectional?: boolean;
  fromConstraint?: Constraint;
  toConstraint?: Constraint;
}

export interface OptionSet extends Named {
  options?: { code: string }[];
}

/** A program, indexed for look-ups. */
export interface ProgramModel {
  /** Values that DHIS2's rules compute. */
  assignments: readonly Assignment[];
  /** Fields that rules make mandatory. */
  demands: readonly Demand[];
  /** Rules that refuse people. */
  refusals: readonly Refusal[];
  id: string;
  name: string;
  source: Program;
  type: TrackedEntityType;
  /** Attributes of the type, which the tracked entity holds. */
  typeAttributes: ReadonlyMap<string, AttributePart>;
  /** Attributes of the program; they may belong to the type too. */
  ownAttributes: ReadonlyMap<string, AttributePart>;
  stages: ReadonlyMap<string, StageModel>;
  /** Org units that the program is assigned to. */
  orgUnits: ReadonlySet<string>;
}

export interface StageModel {
  id: string;
  name: string;
  source: ProgramStage;
  elements: ReadonlyMap<string, ElementPart>;
  /** Data elements from which rules compute others. */
  ruleSources: ReadonlySet<string>;
}

/** An attribute as the tracked entity type and the program have it. */
export function attributeParts(
  { typeAttributes, ownAttributes }: ProgramModel,
  id: string,
): AttributePart[] {
  return [typeAttributes.get(id), ownAttributes.get(id)].filter(part => part !== undefined);
}

/** The attribute of a program or of its tracked entity type. */
export function attributeOf(
  { typeAttributes, ownAttributes }: ProgramModel,
  id: string,
): FieldDefinition | undefined {
  return (ownAttributes.get(id) ?? typeAttributes.get(id))?.trackedEntityAttribute;
}

/** All attributes of a program and of its tracked entity type, each once. */
export function attributesOf({ typeAttributes, ownAttributes }: ProgramModel): FieldDefinition[] {
  const parts = [...typeAttributes.values(), ...ownAttributes.values()];
  const all = parts.map(part => part.trackedEntityAttribute);
  return [...new Map(all.map(one => [one.id, one])).values()];
}

/** Attributes that a person must have in a program. */
export function mandatoryAttributes({
  typeAttributes,
  ownAttributes,
}: ProgramModel): FieldDefinition[] {
  const parts = [...typeAttributes.values(), ...ownAttributes.values()];
  const mandatory = parts.filter(part => part.mandatory).map(part => part.trackedEntityAttribute);
  return [...new Map(mandatory.map(one => [one.id, one])).values()];
}

const NO_RULES: ProgramRules = { assignments: [], mandatory: [], refusals: [] };

/** Indexes a program. */
export function toProgramModel(
  source: Program,
  { assignments, mandatory, refusals }: ProgramRules = NO_RULES,
): ProgramModel {
  const ruleSources = readByAny(assignments);
  const byAttribute = (parts: AttributePart[] = []) =>
    new Map(parts.map(part => [part.trackedEntityAttribute.id, part]));
  return {
    id: source.id,
    name: source.name ?? source.id,
    assignments,
    demands: mandatory,
    refusals,
    source,
    type: source.trackedEntityType,
    typeAttributes: byAttribute(source.trackedEntityType.trackedEntityTypeAttributes),
    ownAttributes: byAttribute(source.programTrackedEntityAttributes),
    stages: new Map(
      (source.programStages ?? []).map(stage => [stage.id, toStageModel(stage, ruleSources)]),
    ),
    orgUnits: new Set((source.organisationUnits ?? []).map(({ id }) => id)),
  };
}

function toStageModel(source: ProgramStage, ruleSources: ReadonlySet<string>): StageModel {
  const parts = source.programStageDataElements ?? [];
  return {
    id: source.id,
    name: source.name ?? source.id,
    source,
    ruleSources,
    elements: new Map(parts.map(part => [part.dataElement.id, part])),
  };
}
