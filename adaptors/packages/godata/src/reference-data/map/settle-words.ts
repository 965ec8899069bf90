import { getOrCreate } from '#common/collections/get-or-create.js';
import type { MappedItem, MappedSet } from '#common/handover/mapped-reference-data-batch.js';
import type { Adjusted } from '#common/reporting/report.js';
import { codeKey, labelKey } from '../label-key.js';
import { distinctWords } from './distinct-words.js';

/** Gives each item a label that is unique in its category, and a code that is unique in Go.Data. */
export function settleWords(sets: readonly MappedSet[]): Adjusted[] {
  return [...settleLabels(sets), ...settleCodes(sets)];
}

function settleLabels(sets: readonly MappedSet[]): Adjusted[] {
  const byCategory = new Map<string, MappedItem[]>();
  for (const { category, items } of sets) {
    getOrCreate(byCategory, category, () => [] as MappedItem[]).push(...items);
  }
  return [...byCategory.values()].flatMap(items => {
    const seekers = items.map(item => ({ item, words: item.labels }));
    return [...distinctWords(seekers, labelKey)].flatMap(([{ item, words }, left]) => {
      item.labels = left;
      return left[0] === words[0] ? [] : [sameLabel(item, words[0]!)];
    });
  });
}

function settleCodes(sets: readonly MappedSet[]): Adjusted[] {
  const seekers = sets.flatMap(({ items }) => items.map(item => ({ item, words: item.codes })));
  return [...distinctWords(seekers, codeKey)].flatMap(([{ item, words }, left]) => {
    item.codes = left;
    return left[0] === words[0] ? [] : [sameCode(item, words[0]!)];
  });
}

function sameLabel({ option, labels: [label] }: MappedItem, wanted: string): Adjusted {
  const message = `"${wanted}" is also the label of another option. It becomes "${label}".`;
  return { kind: 'option', id: option, code: 'SAME_LABEL', message };
}

function sameCode({ option, codes: [code] }: MappedItem, wanted: string): Adjusted {
  const message = `"${wanted}" is also the code of another option. It becomes "${code}".`;
  return { kind: 'option', id: option, code: 'SAME_CODE', message };
}
