import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAhead } from '#common/in-flight/read-ahead.js';

const anyReads = fc.array(fc.record({ ticks: fc.nat(5), fails: fc.boolean() }), { maxLength: 14 });

const turns = async (count: number) => {
  for (let n = 0; n < count; n += 1) await Promise.resolve();
};

it('gives the answers in order until one failed, and holds at most so many', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyReads,
      fc.integer({ min: 1, max: 4 }),
      fc.nat(14),
      async (reads, limit, stopAfter) => {
        let held = 0;
        let underWay = 0;
        const taken: number[] = [];
        const read = async (index: number) => {
          held += 1;
          underWay += 1;
          expect(held).toBeLessThanOrEqual(limit);
          await turns(reads[index]!.ticks);
          underWay -= 1;
          if (reads[index]!.fails) throw new Error(String(index));
          return index;
        };
        const all = async () => {
          for await (const index of readAhead(reads.keys(), read, limit)) {
            held -= 1;
            taken.push(index);
            if (taken.length > stopAfter) return;
          }
        };
        const error = await all().catch(one => one);
        const firstBad = reads.findIndex(({ fails }) => fails);
        const good = firstBad === -1 ? reads.length : firstBad;
        expect(taken).toEqual([...reads.keys()].slice(0, Math.min(good, stopAfter + 1)));
        const isMet = firstBad !== -1 && stopAfter + 1 > firstBad;
        expect(error?.message).toBe(isMet ? String(firstBad) : undefined);
        expect(underWay).toBe(0);
      },
    ),
  );
});
