import type { GoDataContext } from '../context.js';
import type { GoDataRecord, JsonObject } from '../types.js';

const NUMERIC = 'LNG_REFERENCE_DATA_CATEGORY_QUESTION_ANSWER_TYPE_NUMERIC';

/** The questionnaire of each model with answers that are read (the server's models). */
const TEMPLATES: Readonly<Record<string, string>> = {
  case: 'caseInvestigationTemplate',
  contact: 'contactInvestigationTemplate',
  event: 'eventInvestigationTemplate',
  followUp: 'contactFollowUpTemplate',
  labResult: 'labResultsTemplate',
};

interface Question {
  variable: string;
  answerType: string;
  answers?: { additionalQuestions?: Question[] | null }[] | null;
}

/**
 * The values of a record as its questionnaire saves them: answers to one question are in the order
 * of their days, the latest first, and the answer to a question for a number becomes one; of a text
 * that does not begin with a number nothing is left (components/helpers.js of Go.Data,
 * `sortMultiAnswerQuestions` and `convertQuestionStringDatesToDates`, before every save; the second
 * since September 2019).
 */
export function withSavedAnswers(
  { now }: Pick<GoDataContext, 'now'>,
  model: string,
  values: JsonObject,
  outbreak: GoDataRecord,
): JsonObject {
  const { questionnaireAnswers: answers } = values;
  const template = TEMPLATES[model];
  if (template === undefined || answers === null || typeof answers !== 'object') return values;
  const numbers = numericIn(outbreak[template] as Question[] | null | undefined);
  const timeOf = ({ date }: JsonObject) => (date === undefined ? +now() : Date.parse(`${date}`));
  const saved = Object.entries(answers).map(([variable, given]) => {
    if (!Array.isArray(given)) return [variable, given];
    const sorted = [...(given as JsonObject[])].sort((a, b) => timeOf(b) - timeOf(a) || 0);
    return [variable, numbers.has(variable) ? sorted.map(withNumber) : sorted];
  });
  return { ...values, questionnaireAnswers: Object.fromEntries(saved) };
}

function numericIn(questions: readonly Question[] | null | undefined): Set<string> {
  const found = (questions ?? []).flatMap(({ variable, answerType, answers }) => [
    ...(answerType === NUMERIC ? [variable] : []),
    ...(answers ?? []).flatMap(one => [...numericIn(one.additionalQuestions)]),
  ]);
  return new Set(found);
}

function withNumber(answer: JsonObject): JsonObject {
  const { value } = answer;
  if (value === undefined || value === null || typeof value === 'number') return answer;
  const number = Number.parseFloat(String(value));
  // MongoDB keeps that it is no number, and JSON has null for it.
  return { ...answer, value: Number.isNaN(number) ? null : number };
}
