import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashMapping } from '#common/binding/hash-mapping.js';
import { runs } from '../../support/runs.js';

describe('the hash of a mapping', () => {
  it('is the same for equal descriptions, and another one for different ones', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const isEqual = JSON.stringify(a) === JSON.stringify(b);
        expect(hashMapping(a)).toBe(hashMapping(JSON.parse(JSON.stringify(a))));
        expect(hashMapping(a) === hashMapping(b)).toBe(isEqual);
      }),
      runs(200, 5000),
    );
  });

  it.each([
    [
      'the text of a function',
      { toGoData: (x: number) => x + 1 },
      { toGoData: (x: number) => x + 2 },
    ],
    ['a pattern', { when: /a/ }, { when: /a/i }],
    ['the order of codes, of which the first wins', { F: 'X', W: 'X' }, { W: 'X', F: 'X' }],
    ['a missing partner', { codes: { A: null } }, { codes: { A: undefined } }],
    ['a set', new Set(['a']), new Set(['b'])],
    ['a table', new Map([['a', 1]]), new Map([['a', 2]])],
  ])('sees %s', (_, a, b) => {
    expect(hashMapping(a)).not.toBe(hashMapping(b));
  });

  it('does not see blanks in a function, nor the realm that it comes from', () => {
    const job = runInNewContext(
      '({ rows: [{ field: "a", when: /x/, codes: new Map([[1, 2]]) }] })',
    );
    const own = { rows: [{ field: 'a', when: /x/, codes: new Map([[1, 2]]) }] };
    expect(hashMapping(job)).toBe(hashMapping(own));
    const [short, long] = ['x => x', 'x  =>\n  x'].map(text => new Function(`return ${text}`)());
    expect(hashMapping(short)).toBe(hashMapping(long));
  });

  it('ends for a description that contains itself', () => {
    const row: Record<string, unknown> = { field: 'a' };
    row.self = row;
    expect(hashMapping(row)).toMatch(/^[0-9a-f]{16}$/);
  });
});
