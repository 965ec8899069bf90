import type { GoDataRecord, JsonObject } from '../godata/index.js';
import { REFERENCE_CATEGORIES } from '../godata/rules/reference-categories.js';
import type { JsonFile } from '../input/json-source.js';
import { UsageError } from '../input/usage-error.js';
import { createDice } from '../outbreak/dice.js';

const FIX =
  'Give the answer of GET /api/reference-data as it is: a JSON array of items, each with id, categoryId and value.';

/**
 * Reads reference data as Go.Data's API gives it.
 *
 * @throws UsageError if it is something else, or an item is of a category that no server has
 */
export function readReferenceData({ path, content }: JsonFile): GoDataRecord[] {
  if (!Array.isArray(content) || content.length === 0) {
    throw new UsageError(`${path} is no reference data: it is not a JSON array of items.`, FIX);
  }
  content.forEach((item: JsonObject | null, index) => {
    for (const key of ['id', 'categoryId', 'value']) {
      if (typeof item?.[key] === 'string') continue;
      throw new UsageError(`Item ${index + 1} of the reference data ${path} has no ${key}.`, FIX);
    }
    const { id, categoryId } = item as GoDataRecord;
    if (REFERENCE_CATEGORIES.includes(String(categoryId))) return;
    throw new UsageError(
      `Item ${id} of the reference data ${path} has a categoryId that Go.Data does not have: ${categoryId}.`,
      FIX,
    );
  });
  return content;
}

/** Categories of built-in items that a file replaces: those of which it has items. */
export function mergeReferenceData(
  builtIn: readonly GoDataRecord[],
  own: readonly GoDataRecord[],
): GoDataRecord[] {
  const categories = new Set(own.map(({ categoryId }) => categoryId));
  return [...own, ...builtIn.filter(({ categoryId }) => !categories.has(categoryId))];
}

const PICK_STREAM = 41;

/**
 * Records with codes of reference data that exist: a code that the reference data does not have
 * becomes another of its category, the same in each record at each place.
 *
 * @param seed any whole number
 */
export function useOwnCodes<T>(
  records: readonly T[],
  referenceData: readonly GoDataRecord[],
  seed: number,
): T[] {
  const ids = new Set(referenceData.map(({ id }) => id));
  const active = new Map<string, string[]>();
  for (const { id, categoryId, active: isActive } of referenceData) {
    if (isActive === false) continue;
    active.set(String(categoryId), [...(active.get(String(categoryId)) ?? []), id]);
  }
  const categories = [...active.keys()].sort((a, b) => b.length - a.length);
  const replace = (value: unknown, at: number): unknown => {
    if (typeof value === 'string') {
      if (!value.startsWith('LNG_REFERENCE_DATA_') || ids.has(value)) return value;
      const category = categories.find(one => value.startsWith(`${one}_`));
      // Of a category without items, such as the type of a person, nothing else is known.
      return category ? createDice(seed, PICK_STREAM, at).pick(active.get(category)!) : value;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(item => replace(item, at));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item, at)]));
  };
  return records.map((record, at) => replace(record, at) as T);
}
