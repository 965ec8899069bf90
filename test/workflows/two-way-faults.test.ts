import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { runs } from '../support/runs.js';
import { anyFaultyWorld, play } from './support/two-way-play.js';

// Requests are repeated as always, but at once.
vi.mock(import('#common/http/retry.js'), async original => ({
  ...(await original()),
  pauseMs: () => 0,
}));

describe('errors, cut connections and half answers of either server, in either half', () => {
  it('lose no edit, write nothing twice and invent no conflict: clean runs then end as the owners define', async () => {
    await fc.assert(
      fc.asyncProperty(anyFaultyWorld, world => play(world)),
      runs(3, 8),
    );
  });
});
