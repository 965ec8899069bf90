import { emptyTable, ownOf } from '#common/collections/own.js';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { isUnset } from '#common/people-mapping/writable.js';
import { isSame } from './is-same.js';
import { mergeAnswers } from './merge-answers.js';
import { LIST_RULES, type MergeContext, mergeList } from './merge-lists.js';

/** The record to create, without fields that have no value in the source. */
export function toNewRecord(fields: RecordFields, context: MergeContext): RecordFields {
  const changes = diffFields({}, fields, context);
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null));
}

/**
 * The fields to change so that the record has the values of the source. Lists and answers are
 * merged with what users added, because the server replaces them as a whole (godata FACTS §5.6).
 *
 * @param stored the record as the server has it
 */
export function diffFields(
  stored: RecordFields,
  fields: RecordFields,
  context: MergeContext,
): RecordFields {
  const changes: RecordFields = emptyTable();
  for (const [field, wanted] of Object.entries(fields)) {
    const before = ownOf(stored, field);
    const value = mergeField(field, before, wanted, context);
    const isNone = value === null && isUnset(field, before);
    if (!isNone && !isSame(before, value)) changes[field] = value ?? null;
  }
  return { ...changes };
}

function mergeField(
  field: string,
  stored: unknown,
  wanted: unknown,
  context: MergeContext,
): unknown {
  if (Object.hasOwn(LIST_RULES, field)) {
    return mergeList(field, listOf(stored), listOf(wanted), context);
  }
  if (field === 'questionnaireAnswers') return mergeAnswers(stored, wanted);
  if (field === 'age') return mergeAge(stored, wanted);
  return wanted;
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Adds the months to an age in years: Go.Data needs both (godata FACTS §4). The stored months stay
 * while the years are the same.
 */
function mergeAge(stored: unknown, wanted: unknown): unknown {
  if (wanted === null || typeof wanted !== 'object' || 'months' in wanted) return wanted;
  const { years } = wanted as { years: number };
  return (stored as { years?: unknown } | null | undefined)?.years === years
    ? stored
    : { years, months: 0 };
}
