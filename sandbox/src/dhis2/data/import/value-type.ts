import type { DataElement } from '../../metadata/types.js';
import { isEmail, isPhoneNumber, isUrl } from './internet-value.js';

const INTEGER = /^(0|-?[1-9]\d*)$/;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const MAX_NUMBER_LENGTH = 250;
/**
 * A day, optionally followed by anything that ends in a letter or digit, such as a time of day
 * (dhis2 LIVE 191).
 */
const DAY = /^(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))(.*\w)?$/;
const DATE_TIME =
  /^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d(\.(\d{3,4}|\d{6}|\d{9}))?)?)?([+-]\d{2}:?\d{2}|Z)?| ([01]\d|2[0-3]):[0-5]\d:[0-5]\d([+-]\d{2}:?\d{2}|Z))$/;
const TIME = /^(\d|[01]\d|2[0-3]):[0-5]\d$/;
const UID = /^[a-zA-Z][a-zA-Z0-9]{10}$/;
const USERNAME = /^(?=.{4,255}$)(?![-_.@])(?!.*[-_.@]{2})[-_.@a-zA-Z0-9]+(?<![-_.@])$/;

const isInteger = (value: string) => INTEGER.test(value) && isJavaInt(Number(value));
const isNumber = (value: string) => NUMBER.test(value) && value.length < MAX_NUMBER_LENGTH;
const isUid = (value: string) => UID.test(value);

/**
 * The check of each value type and the name of its failure; types without a check accept any text.
 */
const CHECKS: Readonly<Record<string, readonly [problem: string, (value: string) => boolean]>> = {
  NUMBER: ['value_not_numeric', isNumber],
  INTEGER: ['value_not_integer', isInteger],
  INTEGER_POSITIVE: ['value_not_positive_integer', value => isInteger(value) && Number(value) > 0],
  INTEGER_NEGATIVE: ['value_not_negative_integer', value => isInteger(value) && Number(value) < 0],
  INTEGER_ZERO_OR_POSITIVE: [
    'value_not_zero_or_positive_integer',
    value => isInteger(value) && Number(value) >= 0,
  ],
  PERCENTAGE: [
    'value_not_percentage',
    value => isNumber(value) && Number(value) >= 0 && Number(value) <= 100,
  ],
  UNIT_INTERVAL: [
    'value_not_unit_interval',
    value => isNumber(value) && Number(value) >= 0 && Number(value) <= 1,
  ],
  BOOLEAN: ['value_not_bool', value => /^(true|false)$/i.test(value)],
  TRUE_ONLY: ['value_not_true_only', value => /^true$/i.test(value)],
  DATE: ['value_not_valid_date', isDay],
  AGE: ['value_not_valid_age', isDay],
  DATETIME: ['value_not_valid_datetime', value => DATE_TIME.test(value) && isDay(value)],
  TIME: ['value_not_valid_time', value => TIME.test(value)],
  COORDINATE: ['value_not_coordinate', isCoordinate],
  LETTER: ['value_not_valid_letter', value => /^\p{L}$/u.test(value)],
  PHONE_NUMBER: ['value_not_phone_number', isPhoneNumber],
  EMAIL: ['value_not_valid_email', isEmail],
  URL: ['value_not_url', isUrl],
  USERNAME: ['value_not_valid_username', value => USERNAME.test(value)],
  ORGANISATION_UNIT: ['value_not_valid_org_unit_uid', isUid],
  FILE_RESOURCE: ['value_not_valid_file_resource_uid', isUid],
  IMAGE: ['value_not_valid_file_resource_uid', isUid],
};

const INTEGERS = new Set([
  'INTEGER',
  'INTEGER_POSITIVE',
  'INTEGER_NEGATIVE',
  'INTEGER_ZERO_OR_POSITIVE',
]);
const NUMERIC = new Set([...INTEGERS, 'NUMBER', 'PERCENTAGE', 'UNIT_INTERVAL']);

/**
 * The problem of a value of a type, by the server's name (its source, ValidationUtils.valueIsValid;
 * dhis2 LIVE 191). Both data values and Tracker use this check.
 *
 * @example
 * valueProblem('1.5', 'INTEGER'); // value_not_integer
 */
export function valueProblem(value: string, valueType: string): string | undefined {
  const check = CHECKS[valueType];
  return check && !check[1](value) ? check[0] : undefined;
}

function isJavaInt(number: number): boolean {
  return number >= -2_147_483_648 && number <= 2_147_483_647;
}

/** Whether a text begins with an existing day; the 30th of February is not one. */
function isDay(text: string): boolean {
  const day = DAY.exec(text)?.[1];
  if (day === undefined) return false;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** `[longitude,latitude]` on the globe; the brackets are required. */
function isCoordinate(text: string): boolean {
  const [, longitude, latitude] = /^\[([^,]+),([^,]+).*\]$/.exec(text.replace(/\s+/g, '')) ?? [];
  return Math.abs(Number(longitude)) <= 180 && Math.abs(Number(latitude)) <= 90;
}

/**
 * A value as the aggregate importers store it. Up to 2.42 they recognise some spellings of yes and
 * no, since 2.43 all of them, and whole numbers with `.0` (dhis2 LIVE, "Data values: the basics").
 */
export function normalizeValue(
  value: string,
  valueType: string,
  importer: 'per-value' | 'group',
): string {
  if (importer === 'group' && INTEGERS.has(valueType) && value.endsWith('.0')) {
    return value.slice(0, -2);
  }
  if (valueType !== 'BOOLEAN' && valueType !== 'TRUE_ONLY') return value;
  const { yes, no } = SPELLINGS[importer];
  if (yes.test(value)) return 'true';
  const isNo = no.test(value) && !(importer === 'per-value' && valueType === 'TRUE_ONLY');
  return isNo ? 'false' : value;
}

const SPELLINGS = {
  'per-value': { yes: /^(true|True|TRUE|t|T|1)$/, no: /^(false|False|FALSE|f|F|0)$/ },
  group: { yes: /^(true|t|yes|y|1)$/i, no: /^(false|f|no|n|0)$/i },
};

/**
 * Whether a value is a zero that its data element does not store; data elements with averages store
 * zeros (dhis2 FACTS §0).
 */
export function isInsignificantZero(value: string | undefined, element: DataElement): boolean {
  return (
    value !== undefined &&
    NUMERIC.has(element.valueType) &&
    /^0(\.0*)?$/.test(value) &&
    !element.zeroIsSignificant &&
    element.aggregationType !== 'AVERAGE' &&
    element.aggregationType !== 'AVERAGE_SUM_ORG_UNIT'
  );
}
