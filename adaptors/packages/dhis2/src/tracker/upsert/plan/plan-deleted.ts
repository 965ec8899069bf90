import type { MappedEntityBatch } from '../../../../../../common/src/mapped-entity-batch.js';
import { uidsOf } from '../../../../../../common/src/uid.js';
import type { TrackerObject } from '../../../tracker-import/payload.js';
import type { ProgramModel } from '../check/metadata.js';
import { isMarkedDeleted, toDeletionNote } from '../marks.js';
import {
  attributesOf,
  type StoredEnrollment,
  type StoredEntity,
  type StoredEvent,
} from '../read/stored.js';
import { repeatEnrollment, repeatEvent, repeatedValues } from './bodies.js';
import { enrollmentsIn, isOfPerson } from './choose-enrollment.js';
import { eventSource, findMade, HELD } from './find-events.js';
import { noteUid } from './link-notes.js';
import type { PersonPlan, PlannedObject } from './person-plan.js';
import { repeatedAttributes } from './send-attributes.js';

/** What planning deletions needs to know. */
export interface DeleteContext {
  batch: Pick<MappedEntityBatch, 'server' | 'whenDeleted'>;
  /** Those of the batch. */
  programs: readonly ProgramModel[];
}

/**
 * Plans what becomes of a person who was deleted in Go.Data. Only what belongs to the person's program,
 * or was made of the person, goes: a tracked entity that other programs have too stays for them.
 */
export function planDeleted(
  plan: PersonPlan,
  stored: StoredEntity | undefined,
  program: ProgramModel,
  context: DeleteContext,
): void {
  const { server, whenDeleted } = context.batch;
  const { id: person } = plan.entity;
  const all = stored?.enrollments ?? [];
  const current = enrollmentsIn(stored, program.id).findLast(
    ({ status }) => status !== 'CANCELLED',
  );
  const isOurs = (one: StoredEnrollment) => isOfPerson(one, server, person);
  if (!stored || whenDeleted === 'leave') {
    plan.unchanged += 1;
    return;
  }
  if (whenDeleted === 'cancel') {
    const running = all.filter(one => one === current || (isOurs(one) && isRunning(one)));
    plan.unchanged += running.length === 0 ? 1 : 0;
    plan.objects.push(...running.map(one => cancel(one, stored, person, context)));
    return;
  }
  const doomed = all.filter(one => one.program === program.id || isOurs(one));
  plan.marks.push(...doomed.flatMap(one => markEnrollment(one, stored, person, context)));
  if (doomed.length === all.length) {
    const { trackedEntity: uid } = stored;
    const body = { trackedEntity: uid };
    plan.objects.push({ ...deletion('trackedEntities', uid, body), program: program.id });
    return;
  }
  plan.unchanged += doomed.length === 0 ? 1 : 0;
  for (const { enrollment: uid, program: of } of doomed) {
    plan.objects.push({ ...deletion('enrollments', uid, { enrollment: uid }), program: of });
  }
}

/** Plans the end of events whose records were deleted in Go.Data. */
export function planDeletedEvents(
  plan: PersonPlan,
  stored: StoredEntity | undefined,
  context: DeleteContext,
): void {
  const { server, whenDeleted } = context.batch;
  for (const event of plan.entity.events) {
    if (!event.deleted) continue;
    const made = uidsOf(eventSource(server, plan.entity.id, event, ''));
    const found = whenDeleted === 'leave' ? undefined : findMade(stored, made);
    if (!found) {
      plan.unchanged += 1;
      continue;
    }
    const { event: uid, programStage: stage } = found.stored;
    const of = { program: found.enrollment.program, stage };
    plan.marks.push(markEvent(found.stored, found.enrollment, plan.entity.id, context));
    plan.objects.push({ ...deletion('events', uid, { event: uid }), ...of });
  }
}

function isRunning({ status }: StoredEnrollment): boolean {
  return status !== 'CANCELLED';
}

function deletion(kind: PlannedObject['kind'], uid: string, body: TrackerObject): PlannedObject {
  return { kind, uid, change: 'delete', body, fields: [] };
}

/** The note says why: its person may come back. */
function cancel(
  one: StoredEnrollment,
  stored: StoredEntity,
  person: string,
  context: DeleteContext,
): PlannedObject {
  const isMarked = isMarkedDeleted(one.notes, person);
  const { server } = context.batch;
  return {
    kind: 'enrollments',
    uid: one.enrollment,
    change: 'cancel',
    program: one.program,
    parent: stored.trackedEntity,
    fields: ['status'],
    body: {
      ...repeatWhole({ ...one, status: 'CANCELLED' }, stored, context),
      notes: isMarked ? [] : [mark(server, person, one.enrollment)],
    },
  };
}

function mark(server: string, person: string, uid: string) {
  return { note: noteUid(server, `deleted ${person} ${uid}`), value: toDeletionNote(person) };
}

function markEnrollment(
  one: StoredEnrollment,
  stored: StoredEntity,
  person: string,
  context: DeleteContext,
): PlannedObject[] {
  if (isMarkedDeleted(one.notes, person)) return [];
  const notes = [mark(context.batch.server, person, one.enrollment)];
  const body = { ...repeatWhole(one, stored, context), notes };
  return [{ kind: 'enrollments', uid: one.enrollment, change: 'update', body, fields: [] }];
}

/** An enrollment with the attributes that it must have. */
function repeatWhole(
  one: StoredEnrollment,
  stored: StoredEntity,
  { programs }: DeleteContext,
): TrackerObject {
  const parts = programs.find(({ id }) => id === one.program)?.ownAttributes.values() ?? [];
  const attributes = repeatedAttributes([...parts], [], attributesOf(stored));
  return { ...repeatEnrollment(one, stored.trackedEntity), attributes };
}

function markEvent(
  one: StoredEvent,
  enrollment: StoredEnrollment,
  person: string,
  { batch, programs }: DeleteContext,
): PlannedObject {
  const stage = programs.flatMap(({ stages }) => stages.get(one.programStage) ?? [])[0];
  const dataValues = HELD.has(one.status ?? '') ? repeatedValues(stage, one) : [];
  const notes = [mark(batch.server, person, one.event)];
  const body = {
    ...repeatEvent(one, enrollment),
    ...(dataValues.length > 0 ? { dataValues } : {}),
    notes,
  };
  return { kind: 'events', uid: one.event, change: 'update', body, fields: [] };
}
