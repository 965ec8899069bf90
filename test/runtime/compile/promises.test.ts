import { describe, expect, it } from 'vitest';
import { compile, operationsOf } from '../support/compile.js';

describe('promise chains', () => {
  it.each([
    ['get(x).then(a)', '_defer(get(x), p => p.then(a))'],
    ['get(x).then(a).then(b)', '_defer(get(x), p => p.then(a).then(b))'],
    ['get(x).catch(h)', '_defer(get(x), undefined, h)'],
    ['get(x).catch(h).then(a)', '_defer(get(x), p => p.then(a), h)'],
    ['get(x).catch(h).then(a).catch(i)', '_defer(get(x), p => p.then(a).catch(i), h)'],
    ['get(x).then(a).catch(h)', '_defer(get(x), p => p.then(a).catch(h))'],
    ['http.get(x).then(a)', '_defer(http.get(x), p => p.then(a))'],
    ['(get(x)).then(a)', '_defer((get(x)), p => p.then(a))'],
    [
      'fn(get(x).then(a), post(y).catch(h))',
      'fn(_defer(get(x), p => p.then(a)), _defer(post(y), undefined, h))',
    ],
    [
      'get($.a).catch(e => e).then($.b)',
      '_defer(get(state => (state.a)), p => p.then(state => (state.b)), e => e)',
    ],
  ])('%s', (source, operations) => {
    expect(operationsOf(source)).toBe(operations);
  });

  it('imports defer once for several chains', () => {
    const { code } = compile('get(x).then(a);\nget(y).then(b);');
    expect(code.match(/import \{ defer as _defer \} from "@openfn\/runtime";/g)).toHaveLength(1);
  });

  it('uses another name when the job has a `_defer` of its own', () => {
    const { code } = compile('const _defer = 1;\nget(x).then(_defer);');
    expect(code).toContain('import { defer as _defer2 } from "@openfn/runtime";');
    expect(code).toContain('_defer2(get(x), p => p.then(_defer))');
  });

  it.each([
    'fn(state => get().then(s => s))',
    'fn(state => { return get().then(s => s); })',
    'fn(promise.then)',
  ])('does not change %s', source => {
    expect(operationsOf(source)).toBe(source);
    expect(compile(source).code).not.toContain('_defer');
  });
});
