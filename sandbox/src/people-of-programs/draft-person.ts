import type { TrackerDrafts } from '../dhis2/index.js';
import type { Calendar } from '../outbreak/calendar.js';
import type { Dice } from '../outbreak/dice.js';
import { toUid } from '../outbreak/ids.js';
import { happens, misspell } from './dirt.js';
import { createEvents } from './events.js';
import { type Field, subjectOf } from './field.js';
import type { ProgramPlan } from './plan.js';
import { createUniqueValue, hasUniqueValues } from './unique-value.js';
import { createValue, type ValueContext } from './value.js';

/** What everybody's data is drawn from. */
export interface PeopleContext {
  calendar: Calendar;
  /** Length of the outbreak. */
  days: number;
  username: string;
  /** Codes of org units, by id. */
  orgUnitCodes: ReadonlyMap<string, string>;
}

/** A person with its enrollments and events. */
export interface PersonObjects {
  trackedEntity: TrackerDrafts['trackedEntities'];
  enrollments: TrackerDrafts['enrollments'][];
  events: TrackerDrafts['events'][];
}

/**
 * Invents a person who is enrolled in some programs of one type.
 *
 * @param number of the person, from 0
 * @param programs those that the person is enrolled in; one may be there twice
 */
export function draftPerson(
  number: number,
  programs: readonly ProgramPlan[],
  dice: Dice,
  context: PeopleContext,
): PersonObjects {
  const { calendar, days, username, orgUnitCodes } = context;
  const id = toUid(dice);
  const orgUnit = dice.pick(programs[0]!.orgUnits);
  const starts = programs.map(() => -dice.between(1, days)).sort((a, b) => a - b);
  const first = starts[0]!;
  const day = (offset: number) => calendar.day(Math.min(offset, 0)).slice(0, 10);
  const common = {
    dice,
    day,
    username,
    bornOn: first - Math.floor(dice.next() ** 2 * 80 * 365.25) - dice.between(1, 360),
  };
  const owner = { number, day: day(first), orgUnitCode: orgUnitCodes.get(orgUnit) ?? 'OU' };
  const fields = new Map(programs.flatMap(one => one.fields.map(field => [field.id, field])));
  // A field is mandatory if it is in one of the programs.
  for (const field of programs.flatMap(one => one.fields.filter(own => own.isMandatory))) {
    fields.set(field.id, field);
  }
  const values: ValueContext = { ...common, on: first, orgUnits: programs[0]!.orgUnits };
  const isDeleted = happens('deleted', dice);
  const stamps = toStamps(first, isDeleted, dice, calendar);
  const objects: PersonObjects = {
    trackedEntity: {
      trackedEntity: id,
      trackedEntityType: programs[0]!.trackedEntityType!,
      orgUnit,
      attributes: [...fields.values()].flatMap(field => {
        const value = drawValue(field, values, () => createUniqueValue(field, owner));
        return value === undefined ? [] : { attribute: field.id, value };
      }),
      ...stamps,
    },
    enrollments: [],
    events: [],
  };
  programs.forEach((program, index) => {
    const enrolledOn = starts[index]!;
    const enrollment = toUid(dice);
    const own = program.orgUnits.includes(orgUnit) ? orgUnit : dice.pick(program.orgUnits);
    const since = toStamps(enrolledOn, isDeleted, dice, calendar);
    const events = createEvents(
      program,
      { ...common, on: enrolledOn, orgUnits: program.orgUnits },
      field => drawValue(field.field, field.context),
    ).map(event => ({ event: toUid(dice), enrollment, orgUnit: own, ...since, ...event }));
    // Nobody has two active enrollments in a program (E1015).
    const isEarlier = programs.indexOf(program, index + 1) > 0;
    const isOver =
      isEarlier || (events.every(({ status }) => status === 'COMPLETED') && dice.chance(0.5));
    objects.enrollments.push({
      enrollment,
      trackedEntity: id,
      program: program.id,
      orgUnit: own,
      enrolledAt: day(enrolledOn),
      occurredAt: day(enrolledOn),
      status: happens('cancelled', dice) ? 'CANCELLED' : isOver ? 'COMPLETED' : 'ACTIVE',
      ...since,
    });
    objects.events.push(...events);
  });
  return objects;
}

/** A value, sometimes misspelt; undefined where nobody entered one. */
export function drawValue(
  field: Field,
  context: ValueContext,
  unique?: () => string,
): string | undefined {
  const { dice } = context;
  const isGenerated = field.pattern !== undefined;
  // What a rule assigns nobody enters; an age they know as well as the rule.
  if (field.isAssigned && !field.isMandatory && subjectOf(field) !== 'age') return undefined;
  if (!field.isMandatory && !isGenerated && happens('missing', dice)) return undefined;
  if (field.isUnique || isGenerated) {
    return unique && hasUniqueValues(field) ? unique() : undefined;
  }
  const value = createValue(field, context);
  return value === undefined ? undefined : misspell(value, field, dice);
}

/** When somebody entered an object, and changed it last; days are counted from today. */
export function toStamps(on: number, isDeleted: boolean, dice: Dice, calendar: Calendar) {
  const minute = dice.between(360, 900);
  const changed = Math.min(on + dice.between(0, 9), -1);
  return {
    createdAt: calendar.instant(on, minute),
    updatedAt: calendar.instant(changed, minute + dice.between(1, 300)),
    ...(isDeleted ? { deleted: true } : {}),
  };
}
