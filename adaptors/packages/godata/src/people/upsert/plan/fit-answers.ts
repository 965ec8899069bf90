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
  /** Of questions with answers that they do not offer. */
  warnings: string[];
}

/**
 * Gives answers the form in which an outbreak's questions store them. DHIS2 has a text for each:
 *
 * - several choices are a list, also of one (the form of Go.Data ticks nothing for `A,B`);
 * - a number is a number: the server itself makes one of it, and of any other text nothing
 *   (Go.Data, `convertQuestionStringDatesToDates`). Such a text is omitted and reported;
 * - a time is an instant: the server makes one of any text that is a time with seconds, in its own
 *   zone, UTC.
 *
 * Answers without a question, as in an outbreak without a questionnaire, stay as they are otherwise.
 * So do those that their question does not offer, which no form of Go.Data shows: without them the
 * way back would empty what DHIS2 has. A warning counts them.
 */
export function fitAnswers(
  people: readonly MappedPerson[],
  outbreak: Partial<OutbreakRecord>,
  owners: Owners,
): FittedPeople {
  const questions = questionsOf(outbreak);
  const adjusted: Adjusted[] = [];
  const unshown: Unshown = new Map();
  const fitted = people.map(person => {
    const faults: Fault[] = [];
    const ofResults: Fault[] = [];
    const fields = { ...person.fields };
    for (const [field, questionnaire] of Object.entries(FIELDS[person.kind])) {
      if (fields[field])
        fields[field] = fit(
          fields[field] as RecordFields,
          questions[questionnaire],
          faults,
          unshown,
          field,
        );
    }
    const labResults = person.labResults.map(result => {
      const { questionnaireAnswers: given } = result.fields;
      if (!given) return result;
      const field = 'labResults.questionnaireAnswers';
      const answers = fit(given as RecordFields, questions.labResult, ofResults, unshown, field);
      return { ...result, fields: { ...result.fields, questionnaireAnswers: answers } };
    });
    const { id, kind, origin } = person;
    const link = { isOrigin: origin === 'godata' };
    const system = (field: string) => enteredIn({ kind, link }, owners, field);
    adjusted.push(...adjustFor(faults, kind, id, system), ...adjustFor(ofResults, kind, id));
    return { ...person, fields, labResults };
  });
  return { people: fitted, adjusted, warnings: [...unshown].map(toWarning) };
}

type Unshown = Map<Question, { field: string; count: number }>;

function fit(
  answers: RecordFields,
  questions: ReadonlyMap<string, Question>,
  faults: Fault[],
  unshown: Unshown,
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
    if (question && !found.every(({ value }) => isOffered(value, question))) {
      const field = `${path}.${variable}`;
      unshown.set(question, { field, count: (unshown.get(question)?.count ?? 0) + 1 });
    }
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

function isOffered(value: unknown, { answers }: Question): boolean {
  if (!answers || answers.length === 0) return true;
  return [value].flat().every(one => answers.some(answer => answer.value === one));
}

/** Answers that a warning lists. */
const FEW = 5;

function toWarning([{ answers = [] }, { field, count }]: readonly [
  Question,
  { field: string; count: number },
]): string {
  const offered = answers.map(({ value }) => value);
  const more = offered.length > FEW ? ` and ${offered.length - FEW} more` : '';
  return `${field}: ${count === 1 ? '1 person has' : `${count} people have`} an answer that the question does not offer, and Go.Data does not show it. It offers ${offered.slice(0, FEW).join(', ')}${more}: give the row a table of codes.`;
}
