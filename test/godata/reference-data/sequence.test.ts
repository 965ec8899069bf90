import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnownItem } from '#godata/reference-data/known-items.js';
import { type ItemUpdate, sequenceUpdates } from '#godata/reference-data/plan/sequence.js';
import { TakenTexts } from '#godata/reference-data/plan/taken-texts.js';
import type { WantedItem } from '#godata/reference-data/plan/wanted-item.js';
import { VACCINE } from '../../support/options.js';
import { runs } from '../../support/runs.js';

const POOL = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Six items: the present label of each, the wanted one, and a possible temporary one. */
const anyChanges = fc.record({
  now: fc.shuffledSubarray(POOL, { minLength: 6 }),
  nowCodes: fc.shuffledSubarray(POOL, { minLength: 6 }),
  wanted: fc.shuffledSubarray(POOL, { minLength: 6 }),
  wantedCodes: fc.shuffledSubarray(POOL, { minLength: 6 }),
  meanwhile: fc.array(fc.constantFrom(...POOL), { minLength: 6, maxLength: 6 }),
});

type Changes = typeof anyChanges extends fc.Arbitrary<infer C> ? C : never;

function toUpdates({ now, nowCodes, wanted, wantedCodes, meanwhile }: Changes): ItemUpdate[] {
  return POOL.map((_, n) => {
    const [label, code] = [wanted[n]!, wantedCodes[n]!];
    const known = { id: `item-${n}`, categoryId: VACCINE, label: now[n]!, code: nowCodes[n]! };
    const texts = (text: string) => [text, meanwhile[n]!, `${text} (${n})`];
    const item = { categoryId: VACCINE, labels: texts(label), codes: texts(code) };
    return {
      target: { wanted: item as WantedItem, known: known as KnownItem, label, code },
      changes: {
        ...(now[n] === label ? {} : { value: label }),
        ...(nowCodes[n] === code ? {} : { code }),
      },
    };
  }).filter(({ changes }) => Object.keys(changes).length > 0);
}

describe('ordered changes', () => {
  it('never give an item the label or code of another one, and end in the wanted ones', () => {
    fc.assert(
      fc.property(anyChanges, changes => {
        const updates = toUpdates(changes);
        const items = POOL.map((_, n) => ({
          ...({ id: `item-${n}`, categoryId: VACCINE } as KnownItem),
          label: changes.now[n]!,
          code: changes.nowCodes[n]!,
        }));
        for (const { target, changes: change } of sequenceUpdates(updates, new TakenTexts(items))) {
          const item = items.find(({ id }) => id === target.known!.id)!;
          item.label = change.value ?? item.label;
          item.code = change.code ?? item.code;
          expect(new Set(items.map(({ label }) => label)).size).toBe(items.length);
          expect(new Set(items.map(({ code }) => code)).size).toBe(items.length);
        }
        expect(items.map(({ label }) => label)).toEqual(changes.wanted);
        expect(items.map(({ code }) => code)).toEqual(changes.wantedCodes);
      }),
      runs(300, 6000),
    );
  });

  it('change an item once when no other item has its label or code', () => {
    const updates = toUpdates({
      now: ['a', 'b', 'c', 'd', 'e', 'f'],
      nowCodes: POOL,
      // A chain: f first, a last.
      wanted: ['b', 'c', 'd', 'e', 'f', 'g'],
      wantedCodes: POOL,
      meanwhile: POOL,
    });
    const texts = new TakenTexts(updates.map(({ target }) => target.known!));
    const order = sequenceUpdates(updates, texts).map(({ target }) => target.label);
    expect(order).toEqual(['g', 'f', 'e', 'd', 'c', 'b']);
  });
});
