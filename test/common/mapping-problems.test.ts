import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupByCause, type Problem } from '#common/reporting/mapping-problems.js';
import { nearest } from '#common/reporting/nearest.js';
import { runs } from '../support/runs.js';

describe('the problems of a mapping', () => {
  const anyProblem: fc.Arbitrary<Problem> = fc.record(
    {
      code: fc.constantFrom('A', 'B'),
      message: fc.constantFrom('one.', 'two.', 'three.'),
      cause: fc.constantFrom('x', 'y'),
      at: fc.constantFrom('p', 'q', 'r', 's', 't', 'u', 'v', 'w'),
    },
    { requiredKeys: ['code', 'message'] },
  );

  it('are told once for each cause, with all places, and none is lost', () => {
    fc.assert(
      fc.property(fc.array(anyProblem), problems => {
        const keyOf = ({ code, cause, message }: Problem) => `${code} ${cause ?? message}`;
        const causes = groupByCause(problems);
        expect(causes).toHaveLength(new Set(problems.map(keyOf)).size);
        for (const problem of problems) {
          const same = problems.filter(other => keyOf(other) === keyOf(problem));
          const places = [...new Set(same.flatMap(({ at }) => at ?? []))];
          const told = causes.filter(({ message }) => message.startsWith(same[0]!.message));
          if (places.length < 2) continue;
          expect(told.map(cause => cause.places)).toContainEqual(places);
        }
      }),
      runs(200, 2000),
    );
  });

  it('name five further places, and how many more there are', () => {
    const at = (place: string): Problem => ({
      code: 'A',
      message: `In ${place}.`,
      cause: 'x',
      at: place,
    });
    const [cause] = groupByCause(['1', '2', '3', '4', '5', '6', '7', '8'].map(at));
    expect(cause!.message).toBe('In 1. Also: 2, 3, 4, 5, 6, 2 more.');
  });
});

describe('the nearest names', () => {
  const name = (text: string) => [text];

  it.each([
    ['NOM', ['Prenom', 'Nom de famille', 'Sexe'], 'Prenom'],
    ['outbreak_weekyl', ['OUTBREAK_DAILY', 'OUTBREAK_WEEKLY'], 'OUTBREAK_WEEKLY'],
    ['cholera', ['Ebola', 'Choléra 2026'], 'Choléra 2026'],
    ['13-24', ['0-4', '15-24', 'UNKNOWN'], '15-24'],
  ])('of %s among %j begin with %s', (typed, words, first) => {
    expect(nearest(typed, words, name)[0]).toBe(first);
  });

  it('are at most ten of those that exist, each once, and a name itself comes first', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 30 }),
        fc.nat(),
        (words, n) => {
          const typed = words[n % words.length]!;
          const near = nearest(typed, words, name);
          expect(near).toHaveLength(Math.min(10, words.length));
          expect(new Set(near).size).toBe(near.length);
          expect(words).toEqual(expect.arrayContaining(near));
          const plain = (text: string) =>
            text
              .normalize('NFD')
              .replace(/\p{Mark}/gu, '')
              .toLowerCase();
          if (plain(typed) !== '') expect(plain(near[0]!)).toBe(plain(typed));
        },
      ),
      runs(200, 2000),
    );
  });
});
