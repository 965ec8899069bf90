import { describe, expect, it } from 'vitest';
import {
  lastPeriods,
  nextPeriod,
  type Period,
  type PeriodType,
  parsePeriod,
  periodsBetween,
  previousPeriod,
} from '#common/periods/index.js';

const ids = (periods: Period[]) => periods.map(period => period.id);

describe('neighbours', () => {
  it.each([
    ['2020W53', '2021W1'],
    ['2021W52', '2022W1'],
    ['2020SunW53', '2021SunW1'],
    ['20200228', '20200229'],
    ['202012', '202101'],
    ['202006B', '202101B'],
    ['2020NovQ4', '2021NovQ1'],
    ['2020AprilS2', '2021AprilS1'],
    ['2020NovS2', '2021NovS1'],
    ['2020', '2021'],
    ['2020Nov', '2021Nov'],
    ['2020BiW26', '2020BiW27'],
    ['2020BiW27', '2021BiW1'],
    ['2021BiW26', '2022BiW1'],
  ])('%s is followed by %s', (earlier, later) => {
    expect(nextPeriod(parsePeriod(earlier)!).id).toBe(later);
    expect(previousPeriod(parsePeriod(later)!).id).toBe(earlier);
  });
});

describe('periodsBetween', () => {
  it('includes the periods of both days', () => {
    expect(ids(periodsBetween('Monthly', '2020-12-31', '2021-02-01'))).toEqual([
      '202012',
      '202101',
      '202102',
    ]);
    expect(ids(periodsBetween('Weekly', '2021-01-04', '2021-01-10'))).toEqual(['2021W1']);
  });

  it('reads date-times by their UTC day', () => {
    expect(
      ids(periodsBetween('Daily', '2021-01-01T23:30:00-01:00', '2021-01-03T00:00:00.000Z')),
    ).toEqual(['20210102', '20210103']);
  });

  it('is empty when it ends before it begins', () => {
    expect(periodsBetween('Weekly', '2021-01-11', '2021-01-10')).toEqual([]);
    expect(periodsBetween('Monthly', '2021-01-11', '2021-01-10')).toEqual([]);
  });

  it('omits a bi-week that touches the days but is the period of none of them', () => {
    expect(ids(periodsBetween('BiWeekly', '2021-01-05', '2021-01-20'))).toEqual([
      '2021BiW1',
      '2021BiW2',
    ]);
    expect(ids(periodsBetween('BiWeekly', '2021-01-03', '2021-01-20'))).toEqual([
      '2020BiW27',
      '2021BiW1',
      '2021BiW2',
    ]);
  });

  it('includes the bi-week that shares its first week with a 27th', () => {
    expect(ids(periodsBetween('BiWeekly', '2020-12-28', '2021-01-03'))).toEqual(['2020BiW27']);
    expect(ids(periodsBetween('BiWeekly', '2020-12-28', '2021-01-04'))).toEqual([
      '2020BiW27',
      '2021BiW1',
    ]);
  });

  it('reaches the last day of a year of four digits', () => {
    expect(ids(periodsBetween('Yearly', '9998-01-01', '9999-12-31'))).toEqual(['9998', '9999']);
  });

  it.each([
    ['Weekly', '2021-02-29', '2021-03-01', 'INVALID_DATE'],
    ['Weekly', '2021-02-01', 'today', 'INVALID_DATE'],
    ['Biweekly', '2021-02-01', '2021-02-02', 'UNKNOWN_PERIOD_TYPE'],
  ])('refuses %s from %s until %s', (type, from, until, code) => {
    expect(() => periodsBetween(type as PeriodType, from, until)).toThrowError(
      expect.objectContaining({ code }),
    );
  });
});

describe('lastPeriods', () => {
  it('ends with the period of today, oldest first', () => {
    expect(ids(lastPeriods('Weekly', 3, '2021-01-06'))).toEqual(['2020W52', '2020W53', '2021W1']);
    expect(ids(lastPeriods('FinancialNov', 2, '2020-11-01'))).toEqual(['2020Nov', '2021Nov']);
    expect(ids(lastPeriods('BiWeekly', 3, '2021-01-04'))).toEqual([
      '2020BiW26',
      '2020BiW27',
      '2021BiW1',
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN, '3', null])('refuses %j periods', count => {
    expect(() => lastPeriods('Weekly', count as number, '2021-01-06')).toThrowError(
      expect.objectContaining({ code: 'INVALID_COUNT', kind: 'configuration' }),
    );
  });

  it('refuses a date that is not in the calendar', () => {
    expect(() => lastPeriods('Weekly', 1, '2021-02-29')).toThrowError(
      expect.objectContaining({ code: 'INVALID_DATE' }),
    );
  });
});
