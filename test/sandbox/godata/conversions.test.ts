import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '#sandbox/godata/index.js';
import { begin, type TestGoData } from './client.js';

let godata: TestGoData;
const clock = () => new Date('2026-03-01T10:00:00.000Z');
const start = async (version = '2.50') => {
  const outbreaks = [{ id: 'OB', name: 'Outbreak', contactIdMask: '*', periodOfFollowupCases: 3 }];
  godata = await begin({ outbreaks }, { clock, version });
};
beforeEach(() => start());
afterEach(() => godata.close());

const add = (path: string, body: JsonObject) => godata.call('POST', `/outbreaks/OB/${path}`, body);
const get = async (path: string) => (await godata.call('GET', `/outbreaks/OB/${path}`)).body;
const link = (path: string, id: string) =>
  add(`${path}/relationships`, { persons: [{ id }], contactDate: '2026-02-01' });

describe('a contact that becomes a case', () => {
  it('keeps its id, its visual id and its answers to the contact questionnaire', async () => {
    const questionnaireAnswers = { q: [{ value: 'yes' }] };
    await add('contacts', { id: 'k', visualId: 'K', questionnaireAnswers });
    const { status, body } = await godata.call('POST', '/outbreaks/OB/contacts/k/convert-to-case');
    expect([status, 'type' in body]).toEqual([200, false]);
    expect(await get('cases/k')).toMatchObject({
      visualId: 'K',
      wasContact: true,
      dateBecomeCase: '2026-03-01T00:00:00.000Z',
      classification: 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_SUSPECT',
      questionnaireAnswersContact: questionnaireAnswers,
      questionnaireAnswers: {},
    });
    expect((await godata.call('GET', '/outbreaks/OB/contacts/k')).status).toBe(404);
  });

  it('is a case in its relationships and lab results', async () => {
    await add('cases', { id: 'c' });
    await add('contacts', { id: 'k' });
    await link('contacts/k', 'c');
    await add('contacts/k/lab-results', {});
    await godata.call('POST', '/outbreaks/OB/contacts/k/convert-to-case');
    const CASE = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE';
    expect(await get('relationships')).toMatchObject([
      { persons: [{ type: CASE }, { type: CASE }] },
    ]);
    expect(await get('lab-results/aggregate')).toMatchObject([{ personType: CASE }]);
    expect(await get('cases/c')).toMatchObject({
      relationshipsRepresentation: [{ otherParticipantType: CASE }],
    });
  });

  it('changes its contacts of contacts into contacts', async () => {
    await add('contacts', { id: 'k' });
    await add('contacts-of-contacts', { id: 'far' });
    await link('contacts-of-contacts/far', 'k');
    await godata.call('POST', '/outbreaks/OB/contacts/k/convert-to-case');
    expect(await get('contacts/far')).toMatchObject({
      wasContactOfContact: true,
      followUp: { startDate: '2026-02-02T00:00:00.000Z' },
    });
  });

  it('can become a contact again, with the answers of each kind', async () => {
    await add('cases', { id: 'c' });
    await add('contacts', { id: 'k', questionnaireAnswers: { q: [{ value: 'contact' }] } });
    await link('contacts/k', 'c');
    await godata.call('POST', '/outbreaks/OB/contacts/k/convert-to-case');
    await godata.call('PUT', '/outbreaks/OB/cases/k', {
      questionnaireAnswers: { q: [{ value: 'case' }] },
    });
    const { status } = await godata.call('POST', '/outbreaks/OB/cases/k/convert-to-contact');
    expect(status).toBe(200);
    expect(await get('contacts/k')).toMatchObject({
      wasCase: true,
      questionnaireAnswers: { q: [{ value: 'contact' }] },
      questionnaireAnswersCase: { q: [{ value: 'case' }] },
    });
  });

  it('loses the follow-ups that were planned from tomorrow on', async () => {
    await add('cases', { id: 'c' });
    await add('contacts', { id: 'k' });
    await link('contacts/k', 'c');
    for (const date of ['2026-03-01', '2026-03-02']) await add('contacts/k/follow-ups', { date });
    await godata.call('POST', '/outbreaks/OB/contacts/k/convert-to-case');
    expect(await get('follow-ups')).toMatchObject([{ date: '2026-03-01T00:00:00.000Z' }]);
  });
});

describe('a conversion that needs an exposure', () => {
  it.each([
    ['cases', 'contact', 'INVALID_CASE_RELATIONSHIP', 'cases'],
    ['contacts', 'contact-of-contact', 'INVALID_CONTACT_RELATIONSHIP', 'contacts'],
    ['contacts-of-contacts', 'contact', 'INVALID_CONTACT_OF_CONTACT_RELATIONSHIP', 'events'],
  ])('from %s to %s is refused without an exposure', async (path, to, code, exposing) => {
    await add(path, { id: 'p' });
    const convert = () => godata.call('POST', `/outbreaks/OB/${path}/p/convert-to-${to}`);
    const reply = await convert();
    expect([reply.status, reply.code]).toEqual([422, code]);
    await add(exposing, { id: 'source' });
    await add(`${exposing}/source/relationships`, { persons: [{ id: 'p' }] });
    expect((await convert()).status).toBe(200);
  });

  it('is refused if the person is the source of the exposure', async () => {
    await add('cases', { id: 'p' });
    await add('cases', { id: 'exposed' });
    await add('cases/p/relationships', { persons: [{ id: 'exposed' }] });
    const { code } = await godata.call('POST', '/outbreaks/OB/cases/p/convert-to-contact');
    expect(code).toBe('INVALID_CASE_RELATIONSHIP');
  });
});

it('refuses to convert a person of another kind', async () => {
  await add('cases', { id: 'c' });
  for (const id of ['c', 'nobody']) {
    const reply = await godata.call('POST', `/outbreaks/OB/contacts/${id}/convert-to-case`);
    expect([reply.status, reply.code]).toEqual([404, 'MODEL_NOT_FOUND']);
  }
});

it('converts contacts to contacts of contacts since 2.48', async () => {
  await godata.close();
  await start('2.47');
  const path = '/outbreaks/OB/contacts/x/convert-to-contact-of-contact';
  const { status, body } = await godata.call('POST', path);
  expect([status, JSON.stringify(body)]).toEqual([404, expect.stringContaining('has no method')]);
});
