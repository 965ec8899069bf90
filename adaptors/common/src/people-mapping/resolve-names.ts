import type { Described, DescribedProgram, DescribedStage } from '../handover/described-program.js';
import { isUid } from '../identity/uid.js';
import { chooseNamed, nameNearest, quoteNamed } from '../reporting/named.js';
import { namedPlaces, type Part, type PersonPart, partsOf } from './parts.js';
import type { KindMapping, PeopleMapping, RelationshipMapping } from './people-mapping.js';
import type { Place, Stage } from './places.js';
import type { Problems } from './problems.js';
import type { Row } from './rows.js';
import { valueTypeProblem } from './value-types.js';

/** What is known of the DHIS2 in which a mapping names objects. */
export interface KnownDhis2 {
  /** The program of a kind of people; undefined if it was not read, then its places are not checked. */
  programOf(part: PersonPart): DescribedProgram | undefined;
  /** All relationship types; undefined if they were not read, then none is checked. */
  relationshipTypes?: readonly Described[];
}

/** Whether a mapping names its relationship types by id. */
export function namesTypesById({ relationship }: PeopleMapping): boolean {
  return (
    !relationship || [relationship.type, ...Object.keys(relationship.types ?? {})].every(isUid)
  );
}

/** Whether a mapping names all its places by id, so that no program is needed to read it. */
export function namesOnlyIds(mapping: PeopleMapping): boolean {
  const refs = partsOf(mapping).flatMap(part =>
    part.rows.flatMap(row => namedPlaces(part, row).flatMap(({ place }) => refsOf(place))),
  );
  const { labResults, followUps } = mapping;
  const stages = [labResults?.result, labResults?.request, followUps?.stage];
  return [...refs, ...stages.flatMap(stage => stage?.ref ?? [])].every(isUid);
}

function refsOf(place: Place): string[] {
  if (place.kind === 'attribute') return [place.ref];
  return place.kind === 'element' ? [place.ref, ...place.stages.map(({ ref }) => ref)] : [];
}

/**
 * Replaces the codes and names in a mapping by ids, and notes everything that the programs do not
 * have: objects with their nearest names, ambiguous names with their candidates, and value types
 * that a field cannot hold.
 */
export function resolveNames(
  mapping: PeopleMapping,
  { programOf, relationshipTypes }: KnownDhis2,
  problems: Problems,
): PeopleMapping {
  const rowsOf = new Map<string, readonly Row[]>();
  /** Where a job reads no contacts, what the program of contacts has is not known. */
  const problemsOf = (kinds: readonly PersonPart[]): Problems => {
    const first = kinds.find(kind => mapping[kind]);
    return first === undefined || programOf(first) ? problems : withoutUnknown(problems);
  };
  for (const part of partsOf(mapping)) {
    const programs = part.programs.flatMap(kind => (mapping[kind] && programOf(kind)) || []);
    const told = problemsOf(part.programs);
    const rows = part.rows.map(row => resolveRow(part, row, programs, told));
    rowsOf.set(part.name, rows);
  }
  const stageOf = (name: string, stage: Stage, kinds: readonly PersonPart[]) => {
    const programs = kinds.flatMap(kind => (mapping[kind] && programOf(kind)) || []);
    return resolveStage(name, stage, programs, problemsOf(kinds)).stage;
  };
  const withRows = (name: PersonPart, kind: KindMapping): KindMapping => ({
    program: programOf(name)?.id ?? kind.program,
    rows: rowsOf.get(name)!,
  });
  const { labResults, followUps, relationship } = mapping;
  return {
    ...mapping,
    case: withRows('case', mapping.case),
    ...(mapping.contact ? { contact: withRows('contact', mapping.contact) } : {}),
    ...(mapping.contactOfContact
      ? { contactOfContact: withRows('contactOfContact', mapping.contactOfContact) }
      : {}),
    ...(relationship
      ? {
          relationship: {
            ...resolveTypes(relationship, relationshipTypes, problems),
            rows: rowsOf.get('relationship')!,
          },
        }
      : {}),
    ...(labResults
      ? {
          labResults: {
            ...labResults,
            result: stageOf('labResults.result', labResults.result, ['case', 'contact']),
            ...(labResults.request
              ? { request: stageOf('labResults.request', labResults.request, ['case', 'contact']) }
              : {}),
            rows: rowsOf.get('labResults')!,
          },
        }
      : {}),
    ...(followUps
      ? {
          followUps: {
            ...followUps,
            stage: stageOf('followUps.stage', followUps.stage, ['contact', 'case']),
            rows: rowsOf.get('followUps')!,
          },
        }
      : {}),
  } as PeopleMapping;
}

/** Problems without those of objects that the known programs do not have. */
function withoutUnknown(problems: Problems): Problems {
  return {
    ...problems,
    add: (code, ...rest) => {
      if (!code.startsWith('UNKNOWN_')) problems.add(code, ...rest);
    },
  };
}

function resolveRow(
  part: Part,
  row: Row,
  programs: readonly DescribedProgram[],
  problems: Problems,
): Row {
  const isCopied = !row.toGoData && !row.toDhis2;
  const type = part.fields[row.field];
  const resolved = namedPlaces(part, row).map(({ place, name }) => {
    const found = resolvePlace(name, place, programs, problems);
    const wrong =
      isCopied && type && found.valueType && !row.answers
        ? valueTypeProblem(type, found.valueType)
        : undefined;
    if (wrong) {
      problems.add(
        'VALUE_TYPE',
        `${name}: DHIS2 has the value type ${found.valueType} there, and the field needs ${wrong}.`,
        { cause: `${row.field} ${found.valueType}`, at: name },
      );
    }
    return found.place;
  });
  if (!row.answers) return { ...row, places: resolved };
  const variables = Object.keys(row.answers);
  return {
    ...row,
    answers: Object.fromEntries(variables.map((variable, n) => [variable, resolved[n]!])),
  };
}

/** A place with ids, and its value type where the program has it. */
function resolvePlace(
  name: string,
  place: Place,
  programs: readonly DescribedProgram[],
  problems: Problems,
): { place: Place; valueType?: string } {
  if (programs.length === 0 || (place.kind !== 'attribute' && place.kind !== 'element')) {
    return { place };
  }
  if (place.kind === 'attribute') {
    const all = unique(programs.flatMap(({ attributes }) => attributes));
    const found = find(
      name,
      'attribute',
      place.ref,
      all,
      `program ${quoteNamed(programs)}`,
      problems,
    );
    return found ? { place: { ...place, ref: found.id }, ...typeOf(found) } : { place };
  }
  const stages = place.stages.map(stage => resolveStage(name, stage, programs, problems));
  const described = stages.flatMap(one => one.described ?? []);
  if (described.length < stages.length) return { place };
  const all = unique(described.flatMap(({ elements }) => elements));
  const found = find(
    name,
    'data element',
    place.ref,
    all,
    `stage ${quoteNamed(described)}`,
    problems,
  );
  if (!found) return { place };
  return {
    place: { ...place, ref: found.id, stages: stages.map(({ stage }) => stage) },
    ...typeOf(found),
  };
}

function resolveStage(
  name: string,
  stage: Stage,
  programs: readonly DescribedProgram[],
  problems: Problems,
): { stage: Stage; described?: DescribedStage } {
  if (programs.length === 0) return { stage };
  const all = unique(programs.flatMap(program => program.stages));
  const described = find(
    name,
    'stage',
    stage.ref,
    all,
    `program ${quoteNamed(programs)}`,
    problems,
  );
  return described ? { stage: { ...stage, ref: described.id }, described } : { stage };
}

/** The relationship types of a mapping by their ids. */
function resolveTypes(
  relationship: RelationshipMapping,
  known: readonly Described[] | undefined,
  problems: Problems,
): RelationshipMapping {
  if (!known) return relationship;
  const idOf = (name: string, ref: string) =>
    find(name, 'relationship type', ref, known, 'metadata that the account sees', problems)?.id ??
    ref;
  const { type, types } = relationship;
  const resolved = Object.entries(types ?? {}).map(
    ([ref, end]) => [idOf('relationship.types', ref), end] as const,
  );
  return {
    ...relationship,
    type: idOf('relationship.type', type),
    ...(types ? { types: Object.fromEntries(resolved) } : {}),
  };
}

const CODE_OF = {
  attribute: 'UNKNOWN_ATTRIBUTE',
  'data element': 'UNKNOWN_DATA_ELEMENT',
  stage: 'UNKNOWN_STAGE',
  'relationship type': 'UNKNOWN_RELATIONSHIP_TYPE',
} as const;

/** Finds an object by id, code or exact name; notes it when there is none, or more than one. */
function find<T extends Described>(
  name: string,
  what: keyof typeof CODE_OF,
  ref: string,
  all: readonly T[],
  where: string,
  problems: Problems,
): T | undefined {
  const { found, candidates } = chooseNamed(ref, all);
  if (found) return found;
  const cause = { cause: `${what} ${ref}`, at: name };
  if (candidates.length > 0) {
    problems.add(
      'AMBIGUOUS_NAME',
      `${name}: ${candidates.length} objects have the name "${ref}": ${quoteNamed(candidates)}. Use the id.`,
      cause,
    );
    return undefined;
  }
  problems.add(
    CODE_OF[what],
    `${name}: no ${what} "${ref}" in the ${where}. ${nameNearest(ref, all)}`,
    cause,
  );
  return undefined;
}

function unique<T extends Described>(all: readonly T[]): T[] {
  return [...new Map(all.map(one => [one.id, one])).values()];
}

function typeOf({ valueType }: { valueType?: string }) {
  return valueType === undefined ? {} : { valueType };
}
