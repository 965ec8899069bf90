import { readLinkNote } from '#common/identity/links.js';
import { dhis2PathsOf, ownersFor, type Subject, UNSEEN } from '#common/ownership/index.js';
import { toTrackedEntity } from '../../fetch/to-tracked-entity.js';
import { isMarkedDeleted } from '../marks.js';
import type { Shadow } from '../read/stored.js';
import { attributePaths, missingAttributes } from './attribute-paths.js';
import { type ChosenEnrollment, chooseEnrollment } from './choose-enrollment.js';
import { type DecidedPaths, decidePaths, type GivenPath, writeAllPaths } from './decide-paths.js';
import { findEvents } from './find-events.js';
import { isAcceptable } from './is-acceptable.js';
import { linkNoteFor, originOf } from './link-notes.js';
import { leaveDeleted, type PersonPlan, reject } from './person-plan.js';
import type { PersonEntity, PlanContext } from './plan-context.js';
import { planEnrollment } from './plan-enrollment.js';
import { planEntity } from './plan-entity.js';
import { eventPaths, planEvents } from './plan-events.js';
import { createUsedUids } from './used-uids.js';

/**
 * Plans a person who is in Go.Data: the tracked entity, the enrollment in the program, and the
 * events. Only objects that differ are written.
 */
export function planLiving(plan: PersonPlan, own: PersonEntity, context: PlanContext): void {
  const { entity } = plan;
  const { batch, program, recreate, usedUp, foreign } = context;
  const { server } = batch;
  if (!isAcceptable(plan, own, context)) return;
  const { stored, shadows } = own;
  if (stored) plan.id = own.id;
  const shadow = shadows.find(({ trackedEntity }) => trackedEntity === own.id);
  const uids = createUsedUids({ person: entity.id, shadows, stored, usedUp, foreign, recreate });
  const chosen = chooseEnrollment({
    server,
    person: entity.id,
    program: program.id,
    stored,
    shadow,
    uids,
    recreate,
  });
  if ('blocked' in chosen) {
    leaveEnrollment(plan, chosen.blocked);
    return;
  }
  const place = choosePlace(plan, own, chosen, context);
  if (!place || !canEnroll(plan, own, chosen, context)) return;
  const subject: Subject = {
    id: own.id,
    origin: originOf(own, server, entity.id),
    owners: ownersFor(batch.owners, entity.kind),
  };
  Object.assign(plan, { id: own.id, subject });
  const targets = findEvents(plan, {
    server,
    program,
    stored,
    enrollment: chosen,
    isNew: chosen.stored === undefined || context.created.has(chosen.uid),
    uids,
    hasLost: stage => hasLost(shadow, chosen, entity.id, stage),
    recreate,
    recordOf: event => recordOf(shadow, event),
  });
  const given = [
    ...attributePaths(plan, own, chosen, context),
    ...propertyPaths(plan, own, chosen, place.placed),
    ...eventPaths(plan, targets, chosen.stored === undefined, batch),
  ];
  const { write, conflicts, writes } = decide(own, given, plan, subject, context);
  plan.writes = writes;
  for (const one of conflicts) {
    const changedAt = { dhis2: own.stored?.updatedAt };
    reject(plan, 'CONFLICT', describeConflict(one, context), { field: one.field, changedAt });
  }
  const written = given.filter(({ path }) => write.has(path));
  const { orgUnit } = place;
  planEntity(plan, own, written, orgUnit, context);
  const note = linkNoteFor(own, subject.origin, server, entity.id, chosen);
  planEnrollment(plan, own, chosen, written, { program, orgUnit, note });
  planEvents(plan, targets, { server, comparing: batch, place: context.place, orgUnit, write });
}

function leaveEnrollment(plan: PersonPlan, blocked: 'deleted' | 'used-up'): void {
  plan.unchanged += 1;
  if (blocked === 'deleted') leaveDeleted(plan, 'its enrollment');
  else {
    const message =
      'Its enrollment was deleted in DHIS2 too often. Enrol the person there by hand.';
    reject(plan, 'GENERATIONS_USED_UP', message);
  }
}

/** The org units of a person. */
interface Place {
  /** Org unit of the person's location. */
  placed: string | undefined;
  /** Org unit of new objects. */
  orgUnit: string;
}

/** Finds the org unit of a person. If it is not going to change, it need not be known. */
function choosePlace(
  plan: PersonPlan,
  { stored }: PersonEntity,
  chosen: ChosenEnrollment,
  { batch, program, place }: PlanContext,
): Place | undefined {
  const { kind, otherLocation } = plan.entity;
  const isNew = stored === undefined && chosen.stored === undefined;
  const location = plan.entity.location ?? (isNew ? otherLocation : undefined);
  const placed = location === undefined ? undefined : place(location);
  const owner = Object.values(ownersFor(batch.owners, kind)).find(one =>
    dhis2PathsOf(one).includes('orgUnit'),
  );
  const isKept =
    chosen.stored !== undefined && (location === undefined || owner?.owner === 'dhis2');
  const orgUnit = placed ?? chosen.stored?.orgUnit ?? stored?.orgUnit;
  const isLost = location === undefined ? stored === undefined : placed === undefined && !isKept;
  if (!isLost && orgUnit !== undefined) return { placed, orgUnit };
  const what =
    location === undefined
      ? 'It has no location'
      : `No org unit that the program "${program.name}" is assigned to is for its location ${location}, nor for one above it`;
  const fix =
    "a location is an org unit by its id, or by an identifier with the org unit's id or code. Correct the person's address, or the location in Go.Data, or assign the program in DHIS2.";
  reject(plan, 'UNKNOWN_ORG_UNIT', `${what}: ${fix}`);
  return undefined;
}

/** Whether everything mandatory for a new enrollment is given: half a person would be worse than none. */
function canEnroll(
  plan: PersonPlan,
  own: PersonEntity,
  { stored }: ChosenEnrollment,
  { batch, program, nameOf }: PlanContext,
): boolean {
  if (stored) return true;
  if (plan.entity.enrolledAt === undefined) {
    reject(
      plan,
      'NO_DATE',
      'It has no day of enrollment. Enter the date that the mapping reads in Go.Data.',
    );
    return false;
  }
  const missing = missingAttributes(plan, own, program, batch);
  if (missing.length === 0) return true;
  const names = missing.map(id => nameOf(id) ?? id).join(', ');
  reject(
    plan,
    'MISSING_VALUE',
    `Go.Data has no value for ${names}, which the program "${program.name}" requires. Enter it in Go.Data.`,
  );
  return false;
}

/** The record of Go.Data that an event was created from, by its note. */
function recordOf(shadow: Shadow | undefined, uid: string): string | undefined {
  const events = (shadow?.enrollments ?? []).flatMap(one => one.events ?? []);
  const notes = events.find(({ event }) => event === uid)?.notes ?? [];
  return notes.map(({ value }) => readLinkNote(value)).find(link => link?.isOrigin)?.id;
}

/** Whether people deleted an event of a stage in an existing enrollment. */
function hasLost(
  shadow: Shadow | undefined,
  { stored }: ChosenEnrollment,
  person: string,
  stage: string,
): boolean {
  if (!stored) return false;
  const living = new Set((stored.events ?? []).map(({ event }) => event));
  const former = shadow?.enrollments?.find(({ enrollment }) => enrollment === stored.enrollment);
  return (former?.events ?? []).some(
    ({ event, programStage, notes }) =>
      programStage === stage && !living.has(event) && !isMarkedDeleted(notes, person),
  );
}

/** The org unit and the days of the enrollment. */
function propertyPaths(
  { entity }: PersonPlan,
  { id, stored }: PersonEntity,
  chosen: ChosenEnrollment,
  placed: string | undefined,
): GivenPath[] {
  const days = (['enrolledAt', 'occurredAt'] as const).flatMap((path): GivenPath[] => {
    const text = entity[path];
    if (text === undefined) return [];
    const isSame = chosen.stored?.[path]?.slice(0, 10) === text;
    return [{ path, text, isSame, uid: chosen.uid, isNew: chosen.stored === undefined }];
  });
  if (placed === undefined) return days;
  const isSame = stored?.orgUnit === placed;
  return [{ path: 'orgUnit', text: placed, isSame, uid: id, isNew: stored === undefined }, ...days];
}

function decide(
  { id, stored }: PersonEntity,
  paths: readonly GivenPath[],
  { entity, assigned }: PersonPlan,
  subject: Subject,
  { judge, program }: PlanContext,
): DecidedPaths {
  const context = { subject, judge, assigned, fingerprints: entity.fingerprints };
  if (!stored) return writeAllPaths(paths, id, context, UNSEEN);
  const kind = entity.kind === 'case' ? 'case' : 'contact';
  return decidePaths(paths, toTrackedEntity(stored, kind, program.id), context);
}

function describeConflict(
  { field, paths }: DecidedPaths['conflicts'][number],
  { nameOf }: PlanContext,
): string {
  const places = paths.map(path => {
    const id = path.split('.').at(-1)!;
    return nameOf(id) ?? id;
  });
  return `${places.join(', ')} (${field}): changed in both systems to different values. Both stay. Make them equal in one of the systems.`;
}
