import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSeenVersions, type StoredVersions } from '#common/handover/seen-versions.js';

const timeOf = (minutes: number) =>
  new Date(Date.UTC(2026, 10, 3) + minutes * 60_000).toISOString();
const version = fc.tuple(
  fc.integer({ min: 0, max: 50 }).map(n => `case-${n}`),
  fc.integer({ min: 0, max: 300 }).map(timeOf),
);

/** As a state carries them. */
function carried(stored: StoredVersions): StoredVersions {
  return JSON.parse(JSON.stringify(stored)) as StoredVersions;
}

it('versions are known again from a time on, in several runs, and no others', () => {
  fc.assert(
    fc.property(fc.array(version), fc.array(version), fc.array(version), (first, more, others) => {
      const before = openSeenVersions();
      for (const [id, time] of first) before.add(id, time);
      const seen = openSeenVersions(carried(before.since(timeOf(100))));
      for (const [id, time] of more) seen.add(id, time);
      const known = new Set(
        [...first.filter(([, time]) => time >= timeOf(60)), ...more].map(String),
      );
      const after = openSeenVersions(carried(seen.since(timeOf(0))));
      for (const [id, time] of [...first, ...more, ...others]) {
        expect(after.has(id, time)).toBe(known.has(String([id, time])));
      }
    }),
  );
});

it('the times by id of an earlier version of the program count as before', () => {
  const seen = openSeenVersions({ 'case-1': timeOf(5), 'case-2': '2026-11-03T10:00:00.000' });
  expect(seen.has('case-1', timeOf(5))).toBe(true);
  expect(seen.has('case-2', '2026-11-03T10:00:00.000')).toBe(true);
  expect(seen.has('case-1', timeOf(6))).toBe(false);
});

it('50,000 versions take less than half a megabyte, and the oldest hours are forgotten first', () => {
  const seen = openSeenVersions();
  for (let n = 0; n < 60_000; n += 1) seen.add(`case-${n}`, timeOf(Math.floor(n / 250)));
  const stored = seen.since(timeOf(0));
  expect(JSON.stringify(stored).length).toBeLessThan(500_000);
  const kept = openSeenVersions(stored);
  expect(kept.has('case-59999', timeOf(239))).toBe(true);
  expect(kept.has('case-0', timeOf(0))).toBe(false);
});

it('the last hour is kept whole: a pass with more changes than that at one time still ends', () => {
  const seen = openSeenVersions();
  for (let n = 0; n < 60_000; n += 1) seen.add(`case-${n}`, timeOf(0));
  expect(openSeenVersions(seen.since(timeOf(0))).has('case-0', timeOf(0))).toBe(true);
});
