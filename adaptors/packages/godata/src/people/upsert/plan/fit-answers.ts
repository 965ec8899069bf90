import { put } from '#common/collections/own.js';
import type { MappedPerson, RecordFields } from '#common/handover/mapped-people-batch.js';
import type { Questionnaire } from '#common/handover/named-in-godata.js';
import type { Owners } from '#common/ownership/index.js';
import { toInstant } from '#common/periods/instant.js';
import type { Adjusted } from '#common/reporting/report.js';
import type { OutbreakRecord, Question } from '#godata/client/types/index.js';
import { ANSWER_TYPE, questionsOf } from '../../describe/questions.js';
import type { Fault } from '../../map/fields/reading.js';
import { adjustFor, enteredIn } from '../../map/reject-for.js';

/** The fields of a person that hold answers, with the questionnaire of each. */
const FIELDS: Readonly<Record<MappedPerson['kind'], Readonly<Record<string, Questionnaire>>>> = {
  case: { questionnaireAnswers: 'case', questionnaireAnswersContact: 'contact' },
  contact: { questionnaireAnswers: 'contact', questionnaireAnswersCase: 'case' },
};

/** People whose answers have the form of their questions, and the answers that have none. */
export interface FittedPeople {
  people: MappedPerson[];
  adjusted: Adjusted[];
}

/**
 * Gives answers the form in which an outbreak's questions store them. DHIS2 has a text for each:
 *
 * - several choices are a list, also of one (the form of Go.Data ticks nothing for `A,B`);
 * - a number is a number: the server itself makes one of it, and of any other text nothing
 *   (Go.Data, `convertQuestionStringDatesToDates`). Such a text is omitted and reported.
 *
 * - a time is an instant: the server makes one of any text that is a time with seconds, in its own
 *   zone, UTC.
 *
 * Answers without a question, as in an outbreak without a questionnaire, stay as they are otherwise.
 */
export function fitAnswers(
  people: readonly MappedPerson[],
  outbreak: Partial<OutbreakRecord>,
  owners: Owners,
): FittedPeople {
  const questions = questionsOf(outbreak);
  const adjusted: Adjusted[] = [];
  const fitted = people.map(person => {
    const faults: Fault[] = [];
    const ofResults: Fault[] = [];
    const fields = { ...person.fields };
    for (const [field, questionnaire] of Object.entries(FIELDS[person.kind])) {
      if (fields[field])
        fields[field] = fit(fields[field] as RecordFields, questions[questionnaire], faults, field);
    }
    const labResults = person.labResults.map(result => {
      const { questionnaireAnswers: given } = result.fields;
      if (!given) return result;
      const field = 'labResults.questionnaireAnswers';
      const answers = fit(given as RecordFields, questions.labResult, ofResults, field);
      return { ...result, fields: { ...result.fields, questionnaireAnswers: answers } };
    });
    const { id, kind, origin } = person;
    const link = { isOrigin: origin === 'godata' };
    const system = (field: string) => enteredIn({ kind, link }, owners, field);
    adjusted.push(...adjustFor(faults, kind, id, system), ...adjustFor(ofResults, kind, id));
    return { ...person, fields, labResults };
  });
  return { people: fitted, adjusted };
}

function fit(
  answers: RecordFields,
  questions: ReadonlyMap<string, Question>,
  faults: Fault[],
  path: string,
): RecordFields {
  const fitted: RecordFields = {};
  for (const [variable, given] of Object.entries(answers)) {
    const question = questions.get(variable);
    const list = Array.isArray(given) ? given : [];
    const found = list.map(one => ({ ...one, value: toForm(one.value, question) }));
    const isGiven = found.every(({ value }) => value !== undefined);
    if (!isGiven) faults.push({ code: 'INVALID_NUMBER', field: `${path}.${variable}` });
    else put(fitted, variable, found.length > 0 ? found : given);
  }
  return fitted;
}

/** A value in the form of a question; undefined if it is no number where one is asked for. */
function toForm(value: unknown, { answerType, answers }: Partial<Question> = {}): unknown {
  const text = typeof value === 'string' ? value.trim() : value;
  switch (answerType) {
    case `${ANSWER_TYPE}MULTIPLE_ANSWERS`: {
      if (Array.isArray(value)) return value;
      const isOne = typeof text !== 'string' || answers?.some(one => one.value === text);
      const parts = isOne ? [text] : text.split(',').map(part => part.trim());
      return parts.filter(part => part !== '');
    }
    case `${ANSWER_TYPE}NUMERIC`: {
      if (typeof text !== 'string') return value;
      return Number.isFinite(Number(text)) ? Number(text) : undefined;
    }
    default:
      return (typeof text === 'string' && toInstant(text)) || value;
  }
}
