import { ownOf } from '#common/collections/own.js';
import type {
  MappedPeopleBatch,
  MappedPerson,
  RecordFields,
} from '#common/handover/mapped-people-batch.js';
import {
  fills,
  fingerprint,
  fingerprintOf,
  type Judge,
  ownerEntries,
  ownersFor,
  readGoDataField,
  type Side,
  type Subject,
} from '#common/ownership/index.js';
import { diffFields } from './diff-person.js';
import type { MergeContext } from './merge-lists.js';
import { splitField } from './split-field.js';

/** The owners of the fields that both systems may change, and the function that decides on them. */
export interface Ownership extends Pick<MappedPeopleBatch, 'owners'> {
  judge: Judge;
}

/** The fields to write to an existing record. */
export interface DecidedFields {
  fields: RecordFields;
  /** What differs of them. */
  changes: RecordFields;
  /** Fields that were changed in both systems, to different values. */
  conflicts: string[];
  /**
   * Fields whose answers were decided one by one. Both systems agree on them only after runs in
   * both directions.
   */
  merged: string[];
}

/** A person in the form that {@link Judge} needs. */
export function subjectOf({ id, kind, origin = 'dhis2' }: MappedPerson, { owners }: Ownership) {
  return { id, origin, owners: ownersFor(owners, kind) } satisfies Subject;
}

/**
 * Removes the fields that Go.Data keeps: those that it owns by the owner tables, and those that
 * were changed last in Go.Data.
 *
 * @param stored the record as the server has it
 */
export function decideFields(
  person: MappedPerson,
  fields: RecordFields,
  stored: RecordFields,
  context: Ownership & MergeContext,
): DecidedFields {
  const subject = subjectOf(person, context);
  // Where the whole has no change, no part of it has one.
  const changes = diffFields(stored, fields, context);
  const decided: DecidedFields = { fields, changes, conflicts: [], merged: [] };
  for (const [field, owner] of ownerEntries(subject.owners)) {
    const split = splitField(decided.fields, field, owner);
    if (!split) continue;
    const isOfRule = person.assigned?.includes(field) ?? false;
    // A field that a program rule assigns is not cleared when it has no value.
    if (isOfRule && Object.values(split.part()).every(isNothing)) {
      decided.fields = split.rest();
      continue;
    }
    const isSame =
      !Object.hasOwn(changes, split.name) || isNone(diffFields(stored, split.part(), context));
    const decision = context.judge.decide(subject, field, isSame, () => ({
      dhis2: fingerprintOf(person.fingerprints, subject.owners, field) ?? fingerprint(undefined),
      godata: fingerprint(readGoDataField(stored, field, owner)),
    }));
    // A value that a program rule assigned is not an edit of a user.
    if (decision === 'conflict' && !isOfRule) decided.conflicts.push(field);
    if (decision === 'leave' || decision === 'conflict') decided.fields = split.rest();
    if (decision === 'merge') {
      decided.merged.push(field);
      const answers = fillingAnswers(split.part(), stored, subject.origin);
      decided.fields = joinAnswers(split.rest(), answers);
    }
  }
  if (decided.fields !== fields) decided.changes = diffFields(stored, decided.fields, context);
  return decided;
}

/** The answers that fill gaps in the stored record. */
function fillingAnswers(part: RecordFields, stored: RecordFields, origin: Side): RecordFields {
  const before = (stored.questionnaireAnswers ?? {}) as Record<string, unknown>;
  const isUnanswered = (answers: unknown) => fingerprint(answers) === fingerprint(undefined);
  return Object.fromEntries(
    Object.entries((part.questionnaireAnswers ?? {}) as RecordFields).filter(([variable, wanted]) =>
      fills('godata', origin, {
        isMissing: isUnanswered(ownOf(before, variable)),
        isGiven: !isUnanswered(wanted),
      }),
    ),
  );
}

function joinAnswers(fields: RecordFields, answers: RecordFields): RecordFields {
  const others = (fields.questionnaireAnswers ?? {}) as RecordFields;
  return { ...fields, questionnaireAnswers: { ...others, ...answers } };
}

function isNone(changes: RecordFields): boolean {
  return Object.keys(changes).length === 0;
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}
