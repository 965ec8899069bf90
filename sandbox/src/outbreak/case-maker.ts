import type { Person } from '../godata/index.js';
import { type Calendar, createCalendar } from './calendar.js';
import { draftToCase } from './case-record.js';
import { createCurve } from './curve.js';
import { createDice, createWeighted, type Dice } from './dice.js';
import { spoil } from './dirt.js';
import { createDraft } from './draft.js';
import { toOrderedUuid, toUuid } from './ids.js';
import type { OutbreakForm } from './outbreak-form.js';
import { toVisualId } from './outbreak-form.js';
import type { Place } from './places.js';
import { toAnswers } from './questionnaire.js';

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
  /** The questionnaires and masks of an outbreak of the user's own. */
  form?: OutbreakForm;
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
  const { seed, count, places, outbreakId, userId, form } = context;
  const calendar = createCalendar(context.today);
  const areas = places.filter(({ level }) => level === 4);
  // A few areas have most of the cases.
  const place = createWeighted(
    areas,
    areas.map((_, rank) => 1 / (rank + 3)),
  );
  // A tree of the user's own need not have every level.
  const atLevel = (wanted: number) => {
    const found = places.filter(({ level }) => level === wanted);
    return found.length > 0 ? found : areas;
  };
  const byLevel = { 1: atLevel(1), 2: atLevel(2), 3: atLevel(3), 4: areas };
  const drafts = { reportDay: createCurve(context.weeks), place };
  const id = (number: number) => {
    const dice = createDice(seed, ID_STREAM, number);
    return context.ids === 'ordered' ? toOrderedUuid(number, dice) : toUuid(dice);
  };
  const records = {
    outbreakId,
    userId,
    calendar,
    answers: (on: number, dice: Dice) =>
      form ? (form.answers('case', on, dice) ?? {}) : toAnswers(dice),
    visualId: (number: number) => toVisualId('case', number, form, context.today.slice(0, 4)),
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
