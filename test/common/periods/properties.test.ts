import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayNumber,
  dayOf,
  lastPeriods,
  nextPeriod,
  PERIOD_TYPES,
  parsePeriod,
  periodOf,
  periodsBetween,
  previousPeriod,
} from '#common/periods/index.js';

const FIRST = dayNumber('1900-01-01');
const LAST = dayNumber('2100-12-31');
const anyDay = fc.integer({ min: FIRST, max: LAST }).map(dayOf);
const anyStretch = fc
  .tuple(fc.integer({ min: FIRST, max: LAST }), fc.integer({ min: 0, max: 800 }))
  .map(([first, length]) => [dayOf(first), dayOf(first + length)] as const);

describe.each(PERIOD_TYPES)('%s, on any day from 1900 to 2100', type => {
  it('contains the day, and its id reads back as itself', () => {
    fc.assert(
      fc.property(anyDay, day => {
        const period = periodOf(type, day);
        expect(period.startDate <= day && day <= period.endDate).toBe(true);
        expect(parsePeriod(period.id)).toEqual(period);
        expect(periodOf(type, period.startDate)).toEqual(period);
      }),
      { numRuns: 300 },
    );
  });

  it('has neighbours, and each of them leads back to it', () => {
    fc.assert(
      fc.property(anyDay, day => {
        const period = periodOf(type, day);
        expect(previousPeriod(nextPeriod(period))).toEqual(period);
        expect(nextPeriod(previousPeriod(period))).toEqual(period);
      }),
    );
  });

  it('is in sequences that contain the period of each of their days and no other', () => {
    fc.assert(
      fc.property(anyStretch, ([from, until]) => {
        const expected = new Set<string>();
        for (let day = dayNumber(from); day <= dayNumber(until); day++) {
          expected.add(periodOf(type, dayOf(day)).id);
        }
        const periods = periodsBetween(type, from, until);
        expect(periods.map(period => period.id)).toEqual([...expected]);
        expect(lastPeriods(type, periods.length, until)).toEqual(periods);
      }),
      { numRuns: 20 },
    );
  });
});

describe.each(PERIOD_TYPES.filter(type => type !== 'BiWeekly'))('%s', type => {
  it('leaves no gap and no overlap from 1900 to 2100', () => {
    const periods = periodsBetween(type, '1900-01-01', '2100-12-31');
    const seams = periods.slice(1).map((period, index) => [periods[index]!, period] as const);
    const torn = seams.filter(
      ([earlier, later]) => dayNumber(later.startDate) !== dayNumber(earlier.endDate) + 1,
    );
    expect(seams.length).toBeGreaterThanOrEqual(200);
    expect(torn).toEqual([]);
  });
});

describe('BiWeekly', () => {
  it('overlaps only where a 27th bi-week meets the next year, by a week', () => {
    for (let period = periodOf('BiWeekly', '1900-01-01'); period.endDate < '2101'; ) {
      const next = nextPeriod(period);
      const overlap = dayNumber(period.endDate) + 1 - dayNumber(next.startDate);
      expect(overlap, period.id).toBe(period.id.endsWith('BiW27') ? 7 : 0);
      period = next;
    }
  });
});
