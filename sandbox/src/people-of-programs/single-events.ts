import type { TrackerDrafts } from '../dhis2/index.js';
import { createDice } from '../outbreak/dice.js';
import { toUid } from '../outbreak/ids.js';
import { drawValue, type PeopleContext, toStamps } from './draft-person.js';
import { chooseOptionCombo, happened } from './events.js';
import type { ProgramPlan } from './plan.js';

const SINGLE_STREAM = 32;

/** Invents events for programs without people, as many for each as there are people. */
export function createSingleEvents(
  seed: number,
  programs: readonly ProgramPlan[],
  count: number,
  { calendar, days, username }: PeopleContext,
): TrackerDrafts['events'][] {
  const single = programs.filter(one => !one.trackedEntityType && one.orgUnits.length > 0);
  return single.flatMap((program, rank) =>
    Array.from({ length: program.stages.length > 0 ? count : 0 }, (_, number) => {
      const dice = createDice(seed, SINGLE_STREAM, rank, number);
      const on = -dice.between(1, days);
      const draft = happened(
        program.stages[0]!,
        {
          dice,
          on,
          bornOn: on - dice.between(1, 80 * 365),
          day: offset => calendar.day(Math.min(offset, 0)).slice(0, 10),
          orgUnits: program.orgUnits,
          username,
        },
        ({ field, context }) => drawValue(field, context),
      );
      return {
        event: toUid(dice),
        orgUnit: dice.pick(program.orgUnits),
        ...draft,
        ...chooseOptionCombo(program.optionCombos, dice),
        ...toStamps(on, false, dice, calendar),
      };
    }),
  );
}
