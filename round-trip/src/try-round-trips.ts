import type { PersonPart } from '#common/people-mapping/parts.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { readPeopleMapping } from '#common/people-mapping/read-people-mapping.js';
import { namesOnlyIds } from '#common/people-mapping/resolve-names.js';
import { configurationError } from '#common/reporting/errors.js';
import { chooseNamed } from '#common/reporting/named.js';
import { type Carried, type Carrier, createCarrier } from './carry.js';
import { type Cell, cellsOf } from './cells.js';
import { type DescribedExports, type Dhis2Export, describeExports } from './describe-export.js';
import { createDice, type Dice } from './dice.js';
import { anEntity, aPerson, readField } from './people.js';
import { whyOfDhis2, whyOfGoData } from './reasons.js';

/** How a mapping is tried. */
export interface RoundTripOptions {
  /**
   * What DHIS2's `/api/programs/{id}/metadata.json` answers, for each program: value types and
   * options of the places. Needed for a mapping that names objects by code or name. Default: none;
   * the values are those of the fields.
   */
  metadata?: readonly Dhis2Export[];
  /** People of each kind and each way. Default 100. */
  runs?: number;
  /** The same seed gives the same people. Default 1. */
  seed?: number;
}

/** What became of the values of a row that goes both ways. */
export interface RowResult {
  /** `case, row lastName`; of answers, each variable is a row. */
  row: string;
  /** Whether each value came back, from DHIS2 and from Go.Data. */
  survives: boolean;
  /** Why values did not, each reason once. */
  why: string[];
  /** What a person gets who is new in DHIS2, where several codes mean the same. */
  notes: string[];
}

/**
 * Carries generated people through a mapping, with the code that maps them in a run: from DHIS2 to
 * Go.Data and back, and the other way round. Reads and writes no server.
 *
 * @param mapping the argument of `mapPeople`; `readMapping` takes it from a job
 * @returns a result for each row that goes both ways, in their order
 * @throws IntegrationError `BAD_OPTION`, `BAD_MAPPING` (configuration) for a mapping that a run
 * refuses, `NO_METADATA` if it names objects by code or name, and `metadata` does not have them
 * @example
 * const results = tryRoundTrips(readMapping('jobs/people/map-people.js'), { metadata: [program] });
 * assert.deepEqual(results.filter(({ survives }) => !survives), []);
 */
export function tryRoundTrips(
  mapping: PeopleMapping,
  { metadata = [], runs = 100, seed = 1 }: RoundTripOptions = {},
): RowResult[] {
  const described = describeExports(metadata);
  const resolved = resolve(mapping, described);
  const cells = cellsOf(resolved);
  const results = new Map<Cell, RowResult>(
    cells.map(cell => [cell, { row: cell.name, survives: true, why: [], notes: [] }]),
  );
  const trial = { carrier: createCarrier(resolved), dice: createDice(seed), described, results };
  for (const kind of ['case', 'contact'] as const) {
    if (!resolved[kind]) continue;
    const own = cells.filter(
      ({ part }) => part === kind || (part === 'labResults' && kind === 'case'),
    );
    for (let n = 0; n < runs; n += 1) tryOne(kind, own, trial);
  }
  return [...results.values()];
}

function resolve(mapping: PeopleMapping, { programs }: DescribedExports): PeopleMapping {
  const programOf = (part: PersonPart) => chooseNamed(mapping[part]?.program ?? '', programs).found;
  const resolved = readPeopleMapping(mapping, { programOf });
  if (namesOnlyIds(resolved)) return resolved;
  throw configurationError(
    'NO_METADATA',
    'The mapping names objects of DHIS2 by code or name, and metadata does not have its programs.',
    { fix: 'Give what /api/programs/{id}/metadata.json answers for each program in `metadata`.' },
  );
}

interface Trial {
  carrier: Carrier;
  dice: Dice;
  described: DescribedExports;
  results: ReadonlyMap<Cell, RowResult>;
}

function tryOne(
  kind: 'case' | 'contact',
  cells: readonly Cell[],
  { carrier, dice, described, results }: Trial,
): void {
  const { values, entity } = anEntity(dice, kind, cells, described);
  const there = carrier.toGoData(entity);
  const back = carrier.toDhis2(there);
  for (const cell of cells) {
    const result = results.get(cell)!;
    const codes = cell.isComputed ? undefined : cell.codes;
    for (const { path } of cell.places) {
      const from = values.get(path);
      const given = back.values.get(path);
      if (from === undefined || !given || given.text === from) continue;
      if (!given.keeps(from)) fail(result, whyOfDhis2(from, given.text, codes, cell.isComputed));
      else if (given.text !== null) {
        tell(result.notes, `For a person new in DHIS2, ${whyOfDhis2(from, given.text, codes)}`);
      }
    }
  }
  const person = aPerson(dice, kind, cells, there, described);
  const carried = carrier.toDhis2(person);
  const again = carrier.toGoData(carried.entity);
  for (const cell of cells) {
    const isLab = cell.part === 'labResults';
    const from = readField(isLab ? person.labResults[0] : person.record, cell.field);
    const to = readField(isLab ? again.labResults[0] : again.record, cell.field);
    if (from === null || isEqual(from, to)) continue;
    const why = cell.isComputed
      ? whyOfGoData(from, to, undefined, isWritten(cell, carried))
      : whyOfGoData(from, to, cell.codes);
    fail(results.get(cell)!, why);
  }
}

/** Whether DHIS2 was given a value for a row. */
function isWritten({ places }: Cell, { values }: Carried): boolean {
  return places.some(({ path }) => (values.get(path)?.text ?? null) !== null);
}

/** Reasons of one row: more would say the same of other values. */
const MAX_REASONS = 3;

function fail(result: RowResult, why: string): void {
  result.survives = false;
  tell(result.why, why);
}

function tell(list: string[], text: string): void {
  if (list.length < MAX_REASONS && !list.includes(text)) list.push(text);
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** Without the order of keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => [key, sorted(one)]);
}
