import type { FetchedOptionBatch, Option } from '#common/handover/fetched-option-batch.js';
import type {
  MappedItem,
  MappedReferenceDataBatch,
} from '#common/handover/mapped-reference-data-batch.js';
import { createLeftOutLedger } from '#common/reporting/left-out.js';
import { listed, type Rejected, type StepReport } from '#common/reporting/report.js';
import { toCategoryName } from '../category.js';
import { makeDistinct } from './make-distinct.js';
import type { MapReferenceDataOptions, OptionSetMapping } from './options.js';
import { pairSets } from './pair-sets.js';
import { readItem } from './read-item.js';

/**
 * Maps options to reference data. Makes equal labels in a category distinct, and equal codes in all
 * categories.
 *
 * @throws IntegrationError `BAD_MAPPING` (configuration) when the mapping does not match the
 * fetched option sets, or gives a field that reference data do not have
 */
export function mapBatch(
  { optionSets }: FetchedOptionBatch,
  mappings: readonly Required<OptionSetMapping>[],
  { distinctLabel, distinctCode, mark }: Required<MapReferenceDataOptions>,
): { batch: MappedReferenceDataBatch; report: StepReport } {
  const pairs = pairSets(optionSets, mappings);
  const rejected: Rejected[] = [];
  const leftOut = createLeftOutLedger();
  const mapped = new Set(pairs.map(([set]) => set));
  for (const set of optionSets) {
    if (!mapped.has(set)) leftOut.add('unmapped-option-set', set.name, set.options.length);
  }
  const sets = pairs.map(([set, { category, toItem, whenGone }]) => {
    const items = set.options.flatMap((option): MappedItem[] => {
      const fields = toItem(option, set);
      if (fields === undefined || fields === null) {
        leftOut.add('left-out-by-mapping', set.name);
        return [];
      }
      const { label, code, rest } = readItem(fields);
      if (label === '' || code === '' || !option.code) {
        rejected.push(label === '' ? noLabel(option) : noCode(option));
        return [];
      }
      const labels = [label, distinctLabel(label, option, set), `${label} (${option.id})`];
      const codes = [code, distinctCode(code, set, option), `${code}:${option.id}`];
      return [
        {
          option: option.id,
          optionCode: option.code,
          labels: trimTexts(labels),
          codes: trimTexts(codes),
          ownCode: code,
          ...rest,
        },
      ];
    });
    const optionIds = set.options.map(({ id }) => id);
    return {
      id: set.id,
      name: set.name,
      category: toCategoryName(category),
      whenGone,
      items,
      optionIds,
    };
  });
  const adjusted = makeDistinct(sets);
  const read = optionSets.reduce((sum, { options }) => sum + options.length, 0);
  return {
    batch: { sets, mark },
    report: {
      read,
      ...(leftOut.total() > 0 ? { leftOut: leftOut.list() } : {}),
      ...listed(rejected, adjusted),
    },
  };
}

function trimTexts(texts: readonly unknown[]): string[] {
  return [...new Set(texts.map(text => String(text ?? '').trim()).filter(text => text !== ''))];
}

function noLabel({ id }: Option): Rejected {
  const message = 'The item has no label, which Go.Data requires.';
  return { kind: 'option', id, code: 'NO_LABEL', message };
}

function noCode({ id }: Option): Rejected {
  const message = 'The item has no code. Later runs need the code to find the item.';
  return { kind: 'option', id, code: 'NO_CODE', message };
}
