import { describe, expect, it } from 'vitest';
import type { CategoryCombo } from '#dhis2/client/metadata/metadata.js';
import { matchOptionCombo } from '#dhis2/data-values/mapping/option-combos.js';

const option = (id: string, code: string) => ({ id, code, name: code.toLowerCase() });
const combo: CategoryCombo = {
  id: 'combo',
  name: 'Age and sex',
  categories: [
    { id: 'age', name: 'Age', categoryOptions: [option('a1', 'YOUNG'), option('a2', 'OLD')] },
    { id: 'sex', name: 'Sex', categoryOptions: [option('s1', 'MALE'), option('s2', 'FEMALE')] },
  ],
  categoryOptionCombos: [
    { id: 'c2', name: 'young, male', categoryOptions: [{ id: 's1' }, { id: 'a1' }] },
    {
      id: 'c1',
      name: 'Male, young (stale duplicate)',
      categoryOptions: [{ id: 'a1' }, { id: 's1' }],
    },
    { id: 'c3', name: 'Old, male', categoryOptions: [{ id: 'a2' }, { id: 's1' }] },
    {
      id: 'c4',
      name: 'of an option that the category has lost',
      categoryOptions: [{ id: 'gone' }, { id: 's1' }],
    },
  ],
};
const match = (...options: string[]) => matchOptionCombo(combo, options, 'Element');
const codesOf = (result: ReturnType<typeof match>) =>
  'problems' in result ? result.problems.map(({ code }) => code) : result;

describe('category option combos', () => {
  it('are found by their set of category options, in any order, by id, code or name', () => {
    expect(match('OLD', 'MALE')).toEqual({ ids: ['c3'] });
    expect(match('s1', 'old')).toEqual({ ids: ['c3'] });
  });

  it('are all returned if the server has duplicates: first the one with the name that DHIS2 would give it today', () => {
    expect(match('MALE', 'YOUNG')).toEqual({ ids: ['c2', 'c1'] });
  });

  it.each([
    ['an unknown option', ['OLD', 'OTHER'], ['UNKNOWN_CATEGORY_OPTION']],
    ['two unknown options', ['X', 'Y'], ['UNKNOWN_CATEGORY_OPTION', 'UNKNOWN_CATEGORY_OPTION']],
    ['two options of one category', ['OLD', 'YOUNG'], ['AMBIGUOUS_CATEGORY_OPTION']],
    ['a category without an option', ['OLD'], ['MISSING_CATEGORY']],
    ['a combo that was never generated', ['OLD', 'FEMALE'], ['UNKNOWN_OPTION_COMBO']],
  ])('are refused for %s', (_, options, codes) => {
    expect(codesOf(match(...options))).toEqual(codes);
  });

  it('are refused if the account may not write for an option', () => {
    const closed = structuredClone(combo);
    closed.categories[0]!.categoryOptions[1]!.access = { data: { write: false } };
    expect(codesOf(matchOptionCombo(closed, ['OLD', 'MALE'], 'Element'))).toEqual([
      'NO_WRITE_ACCESS',
    ]);
  });

  it('need no options for the default combo', () => {
    const standard: CategoryCombo = {
      id: 'd',
      isDefault: true,
      categories: [{ id: 'dc', name: 'default', categoryOptions: [{ id: 'do', name: 'default' }] }],
      categoryOptionCombos: [{ id: 'HllvX50cXC0', categoryOptions: [{ id: 'do' }] }],
    };
    expect(matchOptionCombo(standard, [], 'Element')).toEqual({ ids: ['HllvX50cXC0'] });
  });
});
