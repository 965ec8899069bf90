import type { DescribedOutbreak } from '#common/handover/described-outbreak.js';
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

const TYPE = 'LNG_REFERENCE_DATA_CATEGORY_QUESTION_ANSWER_TYPE_';
/** Texts and files: nothing that a mapping can give. */
const NOT_ANSWERED = [`${TYPE}MARKUP`, `${TYPE}FILE_UPLOAD`];

/** The questions of an outbreak that a mapping can name, those that follow an answer included. */
export function describeQuestions(
  outbreak: Partial<OutbreakRecord>,
): DescribedOutbreak['questions'] {
  const described = Object.entries(TEMPLATES).map(([name, field]) => {
    const questions = flatten(outbreak[field]).filter(
      ({ answerType }) => !NOT_ANSWERED.includes(answerType),
    );
    return [name, Object.fromEntries(questions.map(one => [one.variable, answersOf(one)]))];
  });
  return Object.fromEntries(described);
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
