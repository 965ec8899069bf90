import {
  type RuleEffectJs,
  RuleEngineContextJs,
  RuleEngineJs,
  type RuleEnrollmentJs,
} from '@dhis2/rule-engine';
import { groupBy } from '../../store/object-table.js';
import type { Payload, PayloadEnrollment, PayloadEvent } from '../import/payload.js';
import type { Validation } from '../import/validate/validation.js';
import type { Enrollment, TrackerEvent } from '../types.js';
import { rulesOf } from './rule-metadata.js';
import { toRuleEnrollment, toRuleEvent } from './rule-objects.js';

/** The effect of one rule on one object. */
export interface Effect {
  type: string;
  rule: string;
  /** The attribute or data element of the effect; undefined: none. */
  field: string | undefined;
  /** The text of a message. */
  content: string | undefined;
  /** The result of the rule's expression. */
  data: string | undefined;
}

/** The effects on enrollments and on events, by their UIDs. */
export type Effects = ReadonlyMap<string, readonly Effect[]>;

/**
 * Lets DHIS2's engine evaluate the rules for a payload, as the server does on import: program by
 * program, each enrollment with its events, including stored ones (the server's source,
 * DefaultProgramRuleService).
 */
export function evaluateRules(validation: Validation, payload: Payload): Effects {
  const { store } = validation;
  const engine = new RuleEngineJs();
  const effects = new Map<string, Effect[]>();
  const today = store.time.now().slice(0, 10);
  for (const [program, { enrollments, events }] of programsOf(validation, payload)) {
    const known = rulesOf(store.metadata, program, today);
    if (!known) continue;
    const context = new RuleEngineContextJs(known.rules, known.variables, new Map(), new Map());
    const eventsOf = groupBy<PayloadEvent>(events, ({ enrollment }) => enrollment ?? '');
    const evaluate = (target: RuleEnrollmentJs | null, ruleEvents: readonly AnyEvent[]) => {
      const toEvents = ruleEvents.map(event => toRuleEvent(validation, event));
      for (const one of engine.evaluateAll(target, toEvents, context)) {
        effects.set(one.trackerObjectUid, one.ruleEffects.map(toEffect));
      }
    };
    for (const [uid, enrollment] of enrollments) {
      const sent = eventsOf.get(uid) ?? [];
      const target = toRuleEnrollment(validation, enrollment);
      evaluate(target, [...savedBeside(validation, uid, sent), ...sent]);
    }
    // Events without registration.
    const alone = eventsOf.get('') ?? [];
    if (alone.length > 0) evaluate(null, alone);
  }
  return effects;
}

type AnyEvent = PayloadEvent | TrackerEvent;

interface ProgramObjects {
  enrollments: Map<string, PayloadEnrollment | Enrollment>;
  events: PayloadEvent[];
}

/** The objects of a payload by program; events without their enrollment add the stored one. */
function programsOf(
  { store }: Validation,
  { enrollments, events }: Payload,
): Map<string, ProgramObjects> {
  const programs = new Map<string, ProgramObjects>();
  const of = (program: string) => {
    const known: ProgramObjects = programs.get(program) ?? { enrollments: new Map(), events: [] };
    programs.set(program, known);
    return known;
  };
  for (const one of enrollments) of(one.program!).enrollments.set(one.uid, one);
  for (const one of events) {
    const own = of(store.metadata.get('programStages', one.programStage!)!.program.id);
    own.events.push(one);
    const stored = store.tracker.get('enrollments', one.enrollment ?? '');
    if (stored && !own.enrollments.has(stored.enrollment)) {
      own.enrollments.set(stored.enrollment, stored);
    }
  }
  return programs;
}

function savedBeside({ store }: Validation, enrollment: string, sent: readonly PayloadEvent[]) {
  const uids = new Set(sent.map(({ uid }) => uid));
  return store.tracker
    .eventsOf(enrollment)
    .filter(({ event, deleted }) => !deleted && !uids.has(event));
}

function toEffect({ ruleId, ruleAction, data }: RuleEffectJs): Effect {
  const { type, values } = ruleAction;
  return {
    type,
    rule: ruleId,
    field: values.get('field') || undefined,
    content: values.get('content'),
    data: data ?? undefined,
  };
}
