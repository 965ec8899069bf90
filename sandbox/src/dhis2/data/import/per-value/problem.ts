import type { ImportSummary } from '../summary.js';

/** Why a value, or a whole payload, is not imported. */
export interface Problem {
  code: string;
  /** Arguments of the message, ids first, in the order of {@link OBJECTS}. */
  args: readonly string[];
}

/**
 * The conflict's `property` and the names of the ids among the arguments, by error code (dhis2
 * FACTS §1.3, recordings 346 to 375). Arguments without a name are texts.
 */
const OBJECTS: Readonly<Record<string, readonly [property: string | null, ...names: string[]]>> = {
  E7600: ['dataSet', 'dataSet'],
  E7601: ['dataSet', 'dataSet'],
  E7603: ['orgUnit', 'organisationUnit', 'dataSet'],
  E7604: ['attributeOptionCombo', 'categoryOptionCombo', 'dataSet'],
  E7610: ['dataElement', 'dataElement'],
  E7611: ['period', 'period'],
  E7612: ['orgUnit', 'organisationUnit'],
  E7613: ['categoryOptionCombo', 'categoryOptionCombo'],
  E7614: ['categoryOptionCombo', 'categoryOptionCombo', 'categoryOption'],
  E7615: ['attributeOptionCombo', 'categoryOptionCombo'],
  E7616: ['attributeOptionCombo', 'categoryOptionCombo', 'categoryOption'],
  E7617: ['orgUnit', 'organisationUnit', 'user'],
  E7618: ['value', 'dataElement'],
  E7619: ['value', 'dataElement', 'value'],
  E7620: ['comment'],
  E7621: ['value', 'dataElement'],
  E7630: ['categoryOptionCombo'],
  E7631: ['attributeOptionCombo'],
  E7632: [null, 'period', 'dataElement'],
  E7633: ['dataElement', 'dataElement', 'dataSet'],
  E7634: ['categoryOptionCombo', 'categoryOptionCombo', 'dataElement'],
  E7635: ['attributeOptionCombo', 'categoryOptionCombo', 'dataElement'],
  E7636: ['orgUnit', 'organisationUnit', 'dataElement'],
  E7640: ['period', 'period', 'dataSet'],
  E7641: ['period', 'period', 'dataElement', 'dataSet'],
  E7643: ['period', 'period', 'dataSet'],
  E7644: ['period', 'period'],
};

/**
 * The server's texts for invalid values; the other names are printed unchanged (recordings 346,
 * 347).
 */
const WORDS: Readonly<Record<string, string>> = {
  value_length_greater_than_max_length: 'Data value is greater than max length',
  comment_length_greater_than_max_length: 'Comment is greater than max length',
  value_not_bool: 'Data value is not a boolean',
  value_not_integer: 'Data value is not an integer',
  value_not_negative_integer: 'Data value is not a negative integer',
  value_not_numeric: 'Data value is not numeric',
  value_not_percentage: 'Data value is not a percentage',
  value_not_positive_integer: 'Data value is not a positive integer',
  value_not_true_only: 'Data value is not true',
  value_not_unit_interval: 'Data value is not a unit interval',
  value_not_valid_date: 'Data value is not a valid date',
  value_not_valid_letter: 'Data value is not a valid letter',
};

/** Adds a problem to the summary; without an index it concerns the whole payload. */
export function addProblem(summary: ImportSummary, { code, args }: Problem, index?: number): void {
  const [property, ...names] = OBJECTS[code] ?? [null];
  const objects = Object.fromEntries(names.map((name, i) => [name, args[i] ?? '']));
  summary.addConflict({
    ...(names.length > 0 ? { object: args[0], objects } : {}),
    value: summary.message(
      code,
      args.map(arg => WORDS[arg] ?? arg),
    ),
    errorCode: code,
    ...(property === null ? {} : { property }),
    ...(index === undefined ? {} : { indexes: [index] }),
  });
}
