import type { PeopleDraft } from '../people/draft.js';
import { quote } from './names.js';
import { describe } from './print-place.js';
import type { RowNames } from './row-names.js';

const CATEGORY = 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_';

/**
 * Go.Data up to 2.48 needs a classification, and only a country can say where its own is: a comment
 * with what may be it, if no row gives it.
 */
export function printClassification(
  { case: { rows }, labResults }: PeopleDraft,
  names: RowNames,
): string[] {
  if (rows.some(({ field }) => field === 'classification')) return [];
  const head = [
    '  // Nothing says the classification for sure: without a row, cases have none in Go.Data.',
  ];
  const result = labResults?.list.rows.find(({ field }) => field === 'result');
  const place = result && 'field' in result.place ? result.place : undefined;
  const codeOf = (item: string) =>
    result?.codes?.matches.find(match => match.item === item)?.option.code;
  const [positive, negative] = [codeOf('POSITIVE'), codeOf('NEGATIVE')];
  if (!place?.stage || positive === undefined || negative === undefined) {
    return [
      ...head,
      '  // For example, where every case of the program is at least a suspect:',
      `  // row('classification', { toGoData: () => '${CATEGORY}SUSPECT' }),`,
    ];
  }
  const list = `[${quote(positive)}, ${quote(negative)}]`;
  return [
    ...head,
    `  // It may follow from the latest ${describe(place)}: remove these slashes if it does in your country.`,
    "  // row('classification', {",
    '  //   toGoData: (_, { person }) => {',
    `  //     const result = person.latest(${names.quiet.stage(place.stage)}.ref, ${quote(place.field.id)}, ${list});`,
    `  //     if (result === undefined) return '${CATEGORY}SUSPECT';`,
    `  //     return result === ${quote(positive)} ? '${CATEGORY}CONFIRMED' : '${CATEGORY}NOT_A_CASE_DISCARDED';`,
    '  //   },',
    '  // }),',
  ];
}
