import type { Dhis2Seed, Program, ProgramStage } from '../dhis2/index.js';
import { embeddedOptions } from '../dhis2/metadata/option-sets.js';
import { isOfSingleEvents } from '../dhis2/tracker/programs.js';
import type { Field } from './field.js';

/** A stage, and the fields of its events. */
export interface StagePlan {
  id: string;
  isRepeatable: boolean;
  isGenerated: boolean;
  /** Whether compulsory values are required before an event is completed. */
  isStrict: boolean;
  fields: readonly Field[];
}

/** A program, and all that its people need. */
export interface ProgramPlan {
  id: string;
  /** Undefined in a program of single events. */
  trackedEntityType?: string;
  isOnce: boolean;
  /** Ids of the org units where people are registered. */
  orgUnits: readonly string[];
  /** The attributes of the type and of the program. */
  fields: readonly Field[];
  stages: readonly StagePlan[];
  /** Attribute option combos of its events; none if it has the default combo. */
  optionCombos: readonly string[];
}

/** The programs of a seed that people can be invented for, in their order. */
export function planPrograms(seed: Dhis2Seed): ProgramPlan[] {
  const fieldOf = createFieldReader(seed);
  const types = new Map(seed.trackedEntityTypes?.map(one => [one.id, one]));
  return (seed.programs ?? []).map(program => {
    const type = types.get(program.trackedEntityType?.id ?? '');
    const parts = [
      ...(type?.trackedEntityTypeAttributes ?? []),
      ...inOrder(program.programTrackedEntityAttributes ?? []),
    ];
    const mandatory = new Set(
      parts.filter(one => one.mandatory).map(one => one.trackedEntityAttribute.id),
    );
    const ids = new Set(parts.map(one => one.trackedEntityAttribute.id));
    const rules = rulesOf(seed, program);
    const toField = (kind: FieldKind, id: string, isMandatory: boolean): Field => ({
      ...fieldOf(kind, id),
      isMandatory: isMandatory || rules.mandatory.has(id),
      isAssigned: rules.assigned.has(id),
    });
    return {
      id: program.id,
      ...(isOfSingleEvents(program) ? {} : { trackedEntityType: program.trackedEntityType!.id }),
      isOnce: program.onlyEnrollOnce === true,
      optionCombos: optionCombosOf(seed, program),
      orgUnits: program.organisationUnits.map(({ id }) => id),
      fields: [...ids].map(id => toField('trackedEntityAttributes', id, mandatory.has(id))),
      stages: stagesOf(seed, program).map(stage => ({
        id: stage.id,
        isRepeatable: stage.repeatable === true,
        isGenerated: stage.autoGenerateEvent !== false,
        isStrict: stage.validationStrategy === 'ON_UPDATE_AND_INSERT',
        fields: inOrder(stage.programStageDataElements).map(part =>
          toField('dataElements', part.dataElement.id, part.compulsory === true),
        ),
      })),
    };
  });
}

/** In the order of the form. */
function inOrder<T extends { sortOrder?: number }>(parts: readonly T[]): T[] {
  return [...parts].sort((a, b) => (a.sortOrder ?? 0) - (b.sortOrder ?? 0));
}

function stagesOf({ programStages = [] }: Dhis2Seed, { id }: Program): ProgramStage[] {
  return inOrder(programStages.filter(stage => stage.program.id === id));
}

function optionCombosOf(seed: Dhis2Seed, { categoryCombo }: Program): string[] {
  const combo = seed.categoryCombos.find(({ id }) => id === categoryCombo?.id);
  if (!combo || combo.name === 'default') return [];
  return seed.categoryOptionCombos
    .filter(one => one.categoryCombo.id === combo.id)
    .map(({ id }) => id);
}

type FieldKind = 'trackedEntityAttributes' | 'dataElements';

/** The fields to which rules of a program assign values, and those that rules make mandatory. */
function rulesOf(seed: Dhis2Seed, { id }: Program) {
  const rules = new Set(
    seed.programRules?.filter(rule => rule.program.id === id).map(rule => rule.id),
  );
  const own = (seed.programRuleActions ?? []).filter(one => rules.has(one.programRule.id));
  const targetsOf = (type: string) =>
    new Set(
      own
        .filter(one => one.programRuleActionType === type)
        .map(one => (one.dataElement ?? one.trackedEntityAttribute)?.id),
    );
  return { assigned: targetsOf('ASSIGN'), mandatory: targetsOf('SETMANDATORYFIELD') };
}

function createFieldReader(seed: Dhis2Seed) {
  const codes = new Map<string, string[]>();
  const options = [...(seed.options ?? []), ...(seed.optionSets ?? []).flatMap(embeddedOptions)];
  for (const { optionSet, code } of options) {
    codes.set(optionSet.id, [...(codes.get(optionSet.id) ?? []), code]);
  }
  const fields = {
    trackedEntityAttributes: new Map(seed.trackedEntityAttributes?.map(one => [one.id, one])),
    dataElements: new Map(seed.dataElements.map(one => [one.id, one])),
  };
  return (kind: FieldKind, id: string): Omit<Field, 'isMandatory' | 'isAssigned'> => {
    const field = fields[kind].get(id)!;
    const generated = 'generated' in field && field.generated === true ? field.pattern : undefined;
    return {
      id,
      words: [field.code, field.name, field.formName].filter(Boolean).join(' '),
      valueType: field.valueType,
      ...(field.optionSet ? { options: codes.get(field.optionSet.id) ?? [] } : {}),
      isUnique: 'unique' in field && field.unique === true,
      ...(generated ? { pattern: generated } : {}),
    };
  };
}
