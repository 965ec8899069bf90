import { describe, expect, it } from 'vitest';
import { compile, operationsOf } from '../support/compile.js';

describe('exports and operations', () => {
  it('exports no operations for an empty job', () => {
    expect(compile('').code).toContain('export default [];');
  });

  it('moves top-level calls to the end, in order', () => {
    const { code, map } = compile(
      'fn(a);\nconst a = 1;\nhttp.get(a)\n// note\nfunction b() {}\nfn(b)(2);',
    );
    expect(code.indexOf('const a = 1;')).toBeLessThan(code.indexOf('export default'));
    expect(operationsOf('fn(a);\nconst a = 1;\nhttp.get(a)\nfn(b)(2);')).toBe(
      'fn(a),\nhttp.get(a),\nfn(b)(2)',
    );
    expect(map?.operations).toEqual([
      { name: 'fn', line: 1, order: 1 },
      { name: 'http.get', line: 3, order: 2 },
      { name: 'fn', line: 6, order: 3 },
    ]);
  });

  it.each([
    'if (true) { fn(x); }',
    'for (const a of b) fn(a);',
    'const op = fn(x); op;',
    'new Thing();',
    'await fn(x);',
  ])('creates no operation from %s', source => {
    expect(operationsOf(source)).toBe('');
    expect(compile(source).code).toContain(source);
  });

  it('keeps the statements before and after a moved call separate', () => {
    const { code } = compile('const a = b\nfn(x);\n(1, c);');
    expect(code).toMatch(/const a = b\n;\n\(1, c\);/);
  });

  it('keeps named exports and adds the operations', () => {
    const { code } = compile('export const a = 1;\nexport function b() {}\nfn(a);');
    expect(code).toContain('export const a = 1;\nexport function b() {}');
    expect(operationsOf('export const a = 1;\nfn(a);')).toBe('fn(a)');
  });

  it.each([
    ['fn(a);\nexport default [];', '[\nfn(a)]', ['fn']],
    ['fn(a);\nexport default [fn($.b)];', '[fn(state => (state.b)),\nfn(a)]', ['fn', 'fn']],
    [
      'fn(a);\nget(b);\nexport default [fn(c), ];',
      '[fn(c), \nfn(a),\nget(b)]',
      ['fn', 'fn', 'get'],
    ],
    ['export default [fn(a).then(b)];', '[_defer(fn(a), p => p.then(b))]', ['fn']],
  ])('adds operations to the own list of %j, with imports', (source, list, names) => {
    const { code, map } = compile(source);
    expect(
      code
        .slice(code.indexOf('export default ') + 15)
        .trim()
        .replace(/;$/, ''),
    ).toBe(list);
    expect(code).toMatch(/import { .*fn.* } from "@openfn\/language-common";/);
    expect(map.operations.map(({ name }) => name.replace(/\..*/, ''))).toEqual(names);
  });

  it('leaves operations where they are if the export default is not the last statement', () => {
    const source = 'export default [fn(a)];\nfn(b);';
    expect(compile(source).code).toContain(source);
  });

  it('refuses a list that is exported under the name default', () => {
    expect(() => compile('const a = [];\nexport { a as default };')).toThrow(
      'cannot be exported under the name default',
    );
  });
});
