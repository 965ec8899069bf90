import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { readMark, withMark } from '#common/identity/marks.js';
import { isUnset } from '#common/people-mapping/writable.js';
import { isSame } from './is-same.js';
import { mergeAnswers } from './merge-answers.js';

/**
 * The fields to change in a record with a mark. Once the free text has the mark, users own the
 * text, unless the mapping gives a text. Answers to other questions than the mapping's are theirs.
 */
export function diffMarked(
  stored: object,
  fields: RecordFields,
  text: 'comment' | 'notes',
  key: string,
  owner?: string,
): RecordFields {
  const now = stored as RecordFields;
  const isMarked = readMark(now[text]) === key;
  const own = String(fields[text] ?? '').trim();
  const wanted = own === '' && isMarked ? now[text] : withMark(own || now[text], key, owner);
  const { questionnaireAnswers: answers } = fields;
  const all = {
    ...fields,
    ...(answers ? { questionnaireAnswers: mergeAnswers(now.questionnaireAnswers, answers) } : {}),
    [text]: wanted,
  };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([field, value]) => value !== null || !isUnset(field, now[field]))
      .filter(([field, value]) => !isSame(now[field], value))
      .map(([field, value]) => [field, value ?? null]),
  );
}

/** The fields that have a value. */
export function withoutEmpty(fields: RecordFields): RecordFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}
