import type {
  MappedEntity,
  MappedTrackedEntityBatch,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { isUid } from '#common/identity/uid.js';
import { chooseNamed, type Named } from '#common/reporting/named.js';
import type { Dhis2Client } from '#dhis2/client/client.js';
import { isTracked, listTrackerPrograms } from '../../fetch/choose-programs.js';
import { OPTION_SET_FIELDS, readByIds } from '../../read-by-ids.js';
import { readProgramRules } from '../../rules/read-program-rules.js';
import {
  attributesOf,
  type FieldDefinition,
  type OptionSet,
  type Program,
  type ProgramModel,
  type RelationshipType,
  toProgramModel,
} from './metadata.js';

/** The metadata that a batch needs. */
export interface Metadata {
  /** The program that the batch names by id, code or exact name. */
  programOf(word: string): ProgramModel | undefined;
  /** All tracker programs that the account sees, or, if the batch names only such, those. */
  visiblePrograms: readonly Named[];
  programs: readonly ProgramModel[];
  relationshipTypes: ReadonlyMap<string, RelationshipType>;
  /** All relationship types that the account sees; only if the batch names one that it does not. */
  visibleTypes: readonly Named[];
  optionSets: ReadonlyMap<string, OptionSet>;
  /** The codes of an option set, by its id; undefined if it was not read. */
  codesOf(optionSet: string | undefined): ReadonlySet<string> | undefined;
  /** An attribute or a data element of the programs. */
  definitionOf(id: string): FieldDefinition | undefined;
  /** The name of an attribute, a data element, a stage, a program or a relationship type, by its id. */
  nameOf(id: string): string | undefined;
}

const ATTRIBUTE =
  'trackedEntityAttribute[id,code,name,access[read],valueType,unique,orgunitScope,generated,pattern,optionSet[id]]';
const ACCESS = 'access[read,data[read,write]]';
const STAGES = `programStages[id,name,repeatable,validationStrategy,${ACCESS},programStageDataElements[compulsory,dataElement[id,code,name,access[read],valueType,optionSet[id]]]]`;
const PROGRAMS = `id,code,name,programType,${ACCESS},selectEnrollmentDatesInFuture,selectIncidentDatesInFuture,displayIncidentDate,organisationUnits[id],trackedEntityType[id,name,${ACCESS},trackedEntityTypeAttributes[mandatory,${ATTRIBUTE}]],programTrackedEntityAttributes[mandatory,${ATTRIBUTE}],${STAGES}`;

/**
 * Reads the programs that a batch names, their rules, the option sets of their fields and the
 * relationship types: at most five requests, however large the batch is. One more names the
 * relationship types that exist, if the batch names one that does not.
 */
export async function readMetadata(
  client: Dhis2Client,
  { entities, others, relationships, coded = [] }: MappedTrackedEntityBatch,
): Promise<Metadata> {
  const words = new Set([...entities, ...Object.values(others)].map(({ program }) => program));
  const { sources, candidates, idOf } = await readPrograms(client, [...words]);
  const rules = await readProgramRules(
    client,
    sources.map(({ id }) => id),
  );
  const programs = sources.map(source => toProgramModel(source, rules.get(source.id)));
  const byId = new Map(programs.map(program => [program.id, program]));
  const fields = programs.flatMap(fieldsOf);
  // Only option sets that are needed: a list of diagnoses has some ten thousand options.
  const written = new Set([
    ...entities.flatMap(writtenFields),
    ...coded.flatMap(({ paths }) => paths.map(fieldAt)),
  ]);
  const optionSets = await readByIds<OptionSet>(
    client,
    'optionSets',
    fields.filter(({ id }) => written.has(id)).map(({ optionSet }) => optionSet?.id),
    OPTION_SET_FIELDS,
  );
  const wantedTypes = new Set(living(relationships).map(({ type }) => type));
  const relationshipTypes = await readByIds<RelationshipType>(
    client,
    'relationshipTypes',
    [...wantedTypes],
    `id,name,bidirectional,${ACCESS},fromConstraint,toConstraint`,
  );
  const isWhole = relationshipTypes.length >= wantedTypes.size;
  const visibleTypes = isWhole ? [] : await readAllTypes(client);
  const named = [
    ...fields,
    ...programs.flatMap(({ source, type }) => [source, type, ...(source.programStages ?? [])]),
    ...relationshipTypes,
  ];
  const names = new Map(named.map(({ id, name }) => [id, name ?? id]));
  const definitions = new Map(fields.map(field => [field.id, field]));
  const codes = new Map(
    optionSets.map(({ id, options = [] }) => [id, new Set(options.map(({ code }) => code))]),
  );
  return {
    codesOf: id => codes.get(id ?? ''),
    definitionOf: id => definitions.get(id),
    programOf: word => byId.get(idOf.get(word) ?? word),
    visiblePrograms: candidates,
    visibleTypes,
    programs,
    relationshipTypes: new Map(relationshipTypes.map(one => [one.id, one])),
    optionSets: new Map(optionSets.map(one => [one.id, one])),
    nameOf: id => names.get(id),
  };
}

/**
 * Reads programs by id, code or exact name. If all words are ids of programs, one request; else one
 * more for the names of all programs.
 */
async function readPrograms(client: Dhis2Client, words: readonly string[]) {
  const byId = words.every(isUid)
    ? await readByIds<Program>(client, 'programs', words, PROGRAMS)
    : [];
  const tracked = byId.filter(isTracked);
  if (words.every(word => tracked.some(({ id }) => id === word))) {
    const idOf = new Map(words.map(word => [word, word]));
    return { sources: tracked, candidates: tracked, idOf };
  }
  const candidates = await listTrackerPrograms(client);
  const idOf = new Map(words.map(word => [word, chooseNamed(word, candidates).found?.id]));
  const sources = await readByIds<Program>(client, 'programs', [...idOf.values()], PROGRAMS);
  return { sources, candidates, idOf };
}

/** Of a relationship that was deleted in Go.Data, only its id is known. */
function living(relationships: MappedTrackedEntityBatch['relationships']) {
  return relationships.filter(({ deleted }) => !deleted);
}

function readAllTypes(client: Dhis2Client): Promise<Named[]> {
  return client.list<Named>('/relationshipTypes', { fields: 'id,code,name' });
}

function fieldsOf(program: ProgramModel): FieldDefinition[] {
  return [
    ...attributesOf(program),
    ...[...program.stages.values()].flatMap(({ elements }) =>
      [...elements.values()].map(({ dataElement }) => dataElement),
    ),
  ];
}

/** The attribute or data element of a path. */
function fieldAt(path: string): string {
  return path.slice(path.indexOf('.') + 1);
}

/** Attributes and data elements that get a value. */
function writtenFields({ attributes, events }: MappedEntity): string[] {
  const values = [attributes, ...events.map(event => event.values)].flatMap(Object.entries);
  return values.filter(([, value]) => value !== null).map(([id]) => id);
}
