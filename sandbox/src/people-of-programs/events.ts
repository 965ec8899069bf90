import type { TrackerDrafts } from '../dhis2/index.js';
import type { Dice } from '../outbreak/dice.js';
import type { Field } from './field.js';
import type { ProgramPlan, StagePlan } from './plan.js';
import type { ValueContext } from './value.js';

/** An event without its ids and place. */
export type EventDraft = Pick<
  TrackerDrafts['events'],
  'programStage' | 'status' | 'occurredAt' | 'scheduledAt' | 'dataValues' | 'attributeOptionCombo'
>;

/** Draws the value of a field. */
export type DrawValue = (draw: { field: Field; context: ValueContext }) => string | undefined;

/** How often an enrollment has a stage that comes after the first one. */
const LATER_STAGE = 0.7;

/**
 * The events of an enrollment: the first stage and, one after the other, some of the later ones;
 * several of a repeatable stage, sometimes two on one day. The next event is sometimes planned.
 */
export function createEvents(
  { stages, optionCombos }: ProgramPlan,
  context: ValueContext,
  draw: DrawValue,
): EventDraft[] {
  const { dice } = context;
  const events: EventDraft[] = [];
  let on = context.on;
  for (const [index, stage] of stages.entries()) {
    if (index > 0 && !dice.chance(LATER_STAGE)) continue;
    const count = stage.isRepeatable ? dice.pick([1, 1, 2, 3]) : 1;
    for (let event = 0; event < count; event += 1) {
      // What would be in the future is only planned, as a server generates it.
      if (on > 0) break;
      events.push(happened(stage, { ...context, on }, draw));
      on += dice.between(0, 4);
    }
    const isMissing = !events.some(event => event.programStage === stage.id);
    // A server generates the event of a new stage; people plan the next visit.
    if ((stage.isGenerated && isMissing) || (stage.isRepeatable && dice.chance(0.3))) {
      events.push(planned(stage, context));
    }
  }
  return events.map(event => ({ ...event, ...chooseOptionCombo(optionCombos, dice) }));
}

/** An attribute option combo; the server knows the default one itself. */
export function chooseOptionCombo(
  optionCombos: readonly string[],
  dice: Dice,
): { attributeOptionCombo?: string } {
  return optionCombos.length > 0 ? { attributeOptionCombo: dice.pick(optionCombos) } : {};
}

/** An event that happened; a compulsory value is always there, as completed events have it. */
export function happened(stage: StagePlan, context: ValueContext, draw: DrawValue): EventDraft {
  const own: ValueContext = { ...context };
  const isOpen = !stage.isStrict && context.on > -7 && context.dice.chance(0.5);
  return {
    programStage: stage.id,
    status: isOpen ? 'ACTIVE' : 'COMPLETED',
    occurredAt: context.day(context.on),
    dataValues: stage.fields.flatMap(field => {
      const value = draw({ field, context: own });
      return value === undefined ? [] : { dataElement: field.id, value };
    }),
  };
}

function planned({ id }: StagePlan, { on, day }: ValueContext): EventDraft {
  return { programStage: id, status: 'SCHEDULE', scheduledAt: day(on + 14), dataValues: [] };
}
