import { describe, expect, it } from 'vitest';
import {
  isPeriodType,
  type PeriodType,
  parsePeriod,
  periodOf,
  periodTypeSince,
} from '#common/periods/index.js';

describe('parsePeriod', () => {
  it.each([
    '',
    '202',
    '20200',
    '2020 W1',
    ' 2020W1',
    '2020W1 ',
    '2020W1\n',
    '2020W',
    '2020W001',
    '2020W1#',
    '2020W#',
    '2020Q01',
    '2020Q#',
    '2020S01',
    '20201',
    '2020-1',
    '2020-0229',
    '202002-29',
    '20201B',
    '202000B',
    '2020BiW0',
    '2020NovQ0',
    '2020NovQ5',
    '2020AprilS3',
    '2020april',
    '2020April1',
    '2020JulyS1',
    '20200431',
    '20201301',
    '2020-02-30',
    '٢٠٢٠W1',
    '2020Tue1',
    'toString',
  ])('refuses %j', id => {
    expect(parsePeriod(id)).toBeUndefined();
  });

  it.each([null, undefined, 2020, {}])('refuses a value that is not text: %j', id => {
    expect(parsePeriod(id as unknown as string)).toBeUndefined();
  });

  it('returns the canonical id of a padded week', () => {
    expect(parsePeriod('2021SunW07')?.id).toBe('2021SunW7');
  });

  it('reads a 27th bi-week that only the year before has as the first of the next year', () => {
    expect(parsePeriod('2016BiW27')?.id).toBe('2017BiW1');
    expect(parsePeriod('2022BiW27')).toBeUndefined();
  });

  it.each([
    ['2021W53', '2022W1'],
    ['2022W53', undefined],
    // Valid weeks that the old parser refuses, because the ISO year has 52.
    ['2025SunW53', undefined],
    ['2024SatW53', undefined],
    ['2022WedW53', undefined],
    ['2023ThuW53', undefined],
  ])('reads %s on 2.38 as %s', (id, expected) => {
    expect(parsePeriod(id, { serverVersion: '2.38.6' })?.id).toBe(expected);
  });

  it.each([
    ['2025SunW53', '2025-12-28'],
    ['2024SatW53', '2024-12-28'],
    ['2022WedW53', '2022-12-28'],
    ['2023ThuW53', '2023-12-28'],
  ])('knows that %s begins on %s', (id, startDate) => {
    expect(parsePeriod(id)).toMatchObject({ id, startDate });
    expect(parsePeriod(id, { serverVersion: '2.40.11' })).toMatchObject({ id, startDate });
  });

  it.each([
    ['2026FriW1', '2.42.5', '2.43.0'],
    ['2026Feb', '2.42.5', '2.43-SNAPSHOT'],
    ['2026Aug', '2.42.5', '2.44'],
    ['2026Sep', '2.41.9', '2.42'],
  ])('knows that %s begins not on %s, but on %s', (id, before, since) => {
    expect(parsePeriod(id, { serverVersion: before })).toBeUndefined();
    expect(parsePeriod(id, { serverVersion: since })?.id).toBe(id);
  });

  it.each(['', 'latest', '43', '2.', '3.1', '2.42x'])('refuses the version %j', serverVersion => {
    expect(() => parsePeriod('2020W1', { serverVersion })).toThrowError(
      expect.objectContaining({ code: 'INVALID_VERSION', kind: 'configuration' }),
    );
  });
});

describe('a period type', () => {
  it.each(['weekly', 'TwoYearly', 'FinancialMay', 'constructor', '', null])('is not %j', name => {
    expect(isPeriodType(name)).toBe(false);
    expect(() => periodOf(name as PeriodType, '2020-01-01')).toThrowError(
      expect.objectContaining({
        code: 'UNKNOWN_PERIOD_TYPE',
        kind: 'configuration',
        fix: expect.stringContaining('WeeklyWednesday'),
      }),
    );
  });

  it('has a first version', () => {
    expect(isPeriodType('FinancialSep')).toBe(true);
    expect(periodTypeSince('FinancialSep')).toBe('2.42');
    expect(periodTypeSince('Weekly')).toBeUndefined();
  });
});
