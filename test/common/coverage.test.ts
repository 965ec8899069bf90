import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCoverage, shareOf, toCauses } from '#common/reporting/coverage.js';
import { runs } from '../support/runs.js';

describe('the coverage', () => {
  it('of a source loses no record in its line, and says 100 % of all only', () => {
    const row = fc.record({
      reason: fc.constantFrom('no-date', 'unmapped-code', 'unmapped-location'),
      subject: fc.constantFrom('', 'age=1', 'sex=X age=2', 'Village (a=b)', '12 more'),
      count: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.nat(5000), (rows, reached) => {
        const sum = (list: { count: number }[]) => list.reduce((all, { count }) => all + count, 0);
        const omitted = toCauses(rows);
        expect(sum(omitted)).toBe(sum(rows));
        const expected = reached + sum(rows);
        const coverage = {
          things: 'cases',
          verb: 'arrive',
          reached,
          expected,
          omitted,
          onPurpose: [],
        };
        const line = formatCoverage(coverage);
        const told = [...line.matchAll(/\(([\d,]+)\)/g)].map(([, text]) => ({
          count: Number(text!.replaceAll(',', '')),
        }));
        expect(sum(told)).toBe(sum(rows));
        expect(line.includes('100 %')).toBe(rows.length === 0 && reached > 0);
        expect(shareOf(coverage)).toBe(expected === 0 ? 1 : reached / expected);
      }),
      runs(100, 1000),
    );
  });
});
