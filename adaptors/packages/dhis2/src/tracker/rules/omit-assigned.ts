import { getOrCreate } from '#common/collections/get-or-create.js';
import { ownOf } from '#common/collections/own.js';
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
  readByAny,
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

/** Whether a person has a value for each of the fields that rules ask for. */
function valuesOf(
  { attributes, events }: MappedEntity,
  stored: StoredEntity | undefined,
  { id, assignments }: ProgramModel,
): ValuesOf {
  const asked = getOrCreate(knownSources, assignments, () => readByAny(assignments));
  const fields = new Set<string>();
  for (const field of asked) {
    const isGiven = ({ values }: Pick<MappedEvent, 'values'>) => isValue(ownOf(values, field));
    if (isGiven({ values: attributes }) || events.some(isGiven)) fields.add(field);
  }
  const addStored = (field: string, value: unknown) => {
    if (value && asked.has(field)) fields.add(field);
  };
  for (const [field, value] of stored ? attributesOf(stored) : []) addStored(field, value);
  for (const { program, events: held = [] } of stored?.enrollments ?? []) {
    if (program !== id) continue;
    for (const { dataValues = [] } of held) {
      for (const { dataElement, value } of dataValues) addStored(dataElement, value);
    }
  }
  return fields;
}

/** The fields that the rules of a program ask for. */
const knownSources = new WeakMap<readonly Assignment[], ReadonlySet<string>>();

function isValue(value: MappedValue | undefined): boolean {
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
