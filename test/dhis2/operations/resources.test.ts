import { describe, expect, it } from 'vitest';
import type { State } from '#common/reporting/report.js';
import {
  create,
  dataValue,
  destroy,
  execute,
  get,
  http,
  metadata,
  update,
  upsert,
  util,
} from '#dhis2/Adaptor.js';
import { attempt, run } from './support.js';

const OK = { httpStatus: 'OK', message: 'done' };

describe('get', () => {
  it('writes the answer into data, and sends no body', async () => {
    const params = { fields: '*', filter: ['a:eq:1', 'b:gt:2'], paging: false, none: undefined };
    const { next, api } = await run(
      get('organisationUnits', params),
      { 'GET /api/organisationUnits': { body: { organisationUnits: [] } } },
      { data: 'before' },
    );
    expect(next).toMatchObject({ data: { organisationUnits: [] }, references: ['before'] });
    expect(api.calls[0]).toMatchObject({
      query: { fields: ['*'], filter: ['a:eq:1', 'b:gt:2'], paging: ['false'] },
      body: '',
      headers: { authorization: 'Basic YWRtaW46ZGlzdHJpY3Q=' },
    });
  });

  it('accepts paths with slashes and a query, and functions for every argument', async () => {
    const routes = { 'GET /api/programs/p1': { body: { id: 'p1' } } };
    const path = (state: State) => `/programs/${(state.data as State).id}?fields=id&a=b%3Ac`;
    const { next, api } = await run(get(path, { x: dataValue('id') }), routes, {
      data: { id: 'p1' },
    });
    expect(next.data).toEqual({ id: 'p1' });
    expect(api.calls[0]!.query).toEqual({ fields: ['id'], a: ['b:c'], x: ['p1'] });
  });

  it('passes the next state to a callback', async () => {
    const callback = (state: State) => ({ ...state, called: state.data });
    const { next } = await run(get('me', {}, {}, callback), { 'GET /api/me': { body: OK } });
    expect(next.called).toEqual(OK);
  });

  it('uses a numbered API if the credential or an option says so', async () => {
    const routes = { 'GET /api/40/me': { body: OK }, 'GET /api/41/me': { body: OK } };
    await run(get('me'), routes, {}, { apiVersion: '40' });
    await run(get('me', {}, { apiVersion: 41 }), routes, {}, { apiVersion: '40' });
    await run(get('me'), { 'GET /api/me': { body: OK } }, {}, { apiVersion: null });
  });

  it('works with a token, and with the address of an old credential', async () => {
    const routes = { 'GET /api/me': { body: OK } };
    const { api } = await run(get('me'), routes, {}, { pat: 'd2p_x' });
    expect(api.calls[0]!.headers.authorization).toBe('ApiToken d2p_x');
    const operation = (state: State) => {
      const { hostUrl, ...others } = state.configuration as { hostUrl: string };
      return get('me')({ configuration: { ...others, apiUrl: hostUrl } });
    };
    expect((await run(operation, routes)).next.data).toEqual(OK);
  });

  it('fails if the request fails', async () => {
    const { outcome } = await attempt(get('nothing'), {});
    await expect(outcome).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('get of all pages', () => {
  const units = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `u${from + index}` }));

  it('follows the pager in a stable order, and keeps duplicates once', async () => {
    const page = (number: number, list: object[]) => ({
      body: {
        pager: { page: number, pageCount: 3, pageSize: 2, total: 4 },
        organisationUnits: list,
      },
    });
    const { next, api } = await run(
      get('organisationUnits', { order: 'level:asc', pageSize: 2 }, { allPages: true }),
      {
        'GET /api/organisationUnits': [
          page(1, units(0, 2)),
          page(2, units(1, 2)),
          page(3, units(3, 1)),
        ],
      },
    );
    expect(next.data).toEqual({ organisationUnits: units(0, 4) });
    expect(api.calls.map(({ query }) => query)).toEqual(
      ['1', '2', '3'].map(number => ({
        pageSize: ['2'],
        order: ['level:asc,id:asc'],
        gist: ['false'],
        page: [number],
      })),
    );
  });

  it('reads one page if the resource is not paged', async () => {
    const values = { dataValues: Array.from({ length: 900 }, (_, value) => ({ value })) };
    const { next, api } = await run(get('dataValueSets', {}, { allPages: true }), {
      'GET /api/dataValueSets': { body: values },
    });
    expect(next.data).toEqual(values);
    expect(api.calls).toHaveLength(1);
  });

  it('reads one page by default', async () => {
    const body = {
      pager: { page: 1, pageCount: 2, pageSize: 50, total: 60 },
      dataElements: units(0, 50),
    };
    const { next, api } = await run(get('dataElements'), { 'GET /api/dataElements': { body } });
    expect(next.data).toEqual(body);
    expect(api.calls).toHaveLength(1);
  });

  it('stops at a cache that always returns the same page', async () => {
    const body = { pager: { page: 1, pageCount: 9, pageSize: 2 }, dataElements: units(0, 2) };
    const { outcome } = await attempt(get('dataElements', {}, { allPages: true }), {
      'GET /api/dataElements': { body },
    });
    await expect(outcome).rejects.toMatchObject({ code: 'PAGING_STUCK' });
  });
});

describe('create, update and destroy', () => {
  it('send POST, PUT and DELETE', async () => {
    const data = { name: 'A', shortName: dataValue('short') };
    const created = await run(
      create('dataElements', data, { importMode: 'COMMIT' }),
      { 'POST /api/dataElements': { status: 201, body: OK } },
      { data: { short: 'a' } },
    );
    expect(created.api.calls[0]).toMatchObject({
      body: { name: 'A', shortName: 'a' },
      query: { importMode: ['COMMIT'] },
    });
    expect(created.next.data).toEqual(OK);
    const updated = await run(
      update('dataElements', dataValue('id'), { name: 'B' }, { query: { mergeMode: 'REPLACE' } }),
      { 'PUT /api/dataElements/x': { body: OK } },
      { data: { id: 'x' } },
    );
    expect(updated.api.calls[0]).toMatchObject({
      body: { name: 'B' },
      query: { mergeMode: ['REPLACE'] },
    });
    const destroyed = await run(destroy('dataElements', 'x'), {
      'DELETE /api/dataElements/x': { body: OK },
    });
    expect(destroyed.api.calls[0]!.body).toBe('');
    const many = { identifiableObjects: [{ id: 'a' }] };
    const removed = await run(destroy('dataSets', 'x/dataElements', many), {
      'DELETE /api/dataSets/x/dataElements': { body: OK },
    });
    expect(removed.api.calls[0]!.body).toEqual(many);
  });

  it('repeat a replacement after a temporary failure, but never a creation', async () => {
    const busy = { status: 503, body: {} };
    const put = await run(update('dataElements', 'x', {}), {
      'PUT /api/dataElements/x': [busy, { body: OK }],
    });
    expect(put.api.calls).toHaveLength(2);
    const { outcome, api } = await attempt(create('dataElements', {}), {
      'POST /api/dataElements': busy,
    });
    await expect(outcome).rejects.toMatchObject({ code: 'SERVER_ERROR' });
    expect(api.calls).toHaveLength(1);
  });

  it('report a refusal by code and property, without the value', async () => {
    const report = {
      response: {
        uid: 'UserAAAAAAA',
        errorReports: [{ errorCode: 'E5003', errorProperty: 'code', message: 'Secretname exists' }],
      },
    };
    const { outcome } = await attempt(create('users', { surname: 'Secretname' }), {
      'POST /api/users': { status: 409, body: { message: 'Conflict', ...report } },
    });
    await expect(outcome).rejects.toMatchObject({
      code: 'REFUSED',
      message: 'DHIS2 refuses POST /users: E5003 (code).',
      details: { errors: [{ code: 'E5003', property: 'code', id: 'UserAAAAAAA' }] },
    });
    const error = await outcome.catch(thrown => thrown);
    expect(JSON.stringify([error, error.message])).not.toContain('Secretname');
  });

  it('refuse an empty path before sending anything', async () => {
    for (const operation of [
      update('dataElements', '', {}),
      destroy('dataElements', ''),
      get(''),
    ]) {
      const { outcome, api } = await attempt(operation, {});
      await expect(outcome).rejects.toMatchObject({ code: 'BAD_OPTION', kind: 'configuration' });
      expect(api.calls).toHaveLength(0);
    }
    const { outcome } = await attempt(create('tracker', {}), {});
    await expect(outcome).rejects.toMatchObject({ fix: expect.stringContaining('tracker.import') });
  });
});

describe('upsert', () => {
  const routes = (found: object[]) => ({
    'GET /api/dataElements': { body: { dataElements: found } },
    'PUT /api/dataElements/x': { body: OK },
    'POST /api/dataElements': { body: OK },
  });
  const operation = upsert('dataElements', { filter: 'code:eq:A' }, { code: 'A' });

  it('updates the object that the query finds, or creates it', async () => {
    const updated = await run(operation, routes([{ id: 'x' }]));
    expect(updated.api.log()).toEqual(['GET /api/dataElements', 'PUT /api/dataElements/x']);
    const created = await run(operation, routes([]));
    expect(created.api.log()).toEqual(['GET /api/dataElements', 'POST /api/dataElements']);
  });

  it('fails if the query finds several objects, one without an id, or no list', async () => {
    const several = await attempt(operation, routes([{ id: 'x' }, { id: 'y' }]));
    await expect(several.outcome).rejects.toMatchObject({
      code: 'AMBIGUOUS_RECORD',
      details: { ids: ['x', 'y'] },
    });
    const nameless = await attempt(operation, routes([{ code: 'A' }]));
    await expect(nameless.outcome).rejects.toMatchObject({ code: 'BAD_OPTION' });
    const listless = await attempt(operation, { 'GET /api/dataElements': { body: {} } });
    await expect(listless.outcome).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
    expect([several, nameless, listless].map(({ api }) => api.calls.length)).toEqual([1, 1, 1]);
  });

  it('works with the tracker API that was removed after 2.41', async () => {
    const { api } = await run(upsert('trackedEntityInstances', { ou: 'o' }, { orgUnit: 'o' }), {
      'GET /api/trackedEntityInstances': {
        body: { trackedEntityInstances: [{ trackedEntityInstance: 't1' }] },
      },
      'PUT /api/trackedEntityInstances/t1': { body: OK },
    });
    expect(api.calls).toHaveLength(2);
  });
});

describe('http', () => {
  it('writes status and headers into response, but no cookie', async () => {
    const { next, api } = await run(
      http.get('me', { query: { fields: 'id' }, headers: { 'X-A': 'b' } }),
      {
        'GET /api/me': { body: OK, headers: { 'Set-Cookie': 'JSESSIONID=secret', 'X-B': 'c' } },
      },
    );
    expect(next).toMatchObject({
      data: OK,
      response: {
        statusCode: 200,
        method: 'GET',
        query: { fields: 'id' },
        headers: { 'x-b': 'c' },
      },
    });
    expect(JSON.stringify(next.response)).not.toContain('secret');
    expect(api.calls[0]!.headers['x-a']).toBe('b');
  });

  it('sends POST, PATCH and any other method', async () => {
    const relationships = [{ orgUnit: (state: State) => (state.data as State).orgUnit }];
    const posted = await run(
      http.post('tracker', { relationships }),
      { 'POST /api/tracker': { body: OK } },
      { data: { orgUnit: 'o' } },
    );
    expect(posted.api.calls[0]!.body).toEqual({ relationships: [{ orgUnit: 'o' }] });
    const change = [{ op: 'replace', path: '/name', value: 'B' }];
    const headers = { 'content-type': 'application/json-patch+json' };
    const patched = await run(http.patch('dataElements', 'x', change, { headers }), {
      'PATCH /api/dataElements/x': { status: 204 },
    });
    expect(patched.next.data).toBeUndefined();
    expect(patched.api.calls[0]).toMatchObject({ body: change, headers });
    const requested = await run(http.request('delete', 'x/1', { data: { a: 1 } }), {
      'DELETE /api/x/1': { body: OK },
    });
    expect(requested.api.calls[0]!.body).toEqual({ a: 1 });
    const { outcome } = await attempt(http.request('TRACE', 'x'), {});
    await expect(outcome).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('sends a text unchanged, and reads texts and files', async () => {
    const csv = 'dataelement,value\nx,1';
    const sent = await run(
      http.post('dataValueSets', csv, { headers: { 'Content-Type': 'application/csv' } }),
      {
        'POST /api/dataValueSets': { body: OK },
      },
    );
    expect(sent.api.calls[0]!.bytes.toString()).toBe(csv);
    expect(sent.api.calls[0]!.headers['content-type']).toBe('application/csv');
    const bytes = Buffer.from([255, 0, 216]);
    const image = { body: bytes, headers: { 'Content-Type': 'image/png' } };
    const read = (parseAs: 'text' | 'base64') =>
      run(http.get('image', { parseAs }), { 'GET /api/image': image });
    expect((await read('base64')).next.data).toBe(bytes.toString('base64'));
    expect((await read('text')).next.data).toBe(bytes.toString());
    const { outcome } = await attempt(http.get('image', { parseAs: 'stream' as 'text' }), {});
    await expect(outcome).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});

describe('util', () => {
  it('creates attributes, data values and ids', () => {
    expect(util.attr('a', 1)).toEqual({ attribute: 'a', value: 1 });
    expect(util.dv('d', 2)).toEqual({ dataElement: 'd', value: 2 });
    // The published adaptor returns the same id.
    expect(util.deriveUid('abc')).toBe('JOLG43t7nIh');
    expect(() => util.deriveUid('')).toThrow('must be a text');
  });

  it('finds values, and returns undefined if there are none', () => {
    const entity = {
      attributes: [
        { attribute: 'a', value: 1 },
        { attribute: 'b', displayName: 'First Name', value: 'x' },
      ],
    };
    expect(util.findAttributeValue(entity, 'first name')).toBe('x');
    expect(util.findAttributeValueById(entity, 'a')).toBe(1);
    expect(util.findAttributeValue(undefined, 'x')).toBeUndefined();
    expect(util.findAttributeValueById({}, 'x')).toBeUndefined();
  });
});

describe('metadata', () => {
  it('returns all pages of what the editor completes from', async () => {
    const one = (key: string, id: string) => ({
      body: { [key]: [{ id, displayName: `The ${id}` }] },
    });
    const page = (number: number) => ({
      body: {
        pager: { page: number, pageCount: 2, pageSize: 1 },
        organisationUnits: [{ id: `o${number}` }],
      },
    });
    const { next } = await run(
      async state => ({ tree: await metadata(state.configuration as never) }),
      {
        'GET /api/organisationUnits': [page(1), page(2)],
        'GET /api/trackedEntityTypes': one('trackedEntityTypes', 't'),
        'GET /api/trackedEntityAttributes': one('trackedEntityAttributes', 'a'),
      },
    );
    expect(next.tree).toMatchObject({
      name: 'dhis2',
      children: {
        orgUnits: [{ name: 'o1', type: 'orgUnit' }, { name: 'o2' }],
        trackedEntityTypes: [{ name: 't', label: 'The t', type: 'trackedEntityType' }],
        attributes: [{ name: 'a', label: 'The a', datatype: 'string' }],
      },
    });
  });
});

describe('execute', () => {
  it('provides references and data to jobs of the old style from their first line', async () => {
    const seen = await execute(state => ({ ...state, seen: [state.references, state.data] }))({});
    expect(seen.seen).toEqual([[], null]);
    expect(await execute()({ data: 1, references: [2] })).toEqual({ data: 1, references: [2] });
  });
});
