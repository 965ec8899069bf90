import type { JsonObject } from '../godata/index.js';

/** The questionnaires of an outbreak, and of an outbreak template (Go.Data's templateParser.js). */
export const QUESTIONNAIRES = [
  'caseInvestigationTemplate',
  'contactInvestigationTemplate',
  'eventInvestigationTemplate',
  'caseFollowUpTemplate',
  'contactFollowUpTemplate',
  'labResultsTemplate',
] as const;

export type Questionnaire = (typeof QUESTIONNAIRES)[number];

/** An answer that may be chosen, and the questions that follow it. */
export interface Choice extends JsonObject {
  label: string;
  value: string;
  additionalQuestions?: Question[] | null;
}

/** A question as Go.Data's API gives it (godata FACTS §4, templateQuestion). */
export interface Question extends JsonObject {
  text: string;
  variable: string;
  answerType: string;
  required?: boolean;
  inactive?: boolean;
  answers?: Choice[] | null;
}

const TYPE = 'LNG_REFERENCE_DATA_CATEGORY_QUESTION_ANSWER_TYPE_';

/** Types of answers, without their prefix (the server's model templateQuestion). */
const ANSWER_TYPES = [
  ...['FREE_TEXT', 'NUMERIC', 'DATE_TIME', 'SINGLE_ANSWER', 'MULTIPLE_ANSWERS', 'FILE_UPLOAD'],
  'MARKUP',
] as const;

/** The type of a question's answers, such as `NUMERIC`. */
export function answerTypeOf({ answerType }: Pick<Question, 'answerType'>): string {
  return answerType.startsWith(TYPE) ? answerType.slice(TYPE.length) : answerType;
}

/**
 * What is wrong with questions: the server refuses two questions with one variable in a
 * questionnaire, and two equal values among the answers of one question (templateParser.js).
 *
 * @param where the questionnaire, as messages name it
 */
export function problemsOf(where: string, questions: unknown): string[] {
  if (!Array.isArray(questions)) return [`${where} is not a list of questions.`];
  const seen = new Set<string>();
  const check = (list: readonly unknown[]): string[] =>
    list.flatMap((item, index) => {
      const question = (item ?? {}) as Partial<Question>;
      const { variable, answerType, answers } = question;
      if (typeof variable !== 'string' || variable === '') {
        return [`${where}: question ${index + 1} has no variable.`];
      }
      const name = `${where}: question ${variable}`;
      const isTwice = seen.has(variable);
      seen.add(variable);
      const isKnown =
        typeof answerType === 'string' &&
        ANSWER_TYPES.some(one => one === answerTypeOf({ answerType }));
      const choices = (answers ?? []) as Partial<Choice>[];
      const values = choices.map(({ value }) => value);
      return [
        ...(isTwice ? [`${name} is there twice.`] : []),
        ...(typeof question.text === 'string' ? [] : [`${name} has no text.`]),
        ...(isKnown ? [] : [`${name} has an unknown answerType: ${answerType}.`]),
        ...(values.every(value => typeof value === 'string')
          ? []
          : [`${name} has an answer without a value.`]),
        ...(new Set(values).size === values.length ? [] : [`${name} has two equal answers.`]),
        ...choices.flatMap(({ additionalQuestions }) => check(additionalQuestions ?? [])),
      ];
    });
  return check(questions);
}
