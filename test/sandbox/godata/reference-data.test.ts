import { afterEach, describe, expect, it } from 'vitest';
import {
  DEFAULT_USER,
  type GoDataSeed,
  type JsonObject,
  referenceSeed,
} from '#sandbox/godata/index.js';
import { begin, OUTBREAK, type TestGoData } from './client.js';

const OCCUPATION = 'LNG_REFERENCE_DATA_CATEGORY_OCCUPATION';

let godata: TestGoData;
afterEach(() => godata.close());

const start = async (seed: GoDataSeed = {}) => {
  const languages = [
    { id: 'english_us', name: 'English' },
    { id: 'french_fr', name: 'Français' },
  ];
  godata = await begin({ languages, ...seed });
};
const create = (body: JsonObject) =>
  godata.call('POST', '/reference-data', { categoryId: OCCUPATION, ...body });
const labels = async (language: string): Promise<Record<string, unknown>> => {
  const { body } = await godata.call('GET', `/languages/${language}/language-tokens`);
  const tokens = body.tokens as JsonObject[];
  return Object.fromEntries(tokens.map(({ token, translation }) => [token, translation]));
};

describe('an item of reference data', () => {
  it.each([
    ['Deep-sea diver', 'DEEP_SEA_DIVER'],
    ['IgC or IgM', 'IG_C_OR_IG_M'],
    ['2019-nCoV', '2019_N_CO_V'],
    ["Nurse's aide", 'NURSES_AIDE'],
  ])('named %s has an id built from its name', async (value, end) => {
    await start();
    const { status, body } = await create({ value, id: 'mine' });
    expect([status, body.id, body.value]).toEqual([200, `${OCCUPATION}_${end}`, body.id]);
  });

  it('keeps its texts in every language', async () => {
    await start();
    const { body } = await create({ value: 'Diver', description: 'Dives' });
    expect(body.description).toBe(`${OCCUPATION}_DIVER_DESCRIPTION`);
    for (const language of ['english_us', 'french_fr']) {
      expect(await labels(language)).toEqual({
        [`${OCCUPATION}_DIVER`]: 'Diver',
        [`${OCCUPATION}_DIVER_DESCRIPTION`]: 'Dives',
      });
    }
  });

  it("can be renamed in the user's language only, and keeps its id", async () => {
    await start();
    const { body: created } = await create({ value: 'Diver' });
    const { body } = await godata.call('PUT', `/reference-data/${created.id}`, {
      value: 'Plongeur',
    });
    expect(body).toMatchObject({ id: created.id, value: created.id });
    expect(await labels('english_us')).toEqual({ [String(created.id)]: 'Plongeur' });
    expect(await labels('french_fr')).toEqual({ [String(created.id)]: 'Diver' });
  });

  it.each<[string, JsonObject, number, unknown]>([
    ['a label of the category', { value: 'Diver' }, 409, 'MODEL_CONFLICT'],
    ['a label that comes to the same id', { value: 'diver' }, 500, 'INTERNAL_ERROR'],
    ['a code that is taken', { value: 'Other', code: 'D' }, 422, undefined],
    ['no label', {}, 422, undefined],
    ['an unknown category', { value: 'x', categoryId: 'MINE' }, 422, undefined],
  ])('with %s is refused', async (_name, body, status, code) => {
    await start();
    await create({ value: 'Diver', code: 'D' });
    const reply = await create(body);
    expect([reply.status, reply.code]).toEqual([status, code]);
    expect((await godata.call('GET', '/reference-data/count')).body).toEqual({ count: 1 });
  });

  it('may have the name of an item in another category', async () => {
    await start();
    await create({ value: 'Diver' });
    const other = { value: 'Diver', categoryId: 'LNG_REFERENCE_DATA_CATEGORY_OUTCOME' };
    expect((await create(other)).status).toBe(200);
  });

  it('can be deleted unless a person refers to it, and its id stays reserved', async () => {
    await start();
    const { body } = await create({ value: 'Diver' });
    await godata.call('POST', '/outbreaks/OB/cases', { id: 'c', occupation: body.id });
    const remove = () => godata.call('DELETE', `/reference-data/${body.id}`);
    expect((await remove()).code).toBe('MODEL_IN_USE');
    await godata.call('PUT', '/outbreaks/OB/cases/c', { occupation: null });
    expect((await remove()).body).toEqual({ count: 1 });
    expect((await remove()).body).toEqual({ count: 0 });
    expect((await create({ value: 'Diver' })).code).toBe('INTERNAL_ERROR');
  });

  it('is created as a list in part', async () => {
    await start();
    const reply = await godata.call('POST', '/reference-data', [
      { categoryId: OCCUPATION, value: 'Diver' },
      { categoryId: 'MINE', value: 'x' },
    ]);
    expect([reply.status, reply.code]).toEqual([500, 'INTERNAL_ERROR']);
    expect((await godata.call('GET', '/reference-data/count')).body).toEqual({ count: 1 });
  });
});

describe("reference data of the server's installation", () => {
  it('is seeded by its labels', async () => {
    await start(referenceSeed({ GENDER: ['Male', 'Female'], OUTCOME: ['Alive'] }));
    const { body } = await godata.call('GET', '/reference-data');
    expect(body.map(({ id }) => id)).toEqual([
      'LNG_REFERENCE_DATA_CATEGORY_GENDER_FEMALE',
      'LNG_REFERENCE_DATA_CATEGORY_GENDER_MALE',
      'LNG_REFERENCE_DATA_CATEGORY_OUTCOME_ALIVE',
    ]);
    expect(await labels('english_us')).toMatchObject({
      LNG_REFERENCE_DATA_CATEGORY_GENDER_FEMALE: 'Female',
    });
  });

  it('cannot be deleted, and can be changed only in some fields', async () => {
    await start(referenceSeed({ GENDER: ['Male'] }));
    const path = '/reference-data/LNG_REFERENCE_DATA_CATEGORY_GENDER_MALE';
    expect((await godata.call('DELETE', path)).code).toBe('MODEL_NOT_EDITABLE');
    const changes = { active: false, code: 'M', categoryId: 'MINE', readOnly: false, extra: 1 };
    const { body } = await godata.call('PUT', path, changes);
    expect(body).toMatchObject({ active: false, code: 'M', readOnly: true });
    expect(body.categoryId).toBe('LNG_REFERENCE_DATA_CATEGORY_GENDER');
    expect(body).not.toHaveProperty('extra');
  });
});

it('the name of a centre that a person brings becomes an item', async () => {
  await start();
  const dateRanges = [{ centerName: 'Ward 7' }];
  const { body } = await godata.call('POST', '/outbreaks/OB/cases', { dateRanges });
  const id = 'LNG_REFERENCE_DATA_CATEGORY_CENTRE_NAME_WARD_7';
  expect(body.dateRanges).toEqual([{ centerName: id }]);
  await godata.call('POST', '/outbreaks/OB/cases', { dateRanges });
  expect((await godata.call('GET', '/reference-data')).body.map(one => one.id)).toEqual([id]);
  expect(await labels('french_fr')).toMatchObject({ [id]: 'Ward 7' });
});

describe('languages', () => {
  it('can be listed before the login, their labels after it', async () => {
    await start();
    godata.token = '';
    const { body } = await godata.call('GET', '/languages');
    expect(body.map(({ id }) => id)).toEqual(['english_us', 'french_fr']);
    expect((await godata.call('GET', '/languages/french_fr/language-tokens')).status).toBe(401);
  });

  it('are English alone by default', async () => {
    godata = await begin();
    expect((await godata.call('GET', '/languages')).body).toMatchObject([{ id: 'english_us' }]);
  });

  it('of the user determine the language in which labels are compared', async () => {
    const users = [{ ...DEFAULT_USER, activeOutbreakId: 'OB', languageId: 'french_fr' }];
    await start({ users, outbreaks: [OUTBREAK] });
    const { body } = await create({ value: 'Diver' });
    await godata.call('PUT', `/reference-data/${body.id}`, { value: 'Plongeur' });
    expect((await create({ value: 'Plongeur' })).code).toBe('MODEL_CONFLICT');
    expect(await labels('english_us')).toEqual({ [String(body.id)]: 'Diver' });
  });
});
