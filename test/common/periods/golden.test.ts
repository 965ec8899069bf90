import { describe, expect, it } from 'vitest';
import {
  PERIOD_TYPES,
  type PeriodType,
  parsePeriod,
  periodOf,
  periodTypeSince,
} from '#common/periods/index.js';
import { readGolden } from './golden.js';

const DATES = readGolden('periods.csv');
const IDS = readGolden('periods-parse.csv');

describe("the server's own answers", () => {
  it('cover every period type and four versions', () => {
    expect(new Set(DATES.map(row => row.periodType))).toEqual(new Set(PERIOD_TYPES));
    expect(DATES).toHaveLength(897);
    expect(new Set(IDS.map(row => row.serverVersion))).toEqual(
      new Set(['master', '2.42', '2.40', '2.38']),
    );
    expect(IDS).toHaveLength(244);
  });

  describe.each(PERIOD_TYPES)('%s', type => {
    const rows = DATES.filter(row => row.periodType === type);

    it('returns the period of every date', () => {
      for (const { date, iso, startDate, endDate } of rows) {
        expect(periodOf(type, date!), date).toEqual({ id: iso, type, startDate, endDate });
      }
    });

    it('reads every id', () => {
      for (const { iso, startDate, endDate } of rows) {
        expect(parsePeriod(iso!), iso).toEqual({ id: iso, type, startDate, endDate });
      }
    });

    it('is known from its first version on', () => {
      const versions = new Set(rows.map(row => row.minVersion));
      expect(versions).toEqual(new Set([periodTypeSince(type) ?? '<=2.38']));
    });
  });

  it.each(IDS.map(row => [row.serverVersion!, row.input!, row] as const))(
    '%s reads %s as the server does',
    (version, input, row) => {
      const options = version === 'master' ? {} : { serverVersion: version };
      const expected =
        row.parsedType === 'INVALID'
          ? undefined
          : {
              id: row.canonicalIso,
              type: row.parsedType as PeriodType,
              startDate: row.startDate,
              endDate: row.endDate,
            };
      expect(parsePeriod(input, options)).toEqual(expected);
    },
  );
});
