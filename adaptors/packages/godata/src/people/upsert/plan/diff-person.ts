import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { LIST_RULES, type MergeContext, mergeList } from './merge-lists.js';
import { isSame } from './same.js';

type Answers = Record<string, unknown>;

/** A record as it is created: without what the source has no value for. */
export function toNewRecord(fields: RecordFields, context: MergeContext): RecordFields {
  const changes = diffFields({}, fields, context);
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null));
}

/**
 * What must change of a record that its fields are as the source has them. Lists and answers are
 * merged with what people have added, since the server replaces them whole (godata FACTS §5.6).
 *
 * @param stored the record as the server has it
 */
export function diffFields(
  stored: RecordFields,
  fields: RecordFields,
  context: MergeContext,
): RecordFields {
  const changes: RecordFields = {};
  for (const [field, wanted] of Object.entries(fields)) {
    const value = mergeField(field, stored[field], wanted, context);
    if (!isSame(stored[field], value)) changes[field] = value ?? null;
  }
  return changes;
}

function mergeField(
  field: string,
  stored: unknown,
  wanted: unknown,
  context: MergeContext,
): unknown {
  if (field in LIST_RULES) {
    return mergeList(field, listOf(stored), listOf(wanted), context);
  }
  if (field === 'questionnaireAnswers') return mergeAnswers(stored, wanted);
  if (field === 'age') return mergeAge(stored, wanted);
  return wanted;
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value : [];
}

/** An age in years alone says nothing of the months; Go.Data needs both (godata FACTS §4). */
function mergeAge(stored: unknown, wanted: unknown): unknown {
  if (wanted === null || typeof wanted !== 'object' || 'months' in wanted) return wanted;
  const { years } = wanted as { years: number };
  return (stored as { years?: unknown } | null | undefined)?.years === years
    ? stored
    : { years, months: 0 };
}

/** By variable; null takes an answer away. */
function mergeAnswers(stored: unknown, wanted: unknown): Answers {
  const merged = { ...((stored ?? {}) as Answers), ...((wanted ?? {}) as Answers) };
  return Object.fromEntries(Object.entries(merged).filter(([, answers]) => answers != null));
}
