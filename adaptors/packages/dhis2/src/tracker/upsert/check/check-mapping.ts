import { getOrCreate } from '#common/collections/get-or-create.js';
import type {
  MappedEntity,
  MappedEvent,
  MappedTrackedEntityBatch,
  MappedValue,
} from '#common/handover/mapped-tracked-entity-batch.js';
import type { Problem } from '#common/reporting/mapping-problems.js';
import { omitAssigned } from '../../rules/omit-assigned.js';
import { isCoded } from '../values.js';
import { checkReadable, checkShared } from './check-access.js';
import {
  attributeOf,
  type FieldDefinition,
  mandatoryAttributes,
  type ProgramModel,
  type StageModel,
} from './metadata.js';
import { label, type Note } from './note.js';
import type { Metadata } from './read-metadata.js';

/** Event statuses (dhis2 FACTS §4.1). */
const STATUSES = ['ACTIVE', 'COMPLETED', 'VISITED', 'SCHEDULE', 'OVERDUE', 'SKIPPED'];

/**
 * Compares a mapping with its programs: everything in it with which no person could be written,
 * each problem once. Reads nothing.
 */
export function checkMapping(batch: MappedTrackedEntityBatch, metadata: Metadata): Problem[] {
  const problems = new Map<string, Problem>();
  const note: Note = (code, message, cause) =>
    problems.set(`${code} ${message}`, { code, message, ...cause });
  const words = [...batch.entities, ...Object.values(batch.others)].map(({ program }) => program);
  for (const word of new Set(words)) {
    if (metadata.programOf(word)) continue;
    note('UNKNOWN_PROGRAM', `The account sees no tracker program with the id or code "${word}".`);
  }
  for (const program of metadata.programs) {
    const people = batch.entities.filter(
      ({ program: word, deleted }) => !deleted && metadata.programOf(word) === program,
    );
    if (people.length === 0) continue;
    checkProgram({ batch, metadata, program, people, note, pairs: new Set() });
  }
  checkRelationships(batch, metadata, note);
  return [...problems.values()];
}

/** A program, and the people who will be enrolled in it. */
interface Checked {
  batch: MappedTrackedEntityBatch;
  metadata: Metadata;
  program: ProgramModel;
  people: readonly MappedEntity[];
  note: Note;
  /** Fields and tables that were already compared. */
  pairs: Set<string>;
}

function checkProgram(checked: Checked): void {
  const { program, people, note } = checked;
  const { type, source } = program;
  for (const [what, one] of [
    ['program', source],
    ['tracked entity type', type],
  ] as const) {
    checkShared(note, what, one);
  }
  for (const { attributes } of people) {
    for (const [id, value] of Object.entries(attributes)) {
      const attribute = attributeOf(program, id);
      if (attribute) checkField(checked, 'attribute', attribute, value);
      else note('UNKNOWN_ATTRIBUTE', noAttribute(id, program), { cause: id, at: place(program) });
    }
  }
  checkMandatory(checked);
  checkAssigned(checked);
  checkKeys(checked);
  checkEvents(checked);
}

/** A mapping that never gives something mandatory cannot create anybody. */
function checkMandatory({ batch, program, people, note }: Checked): void {
  const given = new Set(people.flatMap(({ attributes }) => Object.keys(attributes)));
  for (const one of mandatoryAttributes(program)) {
    if (given.has(one.id) || one.generated || one.id === batch.linkAttribute) continue;
    note(
      'MANDATORY_ATTRIBUTE',
      `The attribute ${label(one)} is mandatory in the program ${label(program)}, and the mapping does not give it.`,
      { cause: one.id, at: place(program) },
    );
  }
}

/**
 * Values that the mapping gives although a rule of DHIS2 computes them from others that it gives as
 * well. DHIS2 would refuse a person with a different value (E1307, E1309).
 */
function checkAssigned({ metadata, program, people, note }: Checked): void {
  for (const entity of people) {
    for (const { assignment, path, value } of omitAssigned(entity, undefined, program).omitted) {
      if (value === null) continue;
      const { rule, field, kind } = assignment;
      const what = kind === 'attribute' ? 'attribute' : 'data element';
      const name = label({ id: field, name: metadata.nameOf(field) });
      note(
        'ASSIGNED_BY_RULE',
        `The ${what} ${name}${path === field ? '' : ` (${path})`} is assigned by the program rule ${label(rule)} of the program ${label(program)}, and the mapping gives it together with what the rule reads. Remove it from the mapping.`,
        { cause: `${rule.id} ${field}`, at: path === field ? place(program) : path },
      );
    }
  }
}

/** The attributes by which people are found. */
function checkKeys({ batch: { linkAttribute, findBy }, program, note }: Checked): void {
  if (linkAttribute !== undefined) {
    const attribute = attributeOf(program, linkAttribute);
    if (attribute) checkReadable(note, 'attribute', attribute);
    else {
      const cause = { cause: linkAttribute, at: place(program) };
      note('UNKNOWN_ATTRIBUTE', `linkAttribute: ${noAttribute(linkAttribute, program)}`, cause);
    }
  }
  for (const id of findBy) {
    const attribute = attributeOf(program, id);
    if (attribute) checkReadable(note, 'attribute', attribute);
    if (!attribute) {
      const cause = { cause: id, at: place(program) };
      note('UNKNOWN_ATTRIBUTE', `findBy: ${noAttribute(id, program)}`, cause);
    } else if (!attribute.unique) {
      note('NOT_UNIQUE', `findBy: the attribute ${label(attribute)} is not unique in DHIS2.`);
    }
  }
}

function checkEvents(checked: Checked): void {
  const { program, people, note } = checked;
  const byStage = new Map<StageModel, MappedEvent[]>();
  for (const { events } of people) {
    const single = new Map<string, number>();
    for (const event of events) {
      if (event.deleted) continue;
      const stage = program.stages.get(event.stage);
      if (!stage) {
        note(
          'UNKNOWN_STAGE',
          `${event.stage} is not a stage of the program ${label(program)} that the account sees.`,
        );
        continue;
      }
      getOrCreate(byStage, stage, () => [] as MappedEvent[]).push(event);
      single.set(stage.id, (single.get(stage.id) ?? 0) + 1);
    }
    for (const [id, count] of single) {
      const stage = program.stages.get(id)!;
      if (count > 1 && !stage.source.repeatable) {
        note(
          'NOT_REPEATABLE',
          `The stage ${label(stage)} is not repeatable, but the mapping gives several events of it for one person.`,
        );
      }
    }
  }
  for (const [stage, events] of byStage) checkStage(checked, stage, events);
}

function checkStage(checked: Checked, stage: StageModel, events: readonly MappedEvent[]): void {
  const { note } = checked;
  const { source } = stage;
  checkShared(note, 'stage', source);
  if (source.repeatable && events.some(({ key }) => key === stage.id)) {
    note(
      'REPEATABLE',
      `The stage ${label(stage)} is repeatable: an event of it must come from a record of its own.`,
    );
  }
  const given = new Set<string>();
  for (const { values, status } of events) {
    if (status !== undefined && !STATUSES.includes(status)) {
      note(
        'BAD_STATUS',
        `"${status}" is not a status of an event of the stage ${label(stage)}. Use one of ${STATUSES.join(', ')}.`,
      );
    }
    for (const [id, value] of Object.entries(values)) {
      given.add(id);
      const part = stage.elements.get(id);
      if (part) checkField(checked, 'data element', part.dataElement, value);
      else {
        const message = `${id} is not a data element of the stage ${label(stage)}.`;
        note('UNKNOWN_DATA_ELEMENT', message, { cause: id, at: `stage ${label(stage)}` });
      }
    }
  }
  const isStrict =
    source.validationStrategy === 'ON_UPDATE_AND_INSERT' ||
    events.some(({ status }) => status === 'COMPLETED');
  for (const { compulsory, dataElement } of isStrict ? stage.elements.values() : []) {
    if (!compulsory || given.has(dataElement.id)) continue;
    note(
      'COMPULSORY_DATA_ELEMENT',
      `The data element ${label(dataElement)} is compulsory in the stage ${label(stage)}, and the mapping does not give it.`,
      { cause: dataElement.id, at: `stage ${label(stage)}` },
    );
  }
}

function checkField(
  checked: Checked,
  what: 'attribute' | 'data element',
  field: FieldDefinition,
  value: MappedValue,
): void {
  checkReadable(checked.note, what, field);
  checkOptions(checked, what, field, value);
}

/** Compares the codes that a table would write with the options that DHIS2 has for the field. */
function checkOptions(
  { batch, metadata, note, pairs }: Checked,
  what: 'attribute' | 'data element',
  field: FieldDefinition,
  value: MappedValue,
): void {
  if (!isCoded(value) || pairs.has(`${field.id} ${value.table}`)) return;
  pairs.add(`${field.id} ${value.table}`);
  const table = Object.hasOwn(batch.tables, value.table) ? batch.tables[value.table] : undefined;
  if (!table) {
    note(
      'UNKNOWN_TABLE',
      `The ${what} ${label(field)} has a table "${value.table}", which does not exist.`,
      { cause: value.table, at: `${what} ${label(field)}` },
    );
    return;
  }
  const set = metadata.optionSets.get(field.optionSet?.id ?? '');
  if (!set) return;
  const codes = new Set((set.options ?? []).map(({ code }) => code));
  const written = new Map<string, string>();
  for (const [code, id] of Object.entries(table)) {
    if (id !== null && !written.has(id)) written.set(id, code);
  }
  const missing = [...written.values()].filter(code => !codes.has(code));
  if (missing.length === 0) return;
  note(
    'UNKNOWN_OPTION',
    `The table "${value.table}" has codes that are not in the option set ${label(set)} of the ${what} ${label(field)}: ${missing.join(', ')}.`,
    { cause: `${value.table} ${set.id}`, at: `${what} ${label(field)}` },
  );
}

const TRACKED_ENTITY = 'TRACKED_ENTITY_INSTANCE';

function checkRelationships(
  { relationships }: MappedTrackedEntityBatch,
  { programs, relationshipTypes }: Metadata,
  note: Note,
): void {
  const types = new Set(programs.map(({ type }) => type.id));
  // If it is deleted in Go.Data, only its id is known.
  const living = relationships.filter(({ deleted }) => !deleted);
  for (const id of new Set(living.map(({ type }) => type))) {
    const type = relationshipTypes.get(id);
    if (!type) {
      note('UNKNOWN_RELATIONSHIP_TYPE', `The account sees no relationship type ${id}.`);
      continue;
    }
    checkShared(note, 'relationship type', type);
    for (const end of [type.fromConstraint, type.toConstraint]) {
      const fits =
        end?.relationshipEntity === TRACKED_ENTITY && types.has(end.trackedEntityType?.id ?? '');
      if (!fits && types.size > 0) {
        note(
          'RELATIONSHIP_TYPE_MISMATCH',
          `The relationship type ${label(type)} does not link tracked entities of the programs' type.`,
        );
      }
    }
  }
}

function noAttribute(id: string, { type, ...program }: ProgramModel): string {
  return `${id} is not an attribute of the program ${label(program)} or of its tracked entity type ${label(type)}.`;
}

function place(program: ProgramModel): string {
  return `program ${label(program)}`;
}
