import type { MappedEntityBatch } from '../../../../../../common/src/mapped-entity-batch.js';
import { uidsOf } from '../../../../../../common/src/uid.js';
import type { TrackerObject } from '../../../tracker-import/payload.js';
import type { ProgramModel } from '../check/metadata.js';
import { isMarkedDeleted, toDeletionNote } from '../marks.js';
import type { StoredEnrollment, StoredEntity, StoredEvent } from '../read/stored.js';
import { repeatEnrollment, repeatEvent } from './bodies.js';
import { enrollmentsIn, isOfPerson } from './choose-enrollment.js';
import { eventSource, findMade } from './find-events.js';
import { noteUid } from './link-notes.js';
import type { PersonPlan, PlannedObject } from './person-plan.js';

/** What planning deletions needs to know. */
export interface DeleteContext {
  batch: Pick<MappedEntityBatch, 'server' | 'whenDeleted'>;
  program: ProgramModel;
}

/**
 * Plans what becomes of a person who was deleted in Go.Data. Only what belongs to the person's program,
 * or was made of the person, goes: a tracked entity that other programs have too stays for them.
 */
export function planDeleted(
  plan: PersonPlan,
  stored: StoredEntity | undefined,
  { batch: { server, whenDeleted }, program }: DeleteContext,
): void {
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
    plan.objects.push(...running.map(one => cancel(one, stored, server, person)));
    return;
  }
  const doomed = all.filter(one => one.program === program.id || isOurs(one));
  plan.marks.push(...doomed.flatMap(one => markEnrollment(one, stored, server, person)));
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
  { server, whenDeleted }: DeleteContext['batch'],
): void {
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
    plan.marks.push(...markEvent(found.stored, found.enrollment, server, plan.entity.id));
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
  { trackedEntity }: StoredEntity,
  server: string,
  person: string,
): PlannedObject {
  return {
    kind: 'enrollments',
    uid: one.enrollment,
    change: 'cancel',
    program: one.program,
    parent: trackedEntity,
    fields: ['status'],
    body: {
      ...repeatEnrollment({ ...one, status: 'CANCELLED' }, trackedEntity),
      notes: isMarkedDeleted(one.notes, person) ? [] : [mark(server, person, one.enrollment)],
    },
  };
}

function mark(server: string, person: string, uid: string) {
  return { note: noteUid(server, `deleted ${person} ${uid}`), value: toDeletionNote(person) };
}

function markEnrollment(
  one: StoredEnrollment,
  { trackedEntity }: StoredEntity,
  server: string,
  person: string,
): PlannedObject[] {
  if (isMarkedDeleted(one.notes, person)) return [];
  const notes = [mark(server, person, one.enrollment)];
  const body = { ...repeatEnrollment(one, trackedEntity), notes };
  return [{ kind: 'enrollments', uid: one.enrollment, change: 'update', body, fields: [] }];
}

function markEvent(
  one: StoredEvent,
  enrollment: StoredEnrollment,
  server: string,
  person: string,
): PlannedObject[] {
  const body = { ...repeatEvent(one, enrollment), notes: [mark(server, person, one.event)] };
  return [{ kind: 'events', uid: one.event, change: 'update', body, fields: [] }];
}
