import { describe, expect, it } from 'vitest';
import type { PlanTable } from '#common/reporting/plan.js';
import { formatChanges } from '#runtime/cli/print/changes.js';
import { joinPlans } from '#runtime/run/join-plans.js';

const planOf = (made: number, refused?: number): PlanTable => ({
  columns: ['id'],
  rows: Array.from({ length: made }, (_, n) => [n]),
  total: made,
  ...(refused === undefined ? {} : { refused }),
});
const headOf = (plan: PlanTable, dryRun = false) => formatChanges(plan, dryRun, 'changes.csv')[0];

describe('the heading of the changes', () => {
  it.each([
    [planOf(0), false, 'Nothing had to change.'],
    [planOf(0), true, 'Nothing would have to change.'],
    [planOf(2), true, 'Would make 2 changes:'],
    [planOf(5), false, 'Made 5 changes:'],
    [planOf(4, 1), false, 'Made 4 changes; 1 was refused:'],
    [planOf(1, 4), false, 'Made 1 change; 4 were refused:'],
    [planOf(0, 5), false, 'Made no change: 5 were refused.'],
  ])('counts the changes, and separately the rejected records: %#', (plan, dryRun, head) => {
    expect(headOf(plan, dryRun)).toBe(head);
  });

  it('adds up the steps of a run', () => {
    expect(headOf(joinPlans([planOf(2, 3), planOf(0, 1), planOf(1)])!)).toBe(
      'Made 3 changes; 4 were refused:',
    );
  });
});
