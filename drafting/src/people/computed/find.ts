import { compare } from '../../words/compare.js';
import { namesOf, type Subject } from '../../words/computed-words.js';
import { meansNo, meansYes } from '../../words/value-words.js';
import type { MatchContext } from '../match-fields.js';
import type { FieldPlace } from '../place.js';

/**
 * The only place whose name says a subject and nothing else. The name counts before the code.
 *
 * @param accept what else must hold
 * @returns undefined if there is none, or several
 */
export function findPlace(
  subject: Subject,
  places: readonly FieldPlace[],
  { beginnings }: Pick<MatchContext, 'beginnings'>,
  accept: (place: FieldPlace) => boolean,
): FieldPlace | undefined {
  const phrases = namesOf(subject);
  const says = (texts: readonly string[]) =>
    texts.some(text => phrases.some(phrase => compare(text, phrase, beginnings) === 'all'));
  const fitting = places.filter(accept);
  const byName = fitting.filter(({ field }) => says(field.texts));
  const found =
    byName.length > 0 ? byName : fitting.filter(({ field }) => says([field.code ?? '']));
  return found.length === 1 ? found[0] : undefined;
}

export const isDay = ({ field }: FieldPlace): boolean =>
  field.valueType === 'DATE' || field.valueType === 'DATETIME';

export const isOrgUnit = ({ field }: FieldPlace): boolean =>
  field.valueType === 'ORGANISATION_UNIT';

/** The values of a place that mean yes and no; undefined if it is no question of this kind. */
export function yesAndNo({ field }: FieldPlace): { yes: string; no: string } | undefined {
  const { options, valueType } = field;
  if (!options) return valueType === 'BOOLEAN' ? { yes: 'true', no: 'false' } : undefined;
  const codeOf = (means: (text: string) => boolean) =>
    options.find(({ texts, code }) => [...texts, code].some(means))?.code;
  const [yes, no] = [codeOf(meansYes), codeOf(meansNo)];
  return yes !== undefined && no !== undefined ? { yes, no } : undefined;
}

/** The value of a place that says yes, also where it can say nothing else. */
export function yesOf(place: FieldPlace): string | undefined {
  return place.field.valueType === 'TRUE_ONLY' ? 'true' : yesAndNo(place)?.yes;
}
