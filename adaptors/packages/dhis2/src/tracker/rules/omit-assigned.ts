import type {
  MappedEntity,
  MappedEvent,
  MappedValue,
} from '#common/handover/mapped-tracked-entity-batch.js';
import type { ProgramModel } from '../upsert/check/metadata.js';
import { attributesOf, type StoredEntity } from '../upsert/read/stored.js';
import {
  type Assignment,
  assignedAttribute,
  assignedElement,
  isAssigned,
  type ValuesOf,
} from './assignments.js';

/** A value that the mapping gives and a rule of DHIS2 computes. */
export interface Omitted {
  assignment: Assignment;
  /** As in an owner table: the attribute, or `<stage>.<data element>`. */
  path: string;
  /** The value that the mapping gives; null clears. */
  value: MappedValue;
}

/** What remains of a person without the values that rules of DHIS2 compute. */
export interface Free {
  entity: MappedEntity;
  omitted: Omitted[];
  /** All places of the person that a rule computes, given by the mapping or not. */
  assigned: ReadonlySet<string>;
}

/**
 * A person without the values that rules of DHIS2 compute from what is given and what is stored. A
 * source that is being removed still counts (dhis2 LIVE, the engine sees stored attributes).
 *
 * @param stored undefined: only what the mapping gives
 */
export function omitAssigned(
  entity: MappedEntity,
  stored: StoredEntity | undefined,
  program: ProgramModel,
): Free {
  const { assignments } = program;
  if (assignments.length === 0 || entity.deleted) {
    return { entity, omitted: [], assigned: new Set() };
  }
  const omitted: Omitted[] = [];
  const values = valuesOf(entity, stored, program);
  const ruled = new Set(assignments.map(({ field }) => field));
  const divide = (
    given: Record<string, MappedValue>,
    find: (field: string) => Assignment | undefined,
    stage?: string,
  ) => {
    if (!Object.keys(given).some(field => ruled.has(field))) return given;
    const kept = Object.entries(given).filter(([field, value]) => {
      const assignment = find(field);
      const path = stage === undefined ? field : `${stage}.${field}`;
      if (assignment) omitted.push({ assignment, path, value });
      return !assignment;
    });
    return Object.fromEntries(kept);
  };
  const events = entity.events.map(event => {
    const ruled = ruledEvent(event, stored, program);
    const find = (field: string) => assignedElement(assignments, ruled, field, values);
    return { ...event, values: divide(event.values, find, event.stage) };
  });
  const attributes = divide(entity.attributes, field =>
    assignedAttribute(assignments, field, values),
  );
  const assigned = new Set(
    assignments.filter(one => isAssigned(one, values)).flatMap(one => pathsOf(one, program)),
  );
  return { entity: { ...entity, attributes, events }, omitted, assigned };
}

function pathsOf({ kind, field, stage: only }: Assignment, { stages }: ProgramModel): string[] {
  if (kind === 'attribute') return [field];
  return [...stages.values()]
    .filter(({ id, elements }) => elements.has(field) && (only ?? id) === id)
    .map(({ id }) => `${id}.${field}`);
}

function valuesOf(
  { attributes, events }: MappedEntity,
  stored: StoredEntity | undefined,
  { id }: ProgramModel,
): ValuesOf {
  const fields = new Set<string>();
  const add = (field: string, isThere: boolean) => isThere && fields.add(field);
  for (const [field, value] of stored ? attributesOf(stored) : []) add(field, Boolean(value));
  for (const values of [attributes, ...events.map(event => event.values)]) {
    for (const [field, value] of Object.entries(values)) add(field, isValue(value));
  }
  for (const { program, events: held = [] } of stored?.enrollments ?? []) {
    if (program !== id) continue;
    for (const { dataElement, value } of held.flatMap(({ dataValues = [] }) => dataValues)) {
      add(dataElement, Boolean(value));
    }
  }
  return fields;
}

function isValue(value: MappedValue): boolean {
  if (value === null || value === undefined) return false;
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
