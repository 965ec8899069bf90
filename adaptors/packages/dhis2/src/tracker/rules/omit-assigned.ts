import type {
  MappedEntity,
  MappedEvent,
  MappedValue,
} from '../../../../../common/src/mapped-entity-batch.js';
import type { ProgramModel } from '../upsert/check/metadata.js';
import { attributesOf, type StoredEntity } from '../upsert/read/stored.js';
import { type Assignment, assignedAttribute, assignedElement, type ValuesOf } from './assignments.js';

/** A value that a mapping gives and a rule of DHIS2 works out. */
export interface Omitted {
  assignment: Assignment;
  /** What is given; null clears. */
  value: MappedValue;
}

/**
 * A person without the values that rules of DHIS2 work out, of what is given and of what is stored: a
 * source that is removed just now still counts (dhis2 LIVE, the engine sees stored attributes).
 *
 * @param stored undefined: the person as the mapping alone makes it
 */
export function omitAssigned(
  entity: MappedEntity,
  stored: StoredEntity | undefined,
  program: ProgramModel,
): { entity: MappedEntity; omitted: Omitted[] } {
  const { assignments } = program;
  if (assignments.length === 0 || entity.deleted) return { entity, omitted: [] };
  const omitted: Omitted[] = [];
  const values = valuesOf(entity, stored, program);
  const divide = (
    given: Record<string, MappedValue>,
    find: (field: string) => Assignment | undefined,
  ) => {
    const kept = Object.entries(given).filter(([field, value]) => {
      const assignment = find(field);
      if (assignment) omitted.push({ assignment, value });
      return !assignment;
    });
    return Object.fromEntries(kept);
  };
  const events = entity.events.map(event => {
    const ruled = ruledEvent(event, stored, program);
    const find = (field: string) => assignedElement(assignments, ruled, field, values);
    return { ...event, values: divide(event.values, find) };
  });
  const attributes = divide(entity.attributes, field =>
    assignedAttribute(assignments, field, values),
  );
  return omitted.length === 0
    ? { entity, omitted }
    : { entity: { ...entity, attributes, events }, omitted };
}

function valuesOf(
  { attributes, events }: MappedEntity,
  stored: StoredEntity | undefined,
  { id }: ProgramModel,
): ValuesOf {
  const given = [attributes, ...events.map(event => event.values)];
  const known = stored ? attributesOf(stored) : new Map<string, string>();
  const storedEvents = (stored?.enrollments ?? [])
    .filter(({ program }) => program === id)
    .flatMap(enrollment => enrollment.events ?? []);
  return {
    has: field =>
      Boolean(known.get(field)) ||
      given.some(values => isValue(values[field])) ||
      storedEvents.some(({ dataValues = [] }) =>
        dataValues.some(({ dataElement, value }) => dataElement === field && Boolean(value)),
      ),
  };
}

function isValue(value: MappedValue | undefined): boolean {
  if (value === undefined || value === null) return false;
  return typeof value === 'string' ? value.trim() !== '' : value.id !== null;
}

function ruledEvent(
  { key, stage, status }: MappedEvent,
  stored: StoredEntity | undefined,
  { id, stages }: ProgramModel,
) {
  const isStrict = stages.get(stage)?.source.validationStrategy === 'ON_UPDATE_AND_INSERT';
  // The only event of a stage keeps its status.
  const there = (stored?.enrollments ?? [])
    .filter(({ program }) => program === id)
    .flatMap(({ events = [] }) => events)
    .find(event => key === stage && event.programStage === stage);
  return { stage, status: status ?? there?.status, isStrict };
}
