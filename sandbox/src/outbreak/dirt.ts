import { CUSTOM_CLASSIFICATIONS } from './codes.js';
import { createDice, type Dice } from './dice.js';
import type { Draft } from './draft.js';
import { toUuid } from './ids.js';
import type { Place } from './places.js';

/** Typical faults of real case lists, and in how many cases each occurs. */
interface Dirt {
  every: number;
  spoil(draft: Draft, dice: Dice, places: PlacesByLevel): Draft;
}

export type PlacesByLevel = Readonly<Record<Place['level'], readonly Place[]>>;

const [ASYMPTOMATIC, EPI_LINKED] = CUSTOM_CLASSIFICATIONS;

/** A case that was registered at a level above the health areas. */
const atLevel =
  (level: Place['level']): Dirt['spoil'] =>
  (draft, dice, places) => ({ ...draft, locationId: dice.pick(places[level]).id });

/**
 * The kinds of faults. Later ones override earlier ones; intervals are primes, so that kinds also
 * occur together in one case.
 */
const DIRT: Readonly<Record<string, Dirt>> = {
  noAge: { every: 37, spoil: ({ age, ...draft }) => draft },
  dateOfBirthOnly: {
    every: 11,
    spoil: ({ age, ...draft }, dice) => ({
      ...draft,
      bornOn: draft.onsetOn - Math.round((age?.years ?? 30) * 365.25) - dice.between(1, 364),
    }),
  },
  monthsOnly: {
    every: 41,
    spoil: ({ bornOn, ...draft }, dice) => ({ ...draft, age: { months: dice.between(1, 23) } }),
  },
  yearOfBirthAsAge: {
    every: 211,
    spoil: ({ bornOn, ...draft }, dice) => ({
      ...draft,
      age: { years: dice.between(1950, 2015), months: 0 },
    }),
  },
  noSex: { every: 43, spoil: ({ sex, ...draft }) => draft },
  atDistrict: { every: 23, spoil: atLevel(3) },
  atRegion: { every: 71, spoil: atLevel(2) },
  atCountry: { every: 149, spoil: atLevel(1) },
  unknownLocation: {
    every: 67,
    // Locations that somebody has deleted since.
    spoil: (draft, dice) => ({ ...draft, locationId: toUuid(createDice(dice.between(1, 4))) }),
  },
  noAddress: { every: 59, spoil: ({ locationId, ...draft }) => draft },
  customClassification: {
    every: 29,
    spoil: draft => ({ ...draft, classification: ASYMPTOMATIC }),
  },
  unmappedClassification: {
    every: 61,
    spoil: draft => ({ ...draft, classification: EPI_LINKED }),
  },
  discarded: {
    every: 17,
    spoil: draft => ({ ...draft, classification: 'NOT_A_CASE_DISCARDED' }),
  },
  stayWithoutEnd: {
    every: 31,
    spoil: draft => ({ ...draft, stay: { from: Math.min(draft.onsetOn + 2, 0) } }),
  },
  stayWithoutBeginning: {
    every: 97,
    spoil: draft => ({ ...draft, stay: { to: Math.min(draft.onsetOn + 9, 0) } }),
  },
  lateReport: {
    every: 19,
    spoil: (draft, dice) => ({ ...draft, onsetOn: draft.onsetOn - dice.between(45, 90) }),
  },
  reportedBeforeOnset: {
    every: 101,
    spoil: draft => ({ ...draft, onsetOn: (draft.reportedOn ?? 0) + 3 }),
  },
  futureDate: {
    every: 199,
    spoil: (draft, dice) => ({ ...draft, reportedOn: dice.between(60, 365) }),
  },
  noDateOfReporting: { every: 83, spoil: ({ reportedOn, ...draft }) => draft },
  deleted: { every: 53, spoil: draft => ({ ...draft, deletedOn: -1 }) },
};

function occursIn(number: number, { every }: Dirt): boolean {
  return (number + 1) % every === 0;
}

/** Whether a case is deleted. @param number of the case, from 0 */
export function isDeleted(number: number): boolean {
  return occursIn(number, DIRT.deleted!);
}

/** In this number of cases, every kind of fault occurs. */
export const CASES_WITH_ALL_DIRT = Math.max(...Object.values(DIRT).map(({ every }) => every));

/**
 * The draft of a case with its faults.
 *
 * @param number of the case, from 0
 */
export function spoil(draft: Draft, number: number, dice: Dice, places: PlacesByLevel): Draft {
  let spoilt = draft;
  for (const dirt of Object.values(DIRT)) {
    if (occursIn(number, dirt)) spoilt = dirt.spoil(spoilt, dice, places);
  }
  return spoilt;
}
