import type { MappedPeopleBatch, MappedPerson } from '#common/handover/mapped-people-batch.js';
import type { GoDataClient } from '#godata/client/client.js';
import { findOutbreak } from '#godata/client/find-outbreak.js';
import type { OutbreakRecord } from '#godata/client/types/index.js';
import type { OutbreakChoice, OutbreakParameters } from '../options.js';
import { toNewOutbreak } from './parameters.js';

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
 * @throws IntegrationError `UNKNOWN_OUTBREAK` or `AMBIGUOUS_OUTBREAK` (configuration)
 */
export async function chooseOutbreaks(
  client: GoDataClient,
  choice: OutbreakChoice,
  context: ChoosingContext,
): Promise<ChosenOutbreaks> {
  if ('each' in choice) return chooseByOrgUnit(client, choice, context);
  const { people } = context.batch;
  const create = 'name' in choice ? choice.create : undefined;
  if ('name' in choice && create) {
    const all = await listOutbreaks(client);
    if (!all.some(({ name }) => name === choice.name)) {
      const body = toNewOutbreak(choice.name, [], startOf(people, context.today), create);
      return {
        targets: [{ create: body, people: [...people] }],
        withoutOutbreak: [],
        known: [],
      };
    }
  }
  const { id } = await findOutbreak(client, choice);
  const existing = await client.server.outbreaks.get(id, [...FIELDS]);
  return {
    targets: [{ existing, people: [...people] }],
    withoutOutbreak: [],
    known: [existing],
  };
}

/**
 * Chooses the outbreak of the nearest org unit, from the person's own org unit upward, that has an
 * outbreak or will get one.
 */
async function chooseByOrgUnit(
  client: GoDataClient,
  {
    each,
    create,
  }: { each: { level: number } | 'org-unit-with-cases'; create?: OutbreakParameters },
  { batch: { people, orgUnits }, locationOf, today }: ChoosingContext,
): Promise<ChosenOutbreaks> {
  const all = await listOutbreaks(client);
  const targets = new Map<string, TargetOutbreak>();
  for (const existing of all) {
    for (const id of existing.locationIds ?? []) {
      if (!targets.has(id)) targets.set(id, { existing, people: [] });
    }
  }
  const placeOf = (orgUnit: string) => locationOf(orgUnit) ?? orgUnit;
  const pathOf = ({ orgUnit }: MappedPerson) =>
    (orgUnits[orgUnit]?.path ?? '').split('/').filter(id => id !== '');
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
  const withoutOutbreak: MappedPerson[] = [];
  for (const person of people) {
    const nearest = pathOf(person).findLast(id => targets.has(placeOf(id)));
    if (nearest === undefined) withoutOutbreak.push(person);
    else targets.get(placeOf(nearest))!.people.push(person);
  }
  const taken = new Set(all.map(({ name }) => name));
  for (const [place, orgUnit] of newOutbreaks) {
    const target = targets.get(place)!;
    const name = freeName(orgUnits[orgUnit]?.name ?? orgUnit, taken);
    taken.add(name);
    target.create = toNewOutbreak(name, [place], startOf(target.people, today), create);
  }
  return { targets: mergeOutbreaks([...targets.values()]), withoutOutbreak, known: all };
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

function listOutbreaks(client: GoDataClient): Promise<OutbreakRecord[]> {
  return client.server.outbreaks.list({ fields: [...FIELDS] });
}
