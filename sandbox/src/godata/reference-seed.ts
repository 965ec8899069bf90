import { tokenId } from './rules/reference-data-rules.js';
import { snakeCase } from './rules/words.js';
import type { GoDataSeed } from './types.js';

/**
 * A seed of reference data as a new server has it, with English labels: read-only items that cannot
 * be deleted.
 *
 * @param labels by category, without `LNG_REFERENCE_DATA_CATEGORY_`
 * @example startGoData({ seed: { ...referenceSeed({ GENDER: ['Male', 'Female'] }) } });
 */
export function referenceSeed(
  labels: Readonly<Record<string, readonly string[]>>,
): Required<Pick<GoDataSeed, 'referenceData' | 'languageTokens'>> {
  const items = Object.entries(labels).flatMap(([category, texts]) => {
    const categoryId = `LNG_REFERENCE_DATA_CATEGORY_${category}`;
    return texts.map(text => ({ categoryId, text, id: `${categoryId}_${snakeCase(text)}` }));
  });
  return {
    referenceData: items.map(({ id, categoryId }) => ({
      ...{ id, categoryId, value: id, description: `${id}_DESCRIPTION` },
      ...{ readOnly: true, active: true, isDefaultReferenceData: true },
    })),
    languageTokens: items.map(({ id, text }) => ({
      ...{ id: tokenId(id, 'english_us'), token: id, languageId: 'english_us', translation: text },
    })),
  };
}
