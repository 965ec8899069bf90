import { describe, expect, it } from 'vitest';
import { matchAnswer } from '#drafting/people/match-answers.js';

const options = ['fever', 'cough'].map(code => ({ code, texts: [code] }));

/** What is doubted of a place of a type and a question of the same code. */
function doubtOf(valueType: string, isMultiple: boolean): string | undefined {
  const field = {
    id: 'Element0001',
    code: 'SYMPTOMS',
    name: 'Symptoms',
    texts: [],
    valueType,
    options,
  };
  const question = { variable: 'symptoms', texts: [], answers: ['fever', 'cough'], isMultiple };
  const found = matchAnswer({ field } as never, [question], new Set());
  expect(found).toMatchObject({ variable: 'symptoms' });
  return found!.doubt;
}

describe('a question that takes several answers', () => {
  it('is sure of a place that takes several values, and of no other', () => {
    expect(doubtOf('MULTI_TEXT', true)).toBeUndefined();
    expect(doubtOf('TEXT', true)).toBe('the question takes several answers, the place one value');
    expect(doubtOf('MULTI_TEXT', false)).toBe(
      'the place takes several values, the question one answer',
    );
    expect(doubtOf('TEXT', false)).toBeUndefined();
  });
});
