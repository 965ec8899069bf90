import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctTexts } from '#godata/reference-data/map/distinct-texts.js';

const keyOf = (text: string) => text.toLowerCase();
const anySeekers = fc
  .array(fc.array(fc.constantFrom('a', 'A', 'b', 'B', 'c'), { minLength: 1, maxLength: 3 }), {
    maxLength: 8,
  })
  // The last text of each is unique.
  .map(all => all.map((texts, n) => ({ texts: [...texts, `own ${n}`] })));

describe('texts that are made distinct', () => {
  it('differ, are among the possible texts of each, and are the first one when no other item wants it', () => {
    fc.assert(
      fc.property(anySeekers, seekers => {
        const found = distinctTexts(seekers, keyOf);
        const chosen = seekers.map(seeker => found.get(seeker)![0]!);
        expect(new Set(chosen.map(keyOf)).size).toBe(seekers.length);
        seekers.forEach((seeker, n) => {
          expect(seeker.texts).toContain(chosen[n]);
          const others = seekers.filter(other => other !== seeker).flatMap(({ texts }) => texts);
          if (!others.map(keyOf).includes(keyOf(seeker.texts[0]!))) {
            expect(chosen[n]).toBe(seeker.texts[0]);
          }
        });
      }),
    );
  });

  it('are the same for any order', () => {
    fc.assert(
      fc.property(anySeekers, seekers => {
        const there = distinctTexts(seekers, keyOf);
        const back = distinctTexts(seekers.toReversed(), keyOf);
        for (const seeker of seekers) expect(back.get(seeker)).toEqual(there.get(seeker));
      }),
    );
  });

  it('keep the last text of an item that has no other', () => {
    const seekers = [{ texts: ['a'] }, { texts: ['A'] }];
    expect([...distinctTexts(seekers, keyOf).values()]).toEqual([['a'], ['A']]);
  });
});
