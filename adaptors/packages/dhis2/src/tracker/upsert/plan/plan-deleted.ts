import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import { uidsOf } from '#common/identity/uid.js';
import type { TrackerObject } from '../../import/payload.js';
import type { ProgramModel } from '../check/metadata.js';
import { isMarkedDeleted, toDeletionNote } from '../marks.js';
import type { Certainty } from '../read/read-certainty.js';
import {
  attributesOf,
  type Shadow,
  type StoredEnrollment,
  type StoredEntity,
  type StoredEvent,
} from '../read/stored.js';
import { repeatEnrollment, repeatEvent, repeatedValues } from './bodies.js';
import { enrollmentsIn, isOfPerson } from './choose-enrollment.js';
import { eventSource, findMade, HELD } from './find-events.js';
import { noteUid } from './link-notes.js';
import { adjust, type PersonPlan, type PlannedObject } from './person-plan.js';
import { repeatedAttributes } from './send-attributes.js';

/** What planning deletions needs. */
export interface DeleteContext {
  batch: Pick<MappedTrackedEntityBatch, 'server' | 'whenDeleted'>;
  /** Those of the batch. */
  programs: readonly ProgramModel[];
  certainty: Certainty;
}

/**
 * Plans what happens to a person who was deleted in Go.Data. Only what belongs to the person's
 * program, or was created from the person, is deleted. A tracked entity that other programs have
 * too stays, and so does one for which that cannot be known. What an answer does not show proves
 * nothing: DHIS2 shows only enrollments of programs that the account may read, and shows new ones
 * only after 10 minutes (dhis2 LIVE, 2.40 and 2.41).
 *
 * @param shadow the same tracked entity with its deleted enrollments
 */
export function planDeleted(
  plan: PersonPlan,
  stored: StoredEntity | undefined,
  shadow: Shadow | undefined,
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
  for (const { enrollment: uid, program: of } of doomed) {
    plan.objects.push({ ...deletion('enrollments', uid, { enrollment: uid }), program: of });
  }
  if (doomed.length === all.length) planEntityDeletion(plan, stored, shadow, program, context);
  plan.unchanged += plan.objects.length === 0 ? 1 : 0;
}

/**
 * Deletes a tracked entity whose last enrollment is deleted now, or was deleted before this
 * operation was stopped. A tracked entity that people have left without an enrollment belongs to
 * them.
 */
function planEntityDeletion(
  plan: PersonPlan,
  { trackedEntity: uid }: StoredEntity,
  shadow: Shadow | undefined,
  program: ProgramModel,
  { certainty }: DeleteContext,
): void {
  const isBegun = (shadow?.enrollments ?? []).some(({ notes }) =>
    isMarkedDeleted(notes, plan.entity.id),
  );
  if (plan.objects.length === 0 && !isBegun) return;
  if (certainty === 'unknown') {
    if (plan.objects.length > 0) adjust(plan, 'TRACKED_ENTITY_KEPT', keptUnknown(uid));
    return;
  }
  const body = { trackedEntity: uid };
  plan.objects.push({ ...deletion('trackedEntities', uid, body), program: program.id });
}

function keptUnknown(uid: string): string {
  return `Its tracked entity ${uid} stays in DHIS2 without the enrollment, because a program that this account does not see may have it too. Remove F_TEI_CASCADE_DELETE from the account: then DHIS2 itself checks that.`;
}

/** Plans deletions of events whose records were deleted in Go.Data. */
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

/** The note gives the reason: the person may come back. */
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

/** An enrollment with its mandatory attributes. */
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
