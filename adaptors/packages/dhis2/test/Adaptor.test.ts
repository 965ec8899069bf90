// Tests in the form of OpenFn's repository of adaptors: for mocha, without network.
import assert from 'node:assert/strict';
import { enableMockClient } from '@openfn/language-common/util';
import { create, execute, fn, get, http, tracker, upsert, util } from '../src/index.js';

const server = enableMockClient('https://dhis2.example.org');
const state = () => ({
  configuration: {
    hostUrl: 'https://dhis2.example.org',
    username: 'admin',
    password: 'district',
    apiVersion: '42',
  },
  data: { orgUnit: 'DiszpKrYNg8' },
});
const stats = (created: number, ignored: number) => ({
  ...{ created, updated: 0, deleted: 0, ignored, total: created + ignored },
});
const report = {
  status: 'OK',
  stats: stats(1, 0),
  validationReport: { errorReports: [], warningReports: [] },
  bundleReport: { typeReportMap: {} },
};
const importPath = (strategy: string) =>
  `/api/42/tracker?reportMode=WARNINGS&async=false&importStrategy=${strategy}`;

describe('execute', () => {
  it('runs operations in their order, on a state with references', async () => {
    const next = await execute(fn((one: object) => ({ ...one, a: 1 })))(state());
    assert.deepEqual([next.a, next.references], [1, []]);
  });
});

describe('get', () => {
  it('sends the credential, the version and the parameters', async () => {
    server
      .intercept({
        path: '/api/42/programs?fields=id',
        method: 'GET',
        headers: { authorization: 'Basic YWRtaW46ZGlzdHJpY3Q=' },
      })
      .reply(200, { programs: [{ id: 'eBAyeGv0exc' }] });
    const { data, references } = await get('programs', { fields: 'id' })({
      ...state(),
      references: [],
    });
    assert.deepEqual(data, { programs: [{ id: 'eBAyeGv0exc' }] });
    assert.deepEqual(references, [{ orgUnit: 'DiszpKrYNg8' }]);
  });

  it('fails without the values in the answer', async () => {
    server.intercept({ path: '/api/42/me', method: 'GET' }).reply(403, { message: 'Secretname' });
    await assert.rejects(get('me')(state()), (error: Error) => {
      assert.doesNotMatch(JSON.stringify(error) + error.message, /Secretname|district/);
      return true;
    });
  });
});

describe('create', () => {
  it('imports tracker objects', async () => {
    server.intercept({ path: importPath('CREATE'), method: 'POST' }).reply(200, report);
    const event = {
      program: 'eBAyeGv0exc',
      orgUnit: (one: { data?: unknown }) => (one.data as { orgUnit: string }).orgUnit,
    };
    const { data } = await create('events', event)(state());
    assert.deepEqual(data, report);
  });
});

describe('tracker.import', () => {
  it('sends its strategy, and fails if nothing is stored', async () => {
    const error = { errorCode: 'E1064', trackerType: 'TRACKED_ENTITY', uid: 'PersonAAAA1' };
    const refused = { ...report, status: 'ERROR', stats: stats(0, 1) };
    server
      .intercept({ path: importPath('UPDATE'), method: 'POST' })
      .reply(409, { ...refused, validationReport: { errorReports: [error], warningReports: [] } });
    const objects = { trackedEntities: [{ trackedEntity: 'PersonAAAA1' }] };
    await assert.rejects(tracker.import('UPDATE', objects)(state()), {
      code: 'IMPORT_REFUSED',
      message: /E1064/,
    });
  });
});

describe('upsert', () => {
  it('updates the object that the query finds', async () => {
    const path = '/api/42/dataElements';
    server
      .intercept({ path: `${path}?filter=code%3Aeq%3AA`, method: 'GET' })
      .reply(200, { dataElements: [{ id: 'FTRrcoaog83' }] });
    server
      .intercept({ path: `${path}/FTRrcoaog83`, method: 'PUT', body: '{"code":"A"}' })
      .reply(200, { httpStatus: 'OK' });
    const { data } = await upsert('dataElements', { filter: 'code:eq:A' }, { code: 'A' })(state());
    assert.deepEqual(data, { httpStatus: 'OK' });
  });
});

describe('http.get', () => {
  it('puts status and parameters into response', async () => {
    server
      .intercept({ path: '/api/42/dataElements?paging=false', method: 'GET' })
      .reply(200, { dataElements: [] });
    const { response } = await http.get('dataElements', { query: { paging: false } })(state());
    assert.deepEqual([response.statusCode, response.query], [200, { paging: false }]);
  });
});

describe('util', () => {
  it('finds attributes by name and id', () => {
    const entity = { attributes: [{ attribute: 'a1', displayName: 'First Name', value: 'x' }] };
    assert.equal(util.findAttributeValue(entity, 'first name'), 'x');
    assert.equal(util.findAttributeValueById(entity, 'a1'), 'x');
  });
});
