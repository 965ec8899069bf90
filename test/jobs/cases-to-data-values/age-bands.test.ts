import { expect, it } from 'vitest';
import { loadJob } from '#runtime/index.js';

const JOBS = 'jobs/cases-to-data-values';

it('maps every age band that is counted to a category option', async () => {
  const { ageBoundaries } = await loadJob<{ ageBoundaries: number[] }>(`${JOBS}/fetch-cases.js`);
  const { categoryOptions } = await loadJob<{ categoryOptions: { age: Record<string, string> } }>(
    `${JOBS}/aggregate.js`,
  );
  const bands = [0, ...ageBoundaries].map((from, index) => {
    const next = ageBoundaries[index];
    return next === undefined ? `${from}+` : `${from}-${next - 1}`;
  });
  expect(Object.keys(categoryOptions.age)).toEqual([...bands, 'UNKNOWN']);
});
