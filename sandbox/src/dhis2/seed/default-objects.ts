import type { Dhis2Seed } from './types.js';

/** The category combo of every server, for what has no disaggregation (dhis2 FACTS §5). */
export const DEFAULT_COMBO = 'bjDvmb4bfuf';

const NAMED = { code: 'default', name: 'default' } as const;
const DISAGGREGATION = { dataDimensionType: 'DISAGGREGATION' } as const;

/** The objects of every empty server (dhis2 FACTS §5). */
export const DEFAULT_OBJECTS: Pick<
  Dhis2Seed,
  'categoryOptions' | 'categories' | 'categoryCombos' | 'categoryOptionCombos'
> = {
  categoryOptions: [{ id: 'xYerKDKCefk', ...NAMED, shortName: 'default' }],
  categories: [
    {
      ...{ id: 'GLevLNI9wkl', ...NAMED, shortName: 'default', ...DISAGGREGATION },
      categoryOptions: [{ id: 'xYerKDKCefk' }],
    },
  ],
  categoryCombos: [
    { id: DEFAULT_COMBO, ...NAMED, ...DISAGGREGATION, categories: [{ id: 'GLevLNI9wkl' }] },
  ],
  categoryOptionCombos: [
    {
      ...{ id: 'HllvX50cXC0', ...NAMED, categoryCombo: { id: DEFAULT_COMBO } },
      categoryOptions: [{ id: 'xYerKDKCefk' }],
    },
  ],
};
