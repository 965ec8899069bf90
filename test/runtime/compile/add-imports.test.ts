import { describe, expect, it } from 'vitest';
import { COMMON, compile, importsOf } from '../support/compile.js';

describe('imports', () => {
  it.each([
    ['an operation', 'fn(x)', ['fn']],
    ['a namespace', 'http.get(x)', ['http']],
    ['a name inside a callback', 'fn(s => _.map(s, dateFns.parse))', ['_', 'dateFns', 'fn']],
    [
      'a name inside a top-level object',
      'const m = { a: c => dateFns.parse(c) };\nfn(m)',
      ['dateFns', 'fn'],
    ],
    ['a name that holds the name of a global', 'upsertDataSet(1)', ['upsertDataSet']],
    ['a shorthand property', 'fn({ map })', ['fn', 'map']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the job's own template
    ['a template', 'fn(`${map}`)', ['fn', 'map']],
    ['nothing that is not used', 'const a = 1;', []],
    ['no property', 'fn(a.get, { post: 1 })', ['fn']],
    ['no declared constant', 'const get = 1; fn(get)', ['fn']],
    ['no parameter', 'fn(get => get)', ['fn']],
    ['no destructured name', 'const { get: [post] } = a; fn(post)', ['fn']],
    ['no function', 'function get() {}\nfn(get)', ['fn']],
    ['no class', 'class get {}\nfn(get)', ['fn']],
    ['no label', 'get: for (;;) break get;', []],
    ['no name in a string or a comment', 'fn("get(x)") // post()', ['fn']],
    [
      'a name that another scope declares',
      'fn(s => { const get = 1; return get; }, get)',
      ['fn', 'get'],
    ],
  ])('recognise %s', (_, source, names) => {
    expect(importsOf(source)).toEqual(names);
  });

  it('keeps imports and adds none for their names', () => {
    const { code } = compile(`import { fn } from '${COMMON}';\nfn(x);`);
    expect(code).toContain(`import { fn } from '${COMMON}';`);
    expect(code.match(/import/g)).toHaveLength(1);
  });

  it('exports the adaptor again, for its execute', () => {
    expect(compile('fn(x)').code).toContain(`export * from "${COMMON}";`);
  });
});
