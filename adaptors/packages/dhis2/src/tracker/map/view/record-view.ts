import type { RecordFields } from '../../../../../../common/src/people-batch.js';
import type { ReadCode } from './read-code.js';

/** A record of Go.Data as a mapping sees it: its fields, and some ways to read them. */
export interface RecordView extends Readonly<RecordFields> {
  id: string;
  /** Day of a field, `yyyy-MM-dd`; of several fields the first that has one; null where none has. */
  day(...fields: string[]): string | null;
  /** Values of an answer: one as it is, several with commas between; null where there is none. */
  answer(variable: string): string | null;
  /** Several answers: variable → attribute or data element id becomes id → value. */
  answers(ids: Readonly<Record<string, string>>): Record<string, string | null>;
  code: ReadCode;
}

/** Creates the view of a record. */
export function createRecordView(record: RecordFields, code: ReadCode): RecordView {
  const answer = (variable: string) => answerIn(record.questionnaireAnswers, variable);
  return {
    ...record,
    id: String(record.id),
    day: (...fields) => fields.map(field => dayIn(record[field])).find(day => day !== null) ?? null,
    answer,
    answers: ids =>
      Object.fromEntries(Object.entries(ids).map(([variable, id]) => [id, answer(variable)])),
    code,
  };
}

/** The UI takes date-times as days of UTC (godata FACTS §5.7). */
function dayIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, 10) : null;
}

/** Answers are lists of `{ value, date }`; of several days the first one is the latest (FACTS §4). */
function answerIn(answers: unknown, variable: string): string | null {
  const given = ((answers ?? {}) as RecordFields)[variable];
  const [first] = Array.isArray(given) ? given : [];
  const { value } = (first ?? {}) as { value?: unknown };
  const values = (Array.isArray(value) ? value : [value]).filter(one => one !== null);
  const texts = values.filter(one => one !== undefined && one !== '').map(String);
  return texts.length > 0 ? texts.join(', ') : null;
}
