import type { MappedEvent } from '#common/handover/mapped-tracked-entity-batch.js';
import { findUid, type UidSource, uidsOf } from '#common/identity/uid.js';
import { eventsInOrder } from '../../order.js';
import type { ProgramModel, StageModel } from '../check/metadata.js';
import type { StoredEnrollment, StoredEntity, StoredEvent } from '../read/stored.js';
import { leaveDeleted, type PersonPlan, reject } from './person-plan.js';
import type { UsedUids } from './used-uids.js';

/** Statuses of events that accept values. The others have not taken place (E1315). */
export const HELD: ReadonlySet<string> = new Set(['ACTIVE', 'COMPLETED', 'VISITED']);

type Owner = Pick<StoredEnrollment, 'enrollment' | 'program'>;

/** An event of the mapping, and the event of DHIS2 that it is or will be. */
export interface EventTarget {
  event: MappedEvent;
  stage: StageModel;
  uid: string;
  enrollment: Owner;
  stored?: StoredEvent;
  /** Its UID was computed from Go.Data's ids: Go.Data owns its day, its status and its place. */
  isOwn: boolean;
  /** It comes from a record of its own, not from the person. */
  isRecord: boolean;
}

/** What finding events needs. */
export interface FindEventsContext {
  server: string;
  program: ProgramModel;
  stored: StoredEntity | undefined;
  /** The enrollment that new events belong to. */
  enrollment: { uid: string; stored: StoredEnrollment | undefined };
  /** Whether this run creates that enrollment: then nobody can have deleted anything there. */
  isNew: boolean;
  uids: UsedUids;
  /** Whether people deleted an event of a stage, in that enrollment. */
  hasLost(stage: string): boolean;
  recreate: boolean;
  /** The record of Go.Data that an event was created from, by its note; undefined without one. */
  recordOf(event: string): string | undefined;
}

/** The source of an event's UID: its record, or the stage of an enrollment. */
export function eventSource(
  server: string,
  person: string,
  { key, stage }: Pick<MappedEvent, 'key' | 'stage'>,
  enrollment: string,
): UidSource {
  return { server, kind: 'event', id: key === stage ? `${person} ${enrollment} ${stage}` : key };
}

/**
 * The event with one of these UIDs that is not deleted, in any enrollment. @param stage its stage,
 * if that matters
 */
export function findMade(
  stored: StoredEntity | undefined,
  uids: readonly string[],
  stage?: string,
): { stored: StoredEvent; enrollment: StoredEnrollment } | undefined {
  for (const enrollment of stored?.enrollments ?? []) {
    for (const event of enrollment.events ?? []) {
      const isWanted = stage === undefined || event.programStage === stage;
      if (isWanted && uids.includes(event.event)) return { stored: event, enrollment };
    }
  }
  return undefined;
}

/**
 * Finds the events of a mapping in DHIS2. An event that comes from a record is found by its UID, in
 * any enrollment; the only event of a stage is found by its stage, whoever created it.
 */
export function findEvents(plan: PersonPlan, context: FindEventsContext): EventTarget[] {
  const { id, events, merged } = plan.entity;
  const copied = merged ? formerEvents(events, context) : [];
  return events.flatMap(event => {
    if (event.deleted) return [];
    const target = findEvent(id, event, copied, context);
    if ('uid' in target) return [target];
    const { name } = context.program.stages.get(event.stage)!;
    if (target.blocked === 'deleted') leaveDeleted(plan, `an event of the stage "${name}"`);
    else {
      const message = `An event of the stage "${name}" was deleted in DHIS2 too often. Enter it there by hand.`;
      reject(plan, 'GENERATIONS_USED_UP', message);
    }
    return [];
  });
}

type Found = NonNullable<ReturnType<typeof findMade>>;

/**
 * Events of records that the person does not have. A merge in Go.Data copies the records of the
 * duplicates under new ids (controllers/outbreak.js, mergePeople).
 */
function formerEvents(
  events: readonly MappedEvent[],
  { stored, recordOf }: FindEventsContext,
): Found[] {
  const own = new Set(events.map(({ key }) => key.split(' ').at(-1)));
  return (stored?.enrollments ?? []).flatMap(enrollment =>
    eventsInOrder(enrollment.events ?? []).flatMap(one => {
      const record = recordOf(one.event);
      return record === undefined || own.has(record) ? [] : [{ stored: one, enrollment }];
    }),
  );
}

/** Takes the event of the record that a record was copied from: the first of the same stage and day. */
function takeFormer(copied: Found[], { stage, occurredAt, scheduledAt }: MappedEvent) {
  const day = occurredAt ?? scheduledAt;
  const at = copied.findIndex(({ stored }) => {
    const days = [stored.occurredAt, stored.scheduledAt].map(one => one?.slice(0, 10));
    return stored.programStage === stage && day !== undefined && days.includes(day);
  });
  return at < 0 ? undefined : copied.splice(at, 1)[0];
}

function findEvent(
  person: string,
  event: MappedEvent,
  copied: Found[],
  { server, program, stored, enrollment, isNew, uids, hasLost, recreate }: FindEventsContext,
): EventTarget | { blocked: 'deleted' | 'used-up' } {
  const stage = program.stages.get(event.stage)!;
  const source = eventSource(server, person, event, enrollment.uid);
  const base = { event, stage, isRecord: event.key !== event.stage };
  const found = base.isRecord
    ? (findMade(stored, uidsOf(source), event.stage) ?? takeFormer(copied, event))
    : undefined;
  if (found) return { ...base, ...found, uid: found.stored.event, isOwn: true };
  if (!stage.source.repeatable && enrollment.stored) {
    const there = onlyEvent(enrollment.stored.events ?? [], event.stage);
    if (there) {
      const uid = there.event;
      const isOwn = findUid(source, one => one === uid) !== undefined;
      return { ...base, uid, stored: there, enrollment: enrollment.stored, isOwn };
    }
    if (hasLost(event.stage) && !recreate) return { blocked: 'deleted' };
  }
  const next = uids.next(source, isNew);
  if ('blocked' in next) return next;
  const owner = { enrollment: enrollment.uid, program: program.id };
  return { ...base, uid: next.uid, enrollment: owner, isOwn: true };
}

/** The event of a stage; of several, the last that took place. */
function onlyEvent(events: readonly StoredEvent[], stage: string): StoredEvent | undefined {
  const own = eventsInOrder(events.filter(({ programStage }) => programStage === stage));
  return own.findLast(({ status }) => HELD.has(status ?? '')) ?? own.at(-1);
}
