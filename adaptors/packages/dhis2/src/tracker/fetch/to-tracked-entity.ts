import type {
  TrackedEnrollment,
  TrackedEntity,
  TrackedEvent,
  TrackedRelationship,
} from '#common/handover/fetched-tracked-entity-batch.js';
import { type GoDataLink, readLinkNote } from '#common/identity/links.js';
import { enrollmentsInOrder, eventsInOrder } from '../order.js';
import type { ListedEntity } from './list-changes.js';
import type { RawEnrollment, RawEvent, RawRelationship, RawTrackedEntity } from './raw.js';

type Kind = TrackedEntity['kind'];

/**
 * Reduces a tracked entity to what a mapping needs: its enrollments in one program, oldest first,
 * without empty values. An enrollment repeats the attributes of its program, which up to 2.40 the
 * tracked entity itself does not show; all of them are combined.
 */
export function toTrackedEntity(raw: RawTrackedEntity, kind: Kind, program: string): TrackedEntity {
  const enrollments = enrollmentsInOrder(
    (raw.enrollments ?? []).filter(enrollment => enrollment.program === program),
  );
  const attributes = [raw, ...enrollments].flatMap(owner => owner.attributes ?? []);
  const link = linkOf(raw.enrollments ?? []);
  return {
    id: raw.trackedEntity,
    kind,
    orgUnit: raw.orgUnit,
    createdAt: raw.createdAt,
    updatedAt: raw.updatedAt,
    ...(link ? { link } : {}),
    attributes: valuesOf(attributes, ({ attribute }) => attribute),
    enrollments: enrollments.map(toEnrollment),
    relationships: (raw.relationships ?? []).flatMap(toRelationship),
  };
}

/**
 * The Go.Data person that notes of enrollments name. One that was created from a person and linked
 * to another one belongs to the other, into whom the first was merged.
 */
export function linkOf(
  enrollments: readonly Pick<RawEnrollment, 'enrollment' | 'enrolledAt' | 'notes'>[],
): GoDataLink | undefined {
  const notes = enrollmentsInOrder(enrollments).flatMap(({ notes = [] }) => notes);
  const links = notes.flatMap(({ value }) => readLinkNote(value) ?? []);
  const isOrigin = links.some(one => one.isOrigin);
  const heir = isOrigin ? links.findLast(one => !one.isOrigin) : undefined;
  return heir ? { id: heir.id, isOrigin } : links[0];
}

/** The form of a tracked entity that is deleted, or no longer enrolled. */
export function toTombstone(
  { trackedEntity, orgUnit, createdAt, updatedAt }: ListedEntity,
  kind: Kind,
): TrackedEntity {
  return {
    id: trackedEntity,
    kind,
    orgUnit,
    createdAt,
    updatedAt,
    deleted: true,
    attributes: {},
    enrollments: [],
    relationships: [],
  };
}

function toEnrollment(raw: RawEnrollment): TrackedEnrollment {
  const { enrollment, program, orgUnit, status, enrolledAt, occurredAt, events = [] } = raw;
  return {
    id: enrollment,
    program,
    orgUnit,
    ...(status ? { status } : {}),
    ...(enrolledAt ? { enrolledAt: dayOf(enrolledAt) } : {}),
    ...(occurredAt ? { occurredAt: dayOf(occurredAt) } : {}),
    events: eventsInOrder(events).map(toEvent),
  };
}

function toEvent(raw: RawEvent): TrackedEvent {
  const { event, programStage, orgUnit, status, occurredAt, scheduledAt, dataValues = [] } = raw;
  const isFromGoData = raw.notes?.some(({ value }) => readLinkNote(value)?.isOrigin);
  return {
    id: event,
    stage: programStage,
    ...(orgUnit ? { orgUnit } : {}),
    ...(status ? { status } : {}),
    ...(occurredAt ? { occurredAt: dayOf(occurredAt) } : {}),
    ...(scheduledAt ? { scheduledAt: dayOf(scheduledAt) } : {}),
    ...(isFromGoData ? { fromGoData: true } : {}),
    values: valuesOf(dataValues, ({ dataElement }) => dataElement),
  };
}

/** Only between tracked entities: other ends are not people. */
function toRelationship(raw: RawRelationship): TrackedRelationship[] {
  const from = raw.from?.trackedEntity?.trackedEntity;
  const to = raw.to?.trackedEntity?.trackedEntity;
  if (!from || !to) return [];
  const { relationship: id, relationshipType: type, createdAt } = raw;
  return [{ id, type, from, to, ...(createdAt ? { createdAt: dayOf(createdAt) } : {}) }];
}

function valuesOf<T extends { value?: string | null }>(
  items: readonly T[],
  idOf: (item: T) => string,
): Record<string, string> {
  const filled: [string, string][] = [];
  for (const item of items) {
    const { value } = item;
    if (value !== undefined && value !== null && value !== '')
      filled.push([idOf(item), String(value)]);
  }
  return Object.fromEntries(filled);
}

function dayOf(time: string): string {
  return time.slice(0, 10);
}
