import type { Question } from '../servers/model.js';
import { squeezed } from '../words/plain.js';
import type { FieldPlace } from './place.js';

/** A question that asks for what a place holds. */
export interface AnswerMatch {
  variable: string;
  place: FieldPlace;
  how: string;
  doubt?: string;
}

/**
 * The question for a place: its variable is the place's code (also without the word that all codes
 * of the program begin with), or its text in any language is one of the place's names.
 */
export function matchAnswer(
  place: FieldPlace,
  questions: readonly Question[],
  beginnings: ReadonlySet<string>,
): AnswerMatch | undefined {
  const { code = '', texts } = place.field;
  const codes = [code, withoutBeginning(code, beginnings)].map(squeezed).filter(Boolean);
  const byCode = questions.find(({ variable }) => codes.includes(squeezed(variable)));
  const names = new Set(texts.map(squeezed));
  const found =
    byCode ?? questions.find(question => question.texts.some(text => names.has(squeezed(text))));
  if (!found) return undefined;
  const doubt = doubtOf(place, found);
  return {
    variable: found.variable,
    place,
    how: byCode ? 'by code' : 'by name',
    ...(doubt ? { doubt } : {}),
  };
}

function withoutBeginning(code: string, beginnings: ReadonlySet<string>): string {
  const [first = '', ...rest] = code.split('_');
  return beginnings.has(first.toLowerCase()) ? rest.join('_') : '';
}

/** Answers are copied as they are: the choices must be the same on both sides. */
function doubtOf({ field }: FieldPlace, { answers, isMultiple }: Question): string | undefined {
  const isSeveral = field.valueType === 'MULTI_TEXT';
  if (isMultiple && !isSeveral) return 'the question takes several answers, the place one value';
  if (isSeveral && answers && !isMultiple)
    return 'the place takes several values, the question one answer';
  const values = new Set(field.options?.map(({ code }) => code) ?? []);
  if (field.valueType === 'BOOLEAN' || field.valueType === 'TRUE_ONLY') {
    values.add('true');
    values.add('false');
  }
  if (!answers || values.size === 0) return undefined;
  const others = answers.filter(answer => !values.has(answer));
  if (others.length === 0) return undefined;
  return `the answers ${others.join(', ')} are not among its values ${[...values].join(', ')}`;
}
