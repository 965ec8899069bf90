import { getOrCreate } from '#common/collections/get-or-create.js';
import type { DescribedField, DescribedProgram } from '#common/handover/described-program.js';

interface Named {
  id: string;
  code?: string;
  name?: string;
}

interface FieldRecord extends Named {
  valueType?: string;
  optionSet?: { id: string };
}

interface ProgramRecord extends Named {
  trackedEntityType?: { id: string };
  programTrackedEntityAttributes?: { trackedEntityAttribute: { id: string } }[];
  programStages?: { id: string }[];
}

/** What DHIS2's `/api/programs/{id}/metadata.json` or `/api/metadata.json` answers. */
export interface Dhis2Export {
  programs?: ProgramRecord[];
  programStages?: (Named & {
    program?: { id: string };
    programStageDataElements?: { dataElement: { id: string } }[];
  })[];
  trackedEntityTypes?: {
    id: string;
    trackedEntityTypeAttributes?: { trackedEntityAttribute: { id: string } }[];
  }[];
  trackedEntityAttributes?: FieldRecord[];
  dataElements?: FieldRecord[];
  options?: { code?: string; optionSet?: { id: string } }[];
}

/** The programs of several exports, and the codes of the options of each field. */
export interface DescribedExports {
  programs: DescribedProgram[];
  /** Attribute or data element → the codes of its options; undefined: it has no option set. */
  optionsOf(field: string): readonly string[] | undefined;
  valueTypeOf(field: string): string | undefined;
}

/** Reads exports of DHIS2's metadata. */
export function describeExports(exports: readonly Dhis2Export[]): DescribedExports {
  const attributes = byId(exports.flatMap(one => one.trackedEntityAttributes ?? []));
  const elements = byId(exports.flatMap(one => one.dataElements ?? []));
  const stages = byId(exports.flatMap(one => one.programStages ?? []));
  const types = byId(exports.flatMap(one => one.trackedEntityTypes ?? []));
  const codes = codesBySet(exports);
  const describe = (record: FieldRecord | undefined): DescribedField[] =>
    record
      ? [{ ...named(record), ...(record.valueType ? { valueType: record.valueType } : {}) }]
      : [];
  const toProgram = (program: ProgramRecord): DescribedProgram => {
    const ofType = types.get(program.trackedEntityType?.id ?? '')?.trackedEntityTypeAttributes;
    const parts = [...(ofType ?? []), ...(program.programTrackedEntityAttributes ?? [])];
    const ids = new Set(parts.map(({ trackedEntityAttribute: { id } }) => id));
    const listed = new Set((program.programStages ?? []).map(({ id }) => id));
    return {
      ...named(program),
      attributes: [...ids].flatMap(id => describe(attributes.get(id))),
      stages: [...stages.values()]
        .filter(({ id, program: of }) => of?.id === program.id || listed.has(id))
        .map(({ programStageDataElements = [], ...stage }) => ({
          ...named(stage),
          elements: programStageDataElements.flatMap(({ dataElement }) =>
            describe(elements.get(dataElement.id)),
          ),
        })),
    };
  };
  const fieldOf = (id: string) => attributes.get(id) ?? elements.get(id);
  return {
    programs: exports.flatMap(one => one.programs ?? []).map(toProgram),
    valueTypeOf: id => fieldOf(id)?.valueType,
    optionsOf(id) {
      const set = fieldOf(id)?.optionSet?.id;
      return set === undefined ? undefined : (codes.get(set) ?? []);
    },
  };
}

/** The codes of all options, by the id of their option set. */
function codesBySet(exports: readonly Dhis2Export[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { code, optionSet } of exports.flatMap(one => one.options ?? [])) {
    if (optionSet && code !== undefined) {
      getOrCreate(found, optionSet.id, () => [] as string[]).push(code);
    }
  }
  return found;
}

function named({ id, code, name }: Named) {
  return { id, ...(code ? { code } : {}), name: name ?? id };
}

function byId<T extends { id: string }>(records: readonly T[]): Map<string, T> {
  return new Map(records.map(one => [one.id, one]));
}
