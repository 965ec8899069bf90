import type { Described, DescribedProgram } from '#common/handover/described-program.js';
import type { DeclaredPlace } from '#common/reporting/declared-row.js';
import type { OnlineFinding } from '../../check/check-online.js';
import type { Metadata } from '../online/metadata.js';
import type { PlacedRow } from './read-mappings.js';

/** A place of DHIS2 with what the server says of it. */
export interface ShownPlace extends DeclaredPlace {
  /** Absent if no server was asked, or if it has no such thing. */
  id?: string;
  name?: string;
  stageNames?: string[];
  valueType?: string;
}

/** A row as a page shows it. */
export interface ShownRow extends Omit<PlacedRow, 'programs' | 'places'> {
  places: ShownPlace[];
  /** Items of its tables that Go.Data does not have. */
  missing: string[];
  /** People who have a value, of those that were read. */
  given?: { count: number; read: number };
  problems: string[];
}

/** What is known of a job beside its text. */
export interface Known {
  metadata: Metadata;
  /** Findings of the workflows that use the job. */
  findings: readonly OnlineFinding[];
  workflows: readonly string[];
}

/** Parts of a mapping that are people: the others have no coverage of their own. */
const OF_PEOPLE = new Set(['case', 'contact', 'contactOfContact']);

/** A row with what a check found of it. */
export function describeRow(row: PlacedRow, known: Known): ShownRow {
  const { programs: kinds, places, ...rest } = row;
  const { metadata } = known;
  const program = kinds.map(kind => metadata.programs[kind]).find(one => one !== undefined);
  const given = findGiven(row, known);
  return {
    ...rest,
    places: places.map(place => (program ? describePlace(place, program) : place)),
    missing: findMissing(row, metadata),
    ...(given ? { given } : {}),
    problems: findProblems(row, known.findings),
  };
}

function describePlace(place: DeclaredPlace, program: DescribedProgram): ShownPlace {
  const { ref, stages = [] } = place;
  if (ref === undefined) return place;
  const found = stages.map(stage => findNamed(program.stages, stage));
  const fields =
    place.kind === 'attribute' ? program.attributes : found.flatMap(stage => stage?.elements ?? []);
  const field = findNamed(fields, ref);
  return {
    ...place,
    ...(field ? { id: field.id, name: field.name } : {}),
    ...(field?.valueType ? { valueType: field.valueType } : {}),
    ...(stages.length > 0
      ? { stageNames: stages.map((stage, at) => found[at]?.name ?? stage) }
      : {}),
  };
}

/** By id, code or exact name, as a mapping may name it. */
function findNamed<Thing extends Described>(all: readonly Thing[], ref: string): Thing | undefined {
  return (
    all.find(({ id }) => id === ref) ??
    all.find(({ code }) => code === ref) ??
    all.find(({ name }) => name === ref)
  );
}

function findMissing({ codes }: PlacedRow, { outbreak }: Metadata): string[] {
  if (!outbreak) return [];
  return codes.flatMap(({ category, pairs }) => {
    const items = outbreak.items[category];
    if (!items) return [];
    const named = [...new Set(pairs.flatMap(([, item]) => item ?? []))];
    return named.filter(item => !items.includes(item));
  });
}

function findGiven({ part, field }: PlacedRow, { metadata, workflows }: Known): ShownRow['given'] {
  if (!OF_PEOPLE.has(part)) return undefined;
  const key = field.startsWith('documents.') ? 'documents' : field;
  const all = workflows.flatMap(workflow => metadata.given[workflow] ?? []);
  const told = all.find(({ fields }) => fields[key] !== undefined);
  return told && { count: told.fields[key]!, read: told.read };
}

/** Lines of findings that name the row, or a code of its field; each once. */
function findProblems({ name, field }: PlacedRow, findings: readonly OnlineFinding[]): string[] {
  const named = new RegExp(`${toPattern(name)}(?![\\w.])`);
  const lines = findings
    .filter(({ code }) => code !== 'coverage')
    .flatMap(({ message }) => message.split('\n'))
    .filter(line => named.test(line) || line.startsWith(`${field}=`));
  return [...new Set(lines.map(line => line.replace(/^- /, '')))];
}

const toPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
