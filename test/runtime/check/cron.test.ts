import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronProblem } from '#runtime/check/cron.js';

describe('a cron expression', () => {
  it.each([
    '0 5 * * *',
    '*/15 * * * *',
    '0 0 1,15 * *',
    '0 8-18/2 * * MON-FRI',
    '5/10 * * * *',
    '0 0 29 2 *',
    '0 0 * jan,Jul sun',
    '0 0 * * 7',
    '  0   5 * *   * ',
    '0 0 31 2 1',
    '@daily',
  ])('%s can be read', expression => {
    expect(cronProblem(expression)).toBeUndefined();
  });

  it.each([
    ['', 'has 0 fields'],
    ['0 5 * *', 'has 4 fields'],
    ['0 0 5 * * *', 'has 6 fields'],
    ['60 * * * *', 'has 60 for the minute: it must be 0 to 59'],
    ['0 24 * * *', 'has 24 for the hour'],
    ['0 0 0 * *', 'has 0 for the day of the month'],
    ['0 0 * 13 *', 'has 13 for the month'],
    ['0 0 * * 8', 'has 8 for the day of the week'],
    ['0 0 * * MONDAY', 'has MONDAY for the day of the week'],
    ['0 0 * MON *', 'has MON for the month'],
    ['*/0 * * * *', 'has */0 for the minute'],
    ['5-1 * * * *', 'has 5-1 for the minute'],
    ['1-2-3 * * * *', 'has 1-2-3 for the minute'],
    ['1,,2 * * * *', 'has 1,,2 for the minute'],
    ['1/2/3 * * * *', 'has 1/2/3 for the minute'],
    ['- * * * *', 'has - for the minute'],
    ['every 5 minutes * *', 'has every for the minute'],
    ['0 0 31 2 *', 'names a day that does not exist'],
    ['0 0 31 4,6,9,11 *', 'names a day that does not exist'],
    ['@sometimes', 'has 1 fields'],
  ])('%s cannot be read: it %s', (expression, problem) => {
    expect(cronProblem(expression)).toContain(problem);
  });

  it('can be read for every number, list, range and step within the limits, and for none beyond', () => {
    const limits = [
      [0, 59],
      [0, 23],
      [1, 31],
      [1, 12],
      [0, 7],
    ] as const;
    const field = fc.constantFrom(0, 1, 2, 3, 4).chain(index => {
      const [min, max] = limits[index]!;
      const value = fc.integer({ min, max });
      const item = fc
        .tuple(value, value, fc.option(fc.integer({ min: 1, max: 99 })))
        .map(([a, b, step]) => `${Math.min(a, b)}-${Math.max(a, b)}${step ? `/${step}` : ''}`);
      const good = fc.array(fc.oneof(item, value.map(String)), { minLength: 1, maxLength: 3 });
      const bad = fc.oneof(fc.integer({ min: max + 1, max: 200 }), fc.constant('x')).map(String);
      return fc.record({ index: fc.constant(index), good, bad });
    });
    fc.assert(
      fc.property(field, ({ index, good, bad }) => {
        const withField = (text: string) =>
          // With all months, so that the day of the month occurs.
          ['*', '*', '*', '*', '*'].with(index, text).join(' ');
        expect(cronProblem(withField(good.join(',')))).toBeUndefined();
        expect(cronProblem(withField([...good, bad].join(',')))).toContain('for the');
      }),
    );
  });
});
