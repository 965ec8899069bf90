import { ownOf } from '#common/collections/own.js';
import type { MappedPeopleBatch, MappedPerson } from '#common/handover/mapped-people-batch.js';
import { configurationError, type IntegrationError } from '#common/reporting/errors.js';
import { listCandidates } from '#common/reporting/named.js';
import { MAX_LISTED } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import {
  type ExistingOutbreak,
  findOutbreak,
  listOutbreaks,
  unlessUnknown,
} from '#godata/client/find-outbreak.js';
import { readMetadata } from '#godata/client/read-metadata.js';
import type { OutbreakRecord } from '#godata/client/types/index.js';
import { QUESTION_FIELDS } from '../../describe/questions.js';
import type { Creation, OutbreakChoice } from '../options.js';
import { toNewOutbreak } from './parameters.js';

/** What a job can do about an outbreak that does not exist. */
const CREATE_IT = 'Or let the job create it: `create: true` in `outbreak`.';

/** Fields of an outbreak to read. */
const FIELDS = [
  'name',
  'createdAt',
  'locationIds',
  'caseIdMask',
  'contactIdMask',
  'isContactLabResultsActive',
] as const;

/** An outbreak to which people are written: an existing one, or one to create. */
export interface TargetOutbreak {
  existing?: OutbreakRecord;
  /** The body of the new outbreak. */
  create?: Record<string, unknown>;
  people: MappedPerson[];
}

/** The outbreaks of the people, and the people who have no outbreak. */
export interface ChosenOutbreaks {
  targets: TargetOutbreak[];
  withoutOutbreak: MappedPerson[];
  /** The existing outbreaks among which was chosen. */
  known: OutbreakRecord[];
}

/** The input of the choice of outbreaks. */
export interface ChoosingContext {
  batch: Pick<MappedPeopleBatch, 'people' | 'orgUnits'>;
  /** Location id of an org unit. */
  locationOf(orgUnit: string): string | undefined;
  /** `yyyy-MM-dd`. The start date of a new outbreak, unless a case was reported earlier. */
  today: string;
}

/**
 * Chooses the outbreak of every person.
 *
 * @throws IntegrationError `UNKNOWN_OUTBREAK`, `AMBIGUOUS_OUTBREAK` or `NO_METADATA` (configuration)
 */
export async function chooseOutbreaks(
  client: GoDataClient,
  choice: OutbreakChoice,
  context: ChoosingContext,
): Promise<ChosenOutbreaks> {
  if ('each' in choice) return chooseByOrgUnit(client, choice, context);
  const { people } = context.batch;
  if ('name' in choice) {
    const { name, create, parameters } = choice;
    // A wrong parameter is said in every run, and not only in the one that would need it.
    const body = toNewOutbreak(name, [], startOf(people, context.today), parameters);
    const all = create ? await readOutbreaks(client) : [];
    if (create && !all.some(one => one.name === name)) {
      return {
        targets: [{ create: body, people: [...people] }],
        withoutOutbreak: [],
        known: [],
      };
    }
  }
  const existing = await readMetadata('the outbreak', () => readChosen(client, choice));
  return {
    targets: [{ existing, people: [...people] }],
    withoutOutbreak: [],
    known: [existing],
  };
}

/** Reads the outbreak that a job names: by its id in one request. */
async function readChosen(client: GoDataClient, choice: ExistingOutbreak): Promise<OutbreakRecord> {
  const fields = [...FIELDS, ...QUESTION_FIELDS];
  if ('id' in choice) {
    return unlessUnknown(choice.id, () => client.server.outbreaks.get(choice.id, fields));
  }
  const { id } = await findOutbreak(client, choice, CREATE_IT);
  return client.server.outbreaks.get(id, fields);
}

/**
 * Chooses the outbreak of the nearest org unit, from the person's own org unit upward, that has an
 * outbreak or will get one.
 */
async function chooseByOrgUnit(
  client: GoDataClient,
  { each, create, parameters }: { each: { level: number } | 'org-unit-with-cases' } & Creation,
  { batch: { people, orgUnits }, locationOf, today }: ChoosingContext,
): Promise<ChosenOutbreaks> {
  const all = await readOutbreaks(client);
  const targets = new Map<string, TargetOutbreak>();
  for (const existing of all) {
    for (const id of existing.locationIds ?? []) {
      if (!targets.has(id)) targets.set(id, { existing, people: [] });
    }
  }
  const placeOf = (orgUnit: string) => locationOf(orgUnit) ?? orgUnit;
  const pathOf = ({ orgUnit }: MappedPerson) =>
    (ownOf(orgUnits, orgUnit)?.path ?? '').split('/').filter(id => id !== '');
  const newOutbreaks = new Map<string, string>();
  for (const person of people) {
    // Only cases create an outbreak. A contact belongs to the outbreak of a case.
    if (person.kind !== 'case' || person.deleted) continue;
    const path = pathOf(person);
    const orgUnit =
      each === 'org-unit-with-cases' ? path.at(-1) : (path[each.level - 1] ?? path.at(-1));
    if (orgUnit === undefined || targets.has(placeOf(orgUnit))) continue;
    targets.set(placeOf(orgUnit), { people: [] });
    newOutbreaks.set(placeOf(orgUnit), orgUnit);
  }
  if (newOutbreaks.size > 0 && !create) {
    throw noOutbreaks([...newOutbreaks.values()], orgUnits, all);
  }
  const withoutOutbreak: MappedPerson[] = [];
  for (const person of people) {
    const nearest = pathOf(person).findLast(id => targets.has(placeOf(id)));
    if (nearest === undefined) withoutOutbreak.push(person);
    else targets.get(placeOf(nearest))!.people.push(person);
  }
  const taken = new Set(all.map(({ name }) => name));
  for (const [place, orgUnit] of newOutbreaks) {
    const target = targets.get(place)!;
    const name = freeName(ownOf(orgUnits, orgUnit)?.name ?? orgUnit, taken);
    taken.add(name);
    target.create = toNewOutbreak(name, [place], startOf(target.people, today), parameters);
  }
  return { targets: mergeOutbreaks([...targets.values()]), withoutOutbreak, known: all };
}

/** Org units with cases that have no outbreak, and the outbreaks that exist. */
function noOutbreaks(
  ids: readonly string[],
  orgUnits: MappedPeopleBatch['orgUnits'],
  all: readonly OutbreakRecord[],
): IntegrationError {
  const lacking = ids.map(id => ({ id, name: ownOf(orgUnits, id)?.name ?? id }));
  const count = `${ids.length} org unit${ids.length === 1 ? '' : 's'}`;
  const exist = listOutbreaks(lacking[0]!.name, all) || 'none';
  return configurationError(
    'UNKNOWN_OUTBREAK',
    `No outbreak has the location of ${count} with cases: ${listCandidates(lacking)}.`,
    {
      fix: `Add the locations to these outbreaks in Go.Data: ${exist}. ${CREATE_IT}`,
      details: { orgUnits: ids.slice(0, MAX_LISTED) },
    },
  );
}

/** Merges targets of the same outbreak: an outbreak can have several locations. */
function mergeOutbreaks(targets: readonly TargetOutbreak[]): TargetOutbreak[] {
  const merged = new Map<unknown, TargetOutbreak>();
  for (const target of targets) {
    if (target.people.length === 0) continue;
    const key = target.existing?.id ?? target;
    const same = merged.get(key);
    if (same) same.people.push(...target.people);
    else merged.set(key, target);
  }
  return [...merged.values()];
}

/**
 * A name that no outbreak has: Go.Data refuses a second outbreak with the same name (godata FACTS
 * §5.9).
 */
function freeName(name: string, taken: ReadonlySet<unknown>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name} (${number})`;
  return free;
}

function startOf(people: readonly MappedPerson[], today: string): string {
  const days = people.map(({ fields }) => fields.dateOfReporting).filter(isDay);
  return days.sort()[0] ?? today;
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

function readOutbreaks(client: GoDataClient): Promise<OutbreakRecord[]> {
  return client.server.outbreaks.list({ fields: [...FIELDS] });
}
