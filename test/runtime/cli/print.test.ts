import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '#runtime/cli/print/csv.js';
import { formatError } from '#runtime/cli/print/errors.js';
import { formatCommand } from '#runtime/cli/print/format.js';
import { formatTable } from '#runtime/cli/print/table.js';
import { visible } from '#runtime/cli/print/visible.js';

describe('a table', () => {
  it('aligns numbers to the right, shows a dash for nothing, and shortens long cells', () => {
    expect(
      formatTable(
        ['place', 'new'],
        [
          ['a'.repeat(50), 5],
          ['b', null],
          ['c', 1200],
        ],
      ),
    ).toEqual([
      `  place${' '.repeat(35)}   new`,
      `  ${'a'.repeat(39)}…     5`,
      `  b${' '.repeat(39)}     -`,
      `  c${' '.repeat(39)}  1200`,
    ]);
  });
});

describe('an error', () => {
  it('has its code at the end of the first line', () => {
    expect(
      formatError({ code: 'JOB_SYNTAX', message: 'a.js:1:4: No\n  1 | fn(', kind: 'failure' }),
    ).toEqual(['Error: a.js:1:4: No (JOB_SYNTAX)', '  1 | fn(']);
  });
});

describe('a CSV file', () => {
  const parse = (text: string) =>
    [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
    );
  const guarded = (text: string) =>
    /^\s*[=+\-@]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  it('can be read back with every cell as it is shown', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.string({ unit: fc.constantFrom('"', ',', '\n', 'a') })), {
          minLength: 1,
        }),
        rows => {
          expect(parse([...toCsv(['a', 'b'], rows)].join('').slice(1))).toEqual([
            'a',
            'b',
            ...rows.flat().map(cell => guarded(visible(cell))),
          ]);
        },
      ),
    );
  });
});

describe('a command line', () => {
  it('quotes what a shell would change', () => {
    expect(formatCommand(['npx', 'x', '--state', "it's here.json"])).toBe(
      "npx x --state 'it'\\''s here.json'",
    );
  });
});
