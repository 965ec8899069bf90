import { createWeighted, type Dice } from '../outbreak/dice.js';
import type { DraftContext, EnrollmentDraft, EventDraft } from './draft.js';
import { OPTION_SETS } from './package-ids.js';

const testResult = createWeighted(
  ['POSITIVE', 'NEGATIVE', 'INCONCLUSIVE', 'INVALID', 'NOT_PERFORMED', 'UNKNOWN', undefined],
  [45, 30, 6, 3, 3, 3, 10],
);
const yesNo = createWeighted(OPTION_SETS.yesNo, [45, 45, 10]);

/** Stages that an enrollment may have; every combination of them is one of 16. */
const STAGES = ['clinical', 'labRequest', 'labResult', 'outcome'] as const;

/**
 * The enrollment of a case. Every second case has the usual stages; the others have every
 * combination of stages in turn, including results without a request and outcomes without an
 * examination.
 *
 * @param rank of the case among cases, from 0
 */
export function draftCase(
  rank: number,
  dice: Dice,
  { day, places, days }: DraftContext,
): EnrollmentDraft {
  const onset = -dice.between(3, days);
  const enrolledOn = onset + dice.between(0, 3);
  const combination = rank % 2 === 0 ? usualCourse(dice) : Math.floor(rank / 2) % 16;
  const has = Object.fromEntries(
    STAGES.map((stage, bit) => [stage, (combination & (1 << bit)) > 0]),
  ) as Record<(typeof STAGES)[number], boolean>;
  const events: EventDraft[] = [];
  if (has.clinical) events.push(draftClinical(dice, onset, { day, places, days }));
  for (let n = has.labRequest ? dice.between(1, 2) : 0; n > 0; n -= 1) {
    const on = Math.min(enrolledOn + dice.between(0, 2), 0);
    events.push({
      stage: 'labRequest',
      on,
      values: {
        SPX_SPECIMEN_TYPE: dice.pick(OPTION_SETS.specimen.slice(0, -1)),
        SPX_TEST_TYPE: dice.pick(OPTION_SETS.test),
        SPX_DATE_COLLECTED: day(on),
        SPX_DATE_SENT: day(Math.min(on + 1, 0)),
        REPORT_TEST_REASON: dice.pick(OPTION_SETS.testReason),
      },
    });
  }
  // Results come in any order, and sometimes two on one day.
  for (let n = has.labResult ? dice.between(1, 3) : 0; n > 0; n -= 1) {
    const on = Math.min(enrolledOn + dice.between(2, 6), 0);
    const result = testResult(dice.next());
    events.push({
      stage: 'labResult',
      on,
      values: result ? { OUTCOME_LAB_RESULT: result, LAB_DATE1: day(on) } : {},
    });
  }
  if (has.outcome) events.push(draftOutcome(dice, Math.min(onset + dice.between(8, 20), 0), day));
  else events.push({ stage: 'outcome', values: {} });
  return {
    program: 'cases',
    enrolledOn,
    status: has.outcome ? 'COMPLETED' : 'ACTIVE',
    events,
  };
}

function usualCourse(dice: Dice): number {
  return dice.chance(0.5) ? 0b1111 : dice.pick([0b0001, 0b0011, 0b0111]);
}

function draftClinical(dice: Dice, onset: number, { day, places }: DraftContext): EventDraft {
  const on = Math.min(onset + dice.between(0, 3), 0);
  const answer = () => yesNo(dice.next());
  const [admitted, isolated, pregnant] = [answer(), answer(), dice.chance(0.1) ? 'YES' : 'NO'];
  return {
    stage: 'clinical',
    on,
    values: {
      PATCOURSE_ASYMP: 'YES',
      PATCOURSE_DATEONSET: day(onset),
      SIGNSYMP_FEVER: answer(),
      SIGNSYMP_COUGH: answer(),
      SIGNSYMP_SHORTNESS_BREATH: answer(),
      COMCOND_PREG: pregnant,
      ...(pregnant === 'YES' && dice.chance(0.8)
        ? { COMCOND_PREGT: dice.pick(OPTION_SETS.trimester) }
        : {}),
      COMCOND_DIABETES: answer(),
      PATINFO_OCCUHCW: dice.chance(0.06) ? 'YES' : 'NO',
      PATCOURSE_ADMIT: admitted,
      ...(admitted === 'YES'
        ? {
            PATCOURSE_PRESHCF: day(on),
            HOSPITAL_NAME: dice.pick(places),
            PATCOURSE_ICU: dice.chance(0.2) ? 'YES' : 'NO',
          }
        : {}),
      PATCOURSE_ISO: isolated,
      ...(isolated === 'YES' && dice.chance(0.9) ? { PATCOURSE_DATEISO: day(on) } : {}),
      ...(dice.chance(0.3)
        ? {
            TYPE_VACCINE: dice.pick(OPTION_SETS.vaccine.slice(0, -1)),
            VACCINE_DOSES: dice.pick(OPTION_SETS.doses),
          }
        : {}),
    },
  };
}

function draftOutcome(dice: Dice, on: number, day: DraftContext['day']): EventDraft {
  const outcome = dice.pick(OPTION_SETS.outcome);
  return {
    stage: 'outcome',
    on,
    values: {
      OUTCOME_PATCOURSE_STATUS: outcome,
      ...(outcome === 'DEATH' ? { OUTCOME_DATE_OF_OUTCOME: day(on) } : { DATE_DISCHARGE: day(on) }),
    },
  };
}
