import type {
  MappedPeopleBatch,
  MappedPerson,
  RecordFields,
} from '#common/handover/mapped-people-batch.js';
import {
  fills,
  fingerprint,
  type Judge,
  ownersFor,
  readGoDataField,
  type Side,
  type Subject,
} from '#common/ownership/index.js';
import { diffFields } from './diff-person.js';
import type { MergeContext } from './merge-lists.js';
import { splitField } from './split-field.js';

/** Who decides on fields that both systems may change. */
export interface Ownership extends Pick<MappedPeopleBatch, 'owners'> {
  judge: Judge;
}

/** Fields that go to a record which is there. */
export interface DecidedFields {
  fields: RecordFields;
  /** Fields of which nobody knows who is right. */
  conflicts: string[];
  /** Fields whose answers were decided one by one: they agree only when both directions have run. */
  merged: string[];
}

/** A person as {@link Judge} asks for it. */
export function subjectOf({ id, kind, origin = 'dhis2' }: MappedPerson, { owners }: Ownership) {
  return { id, origin, owners: ownersFor(owners, kind) } satisfies Subject;
}

/**
 * Takes away what is Go.Data's own: the fields that the owner tables give to it, and those that were
 * changed there last.
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
  const decided: DecidedFields = { fields, conflicts: [], merged: [] };
  for (const [field, owner] of Object.entries(subject.owners)) {
    const { part, rest } = splitField(decided.fields, field, owner.dhis2);
    if (!part) continue;
    const isOfRule = person.assigned?.includes(field) ?? false;
    // What a rule leaves empty, or the mapping does not take from it, clears nothing.
    if (isOfRule && Object.values(part).every(isNothing)) {
      decided.fields = rest;
      continue;
    }
    const isSame = Object.keys(diffFields(stored, part, context)).length === 0;
    const decision = context.judge.decide(subject, field, isSame, () => ({
      dhis2: person.fingerprints?.[field] ?? fingerprint(undefined),
      godata: fingerprint(readGoDataField(stored, field, owner)),
    }));
    // A rule's value is no edit of a user.
    if (decision === 'conflict' && !isOfRule) decided.conflicts.push(field);
    if (decision === 'leave' || decision === 'conflict') decided.fields = rest;
    if (decision === 'merge') {
      decided.merged.push(field);
      decided.fields = joinAnswers(rest, fillingAnswers(part, stored, subject.origin));
    }
  }
  return decided;
}

/** The answers of a field that fill what the stored record lacks. */
function fillingAnswers(part: RecordFields, stored: RecordFields, origin: Side): RecordFields {
  const before = (stored.questionnaireAnswers ?? {}) as Record<string, unknown>;
  const isNone = (answers: unknown) => fingerprint(answers) === fingerprint(undefined);
  return Object.fromEntries(
    Object.entries((part.questionnaireAnswers ?? {}) as RecordFields).filter(([variable, wanted]) =>
      fills('godata', origin, { isMissing: isNone(before[variable]), isGiven: !isNone(wanted) }),
    ),
  );
}

function joinAnswers(fields: RecordFields, answers: RecordFields): RecordFields {
  const others = (fields.questionnaireAnswers ?? {}) as RecordFields;
  return { ...fields, questionnaireAnswers: { ...others, ...answers } };
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}
