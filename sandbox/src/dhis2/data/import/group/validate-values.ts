import type { MessageArg } from '#sandbox/dhis2/http/messages.js';
import type { ImportRun } from '../import-run.js';
import { normalizeValue, valueProblem } from '../value-type.js';
import { GroupError, type GroupValue } from './decode.js';

/** Why one value of a group is left out, while the others are written. */
export interface ValueError {
  index: number;
  code: string;
  args: readonly MessageArg[];
}

const MAX_COMMENT_LENGTH = 5000;

/**
 * Separates the values of a group into valid and invalid ones (dhis2 FACTS §0: E8120 to E8125 are
 * per value).
 *
 * @throws GroupError E8128 when two values have one key
 */
export function validateValues(
  run: ImportRun,
  values: readonly GroupValue[],
): { valid: GroupValue[]; errors: ValueError[] } {
  checkDuplicates(values);
  const valid: GroupValue[] = [];
  const errors: ValueError[] = [];
  for (const one of values) {
    const element = run.store.metadata.get('dataElements', one.dataElement)!;
    const value =
      one.value === undefined
        ? undefined
        : normalizeValue(one.value, element.valueType, run.importer);
    const normalized = { ...one, value };
    const problem = problemOf(run, normalized);
    if (problem) errors.push({ index: one.index, ...problem });
    else valid.push(normalized);
  }
  return { valid, errors };
}

function problemOf(
  { store }: ImportRun,
  { index, dataElement, value, comment, deleted }: GroupValue,
): Omit<ValueError, 'index'> | undefined {
  const { valueType, optionSet } = store.metadata.get('dataElements', dataElement)!;
  if (value === undefined && !deleted) return { code: 'E8120', args: [index] };
  if (value !== undefined) {
    const wrong = valueProblem(value, valueType);
    if (wrong) return { code: 'E8122', args: [index, value, valueType, wrong] };
    const codes = valueType === 'MULTI_TEXT' ? value.split(',') : [value];
    const wrongOption =
      optionSet && codes.find(one => !store.metadata.hasOption(optionSet.id, one));
    if (wrongOption !== undefined) {
      return { code: 'E8123', args: [index, wrongOption, dataElement] };
    }
  }
  return (comment?.length ?? 0) > MAX_COMMENT_LENGTH
    ? { code: 'E8125', args: [index, MAX_COMMENT_LENGTH] }
    : undefined;
}

/** Only the first key that occurs twice is reported. */
function checkDuplicates(values: readonly GroupValue[]): void {
  const byKey = new Map<string, number[]>();
  for (const one of values) {
    const key = printKey(one);
    const indexes = byKey.get(key);
    if (indexes) indexes.push(one.index);
    else byKey.set(key, [one.index]);
  }
  for (const [key, indexes] of byKey) {
    if (indexes.length > 1) throw new GroupError('E8128', [indexes, key]);
  }
}

/** A key as Java prints it; a combo that was not given is missing (recording 357). */
function printKey({ dataElement, orgUnit, period, ...given }: GroupValue): string {
  const categoryOptionCombo = given.isComboGiven ? given.categoryOptionCombo : 'null';
  const attributeOptionCombo = given.isAttributeGiven ? given.attributeOptionCombo : 'null';
  const parts = { dataElement, orgUnit, categoryOptionCombo, attributeOptionCombo };
  const pairs = Object.entries({ ...parts, period: period.id });
  return `DataValueKey[${pairs.map(([name, value]) => `${name}=${value}`).join(', ')}]`;
}
