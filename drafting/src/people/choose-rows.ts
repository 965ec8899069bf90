import type { Question } from '../servers/model.js';
import type { AnswerDraft, Doubt, ListDraft, RowDraft } from './draft.js';
import { matchAnswer } from './match-answers.js';
import { type FieldMatch, type MatchContext, matchPlace, type RowList } from './match-fields.js';
import { type FieldPlace, keyOf } from './place.js';

/**
 * Chooses the rows of a list: a field and a place become a row if each is the only sure partner of
 * the other. Everything else that may be a row is a doubt, with its reason.
 *
 * @param taken fields that have a row already
 */
export function chooseRows(
  list: RowList,
  places: readonly FieldPlace[],
  context: MatchContext,
  taken: readonly string[] = [],
): Pick<ListDraft, 'rows' | 'doubts'> {
  const matches = places.flatMap(place => matchPlace(list, place, context));
  const sure = matches.filter(({ doubt, field }) => !doubt && !taken.includes(field));
  const byField = group(sure, ({ field }) => field);
  const byPlace = group(sure, ({ place }) => place.field.id);
  const rows: RowDraft[] = [];
  const doubts: Doubt[] = [];
  for (const [field, all] of byField) {
    const [first] = all;
    const isOneElement = all.every(({ place }) => place.field.id === first!.place.field.id);
    const rivals = byPlace.get(first!.place.field.id)!.filter(other => other.field !== field);
    if (isOneElement && rivals.length === 0) rows.push(toRow(list, all));
    else doubts.push(...all.map(match => toDoubt(match, rivalsOf(match, all, byPlace))));
  }
  const given = new Set([...taken, ...rows.map(({ field }) => field)]);
  const used = new Set(rows.map(({ place }) => ('field' in place ? place.field.id : '')));
  for (const match of matches) {
    if (!match.doubt || given.has(match.field) || used.has(match.place.field.id)) continue;
    doubts.push({ field: match.field, place: match.place, why: match.doubt });
  }
  return { rows, doubts };
}

function group(matches: readonly FieldMatch[], key: (match: FieldMatch) => string) {
  const groups = new Map<string, FieldMatch[]>();
  for (const match of matches) groups.set(key(match), [...(groups.get(key(match)) ?? []), match]);
  return groups;
}

function toRow(list: RowList, [match, ...others]: readonly FieldMatch[]): RowDraft {
  const { field, place, how, codes } = match!;
  const isDocument = field.startsWith('documents.');
  // An event of a repeatable stage comes from a record of its own: a person is none of its kind.
  const isEvent = (list === 'case' || list === 'contact') && place.stage?.isRepeatable;
  const isOneWay = isDocument || place.field.isAssigned || isEvent;
  return {
    field,
    place,
    otherStages: others.flatMap(other => other.place.stage ?? []),
    how: place.field.isAssigned ? `${how}; a program rule computes it` : how,
    ...(codes ? { codes } : {}),
    ...(isDocument ? { owner: 'dhis2' } : {}),
    ...(isOneWay ? { direction: 'to-godata' } : {}),
  };
}

function rivalsOf(
  { field, place }: FieldMatch,
  all: readonly FieldMatch[],
  byPlace: ReadonlyMap<string, readonly FieldMatch[]>,
): string[] {
  const places = all.filter(other => other.place.field.id !== place.field.id);
  const fields = byPlace.get(place.field.id)!.filter(other => other.field !== field);
  return [
    ...places.map(other => `"${other.place.field.name}" (${other.place.field.id}) fits as well`),
    ...fields.map(other => `it fits ${other.field} as well`),
  ];
}

function toDoubt({ field, place }: FieldMatch, rivals: readonly string[]): Doubt {
  return { field, place, why: [...new Set(rivals)].join('; ') };
}

/**
 * Chooses the answers of a questionnaire. A place that a row writes already gives its answer to
 * Go.Data only.
 *
 * @param rows of the same kind of people
 * @param isRecord whether each event of the stage is a record of its own, as a visit is: answers of
 * people do not go to a stage with many events
 */
export function chooseAnswers(
  places: readonly FieldPlace[],
  questions: readonly Question[],
  context: MatchContext,
  rows: readonly RowDraft[],
  isRecord = false,
): Pick<ListDraft, 'answers' | 'doubts'> {
  const written = new Set(rows.map(({ place }) => ('field' in place ? keyOf(place) : '')));
  const answers = new Map<string, AnswerDraft>();
  const doubts: Doubt[] = [];
  for (const place of places) {
    const match = matchAnswer(place, questions, context.beginnings);
    if (!match) continue;
    const { variable, how, doubt } = match;
    const field = `questionnaireAnswers.${variable}`;
    const before = answers.get(variable);
    const why =
      doubt ??
      (before
        ? `the answer comes from "${before.place.field.name}" (${before.place.field.id}) already`
        : undefined);
    if (why) {
      doubts.push({ field, place, why });
      continue;
    }
    const oneWay =
      (place.stage?.isRepeatable && !isRecord) ||
      place.field.isAssigned ||
      written.has(keyOf(place));
    answers.set(variable, { variable, place, how, ...(oneWay ? { direction: 'to-godata' } : {}) });
  }
  return { answers: [...answers.values()], doubts };
}
