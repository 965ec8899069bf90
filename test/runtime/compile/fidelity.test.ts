/*
 * Job snippets and the output of OpenFn's compiler for them (openfn FACTS §3), for every construct
 * of the language. A job for which its output cannot work is refused with the place.
 */
import run from '@openfn/runtime';
import { describe, expect, it } from 'vitest';
import { resolveAdaptor } from '#runtime/project/resolve-adaptor.js';
import { PROJECT } from '../../support/workflow.js';
import { COMMON, compile, errorOf, importsOf, operationsOf } from '../support/compile.js';

describe('lazy state in every position', () => {
  it.each([
    ['get($.a[$.b])', 'get(state => (state.a[state.b]))'],
    ["get($['a-b'])", "get(state => (state['a-b']))"],
    ['get($.a?.[0])', 'get(state => (state.a?.[0]))'],
    ['get($.é)', 'get(state => (state.é))'],
    ['get($.$)', 'get(state => (state.$))'],
    ['get(-$.a)', 'get(state => (-state.a))'],
    ['get(typeof $.a)', 'get(state => (typeof state.a))'],
    ['get($.a in $.b)', 'get(state => (state.a in state.b))'],
    ['get(x in $.b)', 'get(state => (x in state.b))'],
    ['get(x ?? $.a)', 'get(state => (x ?? state.a))'],
    ['get((x, $.a))', 'get((state => (x, state.a)))'],
    ['get($.a = 1)', 'get(state => (state.a = 1))'],
    ['get($.a++)', 'get(state => (state.a++))'],
    ['get(delete $.a)', 'get(state => (delete state.a))'],
    ['get({ [$.a]: 1 })', 'get(state => ({ [state.a]: 1 }))'],
    ['get([...$.a])', 'get(state => ([...state.a]))'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the job's own template
    ['get(tag`${$.a}`)', 'get(state => (tag`${state.a}`))'],
    ['get($.a`x`)', 'get(state => (state.a`x`))'],
    ['get(/x/.test($.a))', 'get(/x/.test(state => (state.a)))'],
    ['get(/[/]$.a/)', 'get(/[/]$.a/)'],
    ['get(class extends $.a {})', 'get(state => (class extends state.a {}))'],
    ['get({ x() { return y($.a); } })', 'get({ x() { return y(state => (state.a)); } })'],
    ['http.get($.a, { b: $.c })', 'http.get(state => (state.a), state => ({ b: state.c }))'],
    ['fn(a)(b, $.c)', 'fn(a)(b, state => (state.c))'],
    ['fn({ a: s => get($.b) })', 'fn({ a: s => get(state => (state.b)) })'],
  ])('%s', (source, operations) => {
    expect(operationsOf(source)).toBe(operations);
  });

  it('is wrapped in constants too, inside a call', () => {
    expect(compile('const f = fields($.a);\nfn(f);').code).toContain(
      'const f = fields(state => (state.a));',
    );
  });

  it.each([
    ['fn(await $.a)', 1, 4, 'await cannot be used with $'],
    ['fn({ a: [await x($.a), $.b] })', 1, 10, 'await cannot be used with $'],
    ['const $ = 1;\nfn($.a);', 2, 4, '$ is always the state, but the job declares'],
    ["import $ from 'x';\nfn(s => $.each(s));", 2, 9, '$ is always the state'],
    ['fn(function (state) { return $.a; })', 1, 30, 'Must be inside an operation'],
    ['fn(({ data }) => $.a)', 1, 4, 'parameter "{ data }" should be called "state"'],
    ['fn((state = {}) => $.a)', 1, 4, 'parameter "state = {}" should be called "state"'],
    ['fn({ get x() { return $.a; } })', 1, 23, 'Must be inside an operation'],
    ['fn(class { x() { return $.a; } })', 1, 25, 'Must be inside an operation'],
    ['for (const a of $.b) fn(a);', 1, 17, 'Must be inside an operation'],
    ['export const a = $.b;', 1, 18, 'Must be inside an operation'],
    ['function f() { return $.b; }', 1, 23, 'Must be inside an operation'],
  ])('is refused: %s', (source, line, column, message) => {
    const error = errorOf(source);
    expect(error.message).toContain(`jobs/a.js:${line}:${column}: Lazy state: `);
    expect(error.message).toContain(message);
  });

  it('allows a job to call its own $, and to await elsewhere', () => {
    expect(operationsOf('const $ = x => x;\nfn($(1));')).toBe('fn($(1))');
    expect(operationsOf('fn(await x, $.a)')).toBe('fn(await x, state => (state.a))');
    expect(operationsOf('fn(async state => await $.a)')).toBe('fn(async state => await state.a)');
  });
});

describe('promise chains in every position', () => {
  it.each([
    ['get(x).then()', '_defer(get(x), p => p.then())'],
    ['get(x).then(a, b)', '_defer(get(x), p => p.then(a, b))'],
    ['get(x).catch(a).catch(b)', '_defer(get(x), p => p.catch(b), a)'],
    ['get(x).then(a).finally(b)', '_defer(get(x), p => p.then(a)).finally(b)'],
    ['a.b.c(x).then(d)', '_defer(a.b.c(x), p => p.then(d))'],
    ['each(a, get(x).then(b).catch(c))', 'each(a, _defer(get(x), p => p.then(b).catch(c)))'],
    ['get(x).then(get(y).then(z))', '_defer(get(x), p => p.then(get(y).then(z)))'],
    [
      'get(x).then(state => get(y).then(b))',
      '_defer(get(x), p => p.then(state => get(y).then(b)))',
    ],
    [
      'get(x)\n  // why\n  .catch(e => e)\n  .then(a)',
      '_defer(get(x), p => p\n  .then(a), e => e)',
    ],
  ])('%s', (source, operations) => {
    expect(operationsOf(source)).toBe(operations);
  });

  it.each([
    "get(x)['then'](a)",
    'get(x).then',
    'p.then(a)',
    'get(x).b.then(a)',
    '[1].then(a)',
    'fn(s => get(x).then(a))',
    'fn(function () { return get(x).then(a); })',
  ])('%s is not one', source => {
    expect(compile(source).code).toContain(source);
    expect(compile(source).code).not.toContain('_defer(');
  });

  it.each([
    ['const a = get(x).then(b);', 'const a = _defer(get(x), p => p.then(b));'],
    ['export const a = get(x).then(b);', 'export const a = _defer(get(x), p => p.then(b));'],
    ['if (a) get(x).then(b);', 'if (a) _defer(get(x), p => p.then(b));'],
    ['await get(x).then(a);', 'await _defer(get(x), p => p.then(a));'],
  ])('%s is one too', (source, rewritten) => {
    expect(compile(source).code).toContain(rewritten);
  });
});

describe('statements', () => {
  it.each([
    ['fn(a)\n;[1].x(b)', 'fn(a)\n,\n[1].x(b)'],
    [';;fn(a);;', 'fn(a)'],
    ['fn(a)\r\nfn(b)\r\n', 'fn(a),\nfn(b)'],
    ['\tfn(a)', 'fn(a)'],
    ['/* a */ fn(b) /* c */ // d', 'fn(b)'],
    ['fn(\n  a,\n  // b\n  c,\n);', 'fn(\n  a,\n  // b\n  c,\n)'],
    ["'use strict';\nfn(a);", 'fn(a)'],
    ['console.log(a);', 'console.log(a)'],
    ["import('x');", ''],
    ['(fn(a));', '(fn(a))'],
    ['fn(a).b()', 'fn(a).b()'],
    ['fn(a)`x`()', 'fn(a)`x`()'],
    ['(() => fn(a))();', '(() => fn(a))()'],
  ])('%s: its operations are %s', (source, operations) => {
    expect(operationsOf(source)).toBe(operations);
  });

  it.each([
    'a;',
    'a.b;',
    '1;',
    '!fn(a);',
    'void fn(a);',
    'fn(a), fn(b);',
    'a && fn(b);',
    'a ? fn(b) : fn(c);',
    'a = fn(b);',
    'fn?.(a);',
    'a?.b(c);',
    'fn`x`;',
    'fn(a).b;',
    '{ fn(a); }',
    'x: fn(a);',
    'x: for (;;) { break x; }',
    'while (a) fn(b);',
    'try { fn(a); } finally { fn(b); }',
    'switch (a) { case 1: fn(b); }',
    'debugger;',
  ])('%s is no operation, and is not moved', source => {
    expect(operationsOf(source)).toBe('');
    expect(compile(source).code).toContain(source);
  });

  it.each([
    'let a = 1, b = 2;',
    'var a;',
    'async function f() { for await (const x of y) x; }',
    'function* g() { yield* [1]; }',
    'class A extends B { #x = 1; static { this.y = 2; } get z() { return this.#x; } }',
    'const { a, ...b } = c;',
    'const big = 10n ** 2n, n = 1_000;',
    'const re = /[\\p{L}--a]/v;',
    'a ??= 1;',
    'export async function f() {}',
    'export class A {}',
    "export { fn } from '@openfn/language-common';",
    'const a = 1;\nexport { a as b };',
  ])('%s is unchanged', source => {
    expect(compile(`${source}\nfn(a);`).code).toContain(source);
    expect(operationsOf(`${source}\nfn(a);`)).toBe('fn(a)');
  });

  it.each([
    ['return state;', 1],
    ['fn(a', 1],
    ['fn(a));', 1],
    ['const a = 1;\nconst a = 2;', 2],
    ["fn('a\nb')", 1],
    ['fn(`a)', 1],
    ['fn(/a)', 1],
    ['let x = await;', 1],
    ['with (a) fn(b);', 1],
    ['fn(a) fn(b)', 1],
    ['enum A { B }', 1],
    ['fn(<T>(a));', 1],
    ['@decorated class A {}', 1],
    ['export const a = 1;\nexport const a = 2;', 2],
    ['delete a;', 1],
    ['fn(0777)', 1],
  ])('%s is not a job', (source, line) => {
    const error = errorOf(source);
    expect(error.code).toBe('JOB_SYNTAX');
    expect(error.details).toMatchObject({ line });
  });
});

describe('names', () => {
  it.each([
    ['fn(s => { try {} catch (map) { map; } })', ['fn']],
    ['fn(s => { for (const map of s) map; return map; })', ['fn', 'map']],
    ['fn(s => { { const map = 1; } return map; })', ['fn', 'map']],
    ['fn(s => { { var map = 1; } return map; })', ['fn']],
    ['fn(s => { map(); function map() {} })', ['fn']],
    ['fn(function map() { map(); })', ['fn']],
    ['fn(class map { x() { return map; } })', ['fn']],
    ['fn((map = get) => map)', ['fn', 'get']],
    ['fn(({ a: map, [get]: b, ...post }) => map)', ['fn', 'get']],
    ['fn((...map) => map)', ['fn']],
    ['fn(({ x = map }) => x)', ['fn', 'map']],
    ['fn(a.map.get, a?.map)', ['fn']],
    ['fn(a[map], a?.[get])', ['fn', 'get', 'map']],
    ['fn(map.get)', ['fn', 'map']],
    ['fn(new map(), map`x`, typeof map)', ['fn', 'map']],
    ['fn({ map() {}, get get() { return 1; }, post: 1 })', ['fn']],
    ['fn({ ...map }, [...get])', ['fn', 'get', 'map']],
    ['fn(s => { map = 1; map++; })', ['fn', 'map']],
    ['class A { map() { return get; } }\nfn(A);', ['fn', 'get']],
    ['class A extends map {}\nfn(A);', ['fn', 'map']],
    ['fn(/map/g, "map", `map`)', ['fn']],
    ['map: for (;;) { continue map; }', []],
    ['export const map = 1;\nfn(map);', ['fn']],
    ["import { fn as map } from '@openfn/language-common';\nmap(get);", ['get']],
    ['fn(undefined, NaN, Infinity, state, console, Map, Set, Date, Error)', ['fn']],
    ['let get = 1;\nget = map;\nfn(get);', ['fn', 'map']],
  ])('%s', (source, names) => {
    expect(importsOf(source)).toEqual(names);
  });
});

describe('on the engine', () => {
  const state = { data: { items: [1, 2, 3], name: 'Ada', x: { y: 2 } } };

  async function outcomeOf(source: string): Promise<unknown> {
    const common = await resolveAdaptor(PROJECT, COMMON);
    const { code } = compile(source, common.exports);
    const linker = { modules: { [COMMON]: { path: common.folder, version: common.version } } };
    const silent = { log() {}, info() {}, debug() {}, warn() {}, error() {} } as never;
    try {
      const result = await run(code, structuredClone(state) as never, {
        linker,
        jobLogger: silent,
      });
      const { references: _references, ...rest } = result as { references?: unknown };
      return rest;
    } catch (error) {
      return (error as Error).message;
    }
  }

  it.each([
    ['fn($.data)', { items: [1, 2, 3], name: 'Ada', x: { y: 2 } }],
    ["fnIf($.data.name === 'Ada', fn(() => ({ yes: true })))", { yes: true }],
    ['fnIf($.data.nothing?.at, fn(() => ({ yes: true })))', state],
    // The nearest call gets the lazy state: here the helper, which receives a function.
    ['const twice = n => 2 * n;\nfn(state => ({ n: twice($.data.x.y) }))', { n: null }],
    ['const twice = n => 2 * n;\nfn(state => ({ n: twice(state.data.x.y) }))', { n: 4 }],
    [
      'each($.data.items, fn(s => ({ ...s, sum: (s.sum ?? 0) + s.data })))',
      { data: 3, index: 2, sum: 6 },
    ],
    ['fn(() => ({ n: 1 })).then(s => ({ ...s, m: 2 }))', { n: 1, m: 2 }],
    [
      "fn(() => { throw new Error('x'); }).catch((e, s) => ({ ...s, caught: e.message }))",
      { ...state, caught: 'x' },
    ],
    [
      "fn(async () => { throw new Error('x'); }).catch(() => ({ c: 1 })).then(s => ({ ...s, m: 2 }))",
      { c: 1, m: 2 },
    ],
    // An error that an operation throws synchronously ends the chain at its catch.
    [
      "fn(() => { throw new Error('x'); }).catch(() => ({ c: 1 })).then(s => ({ ...s, m: 2 }))",
      { c: 1 },
    ],
    [
      'fn(s => { s.make = v => () => ({ made: v }); return s; })\nfn(s => s.make(s.data.x)())',
      { made: { y: 2 } },
    ],
    ['combine(fn(() => ({ a: 1 })), fn(s => ({ ...s, b: 2 })))', { a: 1, b: 2 }],
    ['let n = 0;\nfn(s => ({ n: ++n }));\nfn(s => ({ n: ++n }));', { n: 2 }],
    ['fn(later);\nfunction later() { return { late: true }; }', { late: true }],
    ['const n = await Promise.resolve(7);\nfn(() => ({ n }));', { n: 7 }],
    ['export const n = 1;\nfn(() => ({ n }));', { n: 1 }],
    ['if (true) fn(() => ({ never: true }));', state],
    ['const op = fn(() => ({ never: true }));\nop;', state],
    ['export default [s => ({ own: s.data.name })];', { own: 'Ada' }],
    ["console.log('x');", 'InvalidOperationError: Invalid operation at statement 0'],
    [
      'fn(s => s);\n[1].forEach(x => x);',
      'InvalidOperationError: Invalid operation at statement 1',
    ],
    ['fn(nowhere);', 'ReferenceError: nowhere is not defined'],
    ["fn(() => fetch('x'));", 'ReferenceError: fetch is not defined'],
    ["fn(() => eval('1'));", 'Illegal eval statement detected'],
  ])('%s', async (source, outcome) => {
    expect(await outcomeOf(source)).toEqual(outcome);
  });
});
