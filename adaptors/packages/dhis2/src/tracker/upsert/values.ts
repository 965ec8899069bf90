import type {
  CodedValue,
  MappedTrackedEntityBatch,
  MappedValue,
} from '#common/handover/mapped-tracked-entity-batch.js';

type Tables = MappedTrackedEntityBatch['tables'];

/** Whether a value is one of an option set. */
export function isCoded(value: MappedValue): value is CodedValue {
  return typeof value === 'object' && value !== null;
}

/** The option code that stands for a reference data id: the first in its table; undefined where none does. */
function codeFor({ table, id }: CodedValue, tables: Tables): string | undefined {
  return Object.entries(tables[table] ?? {}).find(([, one]) => one === id)?.[0];
}

/** What is sent for a value; null clears, undefined says that there is no way to write it. */
export function textOf(value: MappedValue, tables: Tables): string | null | undefined {
  if (isCoded(value)) return value.id === null ? null : codeFor(value, tables);
  return value === null || value.trim() === '' ? null : value;
}

/**
 * Whether DHIS2 has a value already. An option code is compared by what it stands for: one that the
 * table does not know is nothing that Go.Data could have, and is not cleared.
 *
 * @param stored an empty text where there is nothing
 */
export function isSameValue(value: MappedValue, stored: string, tables: Tables): boolean {
  if (!isCoded(value)) return (value ?? '').trim() === stored.trim();
  const table = tables[value.table] ?? {};
  const id = Object.hasOwn(table, stored) ? table[stored] : null;
  return id === value.id;
}
