import type {
  MappedEntity,
  MappedTrackedEntityBatch,
} from '#common/handover/mapped-tracked-entity-batch.js';
import type { Problem } from '#common/reporting/mapping-problems.js';
import { chooseNamed, nameNearest } from '#common/reporting/named.js';
import { noProgram } from '../../fetch/choose-programs.js';
import { checkReadable, checkShared } from './check-access.js';
import { checkEvents } from './check-events.js';
import { checkField } from './check-fields.js';
import { checkRelationships } from './check-relationships.js';
import { checkAssigned, checkDemandedAttributes } from './check-rules.js';
import { checkTables } from './check-tables.js';
import { type Checked, placeOf, rowsAt } from './checked.js';
import { attributeOf, attributesOf, mandatoryAttributes, type ProgramModel } from './metadata.js';
import { label, type Note } from './note.js';
import type { Metadata } from './read-metadata.js';

/**
 * Compares what a mapping gives for a batch with the programs and relationship types of DHIS2: what
 * does not exist there, what the account may not use, and what is missing. Reads nothing.
 *
 * @param metadata what `readMetadata` read for the batch
 * @returns every problem once; with one of them, nobody of the batch is written
 */
export function checkMapping(batch: MappedTrackedEntityBatch, metadata: Metadata): Problem[] {
  const problems = new Map<string, Problem>();
  const note: Note = (code, message, cause) =>
    problems.set(`${code} ${message}`, { code, message, ...cause });
  const words = [...batch.entities, ...Object.values(batch.others)].map(({ program }) => program);
  for (const word of new Set(words)) {
    if (metadata.programOf(word)) continue;
    const { visiblePrograms } = metadata;
    const { code, message } = noProgram(word, chooseNamed(word, visiblePrograms), visiblePrograms);
    note(code, message);
  }
  const ofTables = checkTables(batch, metadata);
  const told = new Set(ofTables.map(({ cause }) => cause));
  for (const program of metadata.programs) {
    const people = batch.entities.filter(
      ({ program: word, deleted }) => !deleted && metadata.programOf(word) === program,
    );
    if (people.length === 0) continue;
    checkProgram({
      batch,
      metadata,
      program,
      people,
      given: givenBy(people),
      note,
      told,
      pairs: new Set(),
    });
  }
  checkRelationships(batch, metadata, note);
  return [...ofTables, ...problems.values()];
}

/** All attributes and data elements that the mapping gives. */
function givenBy(people: readonly MappedEntity[]): ReadonlySet<string> {
  return new Set(
    people.flatMap(({ attributes, events }) => [
      ...Object.keys(attributes),
      ...events.flatMap(({ values }) => Object.keys(values)),
    ]),
  );
}

function checkProgram(checked: Checked): void {
  const { batch, program, people, note } = checked;
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
      else {
        const cause = { cause: id, at: placeOf(program) };
        note('UNKNOWN_ATTRIBUTE', `${rowsAt(batch, id)}${noAttribute(id, program)}`, cause);
      }
    }
  }
  checkMandatory(checked);
  checkDemandedAttributes(checked);
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
      { cause: one.id, at: placeOf(program) },
    );
  }
}

/** The attributes by which people are found. */
function checkKeys({ batch: { linkAttribute, findBy }, program, note }: Checked): void {
  if (linkAttribute !== undefined) {
    const attribute = attributeOf(program, linkAttribute);
    if (attribute) checkReadable(note, 'attribute', attribute);
    else {
      const cause = { cause: linkAttribute, at: placeOf(program) };
      note('UNKNOWN_ATTRIBUTE', `linkAttribute: ${noAttribute(linkAttribute, program)}`, cause);
    }
  }
  for (const id of findBy) {
    const attribute = attributeOf(program, id);
    if (attribute) checkReadable(note, 'attribute', attribute);
    if (!attribute) {
      const cause = { cause: id, at: placeOf(program) };
      note('UNKNOWN_ATTRIBUTE', `findBy: ${noAttribute(id, program)}`, cause);
    } else if (!attribute.unique) {
      note('NOT_UNIQUE', `findBy: the attribute ${label(attribute)} is not unique in DHIS2.`);
    }
  }
}

function noAttribute(id: string, program: ProgramModel): string {
  return `${id} is not an attribute of the program ${label(program)} or of its tracked entity type ${label(program.type)}. ${nameNearest(id, attributesOf(program))}`;
}
