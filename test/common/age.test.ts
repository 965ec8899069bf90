import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYears } from '#common/people/age.js';

describe('an age in years', () => {
  it('is one number, in any form of a system', () => {
    const writings = (years: number) => [
      years,
      `${years}`,
      ` ${years} `,
      `${years}.0`,
      `${years}.`,
    ];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 150 }), years => {
        expect(writings(years).map(readYears)).toEqual(writings(years).map(() => years));
      }),
    );
  });

  it('is missing above 150, below 0, or between two years', () => {
    const none = fc.oneof(
      fc.integer({ min: 151 }),
      fc.integer({ max: -1 }),
      fc.integer({ min: 0, max: 149 }).map(years => years + 0.5),
    );
    fc.assert(
      fc.property(none, number => {
        expect(readYears(number)).toBeUndefined();
        expect(readYears(String(number))).toBeUndefined();
      }),
    );
    for (const value of ['', ' ', 'x', '1e1', '0x1f', null, undefined, true, [], {}, Number.NaN]) {
      expect(readYears(value)).toBeUndefined();
    }
  });
});
