import type { Person } from '../godata/index.js';
import { type Calendar, createCalendar } from './calendar.js';
import { draftToCase } from './case-record.js';
import { createCurve } from './curve.js';
import { createDice, createWeighted, type Dice } from './dice.js';
import { spoil } from './dirt.js';
import { createDraft } from './draft.js';
import { toOrderedUuid, toUuid } from './ids.js';
import type { Place } from './places.js';

/** What the cases of an outbreak have in common. */
export interface CaseContext {
  seed: number;
  /** Number of cases. */
  count: number;
  outbreakId: string;
  /** The users who entered them. */
  userId: string;
  places: readonly Place[];
  today: string;
  weeks: number;
  /** `ordered`: ids rise with the numbers of the cases. @default 'random' */
  ids?: 'random' | 'ordered';
}

/** Makes cases by their numbers, each as a pure function of the seed and its number. */
export interface CaseMaker {
  calendar: Calendar;
  id(number: number): string;
  /** @param number 0 to count - 1 */
  make(number: number): Person;
}

/** Separate random streams, so that one does not change another. */
const ID_STREAM = 2;
const CASE_STREAM = 3;

/** Creates a maker of cases. */
export function createCaseMaker(context: CaseContext): CaseMaker {
  const { seed, count, places, outbreakId, userId } = context;
  const calendar = createCalendar(context.today);
  const areas = places.filter(({ level }) => level === 4);
  // A few areas have most of the cases.
  const place = createWeighted(
    areas,
    areas.map((_, rank) => 1 / (rank + 3)),
  );
  const byLevel = {
    1: places.filter(({ level }) => level === 1),
    2: places.filter(({ level }) => level === 2),
    3: places.filter(({ level }) => level === 3),
    4: areas,
  };
  const drafts = { reportDay: createCurve(context.weeks), place };
  const id = (number: number) => {
    const dice = createDice(seed, ID_STREAM, number);
    return context.ids === 'ordered' ? toOrderedUuid(number, dice) : toUuid(dice);
  };
  const records = {
    outbreakId,
    userId,
    calendar,
    otherId: (dice: Dice) => id(dice.between(0, count - 1)),
  };
  return {
    calendar,
    id,
    make(number) {
      const dice = createDice(seed, CASE_STREAM, number);
      const draft = spoil(createDraft(dice, drafts), number, dice, byLevel);
      return draftToCase(id(number), number, draft, dice, records);
    },
  };
}
