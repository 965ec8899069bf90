import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { create, dataValue, destroy, tracker, update, upsert } from '#dhis2/Adaptor.js';
import { chunkPayload } from '#dhis2/tracker/import/chunks.js';
import { countObjects, KINDS } from '#dhis2/tracker/import/payload.js';
import { type ImportReport, mergeReports } from '#dhis2/tracker/import/report.js';
import { attempt, run } from './support.js';

const stats = (created: number, ignored = 0) => ({
  created,
  updated: 0,
  deleted: 0,
  ignored,
  total: created + ignored,
});
const OK: ImportReport = {
  status: 'OK',
  stats: stats(1),
  validationReport: { errorReports: [], warningReports: [] },
  bundleReport: {
    typeReportMap: {
      TRACKED_ENTITY: { trackerType: 'TRACKED_ENTITY', stats: stats(1), objectReports: [{}] },
    },
  },
};
const error = (uid: string, errorCode = 'E1064') => ({
  errorCode,
  trackerType: 'TRACKED_ENTITY',
  uid,
  message: 'Non-unique attribute value Secretname',
});
const refused: ImportReport = {
  status: 'ERROR',
  stats: stats(0, 2),
  validationReport: {
    errorReports: [error('PersonAAAA1'), error('PersonAAAA2', 'E1007')],
    warningReports: [],
  },
};
const IMPORT = 'POST /api/tracker';
const entities = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, index) => ({ trackedEntity: `te${index}`, ...more }));

describe('tracker.import', () => {
  it.each(['CREATE', 'UPDATE', 'CREATE_AND_UPDATE', 'DELETE'] as const)(
    'sends the strategy %s',
    async strategy => {
      const payload = { trackedEntities: entities(1) };
      const { next, api } = await run(tracker.import(strategy, payload, { atomicMode: 'OBJECT' }), {
        [IMPORT]: { body: OK },
      });
      expect(api.calls[0]).toMatchObject({
        query: { importStrategy: [strategy], async: ['false'], atomicMode: ['OBJECT'] },
        body: payload,
      });
      expect(next).toMatchObject({ data: OK, response: { statusCode: 200 } });
    },
  );

  it('refuses another strategy before sending anything', async () => {
    const { outcome, api } = await attempt(tracker.import('DELET' as 'DELETE', {}), {});
    await expect(outcome).rejects.toMatchObject({ code: 'BAD_OPTION' });
    expect(api.calls).toHaveLength(0);
  });

  it('accepts functions as arguments, and does not change their results', async () => {
    const payload = { events: [{ event: 'e', note: 'x' }] };
    const { api } = await run(
      tracker.import(() => 'CREATE', dataValue('payload') as never, {
        program: dataValue('program') as never,
      }),
      { [IMPORT]: { body: OK } },
      { data: { payload, program: 'p' } },
    );
    expect(api.calls[0]).toMatchObject({ body: payload, query: { program: ['p'] } });
  });

  it('sends 500 objects in each request, and adds up the reports', async () => {
    const payload = { trackedEntities: entities(400, { enrollments: [{ events: [{}] }] }) };
    const { next, api } = await run(tracker.import('CREATE', payload), { [IMPORT]: { body: OK } });
    const sizes = api.calls.map(({ body }) =>
      (body as { trackedEntities: object[] }).trackedEntities.reduce<number>(
        (sum, object) => sum + countObjects(object as never),
        0,
      ),
    );
    expect(sizes).toEqual([498, 498, 204]);
    expect(next.data).toMatchObject({
      status: 'OK',
      stats: { created: 3, total: 3 },
      bundleReport: {
        typeReportMap: { TRACKED_ENTITY: { stats: { created: 3 }, objectReports: [{}, {}, {}] } },
      },
    });
  });

  it('never splits an all-or-nothing import', async () => {
    const payload = { trackedEntities: entities(1200) };
    const { api } = await run(tracker.import('CREATE', payload, { atomicMode: 'ALL' }), {
      [IMPORT]: { body: OK },
    });
    expect(api.calls).toHaveLength(1);
  });

  it('fails if nothing was stored, with codes and ids but no message', async () => {
    const { outcome } = await attempt(tracker.import('CREATE', { trackedEntities: entities(2) }), {
      [IMPORT]: { status: 409, body: refused },
    });
    await expect(outcome).rejects.toMatchObject({
      code: 'IMPORT_REFUSED',
      message: 'DHIS2 refused all objects: E1064, E1007.',
      details: {
        stats: stats(0, 2),
        errors: [
          { code: 'E1064', type: 'TRACKED_ENTITY', uid: 'PersonAAAA1' },
          { code: 'E1007', type: 'TRACKED_ENTITY', uid: 'PersonAAAA2' },
        ],
      },
    });
    const thrown = await outcome.catch(failure => failure);
    expect(JSON.stringify([thrown, thrown.message])).not.toContain('Secretname');
  });

  it('reports the refused objects of an import that stored the others', async () => {
    const payload = { trackedEntities: entities(600) };
    const { next } = await run(tracker.import('CREATE', payload), {
      [IMPORT]: [
        { body: { ...OK, stats: stats(500) } },
        { status: 409, body: { ...refused, stats: stats(0, 100) } },
      ],
    });
    expect(next.data).toMatchObject({ status: 'ERROR', stats: stats(500, 100) });
    expect(next.report!['tracker-import']).toMatchObject({
      created: 500,
      updated: 0,
      // All objects of a request are refused because of one of them.
      rejectedCount: 100,
    });
    expect(next.report!['tracker-import']!.rejected!.slice(0, 2)).toEqual([
      { kind: 'tracked entity', id: 'PersonAAAA1', code: 'E1064', message: expect.any(String) },
      { kind: 'tracked entity', id: 'PersonAAAA2', code: 'E1007', message: expect.any(String) },
    ]);
    expect(JSON.stringify(next.report)).not.toContain('Secretname');
  });

  it('fails on every other refusal', async () => {
    const failing = async (answer: { status: number; body: object }) =>
      (await attempt(tracker.import('CREATE', {}), { [IMPORT]: answer })).outcome;
    await expect(failing({ status: 403, body: { message: 'no' } })).rejects.toMatchObject({
      code: 'MISSING_PERMISSION',
    });
    await expect(failing({ status: 409, body: { message: 'Conflict' } })).rejects.toMatchObject({
      code: 'SERVER_ERROR',
    });
    await expect(failing({ status: 200, body: { message: 'hello' } })).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
    });
  });

  it('is repeated after a lost answer only if that changes nothing', async () => {
    const count = async (strategy: 'CREATE' | 'CREATE_AND_UPDATE' | 'DELETE', payload: object) => {
      const routes = { [IMPORT]: [{ status: 503, body: {} }, { body: OK }] };
      const { outcome, api } = await attempt(tracker.import(strategy, payload), routes);
      await outcome.catch(() => {});
      return api.calls.length;
    };
    expect(await count('CREATE_AND_UPDATE', { trackedEntities: entities(1) })).toBe(2);
    expect(await count('CREATE', { trackedEntities: entities(1) })).toBe(1);
    expect(await count('DELETE', { trackedEntities: entities(1) })).toBe(1);
    expect(
      await count('CREATE_AND_UPDATE', { trackedEntities: entities(1, { enrollments: [{}] }) }),
    ).toBe(1);
  });
});

describe('a tracker import in the background', () => {
  const accepted = {
    body: { httpStatus: 'OK', response: { responseType: 'TrackerJob', id: 'job1' } },
  };
  const routes = {
    [IMPORT]: accepted,
    'GET /api/tracker/jobs/job1': [
      { body: [] },
      { body: [{ completed: false }] },
      { body: [{ completed: true }, { completed: false }] },
    ],
    'GET /api/tracker/jobs/job1/report': [{ status: 404, body: {} }, { body: OK }],
  };

  it('is awaited, and its report is the result', async () => {
    const operation = tracker.import('CREATE', { trackedEntities: entities(1) }, { async: true });
    const { next, api } = await run(operation, routes);
    expect(next.data).toMatchObject({ ...OK, response: { id: 'job1' } });
    expect(api.calls[0]!.query.async).toEqual(['true']);
    expect(api.callsOf('GET /api/tracker/jobs/job1')).toHaveLength(3);
    expect(api.calls.at(-1)!.query.reportMode).toEqual(['WARNINGS']);
  });

  it('fails if its report says so', async () => {
    const { outcome } = await attempt(
      tracker.import('CREATE', {}, { async: true, reportMode: 'ERRORS' }),
      {
        ...routes,
        'GET /api/tracker/jobs/job1': { body: [{ completed: true }] },
        'GET /api/tracker/jobs/job1/report': { status: 409, body: refused },
      },
    );
    await expect(outcome).rejects.toMatchObject({ code: 'IMPORT_REFUSED' });
  });
});

describe('tracker.export', () => {
  const event = (name: string) => ({ event: name, enrollment: 'same', trackedEntity: 'same' });

  it('reads one page, with unchanged parameters', async () => {
    const { next, api } = await run(tracker.export('events', { orgUnit: 'o' }), {
      'GET /api/tracker/events': { body: { events: [event('a')] } },
    });
    expect(next).toMatchObject({ data: { events: [event('a')] }, response: { statusCode: 200 } });
    expect(api.calls[0]!.query).toEqual({ orgUnit: ['o'] });
    const single = await run(tracker.export('trackedEntities/te1'), {
      'GET /api/tracker/trackedEntities/te1': { body: { trackedEntity: 'te1' } },
    });
    expect(single.next.data).toEqual({ trackedEntity: 'te1' });
  });

  it.each([
    ['2.40', 'instances', (page: number) => ({ page, pageSize: 2 })],
    ['2.41', 'events', (page: number) => ({ page, pageSize: 2, pager: { page, pageSize: 2 } })],
    ['2.42', 'events', (page: number) => ({ pager: { page, pageSize: 2 } })],
  ])('reads all pages of %s, without a total, and keeps duplicates once', async (_, key, pager) => {
    const pages = [[event('a'), event('b')], [event('b'), event('c')], [event('d')]];
    const { next } = await run(tracker.export('events', {}, { allPages: true }), {
      'GET /api/tracker/events': ({ query }) => {
        const page = Number(query.page![0]);
        return { body: { ...pager(page), [key]: pages[page - 1] } };
      },
    });
    expect(next.data).toEqual({ [key]: ['a', 'b', 'c', 'd'].map(event) });
  });
});

describe('create, update, upsert and destroy of tracker objects', () => {
  const bodyAndStrategy = async (operation: ReturnType<typeof create>, routes = {}) => {
    const { api } = await run(operation, { [IMPORT]: { body: OK }, ...routes });
    const { body, query } = api.calls.at(-1)!;
    return [query.importStrategy![0], body];
  };

  it('are imports with the id in the object', async () => {
    expect(await bodyAndStrategy(create('events', { program: 'p' }))).toEqual([
      'CREATE',
      { events: [{ program: 'p' }] },
    ]);
    expect(
      await bodyAndStrategy(create('events', [{ a: 1 }, { a: 2 }], { atomicMode: 'ALL' })),
    ).toEqual(['CREATE', { events: [{ a: 1 }, { a: 2 }] }]);
    expect(await bodyAndStrategy(update('trackedEntities', 'te1', { orgUnit: 'o' }))).toEqual([
      'UPDATE',
      { trackedEntities: [{ trackedEntity: 'te1', orgUnit: 'o' }] },
    ]);
    expect(await bodyAndStrategy(update('events', '', { event: 'e1' }))).toEqual([
      'UPDATE',
      { events: [{ event: 'e1' }] },
    ]);
    expect(await bodyAndStrategy(destroy('trackedEntities', 'te1'))).toEqual([
      'DELETE',
      { trackedEntities: [{ trackedEntity: 'te1' }] },
    ]);
    expect(await bodyAndStrategy(destroy('relationships', 'r1'))).toEqual([
      'DELETE',
      { relationships: [{ relationship: 'r1' }] },
    ]);
    expect(await bodyAndStrategy(upsert('enrollments', {}, { program: 'p' }))).toEqual([
      'CREATE_AND_UPDATE',
      { enrollments: [{ program: 'p' }] },
    ]);
  });

  it('search the object if there is a query and no id', async () => {
    const operation = upsert('trackedEntities', { filter: 'a:eq:1' }, { orgUnit: 'o' });
    const found = (list: object[]) => ({
      'GET /api/tracker/trackedEntities': { body: { trackedEntities: list } },
    });
    expect(await bodyAndStrategy(operation, found([{ trackedEntity: 'te1' }]))).toEqual([
      'CREATE_AND_UPDATE',
      { trackedEntities: [{ trackedEntity: 'te1', orgUnit: 'o' }] },
    ]);
    expect(await bodyAndStrategy(operation, found([]))).toEqual([
      'CREATE_AND_UPDATE',
      { trackedEntities: [{ orgUnit: 'o' }] },
    ]);
    const { outcome, api } = await attempt(
      operation,
      found([{ trackedEntity: 'a' }, { trackedEntity: 'b' }]),
    );
    await expect(outcome).rejects.toMatchObject({ code: 'AMBIGUOUS_RECORD' });
    expect(api.callsOf(IMPORT)).toHaveLength(0);
  });
});

describe('the parts of a payload', () => {
  const tracked = fc.letrec(tie => ({
    event: fc.record({ event: fc.uuid() }),
    enrollment: fc.record({
      enrollment: fc.uuid(),
      events: fc.array(tie('event'), { maxLength: 4 }),
    }),
    entity: fc.record({
      trackedEntity: fc.uuid(),
      enrollments: fc.array(tie('enrollment'), { maxLength: 3 }),
    }),
  }));
  const payloads = fc.record({
    trackedEntities: fc.array(tracked.entity, { maxLength: 8 }),
    events: fc.array(tracked.event, { maxLength: 20 }),
    relationships: fc.array(fc.record({ relationship: fc.uuid() }), { maxLength: 8 }),
  });

  it('contain every object once, in its order, and no more than the limit', () => {
    const limits = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(
        payloads,
        limits,
        fc.constantFrom('CREATE', 'DELETE'),
        (payload, limit, strategy) => {
          const chunks = chunkPayload(payload as never, strategy as 'CREATE', limit);
          for (const kind of KINDS) {
            const sent = chunks.flatMap(chunk => chunk[kind] ?? []);
            expect(sent).toEqual((payload as Record<string, unknown>)[kind] ?? []);
          }
          for (const chunk of chunks) {
            const objects = KINDS.flatMap(kind => chunk[kind] ?? []);
            const size = objects.reduce((sum, object) => sum + countObjects(object), 0);
            expect(size <= limit || objects.length === 1).toBe(true);
          }
          const order = chunks
            .flatMap(chunk => Object.keys(chunk))
            .filter(kind => (payload as Record<string, unknown[]>)[kind]!.length > 0);
          const wanted = KINDS.filter(kind => order.includes(kind));
          expect([...new Set(order)]).toEqual(strategy === 'DELETE' ? wanted.reverse() : wanted);
        },
      ),
    );
  });

  it('have reports whose sum does not depend on their grouping', () => {
    const reports = fc.record({
      status: fc.constantFrom('OK', 'WARNING', 'ERROR'),
      stats: fc.record({ created: fc.nat(9), ignored: fc.nat(9) }),
      validationReport: fc.record({
        errorReports: fc.array(fc.record({ uid: fc.uuid() }), { maxLength: 3 }),
      }),
    });
    fc.assert(
      fc.property(reports, reports, reports, (a, b, c) => {
        const [x, y, z] = [a, b, c] as ImportReport[];
        expect(mergeReports([mergeReports([x!, y!]), z!])).toEqual(
          mergeReports([x!, mergeReports([y!, z!])]),
        );
      }),
    );
  });
});
