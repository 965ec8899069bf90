import type { Calendar } from '../outbreak/calendar.js';
import type { Dice } from '../outbreak/dice.js';
import { toPlaceName } from '../outbreak/words.js';
import { answerTypeOf, type Question } from './questions.js';

/** Answers as Go.Data stores them: by variable, each a list of answers (godata FACTS §4). */
export type Answers = Record<string, { value: unknown }[]>;

/** How often a question is answered that need not be. */
const ANSWERED = 0.8;

/**
 * Invents answers to a questionnaire. A question that follows an answer is answered only where that
 * answer was given.
 *
 * @param on the day of the interview, counted from today
 */
export function createAnswers(
  questions: readonly Question[],
  on: number,
  dice: Dice,
  calendar: Calendar,
): Answers {
  const answers: Answers = {};
  for (const question of questions) {
    const isAsked = question.inactive !== true && (question.required || dice.chance(ANSWERED));
    const value = isAsked ? createAnswer(question, on, dice, calendar) : undefined;
    if (value === undefined) continue;
    answers[question.variable] = [{ value }];
    const given = new Set([value].flat());
    for (const { value: choice, additionalQuestions } of question.answers ?? []) {
      if (!given.has(choice)) continue;
      Object.assign(answers, createAnswers(additionalQuestions ?? [], on, dice, calendar));
    }
  }
  return answers;
}

/** @returns undefined if the question has no answer that can be invented, such as a file */
function createAnswer(question: Question, on: number, dice: Dice, { day }: Calendar): unknown {
  const choices = (question.answers ?? []).map(({ value }) => value);
  switch (answerTypeOf(question)) {
    case 'FREE_TEXT':
      return dice.chance(0.9) ? toPlaceName(dice) : toPlaceName(dice).toUpperCase();
    case 'NUMERIC':
      return dice.between(0, 40);
    case 'DATE_TIME':
      return day(Math.min(on - dice.between(0, 10), 0));
    case 'SINGLE_ANSWER':
      return choices.length > 0 ? dice.pick(choices) : undefined;
    case 'MULTIPLE_ANSWERS': {
      const chosen = choices.filter(() => dice.chance(0.4));
      return chosen.length > 0 ? chosen : choices.length > 0 ? [dice.pick(choices)] : undefined;
    }
    default:
      return undefined;
  }
}
