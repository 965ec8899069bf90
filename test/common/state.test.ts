import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLeftOutLedger } from '#common/reporting/left-out.js';
import { nextState } from '#common/reporting/next-state.js';
import { formatProgress, parseProgress } from '#common/reporting/progress.js';
import { MAX_LISTED } from '#common/reporting/report.js';

describe('progress lines', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(
        fc.record({
          label: fc.constantFrom('cases', 'contacts-of-contacts', 'data values'),
          done: fc.nat(),
          total: fc.option(fc.nat(), { nil: undefined }),
        }),
        progress => {
          expect(parseProgress(formatProgress(progress))).toEqual(
            JSON.parse(JSON.stringify(progress)),
          );
        },
      ),
    );
  });

  it('are distinguished from ordinary lines', () => {
    expect(parseProgress('progress was made on cases 12')).toBeUndefined();
  });
});

describe('what is left out', () => {
  it('adds up to what was added, for any number of subjects', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom('no-date', 'unmapped-code'),
            fc.nat(3000),
            fc.integer({ min: 1, max: 9 }),
          ),
          { maxLength: 3000 },
        ),
        entries => {
          const ledger = createLeftOutLedger();
          for (const [reason, subject, count] of entries)
            ledger.add(reason, String(subject), count);
          const total = entries.reduce((sum, [, , count]) => sum + count, 0);
          expect(ledger.list().reduce((sum, { count }) => sum + count, 0)).toBe(total);
          expect(ledger.list().length).toBeLessThanOrEqual(MAX_LISTED + 2);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('the state that a step returns', () => {
  it('keeps inputs and earlier reports, and omits references and response', () => {
    const state = {
      configuration: 1,
      references: [1],
      response: {},
      data: 'old',
      since: '2026-01-01',
      report: { first: { read: 1 } },
    };
    expect(nextState(state, 'second', 'new', { read: 2 })).toEqual({
      configuration: 1,
      since: '2026-01-01',
      data: 'new',
      report: { first: { read: 1 }, second: { read: 2 } },
    });
  });

  it('may not exceed the limit of the platform', () => {
    expect(() => nextState({}, 'fetch-cases', 'x'.repeat(10_000_000), {})).toThrow(
      /fetch-cases would pass 10 MB/,
    );
  });
});
