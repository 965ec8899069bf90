import { ownOf } from '#common/collections/own.js';
import { readGoDataField } from '#common/ownership/index.js';
import { codeToWrite, itemsOf } from '#common/people-mapping/codes.js';
import type { OptionOf, ToDhis2Context } from '#common/people-mapping/contexts.js';
import type {
  FollowUpMapping,
  KindMapping,
  LabResultMapping,
  PeopleMapping,
} from '#common/people-mapping/people-mapping.js';
import type { Place, Stage } from '#common/people-mapping/places.js';
import { goesToDhis2, type Row } from '#common/people-mapping/rows.js';
import { type FieldType, fieldsOfRows, isUnset } from '#common/people-mapping/writable.js';
import type { EntityFields, EntityMapping, EventFields, FieldValues } from './mapping.js';
import type { PersonView } from './view/person-view.js';
import type { RecordReader, RecordView } from './view/record-view.js';
import { createRowCode } from './view/row-code.js';

/** The values of a record, by the path of their place; stages in the order of their rows. */
interface RecordValues {
  attributes: FieldValues;
  days: { enrolledAt?: unknown; occurredAt?: unknown };
  stages: Map<string, { stage: Stage; values: FieldValues }>;
}

/**
 * Makes the functions of a mapping from its rows.
 *
 * @param mapping with ids, see `resolveNames`
 */
export function fromRows(mapping: PeopleMapping): EntityMapping {
  const { contact, relationship } = mapping;
  const others = mapping.contactOfContact === undefined ? contact : mapping.contactOfContact;
  return {
    case: toEntity(mapping.case, 'case', mapping),
    ...(contact ? { contact: toEntity(contact, 'contact', mapping) } : {}),
    ...(others ? { contactOfContact: toEntity(others, 'contact', mapping) } : {}),
    ...(relationship
      ? {
          relationship: () => ({
            type: relationship.type,
            from: relationship.source === 'from' ? 'source' : 'target',
          }),
        }
      : {}),
  };
}

function toEntity(
  { rows }: KindMapping,
  kind: 'case' | 'contact',
  { labResults, followUps }: PeopleMapping,
) {
  const read = readerOf(rows, fieldsOfRows(kind));
  const hasLocation = rows.some(
    row => goesToDhis2(row) && row.places.some(({ kind: one }) => one === 'orgUnit'),
  );
  const ofLabResult = labResults && kind === 'case' ? toLabEvents(labResults) : () => [];
  const ofFollowUp = followUps && kind === 'contact' ? toFollowUpEvent(followUps) : () => undefined;
  return (person: PersonView): EntityFields => {
    const { attributes, days, stages } = read(person, person);
    return {
      ...(hasLocation ? { location: person.residence.locationId } : {}),
      ...days,
      attributes,
      events: [
        ...[...stages.values()].map(({ stage, values }) => toEvent(stage, values, person)),
        ...person.labResults.flatMap(ofLabResult),
        ...person.followUps.map(ofFollowUp),
      ],
    };
  };
}

function toEvent(
  { ref, occurredAt }: Stage,
  values: FieldValues,
  record: RecordReader,
): EventFields {
  return {
    stage: ref,
    ...(occurredAt.length > 0 ? { occurredAt: record.day(...occurredAt) } : {}),
    values,
  };
}

/** Reads the rows of one record. */
function readerOf(all: readonly Row[], types: Readonly<Record<string, FieldType>>) {
  const rows = all.filter(goesToDhis2);
  return (record: RecordReader, fields: Record<string, unknown>): RecordValues => {
    const found: RecordValues = { attributes: {}, days: {}, stages: new Map() };
    for (const row of rows) {
      if (row.answers) {
        for (const [variable, place] of Object.entries(row.answers)) {
          put(found, place, readAnswer(row, variable, record));
        }
        continue;
      }
      const code = createRowCode(row, record.code);
      if (row.toDhis2) {
        const value = readGoDataField(fields, row.field, { owner: 'latest' });
        const context: ToDhis2Context = { record, code };
        const given = row.toDhis2(value, context);
        const values = Array.isArray(given) ? given : [given];
        for (const [n, place] of row.places.entries()) put(found, place, values[n]);
      } else put(found, row.places[0]!, readValue(row, types[row.field], record, fields, code));
    }
    return found;
  };
}

/** The value of a row without a function. */
function readValue(
  { field, places, codes }: Row,
  type: FieldType | undefined,
  record: RecordReader,
  fields: Record<string, unknown>,
  code: OptionOf,
): unknown {
  if (codes) return code(codes, record.value(field));
  // An age is written where there is no date of birth.
  if (type === 'age') return fields.dob ? undefined : record.years(field);
  if (type === 'flag') return readFlag(field, record);
  if (type !== 'day') return record.value(field);
  return places[0]!.kind === 'enrolledAt' ? record.day(field, 'createdAt') : record.day(field);
}

/** What DHIS2 may have for a flag that nobody has set in Go.Data: no, or nothing. */
const FLAGS = { true: 'true', false: 'false', '': 'false' };

function readFlag(field: string, record: RecordReader): unknown {
  const value = record.value(field) ?? false;
  return isUnset(field, value) || value === true ? record.code(field, FLAGS, String(value)) : value;
}

/** The value of an answer; several choices become a list of option codes. */
function readAnswer({ answerCodes = {} }: Row, variable: string, record: RecordReader): unknown {
  const codes = ownOf(answerCodes, variable);
  const answer = record.answer(variable);
  if (!codes) return answer;
  const code = createRowCode({ field: `questionnaireAnswers.${variable}`, codes }, record.code);
  if (answer === null) return code(codes, null);
  const text = String(answer);
  const items = itemsOf(codes).includes(text) ? [text] : text.split(',');
  if (items.length === 1) return code(codes, text);
  const isKnown = items.map(item => code(codes, item.trim()) !== undefined).every(Boolean);
  return isKnown ? items.map(item => codeToWrite(codes, item.trim())).join(',') : undefined;
}

function put({ attributes, days, stages }: RecordValues, place: Place, value: unknown): void {
  if (place.kind === 'attribute') attributes[place.ref] = value;
  else if (place.kind === 'element') {
    const [stage] = place.stages as [Stage, ...Stage[]];
    const event = stages.get(stage.ref) ?? { stage, values: {} };
    event.values[place.ref] = value;
    stages.set(stage.ref, event);
  } else if (place.kind !== 'orgUnit') days[place.kind] = value;
}

/** A lab result is a request, if the day of its sample is known, and a result, if only a pending one. */
function toLabEvents({ result, request, rows }: LabResultMapping) {
  const types = fieldsOfRows('labResult');
  const elements = rows.filter(goesToDhis2);
  const ofStage = (stage: Stage) =>
    elements.flatMap(row => {
      const places = row.places.map(place => atStage(place, stage));
      return places.some(place => place !== undefined)
        ? [{ ...row, places: places.map((place, n) => place ?? row.places[n]!) }]
        : [];
    });
  const readResult = readerOf(ofStage(result), types);
  const readRequest = request && readerOf(ofStage(request), types);
  const valuesAt = (values: RecordValues, { ref }: Stage) => values.stages.get(ref)?.values ?? {};
  return (record: RecordView): EventFields[] => {
    const sampleDay = request && record.day(...request.occurredAt);
    const isDone = Boolean(record.result);
    return [
      ...(request && readRequest && sampleDay
        ? [
            {
              stage: request.ref,
              labRequest: record,
              occurredAt: sampleDay,
              status: 'COMPLETED',
              values: valuesAt(readRequest(record, record), request),
            },
          ]
        : []),
      {
        stage: result.ref,
        labResult: record,
        occurredAt: record.day(...result.occurredAt),
        ...(isDone ? { status: 'COMPLETED' } : {}),
        values: valuesAt(readResult(record, record), result),
      },
    ];
  };
}

/** The place in one of its stages; undefined if it is not in that stage. */
function atStage(place: Place, stage: Stage): Place | undefined {
  if (place.kind !== 'element' || !place.stages.some(({ ref }) => ref === stage.ref))
    return undefined;
  return { ...place, stages: [stage] };
}

function toFollowUpEvent({ stage, when = () => true, rows }: FollowUpMapping) {
  const read = readerOf(rows, fieldsOfRows('followUp'));
  return (record: RecordView): EventFields | undefined => {
    if (!when(record)) return undefined;
    return {
      stage: stage.ref,
      followUp: record,
      occurredAt: record.day(...stage.occurredAt),
      status: 'COMPLETED',
      values: read(record, record).stages.get(stage.ref)?.values ?? {},
    };
  };
}
