import { getOrCreate } from '#common/collections/get-or-create.js';
import type { MappedPerson, RecordFields } from '#common/handover/mapped-people-batch.js';

/**
 * Counts the people who have a value for each field, answers and parts of the address by
 * themselves.
 *
 * @returns field → number of people, in the order of the mapping; 0 for a field that nobody has
 */
export function countGiven(people: readonly MappedPerson[]): Record<string, number> {
  const counts = new Map<string, number>();
  const names = new Map<string, Map<string, string>>();
  const nameOf = (field: string, part: string) =>
    getOrCreate(
      getOrCreate(names, field, () => new Map()),
      part,
      () => `${field}.${part}`,
    );
  const add = (field: string, value: unknown) =>
    counts.set(field, (counts.get(field) ?? 0) + (isGiven(value) ? 1 : 0));
  for (const { fields, deleted } of people) {
    if (deleted) continue;
    for (const field of Object.keys(fields)) {
      const value = fields[field];
      const parts = partsOf(field, value);
      if (!parts) add(field, value);
      else for (const name of Object.keys(parts)) add(nameOf(field, name), parts[name]);
    }
  }
  return Object.fromEntries(counts);
}

function partsOf(field: string, value: unknown): RecordFields | undefined {
  if (field === 'questionnaireAnswers') return value as RecordFields;
  if (field !== 'addresses') return undefined;
  const { typeId: _typeId, ...address } = (value as RecordFields[])[0] ?? {};
  return address;
}

function isGiven(value: unknown): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}
