import { keyOf } from '#common/collections/key-of.js';
import { ownOf } from '#common/collections/own.js';
import type {
  CodedValue,
  MappedTrackedEntityBatch,
  MappedValue,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { toInstant } from '#common/periods/instant.js';

type Tables = MappedTrackedEntityBatch['tables'];

/** Whether a value is one of an option set. */
export function isCoded(value: MappedValue): value is CodedValue {
  return typeof value === 'object' && value !== null;
}

/** The option code for a reference data id: the first in its table; undefined if there is none. */
function codeFor({ table, id }: CodedValue, tables: Tables): string | undefined {
  const codes = ownOf(tables, table);
  return codes && keyOf(codes, id);
}

/** What is sent for a value. Null clears; undefined: the value cannot be written. */
export function textOf(value: MappedValue, tables: Tables): string | null | undefined {
  if (isCoded(value)) return value.id === null ? null : codeFor(value, tables);
  return value === null || value.trim() === '' ? null : value;
}

/** What comparing values needs of a batch. */
export type Comparing = Pick<MappedTrackedEntityBatch, 'tables' | 'numbers'>;

/**
 * Whether DHIS2 already has a value. An option code is compared by its meaning. A code that the
 * table does not have, or a text in place of a number, cannot come from Go.Data and is not cleared.
 *
 * @param path attribute, or `<stage>.<data element>`
 * @param stored an empty text if DHIS2 has no value
 */
export function isSameValue(
  path: string,
  value: MappedValue,
  stored: string,
  { tables, numbers }: Comparing,
): boolean {
  if (!isCoded(value)) {
    const text = (value ?? '').trim();
    if (text === '' && numbers?.includes(path)) return !isNumber(stored);
    return isSameText(text, stored.trim());
  }
  const table = ownOf(tables, value.table) ?? {};
  const id = Object.hasOwn(table, stored) ? table[stored] : null;
  return id === value.id;
}

/** Go.Data makes an instant of a time with seconds. */
function isSameText(value: string, stored: string): boolean {
  if (value === stored) return true;
  const instant = toInstant(value);
  return instant !== undefined && instant === toInstant(stored);
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
