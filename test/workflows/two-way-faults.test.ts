import fc from 'fast-check';
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { runs } from '../support/runs.js';
import { anyFaultyWorld, play } from './support/two-way-play.js';

// Requests are repeated as always, but at once: chance decides about the pauses, and about nothing else.
beforeAll(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterAll(() => void vi.restoreAllMocks());

describe('errors, cut connections and half answers of either server, in either half', () => {
  it('lose no edit, write nothing twice and invent no conflict: clean runs then end as the owners define', async () => {
    await fc.assert(
      fc.asyncProperty(anyFaultyWorld, world => play(world)),
      runs(3, 8),
    );
  });
});
