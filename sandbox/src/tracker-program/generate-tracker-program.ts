import type { Dhis2Seed, OrgUnit, TrackerDrafts } from '../dhis2/index.js';
import { assertWhole } from '../outbreak/assert-whole.js';
import { createCalendar } from '../outbreak/calendar.js';
import { createDice } from '../outbreak/dice.js';
import { toUid } from '../outbreak/ids.js';
import { spoil } from './dirt.js';
import type { DraftContext } from './draft.js';
import { draftPerson } from './draft-person.js';
import { createMetadata, type ProgramMetadata } from './metadata.js';
import { RELATIONSHIP_TYPE } from './package-ids.js';
import { draftRelationships } from './relationships.js';
import { type PersonObjects, toObjects } from './to-objects.js';

export interface TrackerProgramOptions {
  /** The org units where people are registered. */
  orgUnits: readonly OrgUnit[];
  /** The last day of the outbreak, `yyyy-MM-dd`. */
  today: string;
  /** Any whole number; the same one gives the same people. @default 1 */
  seed?: number;
  /** Number of cases and contacts, deleted ones included. @default 500 */
  people?: number;
  /** Length of the outbreak. @default 20 */
  weeks?: number;
}

/** Two programs of DHIS2 and the people in them. */
export type TrackerProgram = ProgramMetadata &
  Required<Pick<Dhis2Seed, 'trackedEntities' | 'enrollments' | 'events' | 'relationships'>>;

/** Separate random streams, so that one does not change another. */
const ID_STREAM = 20;
const PERSON_STREAM = 21;
const OBJECT_STREAM = 22;
const LINK_STREAM = 24;

/**
 * Invents people in programs with the ids of WHO's COVID-19 packages: cases with every combination
 * of stages, contacts, relationships in both directions, and the faults of real data. Names, places
 * and telephone numbers do not exist.
 *
 * @throws RangeError if a number or the day is not valid, or there is no org unit
 */
export function generateTrackerProgram(options: TrackerProgramOptions): TrackerProgram {
  const { orgUnits, today, seed = 1, people = 500, weeks = 20 } = options;
  assertWhole({ people }, 0);
  assertWhole({ weeks }, 1);
  if (!Number.isInteger(seed)) throw new RangeError(`seed: ${seed} is not a whole number.`);
  if (orgUnits.length === 0)
    throw new RangeError('orgUnits: the list has no org unit where people can be registered.');
  const calendar = createCalendar(today);
  const context: DraftContext = {
    day: offset => calendar.day(offset).slice(0, 10),
    places: orgUnits.map(({ id }) => id),
    days: weeks * 7,
  };
  const idOf = (number: number) => toUid(createDice(seed, ID_STREAM, number));
  const numbers = Array.from({ length: people }, (_, number) => number);
  const all = numbers.map(number => {
    const dice = createDice(seed, PERSON_STREAM, number);
    const draft = spoil(draftPerson(number, dice, context), number, dice, context);
    return toObjects(idOf(number), draft, createDice(seed, OBJECT_STREAM, number), calendar);
  });
  return {
    ...createMetadata(orgUnits),
    trackedEntities: all.map(({ trackedEntity }) => trackedEntity),
    enrollments: all.flatMap(({ enrollments }) => enrollments),
    events: all.flatMap(({ events }) => events),
    relationships: numbers.flatMap(number => toRelationships(seed, number, all)),
  };
}

/**
 * Adds the programs and their people to a server's seed, at its lowest org units.
 *
 * @example
 * const seed = addTrackerProgram(demoMetadata(orgUnits), { today: '2026-11-23' });
 * const dhis2 = await startDhis2({ seed });
 */
export function addTrackerProgram(
  seed: Dhis2Seed,
  options: Omit<TrackerProgramOptions, 'orgUnits'>,
): Dhis2Seed {
  const parents = new Set(seed.organisationUnits.map(({ parent }) => parent?.id));
  const orgUnits = seed.organisationUnits.filter(({ id }) => !parents.has(id));
  const program = generateTrackerProgram({ ...options, orgUnits });
  const added = Object.entries(program).map(([collection, objects]) => [
    collection,
    [...(seed[collection as keyof TrackerProgram] ?? []), ...objects],
  ]);
  return { ...seed, ...Object.fromEntries(added) };
}

/** A relationship of a deleted person is deleted as well. */
function toRelationships(
  seed: number,
  number: number,
  all: readonly PersonObjects[],
): TrackerDrafts['relationships'][] {
  const dice = createDice(seed, LINK_STREAM, number);
  return draftRelationships(seed, number).map(({ from, to }) => {
    const ends = [all[from]!.trackedEntity, all[to]!.trackedEntity] as const;
    return {
      relationship: toUid(dice),
      relationshipType: RELATIONSHIP_TYPE,
      from: { trackedEntity: { trackedEntity: ends[0].trackedEntity } },
      to: { trackedEntity: { trackedEntity: ends[1].trackedEntity } },
      createdAt: all[number]!.trackedEntity.createdAt,
      ...(ends.some(({ deleted }) => deleted) ? { deleted: true } : {}),
    };
  });
}
