import type {
  Described,
  DescribedField,
  DescribedProgram,
  DescribedStage,
} from '#common/handover/described-program.js';
import type { Dhis2Client } from '../../client/client.js';
import type { Readable } from '../is-unreadable.js';

/** A program as the API gives it, with what the account may do with its parts. */
export interface ProgramAnswer extends Readable, Named {
  trackedEntityType?: { trackedEntityTypeAttributes?: AttributePart[] };
  programTrackedEntityAttributes?: AttributePart[];
  programStages?: StageAnswer[];
}

interface Named {
  code?: string;
  name?: string;
}

interface FieldAnswer extends Readable, Named {
  valueType?: string;
  optionSet?: { id: string };
}

interface AttributePart {
  trackedEntityAttribute?: FieldAnswer;
}

interface StageAnswer extends Readable, Named {
  programStageDataElements?: { dataElement?: FieldAnswer }[];
}

const FIELD = '[id,code,name,valueType,access[read],optionSet[id]]';
const FIELDS =
  `id,code,name,trackedEntityType[trackedEntityTypeAttributes[trackedEntityAttribute${FIELD}]],` +
  `programTrackedEntityAttributes[trackedEntityAttribute${FIELD}],` +
  `programStages[id,code,name,access[read,data[read]],programStageDataElements[dataElement${FIELD}]]`;

/** Reads programs with all their parts, in one request. */
export function readPrograms(
  client: Dhis2Client,
  ids: readonly string[],
): Promise<ProgramAnswer[]> {
  return client.list<ProgramAnswer>('/programs', {
    filter: `id:in:[${ids.join(',')}]`,
    fields: FIELDS,
  });
}

/** Reads all relationship types that the account sees, in one request. */
export function readRelationshipTypes(client: Dhis2Client): Promise<(Readable & Described)[]> {
  return client.list('/relationshipTypes', { fields: 'id,code,name,access[data[read]]' });
}

/** The attributes of a program and of its tracked entity type, each once. */
export function attributesOf({
  trackedEntityType,
  programTrackedEntityAttributes = [],
}: ProgramAnswer): FieldAnswer[] {
  const ofType = trackedEntityType?.trackedEntityTypeAttributes ?? [];
  const parts = [...ofType, ...programTrackedEntityAttributes];
  const attributes = parts.flatMap(({ trackedEntityAttribute }) => trackedEntityAttribute ?? []);
  return [...new Map(attributes.map(one => [one.id, one])).values()];
}

/** What a mapping can name in a program. */
export function describeProgram(program: ProgramAnswer): DescribedProgram {
  return {
    ...named(program),
    attributes: attributesOf(program).map(describeField),
    stages: (program.programStages ?? []).map(
      ({ programStageDataElements = [], ...stage }): DescribedStage => ({
        ...named(stage),
        elements: programStageDataElements.flatMap(({ dataElement }) =>
          dataElement ? [describeField(dataElement)] : [],
        ),
      }),
    ),
  };
}

function describeField({ valueType, optionSet, ...field }: FieldAnswer): DescribedField {
  return {
    ...named(field),
    ...(valueType ? { valueType } : {}),
    ...(optionSet ? { optionSet: optionSet.id } : {}),
  };
}

function named({ id, code, name }: Readable & Named) {
  return { id, ...(code ? { code } : {}), name: name ?? id };
}
