import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  distinctNames,
  distinctSynonyms,
  type Sibling,
} from '#godata/locations/map/distinct-names.js';
import { runs } from '../../support/runs.js';

const key = (name: string) => name.normalize('NFC').toLowerCase();

// Few texts, some of them made by the rule itself, so that they are often equal.
const anyWord = fc.constantFrom(
  'Acre',
  'ACRE',
  'Éa',
  'E\u0301A',
  'Acre (K1)',
  'Acre (u1)',
  'Acre (u1) (u1)',
);
const anySiblings = fc
  .array(
    fc.record({
      name: anyWord,
      synonyms: fc.array(anyWord, { maxLength: 2 }),
      coded: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map(list =>
    list.map((one, n) => ({ ...one, id: `u${n}`, code: one.coded ? `K${n}` : undefined })),
  );

const rule = ({ name, code, id }: Sibling & { code?: string }) => `${name} (${code ?? id})`;
const namesOf = (siblings: (Sibling & { code?: string })[]) => {
  const others = distinctNames(siblings, rule);
  return new Map(siblings.map(({ id, name }) => [id, others.get(id) ?? name]));
};

describe('names of siblings', () => {
  it('differ from each other, and from the synonyms of others', () => {
    fc.assert(
      fc.property(anySiblings, siblings => {
        const names = namesOf(siblings);
        expect(new Set([...names.values()].map(key)).size).toBe(siblings.length);
        for (const { id, synonyms } of siblings) {
          for (const other of siblings) {
            if (other.id === id) continue;
            expect(synonyms.map(key)).not.toContain(key(names.get(other.id)!));
          }
        }
      }),
      runs(200, 3000),
    );
  });

  it('are the same for any order of the siblings', () => {
    fc.assert(
      fc.property(
        anySiblings.chain(list =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([siblings, shuffled]) => {
          const names = namesOf(siblings);
          for (const [id, name] of namesOf(shuffled)) expect(name).toBe(names.get(id));
        },
      ),
    );
  });

  it('do not change when no sibling has them too', () => {
    fc.assert(
      fc.property(anySiblings, siblings => {
        const names = namesOf(siblings);
        for (const { id, name } of siblings) {
          const isAlone = siblings.every(
            other =>
              other.id === id || ![other.name, ...other.synonyms].map(key).includes(key(name)),
          );
          const isMade = [...names].some(
            ([one, made]) => one !== id && key(made).startsWith(key(name)),
          );
          if (isAlone && !isMade) expect(names.get(id)).toBe(name);
        }
      }),
    );
  });
});

describe('synonyms of siblings', () => {
  it('are removed when two siblings share them, and kept otherwise', () => {
    fc.assert(
      fc.property(anySiblings, siblings => {
        const tidy = siblings.map(one => ({
          ...one,
          synonyms: [...new Map(one.synonyms.map(word => [key(word), word])).values()],
        }));
        const kept = distinctSynonyms(tidy);
        for (const { id, synonyms } of tidy) {
          const isShared = (word: string) =>
            tidy.some(other => other.id !== id && other.synonyms.map(key).includes(key(word)));
          expect(kept.get(id) ?? synonyms).toEqual(synonyms.filter(word => !isShared(word)));
        }
      }),
    );
  });
});
