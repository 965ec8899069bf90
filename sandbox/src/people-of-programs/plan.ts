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
}

/** The programs of a seed that people can be invented for, in their order. */
export function planPrograms(seed: Dhis2Seed): ProgramPlan[] {
  const fieldOf = createFieldReader(seed);
  const types = new Map(seed.trackedEntityTypes?.map(one => [one.id, one]));
  return (seed.programs ?? []).map(program => {
    const type = types.get(program.trackedEntityType?.id ?? '');
    const parts = [
      ...(type?.trackedEntityTypeAttributes ?? []),
      ...(program.programTrackedEntityAttributes ?? []),
    ];
    const mandatory = new Set(
      parts.filter(one => one.mandatory).map(one => one.trackedEntityAttribute.id),
    );
    const ids = new Set(parts.map(one => one.trackedEntityAttribute.id));
    return {
      id: program.id,
      ...(isOfSingleEvents(program) ? {} : { trackedEntityType: program.trackedEntityType!.id }),
      isOnce: program.onlyEnrollOnce === true,
      orgUnits: program.organisationUnits.map(({ id }) => id),
      fields: [...ids].map(id => fieldOf('trackedEntityAttributes', id, mandatory.has(id))),
      stages: stagesOf(seed, program).map(stage => ({
        id: stage.id,
        isRepeatable: stage.repeatable === true,
        isGenerated: stage.autoGenerateEvent !== false,
        isStrict: stage.validationStrategy === 'ON_UPDATE_AND_INSERT',
        fields: stage.programStageDataElements.map(part =>
          fieldOf('dataElements', part.dataElement.id, part.compulsory === true),
        ),
      })),
    };
  });
}

function stagesOf({ programStages = [] }: Dhis2Seed, { id }: Program): ProgramStage[] {
  return programStages
    .filter(stage => stage.program.id === id)
    .sort((a, b) => (a.sortOrder ?? 0) - (b.sortOrder ?? 0));
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
  return (kind: keyof typeof fields, id: string, isMandatory: boolean): Field => {
    const field = fields[kind].get(id)!;
    const generated = 'generated' in field && field.generated === true ? field.pattern : undefined;
    return {
      id,
      words: [field.code, field.name, field.formName].filter(Boolean).join(' '),
      valueType: field.valueType,
      ...(field.optionSet ? { options: codes.get(field.optionSet.id) ?? [] } : {}),
      isMandatory,
      isUnique: 'unique' in field && field.unique === true,
      ...(generated ? { pattern: generated } : {}),
    };
  };
}
