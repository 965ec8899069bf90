import { ownOf } from '#common/collections/own.js';
import { remember } from '#common/collections/remember.js';
import { badOption } from '#common/operations/options.js';
import { prefixOf } from '#common/operations/reference-ids.js';
import { completedYears, readYears } from '#common/people/age.js';
import { isDay } from '#common/periods/index.js';
import { nearest } from '#common/reporting/nearest.js';
import type { PersonRecord } from '../client/requests/people.js';
import { type Dimension, type RowContext, UNKNOWN } from './dimension.js';

/**
 * The reference data value of a property, without Go.Data's prefix for the category:
 * `LNG_REFERENCE_DATA_CATEGORY_GENDER_MALE` → `MALE`. A value of another category is not shortened.
 *
 * @public
 * @function
 * @param {string} field - Property with the reference data id, such as `riskLevel`
 * @param {string} category - Its category, such as `RISK_LEVEL`
 * @returns {Dimension}
 * @example
 * referenceData('riskLevel', 'RISK_LEVEL') // 1_LOW, 2_MEDIUM, 3_HIGH
 */
export function referenceData(field: string, category: string): Dimension {
  requireText('referenceData', 'a property and a category, such as RISK_LEVEL', field, category);
  return withoutPrefix(field, prefixOf(category));
}

/** A mistyped name of a constant is undefined, and would be the code of no record. */
function requireText(path: string, what: string, ...given: unknown[]): void {
  if (given.some(text => typeof text !== 'string' || text === '')) {
    throw badOption(path, `must get ${what}, in quotes`);
  }
}

/** Maximum number of reference data values to remember: a category has some dozens. */
const MAX_IDS = 1000;

function withoutPrefix(field: string, prefix: string): Dimension {
  const shorten = remember(MAX_IDS, id => (id.startsWith(prefix) ? id.slice(prefix.length) : id));
  return {
    fields: [field],
    code: person => {
      const id = person[field];
      return typeof id === 'string' ? shorten(id) : id;
    },
  };
}

/**
 * The status of a follow-up: `SEEN_OK`, `SEEN_NOT_OK`, `MISSED`, `NOT_ATTEMPTED`, `NOT_PERFORMED`,
 * or a value that a country has added.
 *
 * @public
 * @function
 * @returns {Dimension}
 * @example
 * dimensions: { status: followUpStatus() }
 */
export function followUpStatus(): Dimension {
  return withoutPrefix('statusId', 'LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_');
}

/**
 * A dimension of the person of a follow-up or lab result.
 *
 * @public
 * @function
 * @param {Dimension} dimension - Such as `sex()`, `ageBand([5, 15])`, `classification()`
 * @returns {Dimension}
 * @example
 * dimensions: { result: referenceData('result', 'LAB_TEST_RESULT'), sex: ofPerson(sex()) }
 */
export function ofPerson(dimension: Dimension): Dimension {
  return {
    ...dimension,
    fields: dimension.fields.map(field => `person.${field}`),
    // A person who was deleted meanwhile has no properties.
    code: (record, context) =>
      dimension.code((record.person ?? { id: '' }) as PersonRecord, context),
  };
}

/**
 * The case classification: `CONFIRMED`, `PROBABLE`, `SUSPECT`, `NOT_A_CASE_DISCARDED`, or a value
 * that a country has added.
 *
 * @public
 * @function
 * @returns {Dimension}
 * @example
 * dimensions: { classification: classification() }
 */
export function classification(): Dimension {
  return referenceData('classification', 'CASE_CLASSIFICATION');
}

/**
 * The sex: `MALE`, `FEMALE`, or `UNKNOWN` (Go.Data has no value for it: godata FACTS §4).
 *
 * @public
 * @function
 * @returns {Dimension}
 * @example
 * dimensions: { sex: sex() }
 */
export function sex(): Dimension {
  return referenceData('gender', 'GENDER');
}

/**
 * The outcome: `ALIVE`, `RECOVERED`, `DECEASED`, or `UNKNOWN`.
 *
 * @public
 * @function
 * @returns {Dimension}
 * @example
 * dimensions: { outcome: outcome() }
 */
export function outcome(): Dimension {
  return referenceData('outcomeId', 'OUTCOME');
}

/**
 * The age band, from the age, or else from the date of birth and the record's date.
 *
 * @public
 * @function
 * @param {number[]} boundaries - Ages in whole years at which the bands begin, in ascending order: `[5, 15]` gives `0-4`, `5-14` and `15+`
 * @returns {Dimension}
 * @example
 * dimensions: { age: ageBand([5, 15, 25, 50, 65]) }
 */
export function ageBand(boundaries: number[]): Dimension {
  const isList = Array.isArray(boundaries);
  const starts = [0, ...(isList ? boundaries.filter(age => age !== 0) : [])];
  const ascending =
    isList && starts.every((age, i) => Number.isInteger(age) && (i === 0 || age > starts[i - 1]!));
  if (!ascending)
    throw badOption(
      'ageBand',
      'boundaries must be a list of whole years in ascending order, such as [5, 15, 65]',
    );
  const labels = starts.map((age, i) =>
    i + 1 < starts.length ? `${age}-${starts[i + 1]! - 1}` : `${age}+`,
  );
  return {
    fields: ['age', 'dob'],
    codes: [...labels, UNKNOWN],
    code: (person, { day }) => {
      const years = ageInYears(person, day);
      if (years === undefined) return undefined;
      let band = starts.length - 1;
      while (starts[band]! > years) band -= 1;
      return labels[band];
    },
  };
}

/** Completed years from the age, else from the date of birth. */
function ageInYears({ age, dob }: PersonRecord, day: string): number | undefined {
  return completedYears(age) ?? readYears(birthAge(dob, day));
}

/** Whole years from the date of birth to a day. A year is complete on the birthday. */
function birthAge(dob: unknown, day: string): number | undefined {
  if (typeof dob !== 'string' || !isDay(dob.slice(0, 10))) return undefined;
  const birthDay = dob.slice(0, 10);
  const birthdayPassed = day.slice(5) >= birthDay.slice(5);
  return Number(day.slice(0, 4)) - Number(birthDay.slice(0, 4)) - (birthdayPassed ? 0 : 1);
}

/**
 * Whether a stay of a kind overlaps the period in which the record is counted: `YES` or `NO`. A
 * stay without an end has not ended. A stay without a beginning counts on its last day.
 *
 * @public
 * @function
 * @param {string} type - Kind of the date range, such as `HOSPITALIZATION` or `ICU_ADMISSION`
 * @returns {Dimension}
 * @example
 * dimensions: { hospitalised: inDateRange('HOSPITALIZATION') }
 */
export function inDateRange(type: string): Dimension {
  requireText('inDateRange', 'the kind of a date range, such as HOSPITALIZATION', type);
  const prefix = prefixOf('PERSON_DATE_TYPE');
  const typeId = `${prefix}${type}`;
  const seen = new Set<string>();
  return {
    fields: ['dateRanges'],
    codes: ['YES', 'NO'],
    code: ({ dateRanges }, context) => {
      if (!dateRanges || dateRanges.length === 0) return 'NO';
      let isInside = false;
      for (const range of dateRanges) {
        seen.add(range.typeId ?? '');
        if (range.typeId !== typeId && range.typeId !== type) continue;
        isInside ||= overlaps(range, context);
      }
      return isInside ? 'YES' : 'NO';
    },
    // A mistyped kind is NO for everybody.
    doubt: () => {
      const others = [...seen].filter(id => id !== '').map(id => id.replace(prefix, ''));
      if (others.length === 0 || seen.has(typeId) || seen.has(type)) return undefined;
      const listed = nearest(type, others, name => [name]).join(', ');
      return `no record has a date range ${type}, so all are NO. There are: ${listed}`;
    },
  };
}

function overlaps(
  range: { startDate?: string | null; endDate?: string | null },
  { period }: RowContext,
): boolean {
  const start = (range.startDate ?? range.endDate)?.slice(0, 10);
  if (!start) return false;
  const end = range.endDate?.slice(0, 10);
  return start <= period.endDate && (end === undefined || end >= period.startDate);
}

/**
 * The answer to a question of the investigation form. If the question was asked several times, the
 * answer with the latest date. Several choices become one code: in alphabetical order, joined with
 * `+`.
 *
 * @public
 * @function
 * @param {string} variable - The question's variable
 * @returns {Dimension}
 * @example
 * dimensions: { symptomatic: answer('symptoms_present') }
 */
export function answer(variable: string): Dimension {
  requireText('answer', 'the variable of a question', variable);
  return {
    fields: ['questionnaireAnswers'],
    code: person => {
      const answers = ownOf(person.questionnaireAnswers, variable);
      if (!Array.isArray(answers) || answers.length === 0) return undefined;
      const latest = answers.reduce((best, next) =>
        (next.date ?? '') >= (best.date ?? '') ? next : best,
      );
      return Array.isArray(latest.value) ? latest.value.map(String).sort().join('+') : latest.value;
    },
  };
}
