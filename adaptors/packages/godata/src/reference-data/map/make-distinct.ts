import { getOrCreate } from '#common/collections/get-or-create.js';
import type { MappedItem, MappedSet } from '#common/handover/mapped-reference-data-batch.js';
import type { Adjusted } from '#common/reporting/report.js';
import { codeKey, labelKey } from '../label-key.js';
import { distinctTexts } from './distinct-texts.js';

/** Gives each item a label that is unique in its category, and a code that is unique in Go.Data. */
export function makeDistinct(sets: readonly MappedSet[]): Adjusted[] {
  return [...settleLabels(sets), ...settleCodes(sets)];
}

function settleLabels(sets: readonly MappedSet[]): Adjusted[] {
  const byCategory = new Map<string, MappedItem[]>();
  for (const { category, items } of sets) {
    getOrCreate(byCategory, category, () => [] as MappedItem[]).push(...items);
  }
  return [...byCategory.values()].flatMap(items => {
    const seekers = items.map(item => ({ item, texts: item.labels }));
    return [...distinctTexts(seekers, labelKey)].flatMap(([{ item, texts }, left]) => {
      item.labels = left;
      return left[0] === texts[0] ? [] : [sameLabel(item, texts[0]!)];
    });
  });
}

function settleCodes(sets: readonly MappedSet[]): Adjusted[] {
  const seekers = sets.flatMap(({ items }) => items.map(item => ({ item, texts: item.codes })));
  return [...distinctTexts(seekers, codeKey)].flatMap(([{ item, texts }, left]) => {
    item.codes = left;
    return left[0] === texts[0] ? [] : [sameCode(item, texts[0]!)];
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
