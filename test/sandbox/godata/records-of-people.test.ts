import { afterEach, describe, expect, it } from 'vitest';
import { CASE, type JsonObject } from '#sandbox/godata/index.js';
import { begin, OUTBREAK, type TestGoData } from './client.js';

let godata: TestGoData;
afterEach(() => godata.close());

const start = async (outbreak: JsonObject = {}, version = '2.50') => {
  godata = await begin({ outbreaks: [{ ...OUTBREAK, ...outbreak }] }, { version });
  const required = { firstName: 'A', classification: 'X', dateOfReporting: '2026-01-01' };
  await godata.call('POST', '/outbreaks/OB/cases', {
    id: 'case',
    dateOfOnset: '2026-01-10',
    ...required,
  });
  await godata.call('POST', '/outbreaks/OB/contacts', { id: 'contact', ...required });
};
const list = async (path: string, filter: JsonObject = {}): Promise<JsonObject[]> =>
  (
    await godata.call(
      'GET',
      `/outbreaks/OB/${path}?filter=${encodeURIComponent(JSON.stringify(filter))}`,
    )
  ).body;

describe('lab results', () => {
  const path = '/outbreaks/OB/cases/case/lab-results';

  it('belong to a person, and can be created, changed in part, deleted and restored', async () => {
    await start();
    const { body: created } = await godata.call('POST', path, {
      id: 'mine',
      dateOfResult: '2026-02-01',
      result: 'X',
    });
    expect(created.id).not.toBe('mine');
    expect(created).toMatchObject({ personId: 'case', dateOfResult: '2026-02-01T00:00:00.000Z' });
    const one = `${path}/${created.id}`;
    const { body: changed } = await godata.call('PUT', one, { result: 'Y', personId: 'contact' });
    expect(changed).toMatchObject({
      result: 'Y',
      personId: 'case',
      dateOfResult: created.dateOfResult,
    });
    expect((await godata.call('DELETE', one)).status).toBe(204);
    expect((await godata.call('GET', one)).status).toBe(404);
    expect(await list('cases/case/lab-results')).toEqual([]);
    expect(await list('cases/case/lab-results', { deleted: true })).toHaveLength(1);
    expect((await godata.call('POST', `${one}/restore`)).body).toMatchObject({ deleted: false });
  });

  it('are created as a list if each names its outbreak; the good ones of a list stay', async () => {
    await start();
    expect((await godata.call('POST', path, [{ result: 'X' }])).status).toBe(500);
    const own = { outbreakId: 'OB', personId: 'contact' };
    const { status, body } = await godata.call('POST', path, [own, { ...own, id: 'mine' }]);
    expect(status).toBe(200);
    expect(body).toMatchObject([{ personId: 'case' }, { personId: 'case', id: 'mine' }]);
    const partly = [own, { ...own, dateOfResult: 'no date' }, { ...own, id: 'mine' }, own];
    expect(await godata.call('POST', path, partly)).toMatchObject({
      status: 500,
      body: { error: { code: 'INTERNAL_ERROR' } },
    });
    expect(await list('cases/case/lab-results')).toHaveLength(4);
  });

  it('of an unknown or another person are not found', async () => {
    await start();
    const { body } = await godata.call('POST', path, {});
    for (const other of ['contacts/contact', 'cases/nobody']) {
      const reply = await godata.call('GET', `/outbreaks/OB/${other}/lab-results/${body.id}`);
      expect(reply.status).toBe(404);
    }
    expect((await godata.call('POST', '/outbreaks/OB/cases/nobody/lab-results', {})).status).toBe(
      404,
    );
  });

  it('of an outbreak contain their person, those of contacts only if the outbreak allows it', async () => {
    await start();
    await godata.call('POST', path, { sampleIdentifier: 'S' });
    await godata.call('POST', '/outbreaks/OB/contacts/contact/lab-results', {});
    expect(await list('lab-results/aggregate')).toMatchObject([{ person: { id: 'case' } }]);
    await godata.call('PUT', '/outbreaks/OB', { isContactLabResultsActive: true });
    expect(await list('lab-results/aggregate')).toHaveLength(2);
    expect(await list('lab-results/aggregate', { where: { sampleIdentifier: 'S' } })).toHaveLength(
      1,
    );
  });

  it('can be changed and deleted through the outbreak', async () => {
    await start();
    const { body } = await godata.call('POST', path, {});
    const one = `/outbreaks/OB/lab-results/${body.id}`;
    expect((await godata.call('PUT', one, { result: 'Z' })).body.result).toBe('Z');
    expect((await godata.call('DELETE', one)).status).toBe(204);
    expect((await godata.call('PUT', one, {})).status).toBe(404);
  });

  it('select cases', async () => {
    await start();
    await godata.call('POST', '/outbreaks/OB/cases', { id: 'healthy' });
    await godata.call('POST', path, { result: 'POSITIVE' });
    const where = { labResult: { result: 'POSITIVE' } };
    expect((await list('cases', { where })).map(({ id }) => id)).toEqual(['case']);
    expect(await list('cases', { where: { labResult: { result: 'NEGATIVE' } } })).toEqual([]);
  });

  it.each([
    ['2.48', 422],
    ['2.50', 200],
  ])('without a sampling date are answered %s with %i', async (version, status) => {
    await start({}, version);
    expect((await godata.call('POST', path, {})).status).toBe(status);
    expect((await godata.call('POST', path, { dateSampleTaken: 'never' })).status).toBe(422);
  });
});

describe('follow-ups', () => {
  const path = '/outbreaks/OB/contacts/contact/follow-ups';
  const expose = () =>
    godata.call('POST', '/outbreaks/OB/contacts/contact/relationships', {
      persons: [{ id: 'case' }],
      contactDate: '2026-02-01',
      certaintyLevelId: 'X',
    });

  it('require a person with follow-up', async () => {
    await start();
    expect((await godata.call('POST', path, { date: '2026-02-02' })).status).toBe(500);
    await expose();
    expect((await godata.call('POST', path, { date: '2026-02-02' })).status).toBe(200);
  });

  it('are numbered by day, can be changed in part and deleted', async () => {
    await start();
    await expose();
    const { body } = await godata.call('POST', path, { date: '2026-02-05', statusId: 'X' });
    expect(body).toMatchObject({ index: 4, personId: 'contact', date: '2026-02-05T00:00:00.000Z' });
    const one = `${path}/${body.id}`;
    const { body: changed } = await godata.call('PUT', one, { statusId: 'Y', personId: 'case' });
    expect(changed).toMatchObject({ statusId: 'Y', personId: 'contact', date: body.date });
    expect((await godata.call('DELETE', one)).status).toBe(204);
    expect((await godata.call('GET', one)).status).toBe(404);
    expect(await list('follow-ups')).toEqual([]);
  });

  it("have the person's address by default", async () => {
    await start();
    await expose();
    const residence = 'LNG_REFERENCE_DATA_CATEGORY_ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE';
    const addresses = [{ typeId: residence, locationId: 'L' }];
    await godata.call('PUT', '/outbreaks/OB/contacts/contact', { addresses });
    const { body: home } = await godata.call('POST', path, { date: '2026-02-05' });
    expect(home.usualPlaceOfResidenceLocationId).toBe('L');
    const elsewhere = { date: '2026-02-05', address: { locationId: 'M' } };
    const { body: away } = await godata.call('POST', path, elsewhere);
    expect(away).toMatchObject({ address: { locationId: 'M' } });
  });

  it('of an outbreak contain their person', async () => {
    await start();
    await expose();
    await godata.call('POST', path, { date: '2026-02-05' });
    expect(await list('follow-ups')).toMatchObject([{ contact: { id: 'contact' } }]);
  });

  it.each([
    ['2.48', 404],
    ['2.50', 200],
  ])('of cases are answered in %s with %i', async (version, status) => {
    await start({}, version);
    const values = { date: '2026-02-05', targeted: true };
    const reply = await godata.call('POST', '/outbreaks/OB/cases/case/follow-ups', values);
    expect(reply.status).toBe(status);
  });

  it('cannot be created as a list', async () => {
    await start();
    await expose();
    const reply = await godata.call('POST', path, [{ date: '2026-02-02' }]);
    expect([reply.status, reply.code]).toEqual([500, 'INTERNAL_ERROR']);
  });
});

describe('lists that the server reads directly from the database', () => {
  const records = ['c', 'a', 'b'].map((id, index) => ({
    id,
    outbreakId: 'OB',
    personId: 'case',
    createdAt: `2026-01-0${index + 1}T00:00:00.000Z`,
    dbUpdatedAt: '2026-02-01T00:00:00.000Z',
  }));
  const ids = async (path: string, order: string[]) =>
    (await list(path, { order, fields: ['id'] })).map(({ id }) => id).join('');

  it.each(['lab-results/aggregate', 'follow-ups'])(
    "%s are ordered by id only through the database's own name for it",
    async path => {
      godata = await begin({ labResults: records, followUps: records });
      expect(await ids(path, ['id ASC'])).toBe('cab');
      expect(await ids(path, ['dbUpdatedAt ASC', 'id ASC'])).toBe('cab');
      expect(await ids(path, ['dbUpdatedAt ASC', '_id ASC'])).toBe('abc');
      expect(await ids(path, ['_id DESC'])).toBe('cba');
    },
  );

  it.each([
    ['lab-results/aggregate', 'person'],
    ['follow-ups', 'contact'],
  ])('%s contain the person only if fields name it', async (path, name) => {
    const person = { id: 'case', outbreakId: 'OB', type: CASE.type, firstName: 'A' };
    godata = await begin({ people: [person], labResults: records, followUps: records });
    const limit = 1;
    expect(await list(path, { fields: ['id', 'personId'], limit })).toEqual([
      { id: 'c', personId: 'case' },
    ]);
    expect(await list(path, { fields: ['id', name], limit })).toMatchObject([
      { [name]: { id: 'case' } },
    ]);
    expect(await list(path, { fields: { personId: false } })).toMatchObject({
      error: { code: 'INTERNAL_ERROR' },
    });
  });
});

describe('clusters', () => {
  it('can be created with a name, changed and deleted, each in its outbreak', async () => {
    await start();
    expect((await godata.call('POST', '/outbreaks/OB/clusters', {})).status).toBe(422);
    const { body } = await godata.call('POST', '/outbreaks/OB/clusters', { name: 'A' });
    const one = `/outbreaks/OB/clusters/${body.id}`;
    expect((await godata.call('PUT', one, { colorCode: '#fff' })).body).toMatchObject({
      name: 'A',
    });
    expect(await list('clusters')).toMatchObject([{ name: 'A', colorCode: '#fff' }]);
    expect((await godata.call('DELETE', one)).status).toBe(204);
    expect((await godata.call('GET', one)).status).toBe(404);
  });
});
