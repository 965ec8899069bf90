import { afterEach, describe, expect, it } from 'vitest';
import { CASE, type JsonObject } from '#sandbox/godata/index.js';
import { begin, type TestGoData } from './client.js';

let godata: TestGoData;
afterEach(() => godata.close());

describe('a version', () => {
  it.each([
    ['cases', ['firstName', 'classification', 'dateOfReporting']],
    ['contacts', ['firstName', 'dateOfReporting']],
    ['contacts-of-contacts', ['firstName', 'dateOfReporting']],
    ['events', ['name', 'dateOfReporting']],
  ])(
    'up to 2.48 requires from %s what later ones leave to the user interface',
    async (path, fields) => {
      godata = await begin({}, { version: '2.48' });
      const { status, body } = await godata.call('POST', `/outbreaks/OB/${path}`, {});
      const { details, message } = body.error as JsonObject;
      expect([status, Object.keys((details as JsonObject).codes as JsonObject)]).toEqual([
        422,
        fields,
      ]);
      expect(message).toContain(`\`${fields[0]}\` can't be blank (value: undefined)`);
      await godata.close();
      godata = await begin({}, { version: '2.49' });
      expect((await godata.call('POST', `/outbreaks/OB/${path}`, {})).status).toBe(200);
    },
  );

  it('before 2.47 has no dbUpdatedAt', async () => {
    godata = await begin({}, { version: '2.46.1' });
    const values = { firstName: 'A', classification: 'C', dateOfReporting: '2026-01-01' };
    const { status, body } = await godata.call('POST', '/outbreaks/OB/cases', values);
    expect([status, 'updatedAt' in body, 'dbUpdatedAt' in body]).toEqual([200, true, false]);
  });

  it.each([
    ['2.50.3', 401],
    ['2.50', 401],
    ['2.50.2', 200],
    ['2.40', 200],
  ])('%s answers a request for its version without a key with %i', async (version, status) => {
    godata = await begin({}, { version });
    expect((await godata.call('GET', '/system-settings/version')).status).toBe(status);
    const key = { 'api-key': 'sandbox-api-key' };
    const { body } = await godata.call('GET', '/system-settings/version', undefined, key);
    expect(body.version).toBe(version);
  });

  it('that does not exist is refused', async () => {
    godata = await begin();
    await expect(begin({}, { version: '2.51' })).rejects.toThrow(RangeError);
    await expect(begin({}, { version: '2.33' })).rejects.toThrow(RangeError);
  });
});

describe('a person', () => {
  it('is stored as sent, its dates as times in UTC, and can be changed in part', async () => {
    godata = await begin();
    const { body } = await godata.call('POST', '/outbreaks/OB/cases', {
      id: 'mine',
      dateOfOnset: '2026-01-30T15:45:00+03:00',
      documents: [{ type: 'X', number: '2020-01-01' }],
      questionnaireAnswers: { asked: [{ value: '2026-01-01' }] },
    });
    expect(body).toMatchObject({
      dateOfOnset: '2026-01-30T12:45:00.000Z',
      documents: [{ number: '2020-01-01' }],
      questionnaireAnswers: { asked: [{ value: '2026-01-01T00:00:00.000Z' }] },
    });
    const changed = await godata.call('PUT', '/outbreaks/OB/cases/mine', { dateOfOnset: null });
    expect(changed.body).toMatchObject({
      dateOfOnset: null,
      documents: [{ number: '2020-01-01' }],
    });
  });

  it('has new timestamps after a change, a deletion and a restoration', async () => {
    let now = new Date('2026-01-01T00:00:00.000Z');
    godata = await begin({}, { clock: () => now });
    const stamp = async () => {
      const [one] = (await godata.cases({ deleted: true })).body;
      return one?.dbUpdatedAt;
    };
    await godata.call('POST', '/outbreaks/OB/cases', { id: 'c' });
    for (const [method, path, minute] of [
      ['PUT', '/outbreaks/OB/cases/c', 1],
      ['DELETE', '/outbreaks/OB/cases/c', 2],
      ['POST', '/outbreaks/OB/cases/c/restore', 3],
    ] as const) {
      now = new Date(`2026-01-01T00:0${minute}:00.000Z`);
      await godata.call(method, path, {});
      expect(await stamp()).toBe(now.toISOString());
    }
  });

  it('moves its visual id to the documents when it is deleted', async () => {
    godata = await begin();
    await godata.call('POST', '/outbreaks/OB/cases', { id: 'c', visualId: 'CASE-9999' });
    await godata.call('DELETE', '/outbreaks/OB/cases/c');
    const [gone] = (await godata.cases({ deleted: true })).body;
    expect(gone?.documents).toEqual([
      { type: 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_ARCHIVED_ID', number: 'CASE-0001' },
    ]);
  });

  it('keeps its visual id when the same one is sent again', async () => {
    godata = await begin();
    await godata.call('POST', '/outbreaks/OB/cases', { id: 'c', visualId: 'CASE-9999' });
    const { status, body } = await godata.call('PUT', '/outbreaks/OB/cases/c', {
      visualId: 'CASE-0001',
    });
    expect([status, body.visualId]).toEqual([200, 'CASE-0001']);
  });

  it('can be a duplicate by two names or a document, for every account', async () => {
    godata = await begin();
    const documents = [{ type: 'PASSPORT', number: 'A 1' }];
    await godata.call('POST', '/outbreaks/OB/cases', [
      { id: 'named', firstName: 'Ann', lastName: 'Onset' },
      { id: 'documented', documents },
      { id: 'half', firstName: 'Ann' },
    ]);
    const find = async (body: JsonObject) => {
      const reply = await godata.call('POST', '/outbreaks/OB/cases/duplicates/find', body);
      return (reply.body.duplicates as JsonObject[]).map(({ id }) => id).sort();
    };
    const both = {
      firstName: 'ONSET',
      lastName: 'ann',
      documents: [{ type: 'PASSPORT', number: 'a-1' }],
    };
    expect(await find(both)).toEqual(['documented', 'named']);
    expect(await find({ ...both, id: 'named' })).toEqual(['documented']);
    expect(await find({ firstName: 'Ann' })).toEqual([]);
  });

  it('has one current address', async () => {
    godata = await begin();
    const { code } = await godata.call('POST', '/outbreaks/OB/cases', { addresses: [{}, {}] });
    expect(code).toBe('ADDRESS_MULTIPLE_USUAL_PLACE_OF_RESIDENCE');
  });
});

describe('the server', () => {
  it('refuses a body beyond 10 MB', async () => {
    godata = await begin();
    const reply = await godata.call('POST', '/outbreaks/OB/cases', {
      firstName: 'x'.repeat(11_000_000),
    });
    expect(reply.status).toBe(413);
    expect(reply.body.error).toMatchObject({ name: 'PayloadTooLargeError' });
  });

  it("does not delete a location that is a person's address", async () => {
    const locations = [
      { id: 'L0', name: 'Country', parentLocationId: null },
      { id: 'L1', name: 'District', parentLocationId: 'L0' },
    ];
    godata = await begin({ locations });
    const { people } = godata.store;
    const { id } = people.create('OB', CASE.type, { addresses: [{ locationId: 'L1' }] });
    expect((await godata.call('DELETE', '/locations/L0')).code).toBe('MODEL_IN_USE');
    people.delete(id);
    expect((await godata.call('DELETE', '/locations/L0')).body).toEqual({ count: 1 });
    expect((await godata.call('GET', '/locations/L1')).code).toBe('MODEL_NOT_FOUND');
  });

  it('returns a transaction id', async () => {
    godata = await begin();
    const headers = { 'transaction-id': 'mine' };
    const response = await fetch(`${godata.url}/api/outbreaks`, { headers });
    expect(response.headers.get('transaction-id')).toBe('mine');
  });

  it('counts writes, but not logins or queries sent by POST', async () => {
    godata = await begin();
    await godata.call('POST', '/outbreaks/OB/cases/duplicates/find', {});
    await godata.call('POST', '/outbreaks/OB/cases/generate-visual-id', { visualIdMask: 'CASE-1' });
    await godata.call('POST', '/outbreaks/OB/cases/filter', {});
    await godata.call('POST', '/outbreaks/OB/cases/filtered-count', {});
    expect(godata.requests.writes()).toBe(0);
    await godata.call('POST', '/outbreaks/OB/cases', {});
    expect(godata.requests.writes()).toBe(1);
    expect(godata.requests.byRoute()).toMatchObject({ 'POST /api/outbreaks/{id}/cases/filter': 1 });
  });
});
