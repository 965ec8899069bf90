import type { JsonObject } from './types.js';

/** The texts that Go.Data reads as dates, in filters and bodies alike (godata FACTS §3). */
const DATE_LIKE =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$/;

const DATE_FIELD = /^(date|dob|date[A-Z].*|.*Date|.*At)$/;

/**
 * Declared as text in the models of FACTS §4, so a text in them stays a text even if it looks like
 * a date.
 */
const TEXT_FIELD =
  /^(id|type|number|name|password|code|description|comments?|notes|email|emailAddress|phoneNumber|city|country|postalCode|addressLine1|sampleIdentifier|synonyms|[a-z]\w*(Ids?|By|Name|On|Mask|Reason|Status|Level)|gender|occupation|classification|disease|value|categoryId)$/;

const UNTYPED = /(^|\.)questionnaireAnswers/;

/** The texts in answers that become dates: a time has seconds (localizationHelper.isValidDate). */
const ANSWERED_DATE = /^\d{4}-\d{2}-\d{2}([\sT]?\d{2}:\d{2}:\d{2}([+-]\d{2}:\d{2}|(\.\d{3})?Z*))?$/;

/** Whether the models declare this field a date. Answers to questionnaires declare nothing. */
export function isDatePath(path: string): boolean {
  return !UNTYPED.test(path) && DATE_FIELD.test(leafOf(path));
}

/** Whether the models declare this field a text. */
export function isTextPath(path: string): boolean {
  return !UNTYPED.test(path) && TEXT_FIELD.test(leafOf(path)) && !isDatePath(path);
}

/**
 * The instant that a date-like text means: a day is its midnight in UTC (r036), an offset is
 * applied (r253).
 *
 * @returns `2026-01-30T12:45:00.000Z`, or undefined if the text is not a date to Go.Data
 */
export function toInstant(text: string): string | undefined {
  if (!DATE_LIKE.test(text)) return undefined;
  const zoned = /T|\s/.test(text) && !/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text;
  const time = Date.parse(zoned.replace(/^(\S+) (\d)/, '$1T$2').replace(/\s/g, ''));
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/**
 * A JSON copy with every date as an instant, as a record looks after it was stored. Bad dates below
 * the top become null (like a bad age, r051); those at the top are left for the validation.
 */
export function withInstants<T extends JsonObject>(record: T): T {
  return convert(record, '') as T;
}

function convert(value: unknown, path: string): unknown {
  if (typeof value === 'string') return convertText(value, path);
  if (Array.isArray(value)) return value.map(item => convert(item, path));
  if (value === null || typeof value !== 'object') return value;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) copy[key] = convert(item, path === '' ? key : `${path}.${key}`);
  }
  return copy;
}

function convertText(text: string, path: string): unknown {
  if (isTextPath(path) || (UNTYPED.test(path) && !ANSWERED_DATE.test(text))) return text;
  const instant = toInstant(text);
  if (instant !== undefined) return instant;
  return isDatePath(path) && path.includes('.') ? null : text;
}

function leafOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
