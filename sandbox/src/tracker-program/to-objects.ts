import type { TrackerDrafts } from '../dhis2/index.js';
import type { Calendar } from '../outbreak/calendar.js';
import type { Dice } from '../outbreak/dice.js';
import { toUid } from '../outbreak/ids.js';
import type { EnrollmentDraft, PersonDraft } from './draft.js';
import { ID_OF, PERSON_TYPE, PROGRAMS, STAGES } from './package-ids.js';

/** A person with its enrollments and events, as DHIS2 holds them. */
export interface PersonObjects {
  trackedEntity: TrackerDrafts['trackedEntities'];
  enrollments: TrackerDrafts['enrollments'][];
  events: TrackerDrafts['events'][];
}

/**
 * A draft as DHIS2 stores it. A deleted object is kept with a mark, and so is everything that
 * belongs to it.
 *
 * @param dice for ids and times
 */
export function toObjects(
  id: string,
  { attributes, enrollments, orgUnit, isDeleted }: PersonDraft,
  dice: Dice,
  calendar: Calendar,
): PersonObjects {
  const stampsOf = (day: number) => {
    const minute = dice.between(360, 900);
    const changed = Math.min(day + dice.between(0, 9), -1);
    return {
      createdAt: calendar.instant(day, minute),
      updatedAt: calendar.instant(changed, minute + dice.between(1, 300)),
      ...(isDeleted ? { deleted: true } : {}),
    };
  };
  const first = Math.min(...enrollments.map(({ enrolledOn }) => enrolledOn));
  const objects: PersonObjects = {
    trackedEntity: {
      trackedEntity: id,
      trackedEntityType: PERSON_TYPE,
      orgUnit,
      attributes: Object.entries(attributes).map(([code, value]) => ({
        attribute: ID_OF[code]!,
        value,
      })),
      ...stampsOf(first),
    },
    enrollments: [],
    events: [],
  };
  for (const draft of enrollments) {
    const enrollment = toUid(dice);
    const stamps = stampsOf(draft.enrolledOn);
    objects.enrollments.push({
      enrollment,
      trackedEntity: id,
      program: PROGRAMS[draft.program].id,
      orgUnit,
      status: draft.status,
      enrolledAt: calendar.day(draft.enrolledOn).slice(0, 10),
      ...stamps,
    });
    objects.events.push(...toEvents(draft, { enrollment, orgUnit, ...stamps }, dice, calendar));
  }
  return objects;
}

function toEvents(
  { events, enrolledOn }: EnrollmentDraft,
  common: Pick<TrackerDrafts['events'], 'enrollment' | 'orgUnit' | 'createdAt' | 'updatedAt'>,
  dice: Dice,
  { day }: Calendar,
): TrackerDrafts['events'][] {
  return events.map(({ stage, on, values }) => ({
    event: toUid(dice),
    programStage: STAGES[stage].id,
    ...common,
    ...(on === undefined
      ? { status: 'SCHEDULE' as const, scheduledAt: day(enrolledOn + 14).slice(0, 10) }
      : { status: 'COMPLETED' as const, occurredAt: day(on).slice(0, 10) }),
    dataValues: Object.entries(values).map(([code, value]) => ({
      dataElement: ID_OF[code]!,
      value,
    })),
  }));
}
