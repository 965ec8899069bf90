import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { readGoDataField } from '#common/ownership/index.js';
import { readWholeNumber, readYears } from '#common/people/age.js';
import type { RecordReader as FieldReader } from '#common/people-mapping/views.js';
import { dayOf, utcDayNumber } from '#common/periods/index.js';
import type { Fault } from '../read/reading.js';
import type { ReadCode } from './read-code.js';

/** How a mapping of functions reads a record of Go.Data. */
export interface RecordReader extends FieldReader {
  code: ReadCode;
  /** The answers to several questions: variable → id becomes id → answer. */
  answers(ids: Readonly<Record<string, string>>): Record<string, string | number | boolean | null>;
}

/** A record of Go.Data as a mapping sees it: its fields, and functions to read them. */
export type RecordView = RecordFields & { id: string } & RecordReader;

/** What the views of a batch share. */
export interface ViewContext {
  code: ReadCode;
  /** Values of the record that are not written; the rest of the record is. */
  omitted: Fault[];
}

/**
 * Creates the reader of a record.
 *
 * @param path the record's place in its person, for faults: `labResults.`
 */
export function createRecordReader(
  record: RecordFields,
  { code, omitted }: ViewContext,
  path = '',
): RecordReader {
  const read = (field: string) => readGoDataField(record, field, { owner: 'latest' });
  const readDay = (field: string) => {
    const value = read(field);
    if (value === undefined || value === null || value === '') return null;
    const number = utcDayNumber(value);
    if (number !== undefined) return dayOf(number);
    omitted.push({ code: 'INVALID_DATE', field: `${path}${field}` });
    return undefined;
  };
  const answer = (variable: string) => readAnswer(read(`questionnaireAnswers.${variable}`));
  return {
    value: field => toScalar(read(field)),
    day(...fields) {
      let none: null | undefined = null;
      for (const field of fields) {
        const day = readDay(field);
        if (typeof day === 'string') return day;
        if (day === undefined) none = undefined;
      }
      return none;
    },
    years(field) {
      const { years, months } = (read(field) ?? {}) as Record<string, unknown>;
      if (isNone(years) && isNone(months)) return null;
      const parts = [years, months].map(part => (isNone(part) ? 0 : readWholeNumber(part)));
      const [full = Number.NaN, more = Number.NaN] = parts;
      const whole = readYears(full + Math.floor(more / 12));
      if (whole === undefined) omitted.push({ code: 'INVALID_AGE', field: `${path}${field}` });
      return whole;
    },
    code,
    answer,
    answers: ids =>
      Object.fromEntries(Object.entries(ids).map(([variable, id]) => [id, answer(variable)])),
  };
}

/** Creates the view of a lab result or a follow-up. */
export function createRecordView(
  record: RecordFields & { id: string },
  context: ViewContext,
  path: string,
): RecordView {
  return { ...record, ...createRecordReader(record, context, path) };
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** Of an answer that was given several times, the first. */
function readAnswer(values: unknown) {
  const [first] = Array.isArray(values) ? values : [values];
  return Array.isArray(first) ? first.join(',') || null : toScalar(first);
}

function toScalar(value: unknown): string | number | boolean | null {
  const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
  return isScalar && value !== '' ? (value as string | number | boolean) : null;
}
