import type { DescribedOutbreak } from '#common/handover/described-outbreak.js';
import type { Questionnaire } from '#common/handover/named-in-godata.js';
import type { OutbreakRecord, Question } from '../../client/types/index.js';

/** The property of an outbreak that holds each questionnaire. */
const TEMPLATES = {
  case: 'caseInvestigationTemplate',
  contact: 'contactInvestigationTemplate',
  labResult: 'labResultsTemplate',
  followUp: 'contactFollowUpTemplate',
} as const;

/** The fields of an outbreak that hold its questionnaires. */
export const QUESTION_FIELDS = Object.values(TEMPLATES);

/** What the types of answers begin with. */
export const ANSWER_TYPE = 'LNG_REFERENCE_DATA_CATEGORY_QUESTION_ANSWER_TYPE_';
/** Texts and files: nothing that a mapping can give. */
const NOT_ANSWERED = [`${ANSWER_TYPE}MARKUP`, `${ANSWER_TYPE}FILE_UPLOAD`];

/** The questions of an outbreak that a mapping can name, those that follow an answer included. */
export function describeQuestions(
  outbreak: Partial<OutbreakRecord>,
): DescribedOutbreak['questions'] {
  const described = Object.entries(questionsOf(outbreak)).map(([name, questions]) => [
    name,
    Object.fromEntries([...questions].map(([variable, one]) => [variable, answersOf(one)])),
  ]);
  return Object.fromEntries(described);
}

/** The variables of the questions that ask for a number. */
export function describeNumbers(
  outbreak: Partial<OutbreakRecord>,
): NonNullable<DescribedOutbreak['numbers']> {
  const described = Object.entries(questionsOf(outbreak)).map(([name, questions]) => {
    const numeric = [...questions.values()].filter(
      ({ answerType }) => answerType === `${ANSWER_TYPE}NUMERIC`,
    );
    return [name, numeric.map(({ variable }) => variable)] as const;
  });
  return Object.fromEntries(described.filter(([, variables]) => variables.length > 0));
}

/** The same questions as Go.Data has them, by variable. */
export function questionsOf(
  outbreak: Partial<OutbreakRecord>,
): Record<Questionnaire, ReadonlyMap<string, Question>> {
  const all = Object.entries(TEMPLATES).map(([name, field]) => {
    const questions = flatten(outbreak[field]).filter(
      ({ answerType }) => !NOT_ANSWERED.includes(answerType),
    );
    return [name, new Map(questions.map(one => [one.variable, one] as const))];
  });
  return Object.fromEntries(all);
}

function flatten(questions: readonly Question[] | null | undefined): Question[] {
  return (questions ?? []).flatMap(question => [
    question,
    ...(question.answers ?? []).flatMap(one => flatten(one.additionalQuestions)),
  ]);
}

function answersOf({ answers }: Question): string[] | null {
  return answers && answers.length > 0 ? answers.map(({ value }) => value) : null;
}
