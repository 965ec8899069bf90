import type { Named } from '#dhis2/client/metadata/metadata.js';
import { type Assignment, readByAny } from '../../rules/assignments.js';

/** An attribute or a data element, as DHIS2's API gives it (dhis2 FACTS §5). */
export interface FieldDefinition extends Named {
  valueType?: string;
  optionSet?: { id: string };
  unique?: boolean;
  /** Unique within the org unit of the tracked entity. */
  orgunitScope?: boolean;
  /** DHIS2 makes the values, after `pattern`; a client has to ask for them. */
  generated?: boolean;
  pattern?: string;
  /** Whether the account may read it; without that later versions leave its values out of answers. */
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

/** Something that data are shared of. */
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

/** A program, laid out for looking things up. */
export interface ProgramModel {
  /** Values that DHIS2's rules work out. */
  assignments: readonly Assignment[];
  id: string;
  name: string;
  source: Program;
  type: TrackedEntityType;
  /** Attributes of the type: the tracked entity holds them. */
  typeAttributes: ReadonlyMap<string, AttributePart>;
  /** Attributes of the program; they can be the type's too. */
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
  /** Data elements that rules work other values out of. */
  ruleSources: ReadonlySet<string>;
}

/** The attribute of a program or of its tracked entity type. */
export function attributeOf(
  { typeAttributes, ownAttributes }: ProgramModel,
  id: string,
): FieldDefinition | undefined {
  return (ownAttributes.get(id) ?? typeAttributes.get(id))?.trackedEntityAttribute;
}

/** Attributes without which a person cannot be in a program. */
export function mandatoryAttributes({
  typeAttributes,
  ownAttributes,
}: ProgramModel): FieldDefinition[] {
  const parts = [...typeAttributes.values(), ...ownAttributes.values()];
  const mandatory = parts.filter(part => part.mandatory).map(part => part.trackedEntityAttribute);
  return [...new Map(mandatory.map(one => [one.id, one])).values()];
}

/** Lays out a program. */
export function toProgramModel(
  source: Program,
  assignments: readonly Assignment[] = [],
): ProgramModel {
  const ruleSources = readByAny(assignments);
  const byAttribute = (parts: AttributePart[] = []) =>
    new Map(parts.map(part => [part.trackedEntityAttribute.id, part]));
  return {
    id: source.id,
    name: source.name ?? source.id,
    assignments,
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
