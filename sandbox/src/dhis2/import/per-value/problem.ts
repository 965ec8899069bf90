import type { ImportSummary } from '../summary.js';

/** Why a value, or a whole payload, is not imported. */
export interface Problem {
  code: string;
  /** Arguments of the message, ids first, in the order of {@link OBJECTS}. */
  args: readonly string[];
}

/**
 * The conflict's `property` and the names of the ids among the arguments, by error code (dhis2
 * FACTS §1.3). Arguments beyond the names are texts.
 */
const OBJECTS: Readonly<Record<string, readonly [property: string | null, ...names: string[]]>> = {
  E7600: ['dataSet', 'dataSet'],
  E7601: ['dataSet', 'dataSet'],
  E7603: ['orgUnit', 'orgUnit', 'dataSet'],
  E7604: ['attributeOptionCombo', 'categoryOptionCombo', 'dataSet'],
  E7610: ['dataElement', 'dataElement'],
  E7611: ['period', 'period'],
  E7612: ['orgUnit', 'orgUnit'],
  E7613: ['categoryOptionCombo', 'categoryOptionCombo'],
  E7614: ['categoryOptionCombo', 'categoryOptionCombo', 'categoryOption'],
  E7615: ['attributeOptionCombo', 'categoryOptionCombo'],
  E7616: ['attributeOptionCombo', 'categoryOptionCombo', 'categoryOption'],
  E7617: ['orgUnit', 'orgUnit', 'user'],
  E7618: ['value', 'dataElement'],
  E7619: ['value', 'dataElement'],
  E7620: ['comment'],
  E7621: ['value', 'dataElement'],
  E7630: ['categoryOptionCombo'],
  E7631: ['attributeOptionCombo'],
  E7632: [null, 'period', 'dataElement'],
  E7633: ['dataElement', 'dataElement', 'dataSet'],
  E7634: ['categoryOptionCombo', 'categoryOptionCombo', 'dataElement'],
  E7635: ['attributeOptionCombo', 'categoryOptionCombo', 'dataElement'],
  E7636: ['orgUnit', 'orgUnit', 'dataElement'],
  E7640: ['period', 'period', 'dataSet'],
  E7641: ['period', 'period', 'dataElement', 'dataSet'],
  E7643: ['period', 'period', 'dataSet'],
  E7644: ['period', 'period'],
};

/** Writes a problem into the summary; without an index it concerns the payload as a whole. */
export function addProblem(summary: ImportSummary, { code, args }: Problem, index?: number): void {
  const [property, ...names] = OBJECTS[code] ?? [null];
  const objects = Object.fromEntries(names.map((name, i) => [name, args[i] ?? '']));
  summary.addConflict({
    ...(names.length > 0 ? { object: args[0], objects } : {}),
    value: summary.message(code, args),
    errorCode: code,
    ...(property === null ? {} : { property }),
    indexes: index === undefined ? [] : [index],
  });
}
