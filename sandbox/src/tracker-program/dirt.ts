import type { Dice } from '../outbreak/dice.js';
import type { DraftContext, PersonDraft } from './draft.js';
import { draftCase } from './draft-case.js';
import { draftContact } from './draft-contact.js';
import type { StageName } from './package-ids.js';

/** Typical faults of real programs, and in how many people each occurs. */
interface Dirt {
  every: number;
  spoil(draft: PersonDraft, dice: Dice, context: DraftContext): PersonDraft;
}

const withAttributes =
  (attributes: Record<string, string>): Dirt['spoil'] =>
  draft => ({ ...draft, attributes: { ...draft.attributes, ...attributes } });

const withoutAttributes =
  (...codes: string[]): Dirt['spoil'] =>
  draft => ({
    ...draft,
    attributes: Object.fromEntries(
      Object.entries(draft.attributes).filter(([code]) => !codes.includes(code)),
    ),
  });

/** Other values in the last event of a stage of cases, which is added if there is none. */
const withValues =
  (stage: StageName, values: Record<string, string>): Dirt['spoil'] =>
  draft => ({
    ...draft,
    enrollments: draft.enrollments.map(one => {
      if (one.program !== 'cases') return one;
      const held = one.events.findLast(event => event.stage === stage && event.on !== undefined);
      const spoilt = { on: one.enrolledOn, ...held, stage, values: { ...held?.values, ...values } };
      return { ...one, events: [...one.events.filter(event => event !== held), spoilt] };
    }),
  });

/**
 * The kinds of faults. Later ones override earlier ones; intervals are primes, so that kinds also
 * occur together in one person. Those of cases end in 1, 2, 3, 6, 7 or 8, so that the first person
 * they apply to is a case.
 */
const DIRT: Readonly<Record<string, Dirt>> = {
  noFirstName: { every: 37, spoil: withoutAttributes('FIRST_NAME') },
  noName: { every: 61, spoil: withoutAttributes('FIRST_NAME', 'SURNAME') },
  blankName: { every: 79, spoil: withAttributes({ SURNAME: ' ' }) },
  noSex: { every: 43, spoil: withoutAttributes('PATINFO_SEX') },
  unmappedSex: { every: 29, spoil: withAttributes({ PATINFO_SEX: 'OTHER' }) },
  noAge: { every: 41, spoil: withoutAttributes('PATINFO_AGEONSET', 'PATINFO_AGEONSETUNIT') },
  ageAndBirth: {
    every: 31,
    spoil: withAttributes({ PATINFO_AGEONSET: '40', PATINFO_AGEONSETUNIT: '1986-02-28' }),
  },
  unmappedResult: {
    every: 23,
    spoil: withValues('labResult', {
      OUTCOME_LAB_RESULT: 'WEAK_POSITIVE',
      SPX_SPECIMEN_TYPE: 'SALIVA',
    }),
  },
  unmappedVaccine: {
    every: 103,
    spoil: withValues('clinical', { TYPE_VACCINE: 'VACC_TYPE_BCG' }),
  },
  invalidOnset: {
    every: 53,
    spoil: withValues('clinical', { PATCOURSE_DATEONSET: '2026-02-30' }),
  },
  invalidDateOfResult: { every: 83, spoil: withValues('labResult', { LAB_DATE1: 'yesterday' }) },
  enrolledTwice: {
    every: 67,
    spoil: (draft, dice, context) => ({
      ...draft,
      enrollments: [...draft.enrollments, draftCase(dice.between(0, 31), dice, context)],
    }),
  },
  inBothPrograms: {
    every: 71,
    spoil: (draft, dice, context) => ({
      ...draft,
      enrollments: [...draft.enrollments, draftContact(dice, context)],
    }),
  },
  cancelled: {
    every: 73,
    spoil: draft => ({
      ...draft,
      enrollments: draft.enrollments.map(one => ({ ...one, status: 'CANCELLED' })),
    }),
  },
  deleted: { every: 47, spoil: draft => ({ ...draft, isDeleted: true }) },
};

/** In this number of people, every kind of fault occurs. */
export const PEOPLE_WITH_ALL_DIRT = Math.max(...Object.values(DIRT).map(({ every }) => every));

/**
 * The draft of a person with its faults.
 *
 * @param number of the person, from 0
 */
export function spoil(
  draft: PersonDraft,
  number: number,
  dice: Dice,
  context: DraftContext,
): PersonDraft {
  let spoilt = draft;
  for (const { every, spoil } of Object.values(DIRT)) {
    if ((number + 1) % every === 0) spoilt = spoil(spoilt, dice, context);
  }
  return spoilt;
}
