import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayOf, isDay, periodOf, utcDayNumber } from '#common/periods/index.js';

const NO_DAYS = [
  '2021-02-29',
  '1900-02-29',
  '2021-04-31',
  '2021-13-01',
  '2021-00-01',
  '2021-01-00',
  '2021-01-32',
  '0000-01-01',
  '2021-1-1',
  '20210101',
  ' 2021-01-01',
  '2021-01-01\n',
  '12021-01-01',
  '٢٠٢١-01-01',
  'yesterday',
  '',
  null,
  undefined,
  20210101,
  new Date(0),
];

const NO_DATE_TIMES = [
  '2021-02-29T00:00:00.000Z',
  '2021-01-01T24:00:00Z',
  '2021-01-01T00:60:00Z',
  '2021-01-01T00:00:61Z',
  '2021-01-01T00:00:00+25:00',
  '2021-01-01T',
  '2021-01-01 00:00:00',
  '2021-01-01T00:00:00ZZ',
];

/** All of a leap cycle and more, up to the limits of a year of four digits. */
const anyTime = fc.date({
  min: new Date('0001-01-01T00:00:00.000Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

describe('day numbers', () => {
  it('count from 1970-01-01', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('1969-12-31')).toBe(-1);
    expect(dayNumber('2000-02-29')).toBe(11_016);
    expect(dayOf(11_016)).toBe('2000-02-29');
    expect(dayOf(dayNumber('0987-06-05'))).toBe('0987-06-05');
  });

  it('agree with the calendar of the language', () => {
    fc.assert(
      fc.property(anyTime, time => {
        const instant = time.toISOString();
        const day = instant.slice(0, 10);
        const number = Math.floor(time.getTime() / 86_400_000);
        expect(isDay(day)).toBe(true);
        expect(dayNumber(day)).toBe(number);
        expect(dayOf(number)).toBe(day);
        expect(utcDayNumber(instant)).toBe(number);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(NO_DAYS)('are refused for %j', given => {
    expect(isDay(given)).toBe(false);
    expect(utcDayNumber(given)).toBeUndefined();
    expect(() => dayNumber(given as string)).toThrowError(
      expect.objectContaining({ code: 'INVALID_DATE', kind: 'configuration' }),
    );
  });

  it.each([Number.NaN, 1.5, Number.POSITIVE_INFINITY])('are whole numbers: not %j', number => {
    expect(() => dayOf(number)).toThrowError(expect.objectContaining({ code: 'INVALID_DATE' }));
  });
});

describe('a date-time', () => {
  it.each([
    ['2021-01-03T23:59:59.999Z', '2021-01-03'],
    ['2021-01-03T23:59:59.999', '2021-01-03'],
    ['2021-01-03T23:59', '2021-01-03'],
    ['2021-01-03T23:30:00-01:00', '2021-01-04'],
    ['2021-01-04T00:30:00+0100', '2021-01-03'],
    ['2021-01-04T00:30:00+00:30', '2021-01-04'],
    ['2021-01-01T13:59:00+14:00', '2020-12-31'],
  ])('%s counts as the UTC day %s', (dateTime, day) => {
    expect(utcDayNumber(dateTime)).toBe(dayNumber(day));
    expect(periodOf('Daily', dateTime).startDate).toBe(day);
  });

  it.each(NO_DATE_TIMES)('%j is refused', given => {
    expect(utcDayNumber(given)).toBeUndefined();
  });

  it('is not a day', () => {
    expect(isDay('2021-01-03T00:00:00.000Z')).toBe(false);
  });

  it('gives the same result in every time zone of the host', () => {
    const zone = process.env.TZ;
    try {
      for (const name of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC']) {
        process.env.TZ = name;
        expect(periodOf('Weekly', '2021-01-03T23:30:00.000Z').id).toBe('2020W53');
        expect(periodOf('Weekly', '2021-01-04T00:30:00').id).toBe('2021W1');
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});

describe('periodOf', () => {
  it.each([...NO_DAYS, ...NO_DATE_TIMES])('refuses %j and explains the form of a date', given => {
    expect(() => periodOf('Weekly', given as string)).toThrowError(
      expect.objectContaining({
        code: 'INVALID_DATE',
        kind: 'configuration',
        fix: expect.stringContaining('yyyy-MM-dd'),
      }),
    );
  });

  it('quotes only the beginning of the refused text', () => {
    expect(() => periodOf('Weekly', 'x'.repeat(1000))).toThrowError(
      expect.objectContaining({ message: expect.stringMatching(/^.{1,80}$/) }),
    );
  });
});
