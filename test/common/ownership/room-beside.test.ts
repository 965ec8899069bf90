import { expect, it } from 'vitest';
import { roomBeside } from '#common/ownership/index.js';

/** What people take at most of a state, as both ways divide it. */
const PEOPLE = 8_000_000;
const textOf = (bytes: number) => 'x'.repeat(bytes - 2);

it.each([
  [0, 0],
  [1_000_000, 300_000],
  [5_600_000, 0],
  [5_600_000, 750_000],
])(
  'people beside a memory of %i bytes and a cursor of %i stay below 8 MB in all',
  (memory, cursor) => {
    const share = roomBeside({
      ...(memory && { memory: textOf(memory) }),
      ...(cursor && { cursor: textOf(cursor) }),
    });
    expect(share).toBeGreaterThan(0);
    // The cursor is there twice: as it was, and as it will be.
    expect(share * PEOPLE + memory + 2 * cursor).toBeLessThanOrEqual(7_500_000);
  },
);

it('there is always room for some people', () => {
  expect(roomBeside({ memory: textOf(9_000_000) })).toBe(0.05);
});
