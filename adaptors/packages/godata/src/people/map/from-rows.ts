import { ownOf, put } from '#common/collections/own.js';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { type CodedTables, createCodedTables } from '#common/people-mapping/coded-tables.js';
import type { AnyContext, ItemOf } from '#common/people-mapping/contexts.js';
import { nameOf } from '#common/people-mapping/parts.js';
import type { LabResultMapping, PeopleMapping } from '#common/people-mapping/people-mapping.js';
import type { ElementPlace, Place } from '#common/people-mapping/places.js';
import { goesToGoData, type Row } from '#common/people-mapping/rows.js';
import type { EnrollmentView, EventView } from '#common/people-mapping/views.js';
import { type FieldType, fieldsOfRows } from '#common/people-mapping/writable.js';
import type { CaseMapping, LabResultFields } from './mapping.js';
import type { PersonView } from './view/person-view.js';
import { createRowCode } from './view/row-code.js';

/** The record that the rows of a part are of. */
const RECORDS = {
  case: 'case',
  contact: 'contact',
  relationship: 'relationship',
  labResults: 'labResult',
} as const;

/** How the places of a row are read. */
type Read = (place: Place) => string | undefined;

/**
 * Makes the functions of a mapping from its rows.
 *
 * @param mapping with ids, see `resolveNames`
 * @param tables the tables that a function of a row reads with a value of its places are added
 */
export function fromRows(
  mapping: PeopleMapping,
  tables: CodedTables = createCodedTables(),
): CaseMapping {
  const { contact, relationship, labResults } = mapping;
  const toCase = readerOf('case', mapping.case.rows, tables);
  const toContact = contact && readerOf('contact', contact.rows, tables);
  const toRelationship = relationship && readerOf('relationship', relationship.rows, tables);
  return {
    case: toPersonFields(toCase),
    ...(toContact ? { contact: toPersonFields(toContact) } : {}),
    ...(toRelationship
      ? {
          relationship: view => {
            const person = view.target;
            const { code } = view;
            const read: Read = place => person && readPlace(person, place);
            return toRelationship(read, { relationship: view, person }, code);
          },
        }
      : {}),
    ...(labResults ? { labResults: toLabResults(labResults, tables) } : {}),
  };
}

type RowsReader = (
  read: Read,
  context: Omit<AnyContext, 'fields' | 'code'>,
  code: PersonView['code'],
) => RecordFields;

/** Reads the rows of one record. */
function readerOf(
  part: keyof typeof RECORDS,
  all: readonly Row[],
  tables: CodedTables,
): RowsReader {
  const types: Readonly<Record<string, FieldType>> = fieldsOfRows(RECORDS[part]);
  const rows = all
    .filter(goesToGoData)
    .map(row => ({ row, answers: row.answers && Object.entries(row.answers) }));
  return (read, context, code) => {
    const fields: RecordFields = {};
    for (const { row, answers } of rows) {
      if (answers) {
        fields.questionnaireAnswers ??= {};
        const given = fields.questionnaireAnswers as RecordFields;
        for (const [name, place] of answers)
          put(given, name, readAnswer(row, name, read(place), code));
      } else {
        const values = row.places.map(read);
        const rowCode = createRowCode(row.field, code, (codes, value) => {
          // A value that a function has made of others may be no option of any place.
          if (!values.includes(value ?? undefined)) return;
          tables.add(nameOf({ name: part }, row), codes, row.places);
        });
        const value = row.toGoData
          ? row.toGoData(values, { ...context, fields, code: rowCode })
          : readValue(row, values[0], types[row.field], rowCode);
        assign(fields, row.field, value);
      }
    }
    return fields;
  };
}

/** The value of a row without a function. */
function readValue(
  { codes }: Row,
  value: string | undefined,
  type: FieldType | undefined,
  code: ItemOf,
): unknown {
  if (codes) return code(codes, value);
  if (type === 'age') return { years: value };
  if (type === 'flag') return value === undefined ? null : value === 'true';
  return value;
}

/** The answer of a place; of several option codes, a list. */
function readAnswer(
  { answerCodes }: Row,
  variable: string,
  value: string | undefined,
  read: PersonView['code'],
): unknown {
  const codes = ownOf(answerCodes, variable);
  if (!codes || value === undefined) return value;
  const code = createRowCode(`questionnaireAnswers.${variable}`, read);
  const parts = Object.hasOwn(codes.ids, value) ? [value] : value.split(',');
  if (parts.length === 1) return code(codes, value);
  return parts.map(one => code(codes, one.trim())).filter(one => one !== null);
}

/** Puts a value into a record: members of the usual address and documents are lists in Go.Data. */
function assign(fields: RecordFields, field: string, value: unknown): void {
  const [name, member] = field.split('.') as [string, string | undefined];
  if (member === undefined) fields[name] = value;
  else if (name === 'addresses') {
    const [address = {}] = (fields.addresses ?? []) as RecordFields[];
    fields.addresses = [{ ...address, [member]: value }];
  } else {
    const type = `LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_${member}`;
    fields.documents = [...((fields.documents as unknown[]) ?? []), { type, number: value }];
  }
}

function toPersonFields(toFields: RowsReader) {
  return (person: PersonView) =>
    toFields(place => readPlace(person, place), { person }, person.code);
}

function readPlace(person: PersonView, place: Place): string | undefined {
  if (place.kind === 'attribute') return person.attribute(place.ref);
  if (place.kind === 'element') return person.latest(stagesOf(place), place.ref);
  if (place.kind === 'orgUnit') return person.orgUnit;
  return place.kind === 'enrolledAt' ? (person.enrolledAt ?? person.createdAt) : person.occurredAt;
}

function stagesOf({ stages }: ElementPlace): string[] {
  return stages.map(({ ref }) => ref);
}

/** Every result of every enrollment. A result belongs to the last request before it. */
function toLabResults({ result, request, rows }: LabResultMapping, tables: CodedTables) {
  const toFields = readerOf('labResults', rows, tables);
  return (person: PersonView): LabResultFields[] =>
    person.enrollments.flatMap(enrollment =>
      enrollment.events(result.ref).map(event => {
        const asked = request && requestOf(enrollment, request.ref, event);
        const read: Read = place =>
          place.kind === 'element'
            ? firstValue(place, [
                [result.ref, event],
                [request?.ref, asked],
              ])
            : readPlace(person, place);
        return { event, ...toFields(read, { person, result: event, request: asked }, person.code) };
      }),
    );
}

function requestOf(enrollment: EnrollmentView, stage: string, event: EventView) {
  return enrollment.events(stage).findLast(({ day }) => !day || !event.day || day <= event.day);
}

/** The value in the first of the place's stages that has one. */
function firstValue(
  { stages, ref }: ElementPlace,
  events: readonly (readonly [string | undefined, EventView | undefined])[],
): string | undefined {
  for (const stage of stages) {
    for (const [of, event] of events) {
      const value = of === stage.ref ? event?.value(ref) : undefined;
      if (value !== undefined) return value;
    }
  }
  return undefined;
}
