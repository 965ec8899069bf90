import { afterEach, describe, expect, it } from 'vitest';
import type { State } from '#common/reporting/report.js';
import {
  bulkUpdate,
  dataValue,
  exportRecords,
  getCluster,
  getReferenceData,
  getTeam,
  importFile,
  listContactsOfContacts,
  listFollowUps,
  listLabResults,
  listLanguages,
  listLanguageTokens,
  listReferenceData,
  listRelationships,
  request,
  upsertCluster,
  upsertFollowUp,
  upsertLabResult,
  upsertReferenceData,
  upsertRelationship,
  upsertTeam,
} from '#godata/Adaptor.js';
import {
  type FakeApi,
  filterOf,
  GODATA_LOGIN,
  type Routes,
  startFakeApi,
} from '../../support/fake-api.js';

let api: FakeApi;
afterEach(() => api?.close());

/** Runs an operation against a Go.Data with these routes. */
async function run(
  operation: (state: State) => Promise<State>,
  routes: Routes,
  more: Partial<State> = {},
): Promise<State> {
  api = await startFakeApi({ ...GODATA_LOGIN, ...routes });
  const configuration = { apiUrl: `${api.url}/api`, email: 'a@b.c', password: 'secret' };
  return operation({ configuration, ...more });
}

describe('lists', () => {
  it.each([
    ['contacts-of-contacts', 'id', listContactsOfContacts('o')],
    ['relationships', 'id', listRelationships('o')],
    // The server reads these lists directly from the database, where an order by id has no effect.
    ['follow-ups', '_id', listFollowUps('o')],
    ['lab-results/aggregate', '_id', listLabResults('o')],
  ])('of %s page by %s', async (path, id, operation) => {
    const page = (from: number, size: number) =>
      Array.from({ length: size }, (_, index) => ({
        id: `r${1000 + from + index}`,
        deleted: false,
      }));
    const { data } = await run(operation, {
      [`GET /api/outbreaks/o/${path}`]: [{ body: page(0, 1000) }, { body: page(1000, 3) }],
    });
    expect(data).toHaveLength(1003);
    expect(api.calls.slice(1).map(filterOf)).toEqual([
      { where: { id: { gt: '' } }, order: [`${id} ASC`], limit: 1000 },
      { where: { id: { gt: 'r1999' } }, order: [`${id} ASC`], limit: 1000 },
    ]);
  });

  it("keep Go.Data's own conditions at the place where it looks for them", async () => {
    const where = { relationship: { active: true }, id: { neq: 'x' }, and: [{ a: 1 }] };
    await run(listRelationships('o', { where, 'where.labResult': {} }), {
      'GET /api/outbreaks/o/relationships': { body: [] },
    });
    expect(filterOf(api.calls[1]!)).toMatchObject({
      where: {
        relationship: { active: true },
        id: { neq: 'x' },
        and: [{ a: 1 }, { id: { gt: '' } }],
      },
      'where.labResult': {},
    });
  });

  it('never have the token in an address', async () => {
    await run(listRelationships('o'), { 'GET /api/outbreaks/o/relationships': { body: [] } });
    expect(api.calls[1]!.headers.authorization).toBe('token');
    expect(JSON.stringify(api.calls.map(({ path, query }) => [path, query]))).not.toContain(
      'token',
    );
  });
});

describe('a record of a person', () => {
  it('is found by its property and updated there', async () => {
    const operation = upsertLabResult('o', { cases: dataValue('id') }, 'sampleIdentifier', {
      sampleIdentifier: 'S1',
      result: 'POSITIVE',
    });
    const { data } = await run(
      operation,
      {
        'GET /api/outbreaks/o/cases/c/lab-results': { body: [{ id: 'lab-1' }] },
        'PUT /api/outbreaks/o/cases/c/lab-results/lab-1': {
          body: { id: 'lab-1', result: 'POSITIVE' },
        },
      },
      { data: { id: 'c' } },
    );
    expect(data).toEqual({ id: 'lab-1', result: 'POSITIVE' });
    expect(filterOf(api.calls[1]!)).toMatchObject({ where: { sampleIdentifier: 'S1' } });
  });

  it('is created for the person; follow-ups are searched among those of the outbreak', async () => {
    const stored = [
      { id: 'f0', personId: 'c', date: '2026-03-04T00:00:00.000Z', deleted: false },
      { id: 'f1', personId: 'c', date: '2026-03-05T00:00:00.000Z', deleted: false },
    ];
    const routes = {
      'GET /api/outbreaks/o/follow-ups': { body: stored },
      'POST /api/outbreaks/o/contacts/c/follow-ups': { body: { id: 'f2' } },
      'PUT /api/outbreaks/o/contacts/c/follow-ups/f1': { body: { id: 'f1' } },
    };
    const upsert = (date: string) =>
      upsertFollowUp('o', { contacts: 'c' }, 'date', { date, targeted: true });
    expect((await run(upsert('2026-03-05'), routes)).data).toEqual({ id: 'f1' });
    expect(filterOf(api.calls[1]!)).toMatchObject({ where: { personId: 'c' } });
    await api.close();
    expect((await run(upsert('2026-03-06'), routes)).data).toEqual({ id: 'f2' });
  });

  it.each([[{}], [{ people: 'c' }], [{ cases: 'c', contacts: 'd' }]])(
    'is refused for %j',
    async person => {
      const operation = upsertLabResult('o', person as object, 'id', { id: 'x' });
      await expect(run(operation, {})).rejects.toMatchObject({ code: 'BAD_OPTION' });
    },
  );

  it('creates the relationship of two people once', async () => {
    const persons = [{ id: 'case' }, { id: 'contact' }];
    const routes = (found: object[]): Routes => ({
      'GET /api/outbreaks/o/contacts/contact/relationships': { body: found },
      'POST /api/outbreaks/o/contacts/contact/relationships': { body: { id: 'r1', persons } },
      'PUT /api/outbreaks/o/contacts/contact/relationships/r1': { body: { id: 'r1', persons } },
    });
    const operation = upsertRelationship('o', { contacts: 'contact' }, 'case', {
      contactDate: '2026-02-03',
    });
    await run(operation, routes([]));
    expect(filterOf(api.calls[1]!)).toMatchObject({ where: { 'persons.id': 'case' } });
    expect(api.calls.at(-1)).toMatchObject({
      method: 'POST',
      body: { contactDate: '2026-02-03', persons: [{ id: 'case' }] },
    });
    await api.close();
    await run(operation, routes([{ id: 'r1' }]));
    expect(api.calls.at(-1)).toMatchObject({ method: 'PUT', body: { contactDate: '2026-02-03' } });
    await api.close();
    await expect(run(operation, routes([{ id: 'r1' }, { id: 'r2' }]))).rejects.toMatchObject({
      code: 'AMBIGUOUS_RECORD',
    });
  });
});

describe('teams and clusters', () => {
  it('are found and upserted', async () => {
    const { data } = await run(getTeam({ where: { name: 'North' } }), {
      'GET /api/teams': { body: [{ id: 't', name: 'North', userIds: [] }] },
    });
    expect(data).toMatchObject([{ id: 't' }]);
    await api.close();
    await run(upsertTeam('name', { name: 'North', userIds: [] }), {
      'GET /api/teams': { body: [] },
      'POST /api/teams': { body: { id: 't' } },
    });
    expect(api.log()).toEqual(['GET /api/teams', 'POST /api/teams']);
    await api.close();
    await run(upsertCluster('o', 'name', { name: 'Market' }), {
      'GET /api/outbreaks/o/clusters': { body: [{ id: 'k' }] },
      'PUT /api/outbreaks/o/clusters/k': { body: { id: 'k' } },
    });
    await api.close();
    await run(getCluster('o', { limit: 1 }), { 'GET /api/outbreaks/o/clusters': { body: [] } });
    expect(filterOf(api.calls[1]!)).toEqual({ limit: 1 });
  });
});

describe('reference data', () => {
  const CATEGORY = 'LNG_REFERENCE_DATA_CATEGORY_OCCUPATION';
  const ID = `${CATEGORY}_SPACE_PILOT`;
  const item = { categoryId: CATEGORY, value: 'Space pilot', code: 'SP', active: true };
  const routes = (found: object[]): Routes => ({
    'GET /api/reference-data': { body: found },
    'POST /api/reference-data': { body: { id: ID } },
    [`PUT /api/reference-data/${ID}`]: { body: { id: ID } },
  });

  it.each([
    ['value', item, { id: { inq: [ID, 'Space pilot'] } }],
    ['value', { ...item, value: ID }, { id: { inq: [expect.anything(), ID] } }],
    ['id', { ...item, id: ID }, { id: ID }],
    ['code', item, { code: 'SP' }],
  ])('are found by %s', async (property, data, where) => {
    await run(upsertReferenceData(property, data), routes([{ id: ID }]));
    expect(filterOf(api.calls[1]!)).toMatchObject({ where });
    expect(api.log()).toEqual(['GET /api/reference-data', `PUT /api/reference-data/${ID}`]);
  });

  it('are created when they do not exist, listed and found', async () => {
    await run(upsertReferenceData('value', { data: () => item }), routes([]));
    expect(api.calls.at(-1)).toMatchObject({ method: 'POST', body: item });
    await api.close();
    await run(listReferenceData(), routes([]));
    await api.close();
    const query = { where: { categoryId: CATEGORY } };
    expect((await run(getReferenceData(query), routes([{ id: ID }]))).data).toEqual([{ id: ID }]);
  });
});

describe('languages', () => {
  it('are read, and their labels, with many tokens in several requests', async () => {
    await run(listLanguages(), {
      'GET /api/languages': { body: [{ id: 'french_fr', name: 'F' }] },
    });
    await api.close();
    // A letter of another script needs six characters in an address.
    const tokens = Array.from({ length: 250 }, (_, n) => `LNG_${'ЁЖ'.repeat(n % 10)}_${n}`);
    const { data } = await run(listLanguageTokens('french_fr', tokens), {
      'GET /api/languages/french_fr/language-tokens': call => ({
        body: {
          tokens: (filterOf(call) as { where: { token: { inq: string[] } } }).where.token.inq.map(
            token => ({ token, translation: token.toLowerCase() }),
          ),
        },
      }),
    });
    expect(data).toHaveLength(250);
    expect((data as object[])[240]).toEqual({ token: 'LNG__240', translation: 'lng__240' });
    const reads = api.calls.filter(({ method }) => method === 'GET');
    expect(reads).toHaveLength(3);
    for (const call of reads) {
      expect(encodeURIComponent(JSON.stringify(filterOf(call))).length).toBeLessThan(7_000);
    }
  });
});

describe('exportRecords', () => {
  const LOG = 'GET /api/export-logs/:id';
  const DOWNLOAD = 'GET /api/export-logs/log-1/download';
  const running = { body: { id: 'log-1', status: 'LNG_SYNC_STATUS_IN_PROGRESS' } };
  const done = { body: { id: 'log-1', status: 'LNG_SYNC_STATUS_SUCCESS' } };

  it('starts, waits for the end, and downloads the file once', async () => {
    const { data } = await run(
      exportRecords('o', 'cases', { filter: { where: { useDbColumns: true } } }),
      {
        'GET /api/outbreaks/o/cases/export': { body: { exportLogId: 'log-1' } },
        [LOG]: [running, running, done],
        [DOWNLOAD]: {
          body: '[{"_id":"c1"}]',
          headers: { 'Content-Type': 'application/octet-stream' },
        },
      },
    );
    expect(data).toEqual([{ _id: 'c1' }]);
    expect(api.calls[1]!.query).toEqual({
      type: ['json'],
      filter: ['{"where":{"useDbColumns":true}}'],
    });
    expect(api.log()).toEqual([
      'GET /api/outbreaks/o/cases/export',
      'GET /api/export-logs/log-1',
      'GET /api/export-logs/log-1',
      'GET /api/export-logs/log-1',
      'GET /api/export-logs/log-1/download',
    ]);
  });

  it('reads the file from the first answer of servers before 2.38.1', async () => {
    const file = { body: 'id,name\n1,A', headers: { 'Content-Type': 'text/csv' } };
    const { data } = await run(exportRecords('o', 'cases', { type: 'csv' }), {
      'GET /api/outbreaks/o/cases/export': file,
    });
    expect(data).toBe('id,name\n1,A');
  });

  it('returns other files as base64', async () => {
    const bytes = Buffer.from([0x50, 0x4b, 0, 255]);
    const { data } = await run(exportRecords('o', 'cases', { type: 'xlsx' }), {
      'GET /api/outbreaks/o/cases/export': { body: { exportLogId: 'log-1' } },
      [LOG]: done,
      [DOWNLOAD]: { body: bytes, headers: { 'Content-Type': 'application/octet-stream' } },
    });
    expect(data).toBe(bytes.toString('base64'));
  });

  it('fails when the server could not finish the export', async () => {
    const operation = exportRecords('o', 'cases');
    await expect(
      run(operation, {
        'GET /api/outbreaks/o/cases/export': { body: { exportLogId: 'log-1' } },
        [LOG]: { body: { id: 'log-1', status: 'LNG_SYNC_STATUS_FAILED', error: 'Secretname' } },
      }),
    ).rejects.toSatisfy(
      error =>
        (error as { code: string }).code === 'BACKGROUND_FAILED' &&
        !JSON.stringify([error, (error as Error).message]).includes('Secretname'),
    );
  });

  it('does not download a file a second time when the first answer was lost', async () => {
    const broken = { status: 503, body: { error: {} } };
    await expect(
      run(exportRecords('o', 'cases'), {
        'GET /api/outbreaks/o/cases/export': { body: { exportLogId: 'log-1' } },
        [LOG]: done,
        [DOWNLOAD]: broken,
      }),
    ).rejects.toMatchObject({ code: 'SERVER_ERROR' });
    expect(api.callsOf(DOWNLOAD)).toHaveLength(1);
  });
});

describe('importFile', () => {
  const routes: Routes = {
    'POST /api/outbreaks/o/importable-files': {
      body: { id: 'file-1', suggestedFieldMapping: { name: 'firstName' } },
    },
    'POST /api/outbreaks/o/cases/import-importable-file-using-map': {
      body: { importLogId: 'log-1' },
    },
    'GET /api/import-logs/log-1': {
      body: { id: 'log-1', status: 'LNG_SYNC_STATUS_SUCCESS_WITH_WARNINGS', totalNo: 3 },
    },
    'GET /api/import-results': {
      body: [
        {
          id: 'x',
          importLogId: 'log-1',
          recordNo: 2,
          error: { code: 'INVALID_VISUAL_ID_MASK', message: 'Secretname' },
          data: { file: { name: 'Secretname' } },
        },
      ],
    },
  };

  it('uploads rows, maps them, waits, and reports what was not imported', async () => {
    const rows = [{ name: 'A' }, { name: 'B' }, { name: 'C' }];
    const next = await run(importFile('o', 'cases', { rows: dataValue('rows') as never }), routes, {
      data: { rows },
    });
    expect(next.data).toEqual({
      total: 3,
      failed: [{ recordNo: 2, code: 'INVALID_VISUAL_ID_MASK' }],
    });
    expect(next.report).toMatchObject({
      'import-file': { read: 3, rejectedCount: 1, rejected: [{ id: '2' }] },
    });
    expect(JSON.stringify(next.report)).not.toContain('Secretname');
    const upload = api.calls[1]!;
    const form = await new Response(upload.bytes, {
      headers: { 'Content-Type': String(upload.headers['content-type']) },
    }).formData();
    expect(form.get('model')).toBe('case');
    expect(JSON.parse(await (form.get('file') as File).text())).toEqual(rows);
    expect(api.calls[2]!.body).toEqual({
      fileId: 'file-1',
      map: { name: 'firstName' },
      valuesMap: {},
    });
  });

  it('fails if the job says so, or if no record was imported, with the report in the state', async () => {
    const file = { rows: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] };
    const none = {
      ...routes,
      'GET /api/import-results': {
        body: [1, 2, 3].map(recordNo => ({ recordNo, error: { code: 'X' } })),
      },
    };
    for (const [options, answers, count] of [
      [{ onRejected: 'fail' }, routes, 1],
      [{ onRejected: { failAbove: 0.3 } }, routes, 1],
      [{}, none, 3],
    ] as const) {
      const state: Partial<State> = {};
      const failure = run(given => {
        Object.assign(state, given);
        return importFile('o', 'cases', file, options)(state as State);
      }, answers);
      await expect(failure).rejects.toMatchObject({
        code: 'REJECTED',
        message: expect.stringContaining(`${count} of 3 records were rejected`),
      });
      expect(state.report).toMatchObject({ 'import-file': { read: 3, rejectedCount: count } });
    }
    const { data } = await run(
      importFile('o', 'cases', file, { onRejected: { failAbove: 0.4 } }),
      routes,
    );
    expect(data).toMatchObject({ total: 3 });
  });

  it('uses the mapping of the job', async () => {
    const mapping = { map: { n: 'lastName' }, valuesMap: { n: { x: 'y' } } };
    await run(importFile('o', 'cases', { name: 'a.csv', content: 'n\nx' }, mapping), routes);
    expect(api.calls[2]!.body).toEqual({ fileId: 'file-1', ...mapping });
  });
});

describe('bulkUpdate', () => {
  it('sends batches, keeps the changes that succeeded, and reports the others without their content', async () => {
    const changes = Array.from({ length: 150 }, (_, index) => ({
      id: `c${index}`,
      occupation: 'x',
    }));
    const rows = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => ({ recordNo: n, contact: { id: `c${from + n}` } }));
    const next = await run(bulkUpdate('o', 'cases', changes), {
      'PUT /api/outbreaks/o/cases/bulk': [
        {
          status: 422,
          body: {
            error: {
              code: 'MULTIPLE_CONTACTS_UPDATE_PARTIAL_SUCCESS',
              details: {
                failed: [
                  { recordNo: 1, error: { code: 'MODEL_NOT_FOUND', message: 'Secretname' } },
                  { recordNo: 2, error: { name: 'ValidationError', message: 'Secretname' } },
                ],
                success: rows(0, 100).filter(({ recordNo }) => recordNo !== 1 && recordNo !== 2),
              },
            },
          },
        },
        { body: rows(100, 50) },
      ],
    });
    expect(next.data).toEqual({
      updated: changes.flatMap(({ id }) => (id === 'c1' || id === 'c2' ? [] : [{ id }])),
      failed: [
        { id: 'c1', code: 'MODEL_NOT_FOUND' },
        { id: 'c2', code: 'ValidationError' },
      ],
    });
    expect(next.report).toMatchObject({
      'bulk-update': { read: 150, updated: 148, rejectedCount: 2 },
    });
    expect(api.calls.slice(1).map(({ body }) => (body as object[]).length)).toEqual([100, 50]);
  });

  it('fails if the job says so, and always if every change was refused', async () => {
    const changes = [{ id: 'c0' }, { id: 'c1' }];
    const partial = (...numbers: number[]): Routes => ({
      'PUT /api/outbreaks/o/cases/bulk': {
        status: 422,
        body: {
          error: {
            code: 'MULTIPLE_CONTACTS_UPDATE_PARTIAL_SUCCESS',
            details: {
              failed: numbers.map(recordNo => ({ recordNo, error: { code: 'MODEL_NOT_FOUND' } })),
              success: [0, 1]
                .filter(recordNo => !numbers.includes(recordNo))
                .map(recordNo => ({ recordNo, contact: { id: `c${recordNo}` } })),
            },
          },
        },
      },
    });
    const half = bulkUpdate('o', 'cases', changes, { onRejected: { failAbove: 0.5 } });
    expect((await run(half, partial(1))).report).toMatchObject({
      'bulk-update': { updated: 1, rejectedCount: 1 },
    });
    const strict = bulkUpdate('o', 'cases', changes, { onRejected: 'fail' });
    await expect(run(strict, partial(1))).rejects.toMatchObject({ code: 'REJECTED' });
    const all = run(bulkUpdate('o', 'cases', changes), partial(0, 1));
    await expect(all).rejects.toMatchObject({ code: 'REJECTED', details: { rejected: 2 } });
    const unknown = bulkUpdate('o', 'cases', changes, { onreject: 'fail' } as never);
    await expect(run(unknown, partial(1))).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('fails when a whole request fails', async () => {
    const failure = { status: 422, body: { error: { code: 'SOMETHING_ELSE' } } };
    await expect(
      run(bulkUpdate('o', 'cases', [{ id: 'c' }]), { 'PUT /api/outbreaks/o/cases/bulk': failure }),
    ).rejects.toMatchObject({ code: 'REFUSED', details: { serverCode: 'SOMETHING_ELSE' } });
  });
});

describe('request', () => {
  it('sends requests that have no operation, with objects as JSON', async () => {
    const { data } = await run(
      request('GET', 'outbreaks/o/cases/per-classification/count?a=1', {
        query: { filter: { where: { id: dataValue('id') } } },
      }),
      { 'GET /api/outbreaks/o/cases/per-classification/count': { body: { count: 3 } } },
      { data: { id: 'x' } },
    );
    expect(data).toEqual({ count: 3 });
    expect(api.calls[1]!.query).toEqual({ a: ['1'], filter: ['{"where":{"id":"x"}}'] });
  });

  it('writes to an outbreak that is not the active one, and restores the active one', async () => {
    const denied = { status: 403, body: { error: { code: 'ACCESS_DENIED', details: {} } } };
    await run(
      request('POST', '/outbreaks/o%20/generate-followups', { body: { startDate: '2026-03-01' } }),
      {
        'POST /api/outbreaks/o /generate-followups': [denied, { body: { count: 2 } }],
        'GET /api/users/user-1': { body: { id: 'user-1', activeOutbreakId: 'before' } },
        'PATCH /api/users/user-1': { body: {} },
      },
    );
    expect(api.callsOf('PATCH /api/users/user-1').map(({ body }) => body)).toEqual([
      { activeOutbreakId: 'o ' },
      { activeOutbreakId: 'before' },
    ]);
  });

  it('names neither query nor body in an error', async () => {
    const operation = request('POST', '/templates?secret=1', { body: { name: 'Secretname' } });
    await expect(run(operation, {})).rejects.toSatisfy(
      error => !/secret/i.test(JSON.stringify([error, (error as Error).message])),
    );
  });
});

describe('an account', () => {
  it('whose active outbreak cannot be restored makes the write fail, with a message that says so', async () => {
    const denied = { status: 403, body: { error: { code: 'ACCESS_DENIED', details: {} } } };
    await expect(
      run(upsertCluster('o', 'name', { name: 'Market' }), {
        'GET /api/outbreaks/o/clusters': { body: [] },
        'POST /api/outbreaks/o/clusters': [denied, { body: { id: 'k' } }],
        'GET /api/users/user-1': { body: { id: 'user-1', activeOutbreakId: 'before' } },
        'PATCH /api/users/user-1': [{ body: {} }, { status: 422, body: {} }],
      }),
    ).rejects.toMatchObject({
      code: 'ACTIVE_OUTBREAK_NOT_RESTORED',
      details: { activeOutbreakId: 'before' },
    });
  });
});
