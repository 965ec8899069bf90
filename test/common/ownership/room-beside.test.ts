import { expect, it } from 'vitest';
import { toStoredRelationships } from '#common/handover/waiting-relationships.js';
import { roomBeside, roomForMemory } from '#common/ownership/room-beside.js';

/** What people take at most of a state, as both ways divide it. */
const PEOPLE = 8_000_000;
/** The largest memory, whatever else there is. */
const MEMORY = 5_600_000;
const textOf = (bytes: number) => 'x'.repeat(bytes - 2);

/** Relationships that wait, and people to read again. */
function aCursor(waiting: number, retry: number) {
  const idOf = (n: number) => `P${String(n).padStart(10, '0')}`;
  const one = { id: idOf(0), type: idOf(1), from: idOf(2), to: idOf(3) };
  return {
    waiting: toStoredRelationships(Array.from({ length: waiting }, () => one)),
    retry: Array.from({ length: retry }, (_, n) => idOf(n)),
    people: { retry: Array.from({ length: retry }, (_, n) => idOf(n)) },
  };
}

it.each([
  [0, 0],
  [0, 5000],
  [500, 0],
  [5000, 20_000],
  [5000, 40_000],
])(
  'people, memory and a cursor with %i waiting relationships and %i people to read again stay below 8 MB',
  (waiting, retry) => {
    const cursor = aCursor(waiting, retry);
    const { people, ...own } = cursor;
    const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
    // The cursor is there twice: as it was and, in one direction, as it will be.
    const twice = sizeOf(cursor) + Math.max(sizeOf(people), sizeOf(own));
    const tried = Math.min(waiting, 1000) * 500;
    for (const wanted of [2, 1_000_000, MEMORY]) {
      const memory = Math.min(wanted, roomForMemory(cursor));
      const share = roomBeside({ memory: textOf(memory), cursor });
      expect(share).toBeGreaterThanOrEqual(0.1);
      expect(share * PEOPLE + memory + twice + tried).toBeLessThanOrEqual(7_500_001);
    }
  },
);

it('there is always room for some people', () => {
  expect(roomBeside({ memory: textOf(9_000_000) })).toBe(0.1);
  expect(roomForMemory(aCursor(5000, 400_000))).toBe(0);
});
