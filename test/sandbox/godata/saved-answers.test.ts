import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begin, OUTBREAK, type TestGoData } from './client.js';

/* As components/helpers.js of Go.Data changes answers before every save. */

const question = (variable: string, type: string, more: object = {}) => ({
  variable,
  text: variable,
  answerType: `LNG_REFERENCE_DATA_CATEGORY_QUESTION_ANSWER_TYPE_${type}`,
  ...more,
});
const form = [
  question('size', 'NUMERIC'),
  question('name', 'FREE_TEXT'),
  question('ill', 'SINGLE_ANSWER', {
    answers: [{ value: 'YES', additionalQuestions: [question('fever', 'NUMERIC')] }],
  }),
];

let godata: TestGoData;
beforeAll(async () => {
  const forms = { caseInvestigationTemplate: form, labResultsTemplate: form };
  godata = await begin({ outbreaks: [{ ...OUTBREAK, ...forms }] });
});
afterAll(() => godata.close());

const CASES = '/outbreaks/OB/cases';
const given = {
  size: [{ value: '5.0' }],
  name: [{ value: '5.0' }],
  fever: [{ value: 'high' }],
  other: [{ value: '7' }],
};
const saved = {
  size: [{ value: 5 }],
  name: [{ value: '5.0' }],
  fever: [{ value: null }],
  other: [{ value: '7' }],
};

describe('answers', () => {
  it('to a question for a number become numbers, and a text is lost', async () => {
    const { body } = await godata.call('POST', CASES, { questionnaireAnswers: given });
    expect(body.questionnaireAnswers).toEqual(saved);
    const size = { size: [{ value: '6 or 7' }] };
    const changed = await godata.call('PUT', `${CASES}/${body.id}`, { questionnaireAnswers: size });
    expect(changed.body.questionnaireAnswers).toEqual({ size: [{ value: 6 }] });
    const path = `${CASES}/${body.id}/lab-results`;
    const { body: result } = await godata.call('POST', path, { questionnaireAnswers: given });
    expect(result.questionnaireAnswers).toEqual(saved);
    const more = await godata.call('PUT', `${path}/${result.id}`, { questionnaireAnswers: size });
    expect(more.body.questionnaireAnswers).toEqual({ size: [{ value: 6 }] });
  });

  it('that are days, or times with seconds, become instants; a time without seconds is a text', async () => {
    const texts = [
      '2026-01-02',
      '2026-01-02T10:30:00',
      '2026-01-02 10:30:00.000Z',
      '2026-01-02T10:30',
    ];
    const name = texts.map(value => ({ value }));
    const { body } = await godata.call('POST', CASES, { questionnaireAnswers: { name } });
    expect(body.questionnaireAnswers).toEqual({
      name: [
        { value: '2026-01-02T00:00:00.000Z' },
        { value: '2026-01-02T10:30:00.000Z' },
        { value: '2026-01-02T10:30:00.000Z' },
        { value: '2026-01-02T10:30' },
      ],
    });
  });

  it('to one question are in the order of their days, the latest first', async () => {
    const days = ['2026-01-02', '2026-01-04', '2026-01-03'];
    const name = days.map(date => ({ date, value: date.slice(-1) }));
    const { body } = await godata.call('POST', CASES, { questionnaireAnswers: { name } });
    expect(body.questionnaireAnswers).toMatchObject({
      name: [{ value: '4' }, { value: '3' }, { value: '2' }],
    });
  });
});
