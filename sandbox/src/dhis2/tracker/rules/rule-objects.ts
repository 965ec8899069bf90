import {
  RuleAttributeValue,
  RuleDataValue,
  RuleEnrollmentJs,
  RuleEnrollmentStatus,
  RuleEventJs,
  RuleEventStatus,
} from '@dhis2/rule-engine';
import type { PayloadEnrollment, PayloadEvent, PayloadValue } from '../import/payload.js';
import type { Validation } from '../import/validate/validation.js';
import type { Enrollment, TrackerEvent } from '../types.js';

const DAY_MS = 86_400_000;

/** An enrollment in the form of the engine. */
export function toRuleEnrollment(
  validation: Validation,
  enrollment: PayloadEnrollment | Enrollment,
): RuleEnrollmentJs {
  const { metadata } = validation.store;
  const [uid, sent] =
    'uid' in enrollment ? [enrollment.uid, enrollment] : [enrollment.enrollment, undefined];
  const { program, orgUnit, status, enrolledAt, occurredAt = enrolledAt } = enrollment;
  return new RuleEnrollmentJs(
    uid,
    metadata.get('programs', program!)!.name,
    dayOf(occurredAt)!,
    dayOf(enrolledAt)!,
    RuleEnrollmentStatus.valueOf(status),
    orgUnit!,
    metadata.get('organisationUnits', orgUnit!)?.code,
    ruleAttributes(validation, enrollment.trackedEntity!, sent),
  );
}

/** An event of the server, or of a payload, in the form of the engine. */
export function toRuleEvent(
  { store, bundle, dialect }: Validation,
  event: PayloadEvent | TrackerEvent,
): RuleEventJs {
  const isSent = 'uid' in event;
  const uid = isSent ? event.uid : event.event;
  const before = isSent ? bundle.before(event) : event;
  const { programStage, orgUnit, status, occurredAt, scheduledAt, completedAt } = event;
  const known = before?.dataValues ?? [];
  return new RuleEventJs(
    uid,
    programStage!,
    store.metadata.get('programStages', programStage!)!.name,
    RuleEventStatus.valueOf(status),
    instantOf(occurredAt ?? scheduledAt),
    instantOf(before?.createdAt ?? store.time.now()),
    dayOf(scheduledAt),
    dayOf(completedAt),
    orgUnit!,
    store.metadata.get('organisationUnits', orgUnit!)?.code,
    valuesOf(isSent ? event.dataValues : [], !isSent || dialect.rulesSeeStoredValues ? known : []),
  );
}

/** The values of a payload, and stored values that it does not name. */
function valuesOf(
  sent: readonly PayloadValue[],
  known: readonly { dataElement: string; value: string }[],
): RuleDataValue[] {
  const named = new Set(sent.map(({ id }) => id));
  return [
    ...sent
      .filter(({ value }) => value !== undefined)
      .map(({ id, value }) => new RuleDataValue(id!, value!)),
    ...known
      .filter(({ dataElement }) => !named.has(dataElement))
      .map(({ dataElement, value }) => new RuleDataValue(dataElement, value)),
  ];
}

/**
 * The attributes that rules see: those of the payload and, if the payload contains the tracked
 * entity, also the stored ones. A value that the payload removes counts as stored (the server's
 * source, DefaultProgramRuleService.getAttributes).
 */
function ruleAttributes(
  { bundle, store, dialect }: Validation,
  trackedEntity: string,
  enrollment: PayloadEnrollment | undefined,
): RuleAttributeValue[] {
  const sent = [
    ...(bundle.find('trackedEntities', trackedEntity)?.attributes ?? []),
    ...(enrollment?.attributes ?? []),
  ].filter(({ value }) => value !== undefined);
  const isNamed = enrollment || bundle.find('trackedEntities', trackedEntity);
  const sees = isNamed || dialect.rulesSeeStoredValues;
  const known = sees ? (store.tracker.get('trackedEntities', trackedEntity)?.attributes ?? []) : [];
  const named = new Set(sent.map(({ id }) => id));
  return [
    ...sent.map(({ id, value }) => new RuleAttributeValue(id!, value!)),
    ...known
      .filter(({ attribute }) => !named.has(attribute))
      .map(({ attribute, value }) => new RuleAttributeValue(attribute, value)),
  ];
}

/** A date with the parts that the engine uses. */
function dayOf(time: string | undefined): { toEpochDay: () => number } | null {
  if (time === undefined) return null;
  const day = Date.parse(`${time.slice(0, 10)}T00:00:00Z`) / DAY_MS;
  return { toEpochDay: () => day };
}

/**
 * An instant. The engine converts it to a date in the time zone of the machine, so that zone is
 * used.
 */
function instantOf(time: string | undefined): { toEpochMilli: () => number } | null {
  if (time === undefined) return null;
  const instant = Date.parse(time.length === 10 ? `${time}T00:00:00` : time);
  return { toEpochMilli: () => instant };
}
