import type { Dice } from './dice.js';
import { createWeighted } from './dice.js';
import type { Place } from './places.js';

/** A case before faults are added. Days are counted from today, 0 (the past is negative). */
export interface Draft {
  sex?: 'MALE' | 'FEMALE';
  age?: { years?: number; months?: number };
  /** Day of birth. */
  bornOn?: number;
  locationId?: string;
  /** Without its category. */
  classification: string;
  reportedOn?: number;
  onsetOn: number;
  outcome?: 'ALIVE' | 'RECOVERED' | 'DECEASED';
  outcomeOn?: number;
  /** In hospital. */
  stay?: { from?: number; to?: number };
  deletedOn?: number;
}

/** What drafts are drawn from. */
export interface DraftContext {
  reportDay(random: number): number;
  place(random: number): Place;
}

const classification = createWeighted(['CONFIRMED', 'PROBABLE', 'SUSPECT'] as const, [50, 17, 33]);
const ageGroup = createWeighted(
  [
    [0, 4],
    [5, 14],
    [15, 24],
    [25, 49],
    [50, 64],
    [65, 94],
  ] as const,
  [12, 16, 17, 32, 13, 10],
);
const outcome = createWeighted(
  ['RECOVERED', 'DECEASED', 'ALIVE', undefined] as const,
  [46, 21, 13, 20],
);

/** A case as it should be: a case reported today began some days ago and may have ended. */
export function createDraft(dice: Dice, { reportDay, place }: DraftContext): Draft {
  const reportedOn = reportDay(dice.next());
  const onsetOn = reportedOn - Math.floor(dice.next() ** 2 * 12);
  const [youngest, oldest] = ageGroup(dice.next());
  const years = dice.between(youngest, oldest);
  return {
    sex: dice.chance(0.52) ? 'FEMALE' : 'MALE',
    age: { years, months: years < 3 ? dice.between(0, 11) : 0 },
    locationId: place(dice.next()).id,
    classification: classification(dice.next()),
    reportedOn,
    onsetOn,
    ...createOutcome(dice, onsetOn),
    ...createStay(dice, onsetOn),
  };
}

function createOutcome(dice: Dice, onsetOn: number): Pick<Draft, 'outcome' | 'outcomeOn'> {
  const outcomeOn = onsetOn + dice.between(5, 21);
  const ended = outcome(dice.next());
  return outcomeOn > 0 || !ended ? {} : { outcome: ended, outcomeOn };
}

function createStay(dice: Dice, onsetOn: number): Pick<Draft, 'stay'> {
  const from = onsetOn + dice.between(1, 6);
  const to = from + dice.between(2, 18);
  if (!dice.chance(0.38) || from > 0) return {};
  return { stay: to > 0 ? { from } : { from, to } };
}
