import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveNested } from '#common/operations/options.js';

const state = { data: { name: 'Ada', list: [1, 2] } };
type State = typeof state;

describe('an argument of an operation', () => {
  it('is resolved wherever a job wrote a function', () => {
    const argument = {
      id: 'fixed',
      name: ({ data }: State) => data.name,
      items: [{ first: ({ data }: State) => data.list[0] }, 'x'],
    };
    expect(resolveNested<unknown, State>(argument, state)).toEqual({
      id: 'fixed',
      name: 'Ada',
      items: [{ first: 1 }, 'x'],
    });
    expect(argument.name).toBeTypeOf('function');
  });

  it('is the same object when it contains no function, at any depth', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(resolveNested<unknown, State>(value, state)).toBe(value);
      }),
    );
  });

  it('is not changed inside what a function returns', () => {
    const given = { inner: () => 'not called' };
    expect(resolveNested<unknown, State>(() => given, state)).toBe(given);
    expect(resolveNested<unknown, State>({ a: () => given }, state)).toEqual({ a: given });
  });

  it('keeps dates, maps and bytes', () => {
    const day = new Date(0);
    const argument = { day, map: new Map([['a', () => 1]]), bytes: Buffer.from('a'), f: () => 2 };
    const resolved = resolveNested<Record<string, unknown>, State>(argument, state);
    expect(resolved.day).toBe(day);
    expect(resolved.map).toBe(argument.map);
    expect(resolved.bytes).toBe(argument.bytes);
    expect(resolved.f).toBe(2);
  });

  it('is resolved although the job was written in another realm', () => {
    const foreign = vm.runInNewContext('({ a: [{ b: state => state.data.name }] })');
    expect(resolveNested<unknown, State>(foreign, state)).toEqual({ a: [{ b: 'Ada' }] });
  });
});
