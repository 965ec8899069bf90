import { toLinkNote } from '#common/identity/links.js';
import { type Comparing, isSameValue, textOf } from '../values.js';
import { given, repeatEvent, repeatedValues, type SentValue } from './bodies.js';
import type { GivenPath } from './decide-paths.js';
import { type EventTarget, HELD } from './find-events.js';
import { type NewNote, noteUid } from './link-notes.js';
import { adjust, type LeftOutRow, type PersonPlan, type PlannedObject } from './person-plan.js';

/** A value of an event that the mapping gives. */
interface Given {
  dataElement: string;
  text: string | null;
  isSame: boolean;
}

/** What planning events needs. */
export interface PlanEventsContext {
  /** Name of the Go.Data server. */
  server: string;
  comparing: Comparing;
  /** Org unit of a location; undefined if there is none. */
  place(location: string): string | undefined;
  /** Org unit of events without a location of their own. */
  orgUnit: string;
  /** The places of an owner table that are written. */
  write: ReadonlySet<string>;
}

/**
 * The values of events as places of an owner table: only of a stage's only event, not of events
 * that come from records.
 *
 * @param isNew whether the enrollment is new
 */
export function eventPaths(
  plan: PersonPlan,
  targets: readonly EventTarget[],
  isNew: boolean,
  comparing: Comparing,
): GivenPath[] {
  return targets.flatMap(target => {
    if (target.isRecord) return [];
    return valuesOf(target, comparing, plan.leftOut).map(({ dataElement, text, isSame }) => ({
      path: `${target.event.stage}.${dataElement}`,
      text,
      isSame,
      uid: target.uid,
      isNew,
    }));
  });
}

/** Plans events: new ones, and those that differ. */
export function planEvents(
  plan: PersonPlan,
  targets: readonly EventTarget[],
  context: PlanEventsContext,
): void {
  for (const target of targets) {
    const changed = changedValues(plan, target, context);
    const object = target.stored
      ? changeEvent(plan, target, changed, context)
      : createEvent(plan, target, changed, context);
    if (object) plan.objects.push(object);
    else if (target.stored) plan.unchanged += 1;
  }
}

/** The values to write: of an event of a record, those that differ; of others, those that were decided on. */
function changedValues(
  plan: PersonPlan,
  target: EventTarget,
  { comparing, write }: PlanEventsContext,
): Given[] {
  if (target.isRecord) {
    return valuesOf(target, comparing, plan.leftOut).filter(({ isSame }) => !isSame);
  }
  if (write.size === 0) return [];
  return valuesOf(target, comparing, []).filter(({ dataElement }) =>
    write.has(`${target.event.stage}.${dataElement}`),
  );
}

function valuesOf(
  { event, stored }: EventTarget,
  comparing: Comparing,
  leftOut: LeftOutRow[],
): Given[] {
  const before = new Map<string, string>();
  for (const { dataElement, value } of stored?.dataValues ?? []) {
    before.set(dataElement, String(value ?? ''));
  }
  const all: Given[] = [];
  for (const [dataElement, value] of Object.entries(event.values)) {
    const text = textOf(value, comparing.tables);
    if (text === undefined) leftOut.push(noCode(value));
    else {
      const path = `${event.stage}.${dataElement}`;
      const isSame = isSameValue(path, value, before.get(dataElement) ?? '', comparing);
      all.push({ dataElement, text, isSame });
    }
  }
  return all;
}

/** Reference data that no option code means. */
export function noCode(value: unknown): LeftOutRow {
  const { table, id } = value as { table: string; id: string };
  return ['no-option-code', `${table}=${id}`];
}

function createEvent(
  plan: PersonPlan,
  target: EventTarget,
  changed: readonly Given[],
  context: PlanEventsContext,
): PlannedObject | undefined {
  const { event, uid, enrollment, stage, isRecord } = target;
  const values = changed.filter(({ text }) => text !== null);
  // The stage has no value yet.
  if (!isRecord && values.length === 0) return undefined;
  return {
    ...describe(target),
    change: 'create',
    body: given({
      event: uid,
      enrollment: enrollment.enrollment,
      program: enrollment.program,
      programStage: stage.id,
      orgUnit: placeOf(plan, target, context) ?? context.orgUnit,
      status: statusOf(event) ?? 'ACTIVE',
      occurredAt: event.occurredAt,
      scheduledAt: event.scheduledAt,
      dataValues: toDataValues(values),
      notes: isRecord ? [recordNote(context.server, event.key, uid)] : undefined,
    }),
    fields: values.map(({ dataElement }) => dataElement),
  };
}

/** The way back recognises by it that Go.Data owns the event. */
function recordNote(server: string, key: string, uid: string): NewNote {
  const [, id = key] = key.split(' ');
  const note = noteUid(server, `${key} ${uid}`);
  return { note, value: toLinkNote({ id, isOrigin: true }) };
}

function changeEvent(
  plan: PersonPlan,
  target: EventTarget,
  changed: readonly Given[],
  context: PlanEventsContext,
): PlannedObject | undefined {
  const stored = target.stored!;
  const properties = changedProperties(plan, target, changed, context);
  const names = Object.keys(properties).filter(name => name !== 'completedAt');
  if (names.length === 0 && changed.length === 0) return undefined;
  const body = { ...repeatEvent({ ...stored, ...properties }, target.enrollment) };
  const sent = new Set(changed.map(({ dataElement }) => dataElement));
  const repeated = HELD.has(String(body.status)) ? repeatedValues(target.stage, stored, sent) : [];
  const dataValues = [...toDataValues(changed), ...repeated];
  const kept = repeatedValues(target.stage, stored).map(
    ({ dataElement, value }) => [dataElement, String(value)] as const,
  );
  return {
    ...describe(target),
    change: 'update',
    kept: Object.fromEntries(kept),
    body: dataValues.length > 0 ? { ...body, dataValues } : body,
    fields: [...names, ...changed.map(({ dataElement }) => dataElement)],
  };
}

/**
 * What changes in an event besides its values. Go.Data owns the day, the status and the place of an
 * event that was created from its record. A planned event of DHIS2 takes place when there are
 * values for it.
 */
function changedProperties(
  plan: PersonPlan,
  target: EventTarget,
  changed: readonly Given[],
  context: PlanEventsContext,
) {
  const { event, isOwn } = target;
  const stored = target.stored!;
  const takesPlace = !HELD.has(stored.status ?? '') && changed.some(({ text }) => text !== null);
  const properties: {
    status?: string;
    occurredAt?: string;
    scheduledAt?: string;
    orgUnit?: string;
  } = {};
  if (isOwn || takesPlace) {
    const status = statusOf(event) ?? (takesPlace ? 'ACTIVE' : undefined);
    if (status !== undefined && status !== stored.status) properties.status = status;
    if (isOtherDay(event.occurredAt, stored.occurredAt)) properties.occurredAt = event.occurredAt;
  }
  if (isOwn) {
    if (isOtherDay(event.scheduledAt, stored.scheduledAt)) {
      properties.scheduledAt = event.scheduledAt;
    }
    const orgUnit = placeOf(plan, target, context);
    if (orgUnit !== undefined && orgUnit !== stored.orgUnit) properties.orgUnit = orgUnit;
  }
  return properties;
}

/** A visit is stored as an active event. */
function statusOf({ status }: EventTarget['event']): string | undefined {
  return status === 'VISITED' ? 'ACTIVE' : status;
}

function isOtherDay(day: string | undefined, stored: string | null | undefined): boolean {
  return day !== undefined && day !== stored?.slice(0, 10);
}

/** Where an event took place, if its record says so. */
function placeOf(
  plan: PersonPlan,
  { event, stage }: EventTarget,
  { place }: PlanEventsContext,
): string | undefined {
  if (event.location === undefined) return undefined;
  const orgUnit = place(event.location);
  if (orgUnit === undefined) {
    const message = `The location ${event.location} of an event of the stage "${stage.name}" has no org unit. The event is written to that of the person.`;
    adjust(plan, 'UNKNOWN_ORG_UNIT', message);
  }
  return orgUnit;
}

function toDataValues(values: readonly Pick<Given, 'dataElement' | 'text'>[]): SentValue[] {
  return values.map(({ dataElement, text }) => ({ dataElement, value: text }));
}

function describe({ uid, enrollment, stage }: EventTarget) {
  return {
    kind: 'events' as const,
    uid,
    parent: enrollment.enrollment,
    program: enrollment.program,
    stage: stage.id,
  };
}
