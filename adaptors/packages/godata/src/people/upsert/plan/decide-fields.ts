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
  residenceOf,
  type Side,
  type Subject,
} from '#common/ownership/index.js';
import { diffFields } from './diff-person.js';
import type { MergeContext } from './merge-lists.js';
import type { PlannedPerson } from './person-plan.js';

/** Who decides on fields that both systems may change. */
export interface Ownership extends Pick<MappedPeopleBatch, 'owners'> {
  judge: Judge;
}

type WrittenPerson = Pick<PlannedPerson, 'person' | 'record' | 'given' | 'merged'>;

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
    const { part, rest } = split(decided.fields, field, owner.dhis2);
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

/** Notes what both systems have of a person who was written. */
export function noteWritten(
  { person, record, given, merged = [] }: WrittenPerson,
  { judge, owners }: Ownership,
): void {
  const subject = subjectOf(person, { judge, owners });
  for (const [field, owner] of Object.entries(subject.owners)) {
    const { part } = split(given, field, owner.dhis2);
    const dhis2 = person.fingerprints?.[field];
    if (!part || dhis2 === undefined || merged.includes(field)) continue;
    judge.written(subject, field, {
      dhis2,
      godata: fingerprint(readGoDataField(record, field, owner)),
    });
  }
}

/** What the mapping gives for a field of an owner table, and all the rest. */
function split(
  fields: RecordFields,
  field: string,
  dhis2: unknown,
): { part?: RecordFields; rest: RecordFields } {
  const [name = '', ...path] = field.split('.');
  if (!Object.hasOwn(fields, name)) return { rest: fields };
  const value = fields[name];
  if (name === 'addresses' && path.length > 0) return splitResidence(fields, path.join('.'));
  if (name !== 'questionnaireAnswers') {
    const { [name]: own, ...rest } = fields;
    return { part: { [name]: own }, rest };
  }
  const answers = (value ?? {}) as RecordFields;
  const isTable = typeof dhis2 === 'object' && dhis2 !== null && !Array.isArray(dhis2);
  const own = path.length > 0 ? [path.join('.')] : Object.keys(isTable ? dhis2 : answers);
  const [part, rest] = divide(answers, own);
  if (Object.keys(part).length === 0) return { rest: fields };
  return { part: { [name]: part }, rest: { ...fields, [name]: rest } };
}

function splitResidence(fields: RecordFields, key: string) {
  const addresses = (fields.addresses ?? []) as RecordFields[];
  const residence = residenceOf(addresses);
  if (!residence || !Object.hasOwn(residence, key)) return { rest: fields };
  const [part, rest] = divide(residence, [key]);
  const { typeId } = residence;
  const others = addresses.map(one => (one === residence ? rest : one));
  return {
    part: { addresses: [{ ...part, typeId }] },
    rest: { ...fields, addresses: others },
  };
}

function divide(all: RecordFields, names: readonly string[]): [RecordFields, RecordFields] {
  const own = new Set(names);
  const pick = (isOwn: boolean) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => own.has(key) === isOwn));
  return [pick(true), pick(false)];
}
