import { unexpectedAnswer } from '#common/http/index.js';
import { configurationError } from '#common/reporting/errors.js';
import type { Dhis2Client } from '#dhis2/client/client.js';
import type {
  Labelled,
  Option,
  Program,
  ProgramField,
  ProgramStage,
  RelationshipType,
} from './model.js';

interface NamedAnswer {
  id: string;
  code?: string;
  name?: string;
  shortName?: string;
  formName?: string;
  translations?: { value?: string }[];
  access?: { read?: boolean; data?: { read?: boolean } };
}

interface FieldAnswer extends NamedAnswer {
  valueType?: string;
  generated?: boolean;
  optionSet?: { id: string; options?: (NamedAnswer & { code?: string })[] };
}

interface AttributeAnswer {
  mandatory?: boolean;
  trackedEntityAttribute?: FieldAnswer;
}

interface ProgramAnswer extends NamedAnswer {
  trackedEntityType?: {
    id: string;
    trackedEntityTypeAttributes?: AttributeAnswer[];
  };
  programTrackedEntityAttributes?: AttributeAnswer[];
  programStages?: (NamedAnswer & {
    repeatable?: boolean;
    sortOrder?: number;
    validationStrategy?: string;
    programStageDataElements?: {
      sortOrder?: number;
      compulsory?: boolean;
      dataElement?: FieldAnswer;
    }[];
  })[];
}

const NAMES = 'id,code,name,shortName,formName,translations[property,value]';
const OPTIONS = 'optionSet[id,options[id,code,name,translations[property,value]]]';
const ATTRIBUTE = `trackedEntityAttribute[${NAMES},valueType,generated,access[read],${OPTIONS}]`;
const ELEMENT = `dataElement[${NAMES},valueType,access[read],${OPTIONS}]`;
const PROGRAM =
  'id,code,name,access[read,data[read]],' +
  `trackedEntityType[id,trackedEntityTypeAttributes[mandatory,${ATTRIBUTE}]],` +
  `programTrackedEntityAttributes[mandatory,${ATTRIBUTE}],` +
  `programStages[id,code,name,repeatable,sortOrder,validationStrategy,access[read,data[read]],programStageDataElements[sortOrder,compulsory,${ELEMENT}]]`;

/** All names of an object, each once. */
export function labelled({
  id,
  code,
  name,
  shortName,
  formName,
  translations = [],
}: NamedAnswer): Labelled {
  const texts = [name, formName, shortName, ...translations.map(({ value }) => value)];
  return {
    id,
    ...(code ? { code } : {}),
    name: formName ?? name ?? id,
    texts: [...new Set(texts.filter(text => text !== undefined && text !== ''))] as string[],
  };
}

/**
 * Reads a program with all its attributes, stages, data elements and option sets.
 *
 * @throws IntegrationError `NO_METADATA` (configuration) naming all parts that the account may not
 * read: a draft would be without them
 */
export async function readProgram(
  client: Dhis2Client,
  id: string,
  assigned: ReadonlySet<string>,
): Promise<Program> {
  const query = { filter: `id:in:[${id}]`, fields: PROGRAM };
  const path = '/programs';
  const [program] = await client.list<ProgramAnswer>(path, query);
  if (!program) throw unexpectedAnswer('DHIS2', { method: 'GET', path }, 'the program', []);
  const ofType = program.trackedEntityType?.trackedEntityTypeAttributes ?? [];
  const parts = [...ofType, ...(program.programTrackedEntityAttributes ?? [])];
  const attributes = parts.flatMap(({ trackedEntityAttribute }) => trackedEntityAttribute ?? []);
  const mandatory = parts.flatMap(one =>
    one.mandatory && one.trackedEntityAttribute ? one.trackedEntityAttribute.id : [],
  );
  const stages = [...(program.programStages ?? [])].sort(
    (a, b) => (a.sortOrder ?? 0) - (b.sortOrder ?? 0),
  );
  const elements = stages.flatMap(stage =>
    (stage.programStageDataElements ?? []).flatMap(({ dataElement }) => dataElement ?? []),
  );
  refuseHidden(program, [...attributes, ...stages, ...elements]);
  const toField = (field: FieldAnswer) => describeField(field, assigned);
  return {
    ...labelled(program),
    trackedEntityType: program.trackedEntityType?.id ?? '',
    attributes: [...new Map(attributes.map(one => [one.id, one])).values()].map(toField),
    mandatory: [...new Set(mandatory)],
    stages: stages.map(
      (stage): ProgramStage => ({
        ...labelled(stage),
        isRepeatable: stage.repeatable ?? false,
        isStrict: stage.validationStrategy === 'ON_UPDATE_AND_INSERT',
        compulsory: (stage.programStageDataElements ?? []).flatMap(({ compulsory, dataElement }) =>
          compulsory && dataElement ? [dataElement.id] : [],
        ),
        elements: (stage.programStageDataElements ?? []).flatMap(({ dataElement }) =>
          dataElement ? [toField(dataElement)] : [],
        ),
      }),
    ),
  };
}

function refuseHidden(program: NamedAnswer, parts: readonly NamedAnswer[]): void {
  const hidden = [program, ...parts].filter(
    ({ access }) => access?.read === false || access?.data?.read === false,
  );
  if (hidden.length === 0) return;
  const names = new Set(hidden.map(({ id, name }) => (name ? `${name} (${id})` : id)));
  throw configurationError(
    'NO_METADATA',
    `The account may not read ${names.size} parts of the program ${program.id}: ${[...names].join('; ')}.`,
    { fix: 'Share them with the account, their data included. Nothing was written.' },
  );
}

function describeField(field: FieldAnswer, assigned: ReadonlySet<string>): ProgramField {
  const options = field.optionSet?.options?.map(
    (option): Option => ({
      code: option.code ?? option.id,
      name: option.name ?? option.code ?? option.id,
      texts: labelled(option).texts,
    }),
  );
  return {
    ...labelled(field),
    valueType: field.valueType ?? 'TEXT',
    ...(options ? { options } : {}),
    ...(field.optionSet ? { optionSet: field.optionSet.id } : {}),
    isGenerated: field.generated ?? false,
    isAssigned: assigned.has(field.id),
  };
}

/** Reads all relationship types between tracked entities. */
export async function readRelationshipTypes(client: Dhis2Client): Promise<RelationshipType[]> {
  interface Answer extends NamedAnswer {
    fromConstraint?: { relationshipEntity?: string; trackedEntityType?: { id: string } };
    toConstraint?: { relationshipEntity?: string; trackedEntityType?: { id: string } };
  }
  const relationshipTypes = await client.list<Answer>('/relationshipTypes', {
    fields: 'id,code,name,fromConstraint,toConstraint',
  });
  const isEntity = (end: Answer['fromConstraint']) =>
    end?.relationshipEntity === 'TRACKED_ENTITY_INSTANCE';
  return relationshipTypes
    .filter(
      ({ fromConstraint, toConstraint }) => isEntity(fromConstraint) && isEntity(toConstraint),
    )
    .map(type => ({
      ...labelled(type),
      fromType: type.fromConstraint?.trackedEntityType?.id,
      toType: type.toConstraint?.trackedEntityType?.id,
    }));
}
