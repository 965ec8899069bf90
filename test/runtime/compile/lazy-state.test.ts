import { describe, expect, it } from 'vitest';
import { errorOf, operationsOf } from '../support/compile.js';

describe('lazy state', () => {
  it.each([
    ['an argument', 'get($.data)', 'get(state => (state.data))'],
    ['a deep path', 'get($.a.b.c.d)', 'get(state => (state.a.b.c.d))'],
    ['an index', "get($['a'][0].b)", "get(state => (state['a'][0].b))"],
    ['optional chaining', 'get($.a?.b.c)', 'get(state => (state.a?.b.c))'],
    ['optional chaining at the root', 'get($?.a)', 'get(state => (state?.a))'],
    [
      'an object',
      'post({ a: { b: $.c }, d: $.e })',
      'post(state => ({ a: { b: state.c }, d: state.e }))',
    ],
    ['an array', 'post([$.a, 1])', 'post(state => ([state.a, 1]))'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the job's own template
    ['a template', 'get(`x ${$.a} ${$.b}`)', 'get(state => (`x ${state.a} ${state.b}`))'],
    ['a concatenation', 'get($.a + " " + $.b)', 'get(state => (state.a + " " + state.b))'],
    ['a negation', 'fnIf(!$.a, x)', 'fnIf(state => (!state.a), x)'],
    [
      'a boolean expression',
      'fnIf($.a && !$.b || $.c > 1, x)',
      'fnIf(state => (state.a && !state.b || state.c > 1), x)',
    ],
    ['a conditional', 'fn($.a ? { b: 1 } : $.c)', 'fn(state => (state.a ? { b: 1 } : state.c))'],
    ['a nullish default', "get($.a ?? 'x')", "get(state => (state.a ?? 'x'))"],
    ['a key of a lookup', 'get(codes[$.a])', 'get(state => (codes[state.a]))'],
    ['several arguments', 'get($.a, 1, $.b)', 'get(state => (state.a), 1, state => (state.b))'],
    ['an object with a spread', 'post({ ...$.a })', 'post(state => ({ ...state.a }))'],
    ['a function of state', 'fn(state => $.a)', 'fn(state => state.a)'],
    [
      'an async function of state',
      'fn(async state => await $.a)',
      'fn(async state => await state.a)',
    ],
    [
      'the nearest call',
      "each($.a, post('x', $.b))",
      "each(state => (state.a), post('x', state => (state.b)))",
    ],
    [
      'a nested helper call',
      "post({ f: field('a', $.b) })",
      "post({ f: field('a', state => (state.b)) })",
    ],
    [
      'a call in a callback body',
      'fn(state => get($.a)(state))',
      'fn(state => get(state => (state.a))(state))',
    ],
    ['a constructor', 'fn(new Thing($.a))', 'fn(state => (new Thing(state.a)))'],
    ['a function kept in state', 'fn($.callMe())', 'fn(state => (state.callMe()))'],
    [
      'a function kept in state with state',
      'fn($.callMe($.age))',
      'fn(state => (state.callMe(state.age)))',
    ],
    ['a comment', 'get(/* which */ $.a)', 'get(/* which */ state => (state.a))'],
  ])('wraps %s', (_, source, operations) => {
    expect(operationsOf(source)).toBe(operations);
  });

  it.each([
    ['a parameter', 'fn($ => $.a)'],
    ['a local constant', 'fn(state => { const $ = 1; return $.a; })'],
    ['a string', 'get("$.a")'],
    ['another object', 'get(a.$.b)'],
    ['a longer name', 'get($a.b)'],
  ])('does not change $ when it is %s', (_, source) => {
    expect(operationsOf(source)).toBe(source);
  });

  it.each([
    ['const x = $.a;', 'Must be inside an operation', 1, 11],
    ['const x = { a: $.a };', 'Must be inside an operation', 1, 16],
    ['$.a = 1;', 'Must be inside an operation', 1, 1],
    ['fn(state => {\n  $.a = 1;\n  return state;\n})', 'Must be inside an operation', 2, 3],
    ['fn(state => {\n  return $.a;\n})', 'Must be inside an operation', 2, 10],
    ['if ($.a) fn(x);', 'Must be inside an operation', 1, 5],
    ['$.callMe();', 'Must be inside an operation', 1, 1],
    ['fn(() => $.a)', 'wrong arity', 1, 4],
    ['fn((state, b) => $.a)', 'wrong arity', 1, 4],
    ['fn(s => $.a)', 'parameter "s" should be called "state"', 1, 4],
    ['map($.list, x => $.a)', 'parameter "x" should be called "state"', 1, 13],
    ['fn($)', '$ is used without a field', 1, 4],
    ['fn({ $ })', '$ is used without a field', 1, 6],
    ['fn($.a.map(x => x))', 'a method of $ cannot be called here', 1, 4],
    ['fn($.a().b)', 'a method of $ cannot be called here', 1, 4],
    ['fn(...$.a)', '$ cannot be used here', 1, 7],
  ])('refuses %s', (source, message, line, column) => {
    const error = errorOf(source);
    expect(error.message).toContain(`jobs/a.js:${line}:${column}: Lazy state: `);
    expect(error.message).toContain(message);
    expect(error).toMatchObject({
      code: 'JOB_LAZY_STATE',
      kind: 'configuration',
      details: { file: 'jobs/a.js', line, column },
    });
  });
});
