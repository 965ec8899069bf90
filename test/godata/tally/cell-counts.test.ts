import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCellCounts } from '#godata/tally/cell-counts.js';

it('counts as a map of texts does, in the order of the first records', () => {
  const number = fc.oneof(fc.nat(3), fc.nat(2 ** 20));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 5000 }),
      cells => {
        const counts = createCellCounts();
        const expected = new Map<string, number>();
        for (const cell of cells) {
          counts.add(counts.numberOf(...cell));
          expected.set(cell.join(), (expected.get(cell.join()) ?? 0) + 1);
        }
        const found = [...counts.list()].map(({ location, period, combination, count }) => [
          [location, period, combination].join(),
          count,
        ]);
        expect(found).toEqual([...expected]);
      },
    ),
    { numRuns: 50 },
  );
});

it('finds every cell again after it has grown', () => {
  const counts = createCellCounts();
  for (let n = 0; n < 200_000; n += 1) counts.add(counts.numberOf(n % 100_000, 1, 0));
  const found = [...counts.list()];
  expect(found).toHaveLength(100_000);
  expect(found.every(({ count }) => count === 2)).toBe(true);
});
