import { afterEach, describe, expect, it } from 'vitest';
import type { State } from '#common/reporting/report.js';
import {
  dataValue,
  each,
  execute,
  GoDataClient,
  getCase,
  listCases,
  listContacts,
  upsertCase,
  upsertContact,
  upsertEvent,
} from '#godata/Adaptor.js';
import { aCase, OUTBREAK } from '../../support/outbreak.js';
import { type Servers, startServers } from '../../support/workflow.js';

let servers: Servers;
afterEach(() => servers?.close());

const CASE_TYPE = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE';
const OTHER = 'another-outbreak';
const EXTERNAL_ID = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_EXTERNAL_ID';

interface Traits {
  people?: ReturnType<typeof aCase>[];
  user?: object;
  caseIdMask?: string;
  eventIdMask?: string;
}

/** A sandbox with an account whose active outbreak is the test outbreak. */
async function start({ people = [], user = {}, caseIdMask = '*', eventIdMask = '*' }: Traits = {}) {
  servers = await startServers({ people, user: { activeOutbreakId: OUTBREAK, ...user } });
  const { outbreaks } = servers.goData.store;
  outbreaks.update(OUTBREAK, { caseIdMask, eventIdMask });
  outbreaks.put({ id: OTHER, name: 'Another', caseIdMask, deleted: false });
}

const state = (more: Partial<State> = {}): State => ({
  configuration: servers.credentials.godata,
  ...more,
});
const cases = (outbreak = OUTBREAK) =>
  servers.goData.store.people
    .all()
    .filter(
      person => person.type === CASE_TYPE && person.outbreakId === outbreak && !person.deleted,
    );
const requests = () => servers.goData.requests.byRoute();
const count = (route: string) => requests()[route] ?? 0;
const activeOutbreak = () => servers.goData.store.users.get('user-1')!.activeOutbreakId;

describe('listCases', () => {
  it('puts all cases into data, and the former data into the references', async () => {
    await start({ people: Array.from({ length: 2500 }, () => aCase()) });
    const next = await listCases(OUTBREAK)(state({ data: 'before', references: ['first'] }));
    expect(next.data).toHaveLength(2500);
    expect(new Set((next.data as { id: string }[]).map(({ id }) => id)).size).toBe(2500);
    expect(next.references).toEqual(['first', 'before']);
    expect(count('GET /api/outbreaks/{id}/cases')).toBe(3);
  });

  it('passes the next state to the callback, with or without a query', async () => {
    await start({ people: [aCase({ classification: 'SUSPECT' }), aCase()] });
    const callback = (next: State) => ({ ...next, seen: (next.data as unknown[]).length });
    expect(await listCases(OUTBREAK, callback)(state())).toMatchObject({ seen: 2 });
    expect(await listCases(OUTBREAK, {}, callback)(state())).toMatchObject({ seen: 2 });
    const query = {
      where: { classification: 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_SUSPECT' },
    };
    expect(await listCases(OUTBREAK, query, callback)(state())).toMatchObject({ seen: 1 });
    expect(await getCase(OUTBREAK, query, {}, callback)(state())).toMatchObject({ seen: 1 });
    expect(await getCase(OUTBREAK, query, callback)(state())).toMatchObject({ seen: 1 });
  });

  it('reads a part in one request, when the query has a limit', async () => {
    await start({ people: ['C', 'A', 'B'].map(id => aCase({ id })) });
    const query = { order: ['id DESC'], limit: 2, fields: ['id'] };
    const { data } = await listCases(OUTBREAK, query)(state());
    expect((data as { id: string }[]).map(({ id }) => id)).toEqual(['C', 'B']);
    expect(count('GET /api/outbreaks/{id}/cases')).toBe(1);
  });

  it('names the missing permission instead of returning bare ids', async () => {
    await start({ people: [aCase()], user: { permissions: ['outbreak_view'] } });
    await expect(listCases(OUTBREAK)(state())).rejects.toMatchObject({
      code: 'MISSING_PERMISSION',
      details: { permissions: ['case_list'] },
    });
  });

  it('fails when the request fails', async () => {
    await start();
    await expect(listCases('nowhere')(state())).rejects.toMatchObject({ code: 'UNKNOWN_ID' });
  });
});

describe('the arguments', () => {
  it('may be functions of the state, and contain such functions', async () => {
    await start({ people: [aCase({ visualId: 'X-1' }), aCase({ visualId: 'X-2' })] });
    const input = state({ data: { wanted: 'X-2', outbreak: OUTBREAK } });
    const outbreak = dataValue('outbreak');
    const found = [
      await getCase(outbreak, { where: { visualId: dataValue('wanted') } })(input),
      await getCase(OUTBREAK, () => ({ where: { visualId: 'X-2' } }))(input),
    ];
    for (const { data } of found) expect(data).toMatchObject([{ visualId: 'X-2' }]);
  });

  it('that are not ids are refused before any request', async () => {
    await start();
    await expect(listContacts('')(state())).rejects.toMatchObject({
      code: 'BAD_OPTION',
      kind: 'configuration',
    });
    expect(requests()).toEqual({});
  });
});

describe('upsertCase', () => {
  const upsert = (visualId: string, more: object = {}) =>
    upsertCase(OUTBREAK, 'visualId', { visualId, firstName: 'A', ...more });

  it('creates a case, then updates the same case', async () => {
    await start();
    const created = await upsert('P-1', { gender: 'x' })(state());
    const updated = await upsert('P-1', { firstName: 'B' })(state());
    expect(cases()).toMatchObject([{ visualId: 'P-1', firstName: 'B', gender: 'x' }]);
    expect((updated.data as State).id).toBe((created.data as State).id);
  });

  it('accepts the data as they are, wrapped, and as a function in both forms', async () => {
    await start();
    const record = { visualId: 'P-1', firstName: 'A' };
    const shapes = [record, () => record, { data: record }, { data: () => record }];
    for (const shape of shapes) {
      await upsertCase(OUTBREAK, 'visualId', shape)(state());
    }
    expect(cases()).toHaveLength(1);
  });

  it('finds a visual id in which the server has put backslashes', async () => {
    await start();
    await upsert('P/1-a.b')(state());
    await upsert('P/1-a.b', { firstName: 'B' })(state());
    expect(cases()).toMatchObject([{ visualId: 'P/1-a\\.b', firstName: 'B' }]);
  });

  it.each(['2026-01-30', 'or', 'id'])(
    'finds %s, which the server would misread in a filter',
    async visualId => {
      await start();
      await upsert(visualId)(state());
      await upsert(visualId)(state());
      expect(cases()).toHaveLength(1);
    },
  );

  it('refuses when several match, and writes nothing', async () => {
    await start({ people: ['1', '2'].map(id => aCase({ id, occupation: 'same' })) });
    const before = JSON.stringify(cases());
    await expect(
      upsertCase(OUTBREAK, 'occupation', { occupation: 'same', firstName: 'B' })(state()),
    ).rejects.toMatchObject({ code: 'AMBIGUOUS_RECORD', details: { ids: ['1', '2'] } });
    expect(JSON.stringify(cases())).toBe(before);
  });

  it('refuses data without the property to find the record by', async () => {
    await start({ people: [aCase()] });
    for (const data of [{ firstName: 'A' }, { visualId: '' }, { visualId: null }]) {
      await expect(upsertCase(OUTBREAK, 'visualId', data as object)(state())).rejects.toMatchObject(
        { code: 'NO_EXTERNAL_ID' },
      );
    }
    expect(cases()).toHaveLength(1);
  });

  it('never changes the id of a case', async () => {
    await start({ people: [aCase({ id: 'kept', visualId: 'P-1' })] });
    await upsert('P-1', { id: 'another' })(state());
    expect(cases()).toMatchObject([{ id: 'kept', firstName: 'A' }]);
  });

  it('fails when the server refuses the record, and names the properties', async () => {
    await start();
    await expect(upsert('P-1', { dateOfOnset: 'never' })(state())).rejects.toMatchObject({
      code: 'REFUSED',
      details: { status: 422 },
    });
    expect(cases()).toHaveLength(0);
  });

  it('logs in once for all records of a step', async () => {
    await start();
    const items = Array.from({ length: 20 }, (_, index) => ({ code: `P-${index}` }));
    await execute(
      each('$.items[*]', upsertCase(OUTBREAK, 'visualId', { visualId: dataValue('code') })),
    )(state({ items }));
    expect(cases()).toHaveLength(20);
    expect(count('POST /api/users/login')).toBe(1);
  });
});

describe('visual ids that the server assigns', () => {
  const upsert = (visualId: string, firstName: string, more: object = {}) =>
    upsertCase(OUTBREAK, 'visualId', { visualId, firstName, ...more })(state());

  it('do not make an upsert create the same person again and again', async () => {
    await start({ caseIdMask: 'CASE-9999' });
    await upsert('CASE-0042', 'A');
    await upsert('CASE-0042', 'B', { documents: [{ type: 'PASSPORT', number: '1' }] });
    await upsert('CASE-0042', 'C');
    expect(cases()).toMatchObject([
      {
        visualId: 'CASE-0001',
        firstName: 'C',
        documents: [
          { type: 'PASSPORT', number: '1' },
          { type: EXTERNAL_ID, number: 'CASE-0042' },
        ],
      },
    ]);
  });

  it('do not confuse a person with another who has the same number', async () => {
    await start({ caseIdMask: 'CASE-9999' });
    await upsert('CASE-0042', 'A');
    // The server has assigned to A the number that B has in another system.
    await upsert('CASE-0001', 'B');
    await upsert('CASE-0001', 'B2');
    expect(cases().map(({ firstName, visualId }) => [firstName, visualId])).toEqual([
      ['A', 'CASE-0001'],
      ['B2', 'CASE-0002'],
    ]);
  });

  it.each([
    ['was registered in Go.Data itself', []],
    ['also has an id of a third system', [{ type: EXTERNAL_ID, number: 'Ab1Cd2Ef3Gh' }]],
  ])('find a person who %s', async (_, documents) => {
    const people = [aCase({ id: 'own', visualId: 'CASE-2026-0001', documents })];
    await start({ caseIdMask: 'CASE-YYYY-9999', people });
    await upsert('CASE-2026-0001', 'A');
    expect(cases()).toMatchObject([{ id: 'own', firstName: 'A' }]);
  });

  it('are refused for events, which have no documents for another id', async () => {
    await start({ eventIdMask: 'EV-9999' });
    await expect(
      upsertEvent(OUTBREAK, 'visualId', { visualId: 'EV-0042', name: 'Funeral' })(state()),
    ).rejects.toMatchObject({ code: 'VISUAL_ID_NOT_KEPT', kind: 'configuration' });
    await upsertEvent(OUTBREAK, 'name', { name: 'Funeral' })(state());
    await upsertEvent(OUTBREAK, 'name', { name: 'Funeral' })(state());
    expect(servers.goData.store.people.all()).toHaveLength(1);
  });
});

describe('the active outbreak', () => {
  const write = (outbreak: string) =>
    upsertCase(outbreak, 'visualId', { visualId: 'P-1', firstName: 'A' })(state());

  it('is neither read nor changed for a write to it', async () => {
    await start();
    await write(OUTBREAK);
    expect(count('GET /api/users/{id}') + count('PATCH /api/users/{id}')).toBe(0);
  });

  it.each([[OUTBREAK], [null]])('is %s again after a write to another outbreak', async active => {
    await start({ user: { activeOutbreakId: active } });
    await write(OTHER);
    expect(cases(OTHER)).toHaveLength(1);
    expect(activeOutbreak()).toBe(active);
  });

  it('is also restored after a write that fails', async () => {
    await start();
    const failing = upsertCase(OTHER, 'visualId', { visualId: 'P-1', dateOfOnset: 'never' });
    await expect(failing(state())).rejects.toMatchObject({ code: 'REFUSED' });
    expect(activeOutbreak()).toBe(OUTBREAK);
    // The first attempt is refused, the second one loses its connection.
    servers.goData.faults.add({ kind: 'cut', route: 'POST /api/outbreaks/{id}/cases', at: 2 });
    await expect(write(OTHER)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(activeOutbreak()).toBe(OUTBREAK);
  });

  it('serves parallel writes to several outbreaks, one after the other', async () => {
    await start();
    const third = 'third-outbreak';
    servers.goData.store.outbreaks.put({ id: third, name: 'Third', deleted: false });
    const client = new GoDataClient(servers.credentials.godata);
    const outbreaks = Array.from({ length: 5 }, () => [OTHER, OUTBREAK, third]).flat();
    await Promise.all(outbreaks.map(id => client.outbreak(id).cases.create({ firstName: 'A' })));
    expect([OUTBREAK, OTHER, third].map(id => cases(id).length)).toEqual([5, 5, 5]);
    expect(activeOutbreak()).toBe(OUTBREAK);
  });

  it('does not change when the account may not see the other outbreak', async () => {
    await start({ user: { outbreakIds: [OUTBREAK] } });
    const client = new GoDataClient(servers.credentials.godata);
    await expect(client.outbreak(OTHER).cases.create({ firstName: 'A' })).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
    });
    expect(count('PATCH /api/users/{id}')).toBe(0);
  });
});

describe('upsertContact', () => {
  it('works like upsertCase', async () => {
    await start();
    for (const firstName of ['A', 'B']) {
      await upsertContact(OUTBREAK, 'id', { id: 'contact-1', firstName })(state());
    }
    const { data } = await listContacts(OUTBREAK)(state());
    expect(data).toMatchObject([{ id: 'contact-1', firstName: 'B' }]);
  });
});
