import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inLanes } from '#common/in-flight/in-lanes.js';

const anyTasks = fc.array(
  fc.record({
    lanes: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }),
    ticks: fc.nat(4),
    fails: fc.boolean(),
  }),
  { maxLength: 14 },
);

const turns = async (count: number) => {
  for (let n = 0; n < count; n += 1) await Promise.resolve();
};

it('does every task once, at most so many at a time, those of a lane in their order', async () => {
  await fc.assert(
    fc.asyncProperty(anyTasks, fc.integer({ min: 1, max: 4 }), async (tasks, limit) => {
      const done: number[] = [];
      const underWay = new Set<number>();
      await inLanes(
        [...tasks.entries()],
        ([, { lanes }]) => lanes,
        async ([index, { lanes, ticks }]) => {
          for (const other of underWay)
            expect(tasks[other]!.lanes.some(lane => lanes.includes(lane))).toBe(false);
          underWay.add(index);
          expect(underWay.size).toBeLessThanOrEqual(limit);
          await turns(ticks);
          underWay.delete(index);
          done.push(index);
        },
        limit,
      );
      expect([...done].sort((a, b) => a - b)).toEqual(tasks.map((_, index) => index));
      for (const lane of ['a', 'b', 'c', 'd'] as const) {
        const inLane = done.filter(index => tasks[index]!.lanes.includes(lane));
        expect(inLane).toEqual([...inLane].sort((a, b) => a - b));
      }
    }),
  );
});

it('begins nothing after an error, and throws the first one when nothing is under way', async () => {
  await fc.assert(
    fc.asyncProperty(anyTasks, async tasks => {
      let underWay = 0;
      let failed: Error | undefined;
      const running = inLanes(
        tasks,
        ({ lanes }) => lanes,
        async ({ ticks, fails }) => {
          expect(failed).toBeUndefined();
          underWay += 1;
          await turns(ticks);
          underWay -= 1;
          if (!fails) return;
          failed ??= new Error('first');
          throw failed;
        },
      );
      const error = await running.catch(one => one);
      expect(underWay).toBe(0);
      expect(error).toBe(tasks.some(({ fails }) => fails) ? failed : undefined);
    }),
  );
});

it('does as many tasks at a time as lanes allow', async () => {
  let most = 0;
  let underWay = 0;
  const count = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await turns(3);
    underWay -= 1;
  };
  await inLanes([1, 2, 3, 4, 5, 6], () => [], count);
  expect(most).toBe(4);
  most = 0;
  await inLanes([1, 2, 3, 4, 5, 6], one => [one < 6 ? 'a' : 'b'], count);
  expect(most).toBe(2);
});
