import { plain } from '../../words/plain.js';
import type { RowDraft } from '../draft.js';
import type { CodeMatch, CodesDraft } from '../match-codes.js';
import type { MatchContext } from '../match-fields.js';
import type { FieldPlace } from '../place.js';
import type { ComputedDraft } from './computed.js';
import { findPlace, yesAndNo } from './find.js';

/** The items of the three trimesters, and how options name them. */
const TRIMESTERS = [
  { item: 'YES_FIRST_TRIMESTER', words: /\b(t?1|1st|first|premier|1er|primeiro|primer)\b/ },
  { item: 'YES_SECOND_TRIMESTER', words: /\b(t?2|2nd|second|deuxieme|2e|segundo)\b/ },
  { item: 'YES_THIRD_TRIMESTER', words: /\b(t?3|3rd|third|troisieme|3e|terceiro|tercer)\b/ },
];

/** Pregnancy with its trimester: the field of Go.Data holds both, a program asks for each. */
export function draftPregnancy(
  rows: readonly RowDraft[],
  places: readonly FieldPlace[],
  context: MatchContext,
): ComputedDraft | undefined {
  const row = rows.find(({ field }) => field === 'pregnancyStatus');
  if (!row?.codes || !('field' in row.place)) return undefined;
  const pregnant = row.place;
  const answers = yesAndNo(pregnant);
  const trimester = findPlace(
    'trimester',
    places.filter(({ stage }) => stage === pregnant.stage),
    context,
    place => trimestersOf(place, context) !== undefined,
  );
  if (!answers || !trimester) return undefined;
  return {
    kind: 'pregnancy',
    field: 'pregnancyStatus',
    places: [pregnant, trimester],
    yes: answers.yes,
    codes: row.codes,
    trimesters: trimestersOf(trimester, context)!,
    how: 'by name and option codes',
    ...(row.direction ? { direction: row.direction } : {}),
  };
}

function trimestersOf({ field }: FieldPlace, { items }: MatchContext): CodesDraft | undefined {
  const known = new Set(items.get('PREGNANCY_STATUS')?.map(({ value }) => value));
  const options = field.options ?? [];
  const matches = TRIMESTERS.flatMap(({ item, words }): CodeMatch[] => {
    const found = options.filter(({ texts, code }) =>
      [...texts, code].some(one => words.test(plain(one))),
    );
    return known.has(item) && found.length === 1
      ? [{ option: found[0]!, item, how: 'by its number' }]
      : [];
  });
  const isWhole = matches.length === 3 && new Set(matches.map(({ option }) => option)).size === 3;
  return isWhole ? { category: 'PREGNANCY_STATUS', matches } : undefined;
}
