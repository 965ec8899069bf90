import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAgeBands } from '#drafting/aggregate/age-bands.js';
import { runs } from '../support/runs.js';

const LAST = [
  (age: number) => `${age}+`,
  (age: number) => `${age} ans et plus`,
  (age: number) => `${age} years and older`,
  (age: number) => `${age} años y más`,
  (age: number) => `${age} anos e mais`,
  (age: number) => `≥ ${age}`,
];
const BETWEEN = [
  (from: number, to: number) => `${from}-${to}`,
  (from: number, to: number) => `${from} - ${to} ans`,
  (from: number, to: number) => `${from} à ${to} ans`,
  (from: number, to: number) => `${from} to ${to} years`,
];
const FIRST = [
  (age: number) => `<${age}`,
  (age: number) => `moins de ${age} ans`,
  (age: number) => `Under ${age}`,
];
const option = (name: string) => ({ id: name, name, texts: [name] });

const bands = fc.record({
  boundaries: fc
    .uniqueArray(fc.integer({ min: 2, max: 90 }), { minLength: 1, maxLength: 8 })
    .map(ages => ages.sort((a, b) => a - b)),
  first: fc.constantFrom(undefined, ...FIRST),
  between: fc.constantFrom(...BETWEEN),
  last: fc.constantFrom(...LAST),
});

describe('age bands', () => {
  it('are read from the names of options in any form and order, with the unknown age', () => {
    fc.assert(
      fc.property(bands, fc.boolean(), ({ boundaries, first, between, last }, isShuffled) => {
        const starts = [0, ...boundaries];
        const names = starts.map((from, n) => {
          const next = starts[n + 1];
          if (next === undefined) return last(from);
          return n === 0 && first ? first(next) : between(from, next - 1);
        });
        const options = [...names, 'Âge inconnu'].map(option);
        const read = readAgeBands(isShuffled ? options.toReversed() : options);
        expect(read?.boundaries).toEqual(boundaries);
        expect(read?.codes.map(({ option: { name } }) => name)).toEqual([...names, 'Âge inconnu']);
        expect(read?.codes.map(({ code }) => code)).toEqual([
          ...boundaries.map((age, n) => `${starts[n]}-${age - 1}`),
          `${boundaries.at(-1)}+`,
          'UNKNOWN',
        ]);
      }),
      runs(200, 5000),
    );
  });

  it.each([
    ['a gap', ['0-4', '6-14', '15+']],
    ['an overlap', ['0-5', '5-14', '15+']],
    ['no beginning at 0', ['5-14', '15+']],
    ['no ages', ['Masculin', 'Féminin']],
  ])('with %s are none', (_, names) => {
    expect(readAgeBands(names.map(option))).toBeUndefined();
  });
});
