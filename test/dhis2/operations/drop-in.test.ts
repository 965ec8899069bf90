import { enableMockClient } from '@openfn/language-common/util';
import { describe, expect, it } from 'vitest';
import type { State } from '#common/reporting/report.js';
import * as adaptor from '#dhis2/index.js';
import { attempt, run } from './support.js';

const { get, http, tracker, upsert, util } = adaptor;
const OK = { httpStatus: 'OK' };
const REPORT = {
  status: 'OK',
  stats: { created: 1, updated: 0, deleted: 0, ignored: 0, total: 1 },
  bundleReport: { typeReportMap: {} },
  validationReport: { errorReports: [], warningReports: [] },
};
const CREDENTIAL = { hostUrl: 'https://dhis2.example.org/x', username: 'admin', password: 'pw' };

it('has all of its exports in a default export as well', () => {
  const { default: all, ...named } = adaptor;
  expect({ ...all }).toEqual(named);
});

it('is reached by the stand-in for a server that tests of OpenFn adaptors use', async () => {
  const server = enableMockClient('https://stand-in.example.org');
  const path = '/x/api/42/programs?fields=id';
  server.intercept({ path, method: 'GET' }).reply(200, { programs: [] });
  const configuration = { ...CREDENTIAL, hostUrl: 'https://stand-in.example.org/x' };
  const next = await get('programs', { fields: 'id' })({
    configuration: { ...configuration, apiVersion: '42' },
  });
  expect(next.data).toEqual({ programs: [] });
});

describe('upsert', () => {
  const routes = (...found: object[]) => ({
    'GET /api/organisationUnits': { body: { organisationUnits: found } },
    'PUT /api/organisationUnits/:id': { body: OK },
  });
  const unit = { name: 'A', parent: null };

  it('sends the query as it is, unless it goes through a reference', async () => {
    const sent = async (query: object) => {
      const { api } = await run(
        upsert('organisationUnits', { ...query }, unit),
        routes({ id: 'x' }),
      );
      return api.calls[0]!.query;
    };
    expect(await sent({ filter: 'code:eq:A' })).toEqual({ filter: ['code:eq:A'] });
    expect(await sent({ filter: 'code:eq:a.b' })).toEqual({ filter: ['code:eq:a.b'] });
    const gist = ['false'];
    expect(await sent({ filter: 'parent.code:eq:A' })).toMatchObject({ gist });
    expect(await sent({ filter: ['name:eq:A', 'parent.id:eq:B'] })).toMatchObject({ gist });
    expect(await sent({ filter: 'code:eq:A', fields: 'id,parent[id]' })).toMatchObject({ gist });
  });

  it('accepts an id that is a number', async () => {
    const { api } = await run(
      upsert('organisationUnits', { filter: 'code:eq:A' }, unit),
      routes({ id: 12 }),
    );
    expect(api.log()).toEqual(['GET /api/organisationUnits', 'PUT /api/organisationUnits/12']);
  });

  it('says by the published message that several objects match, and what to do', async () => {
    const { outcome, api } = await attempt(
      upsert('organisationUnits', { filter: 'code:eq:A' }, unit),
      routes({ id: 'x' }, { id: 'y' }),
    );
    await expect(outcome).rejects.toMatchObject({
      message: '409: Upsert failed: Multiple records found for a non-unique attribute.',
      fix: expect.stringContaining('finds 2 objects in organisationUnits'),
      details: { ids: ['x', 'y'] },
    });
    expect(api.calls).toHaveLength(1);
  });
});

describe('response.query', () => {
  it('has the parameters of a read in the types that the job wrote', async () => {
    const query = { paging: false, pageSize: 10, order: 'createdAt:desc', skip: null };
    const expected = { paging: false, pageSize: 10, order: 'createdAt:desc' };
    const exported = await run(tracker.export('events', query), {
      'GET /api/tracker/events': { body: { events: [] } },
    });
    expect(exported.next.response).toMatchObject({ query: expected });
    expect(exported.api.calls[0]!.query).toEqual({
      ...{ paging: ['false'], pageSize: ['10'], order: ['createdAt:desc'] },
    });
    const read = await run(http.get('me', { query }), { 'GET /api/me': { body: OK } });
    expect(read.next.response).toMatchObject({ query: expected });
  });

  it('has all parameters of an import that were sent', async () => {
    const events = [{ event: 'EventAAAAA1' }];
    const { next, api } = await run(tracker.import('CREATE', { events }, { atomicMode: 'ALL' }), {
      'POST /api/tracker': { body: REPORT },
    });
    const query = { async: false, atomicMode: 'ALL', importStrategy: 'CREATE' };
    expect(next.response).toMatchObject({ query });
    expect(api.calls[0]!.query).toMatchObject({ async: ['false'], importStrategy: ['CREATE'] });
  });
});

describe('util', () => {
  it('knows what is written as a tracker import', () => {
    const kinds = ['trackedEntities', 'enrollments', 'events', 'relationships'];
    expect(kinds.map(util.shouldUseNewTracker)).toEqual([true, true, true, true]);
    const others = ['dataValueSets', 'dataElements', 'trackedEntityInstances', 'events/x'];
    expect(others.map(util.shouldUseNewTracker)).toEqual([false, false, false, false]);
  });

  it('makes paths, payloads and texts', () => {
    expect(util.prefixVersionToPath({}, {}, 'programs')).toBe('/api/programs');
    expect(util.prefixVersionToPath({ apiVersion: 40 }, {}, 'programs', 'x')).toBe(
      '/api/40/programs/x',
    );
    expect(util.prefixVersionToPath({ apiVersion: 40 }, { apiVersion: '42' }, 'a')).toBe(
      '/api/42/a',
    );
    expect(util.ensureArray({ a: 1 }, 'events')).toEqual({ events: [{ a: 1 }] });
    expect(util.ensureArray([{ a: 1 }], 'events')).toEqual({ events: [{ a: 1 }] });
    expect(util.selectId('trackedEntityInstances')).toBe('trackedEntityInstance');
    expect(util.selectId('programs')).toBe('id');
    expect(util.prettyJson({ a: 1 })).toBe('{\n  "a": 1\n}');
    expect(util.CONTENT_TYPES.csv).toBe('application/csv');
  });

  it('adds the authorization of a credential to headers, a token before a password', () => {
    const given = { accept: 'text/csv' };
    const headers = util.configureAuth({ username: 'admin', password: 'district' }, given);
    expect(headers).toEqual({ ...given, Authorization: 'Basic YWRtaW46ZGlzdHJpY3Q=' });
    expect(given).toEqual({ accept: 'text/csv' });
    expect(util.configureAuth({ pat: 'd2pat_x', username: 'admin', password: 'pw' })).toEqual({
      Authorization: 'ApiToken d2pat_x',
    });
    for (const credential of [{}, { username: 'admin', password: '' }, { password: 'pw' }]) {
      expect(() => util.configureAuth(credential)).toThrow(
        /^Invalid authorization credentials\. Include a PAT or a username and password/,
      );
    }
  });

  it('sends a request and puts its answer into a state, without cookies', async () => {
    const headers = { 'Set-Cookie': 'JSESSIONID=secret', 'X-B': 'c' };
    const operation = async (state: State) => {
      const configuration = state.configuration as typeof CREDENTIAL & { apiVersion: number };
      const path = util.prefixVersionToPath(configuration, {}, 'dataElements', 'x');
      const options = { query: { mergeMode: 'REPLACE', skip: true } };
      const data = { name: 'A' };
      const result = await util.request(configuration, { method: 'PUT', path, options, data });
      expect(util.handleResponse(result, state)).toEqual({
        ...state,
        data: OK,
        references: ['old'],
      });
      return util.handleHttpResponse(result, state);
    };
    const { next, api } = await run(
      operation,
      { 'PUT /api/42/dataElements/x': { body: OK, headers } },
      { data: 'old', references: [] },
      { apiVersion: 42 },
    );
    expect(api.calls[0]).toMatchObject({
      body: { name: 'A' },
      query: { mergeMode: ['REPLACE'], skip: ['true'] },
    });
    expect(next).toMatchObject({
      data: OK,
      references: ['old'],
      response: { statusCode: 200, query: { skip: true }, headers: { 'x-b': 'c' } },
    });
    expect(JSON.stringify(next.response)).not.toContain('secret');
  });

  it('refuses a request that fails, one that would move an org unit, and a path outside of the API', async () => {
    const send = (method: string, path: string, data?: unknown) =>
      attempt(
        async state => {
          const { configuration } = state as { configuration: typeof CREDENTIAL };
          await util.request(configuration, { method, path, data });
          return state;
        },
        {
          'GET /api/me': { status: 404, body: {} },
          'GET /api/42/organisationUnits': {
            body: { organisationUnits: [{ id: 'OrgUnitAAA1', parent: { id: 'p' } }] },
          },
        },
      );
    const failed = await send('GET', '/api/me');
    await expect(failed.outcome).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const moved = await send('PUT', '/api/42/organisationUnits/OrgUnitAAA1', { name: 'A' });
    await expect(moved.outcome).rejects.toMatchObject({ code: 'PARENT_MISSING' });
    expect(moved.api.calls.map(({ method }) => method)).toEqual(['GET']);
    const outside = await send('GET', '/dhis-web-commons/security/login.action');
    await expect(outside.outcome).rejects.toMatchObject({ code: 'BAD_OPTION' });
    expect(outside.api.calls).toEqual([]);
  });
});
