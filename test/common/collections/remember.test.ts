import { expect, it } from 'vitest';
import { remember } from '#common/collections/remember.js';

it('computes the result of a text once, and again after it was forgotten', () => {
  const computed: string[] = [];
  const lengthOf = remember(2, text => computed.push(text) && text.length);
  expect(['', 'ab', '', 'ab'].map(lengthOf)).toEqual([0, 2, 0, 2]);
  expect(computed).toEqual(['', 'ab']);
  expect(['abc', ''].map(lengthOf)).toEqual([3, 0]);
  expect(computed).toEqual(['', 'ab', 'abc', '']);
});
