import type { Dice } from './dice.js';

const SYMPTOMS = ['fever', 'headache', 'vomiting', 'diarrhoea', 'fatigue', 'rash', 'bleeding'];
const YES_NO = ['yes', 'no', 'unknown'];

/** Answers to an investigation form: every answer is a list, several choices a list in it (FACTS §4). */
export function toAnswers(dice: Dice): Record<string, { value: unknown }[]> {
  const first = dice.between(0, 3);
  const answers: Record<string, { value: unknown }[]> = {
    symptoms: [{ value: SYMPTOMS.slice(first, first + dice.between(1, 3)) }],
    temperature_at_admission: [{ value: dice.between(365, 410) / 10 }],
    comment_of_interviewer: [],
  };
  for (const question of QUESTIONS) answers[question] = [{ value: dice.pick(YES_NO) }];
  return answers;
}

const QUESTIONS = [
  'travelled_in_last_21_days',
  'attended_funeral_in_last_21_days',
  'contact_with_known_case',
  'visited_health_facility',
  'pre_existing_conditions_diabetes',
  'consent_given',
];
