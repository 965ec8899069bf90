import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { GoDataClient } from '#godata/Adaptor.js';
import {
  type FakeApi,
  filterOf,
  GODATA_LOGIN,
  type Routes,
  startFakeApi,
} from '../../support/fake-api.js';
import { aCase, OUTBREAK } from '../../support/outbreak.js';
import { type Servers, startServers } from '../../support/workflow.js';

let servers: Servers | undefined;
let api: FakeApi | undefined;
afterEach(async () => {
  await Promise.all([servers?.close(), api?.close()]);
  servers = api = undefined;
});

async function clientOfSandbox(people: ReturnType<typeof aCase>[] = []) {
  servers = await startServers({ people, user: { activeOutbreakId: OUTBREAK } });
  return new GoDataClient(servers.credentials.godata);
}

async function clientOf(routes: Routes) {
  api = await startFakeApi({ ...GODATA_LOGIN, ...routes });
  return new GoDataClient({ apiUrl: `${api.url}/api`, email: 'a@b.c', password: 'secret' });
}

async function collect<T>(iterator: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of iterator) items.push(item);
  return items;
}

describe('reading', () => {
  it('returns every record once, for any page size', async () => {
    const people = Array.from({ length: 23 }, () => aCase());
    const client = await clientOfSandbox(people);
    const wanted = people.map(({ id }) => id).sort();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async pageSize => {
        const records = await collect(client.outbreak(OUTBREAK).cases.all({ pageSize }));
        expect(records.map(({ id }) => id)).toEqual(wanted);
      }),
      { numRuns: 15 },
    );
  });

  it('returns every lab result and follow-up once, although their lists cannot be ordered by id', async () => {
    const client = await clientOfSandbox([aCase({ id: 'a' })]);
    const wanted = ['d', 'b', 'e', 'a', 'c'];
    for (const [n, id] of wanted.entries()) {
      const createdAt = `2026-01-0${n + 1}T00:00:00.000Z`;
      const record = { id, outbreakId: OUTBREAK, personId: 'a', createdAt };
      servers!.goData.store.labResults.put(record);
      servers!.goData.store.followUps.put(record);
    }
    const { labResults, followUps } = client.outbreak(OUTBREAK);
    for (const set of [labResults, followUps]) {
      const records = await collect(set.all({ pageSize: 2 }));
      expect(records.map(({ id }) => id)).toEqual([...wanted].sort());
    }
  });

  it('reads no more pages than are used, plus one ahead', async () => {
    const client = await clientOfSandbox(Array.from({ length: 50 }, () => aCase()));
    for await (const _ of client.outbreak(OUTBREAK).cases.all({ pageSize: 10 })) break;
    const asked = servers!.goData.requests.byRoute()['GET /api/outbreaks/{id}/cases'];
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('counts with and without conditions', async () => {
    const client = await clientOfSandbox([aCase({ id: 'a' }), aCase({ id: 'b' })]);
    const { cases } = client.outbreak(OUTBREAK);
    expect([await cases.count(), await cases.count({ id: 'a' })]).toEqual([2, 1]);
    expect(await client.server.locations.count()).toBe(7);
  });

  it('returns one record, and fails for an unknown id', async () => {
    const client = await clientOfSandbox([aCase({ id: 'a' })]);
    expect(await client.outbreak(OUTBREAK).cases.get('a')).toMatchObject({ id: 'a' });
    await expect(client.outbreak(OUTBREAK).cases.get('b')).rejects.toMatchObject({
      code: 'UNKNOWN_ID',
    });
    await expect(client.server.outbreaks.get('b')).rejects.toMatchObject({ code: 'UNKNOWN_ID' });
  });

  it.each([
    [['name'], ['name', 'id', 'deleted']],
    [{ name: true, id: false }, ['name', 'id', 'deleted']],
    [{ name: false, id: false }, { name: false }],
    [[], []],
  ])('with the fields %j requests %j', async (fields, asked) => {
    const client = await clientOf({ 'GET /api/teams': { body: [] } });
    await client.server.teams.list({ fields: fields as string[] });
    expect(filterOf(api!.calls[1]!).fields).toEqual(asked);
  });

  it('refuses a list whose items are not records', async () => {
    const client = await clientOf({ 'GET /api/teams': { body: [{ name: 'no id' }] } });
    await expect(client.server.teams.list()).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });
});

describe('writing', () => {
  it('creates, changes, deletes and restores', async () => {
    const client = await clientOfSandbox();
    const { cases } = client.outbreak(OUTBREAK);
    const { id } = await cases.create({ firstName: 'A', gender: 'x' });
    expect(await cases.update(id, { firstName: 'B', gender: null })).toMatchObject({
      firstName: 'B',
      gender: null,
    });
    await cases.remove(id);
    expect(await cases.count()).toBe(0);
    await cases.restore(id);
    expect(await cases.get(id)).toMatchObject({ firstName: 'B' });
  });

  it('never repeats a creation, but repeats a change until it succeeds', async () => {
    const busy = { status: 503, body: {} };
    const client = await clientOf({
      'POST /api/teams': busy,
      'PUT /api/teams/t': [busy, { body: { id: 't' } }],
    });
    const draft = { name: 'North', userIds: [] };
    await expect(client.server.teams.create(draft)).rejects.toMatchObject({ code: 'SERVER_ERROR' });
    await client.server.teams.update('t', draft);
    expect(api!.log()).toEqual(['POST /api/teams', 'PUT /api/teams/t', 'PUT /api/teams/t']);
  });

  it('changes an account with PATCH, the only way', async () => {
    const client = await clientOf({ 'PATCH /api/users/u': { body: { id: 'u' } } });
    await client.server.users.update('u', { languageId: 'french_fr' });
    expect(api!.log()).toEqual(['PATCH /api/users/u']);
  });

  it('names the properties that the server refuses, but not their values', async () => {
    const client = await clientOfSandbox();
    const error = await client
      .outbreak(OUTBREAK)
      .cases.create({ firstName: 'Secretname', dateOfOnset: 'Secretdate' })
      .catch(thrown => thrown);
    expect(error).toMatchObject({ code: 'REFUSED', details: { fields: ['dateOfOnset'] } });
    expect(JSON.stringify([error, error.message])).not.toContain('Secret');
  });
});

describe('a record of a person', () => {
  it('has its own paths', async () => {
    const record = { body: { id: 'r' } };
    const client = await clientOf({
      'GET /api/outbreaks/o/events/e/relationships': { body: [] },
      'GET /api/outbreaks/o/cases/c/follow-ups/r': record,
      'POST /api/outbreaks/o/cases/c/lab-results': record,
      'GET /api/outbreaks/o/cases/c/lab-results/count': { body: { count: 2 } },
      'DELETE /api/outbreaks/o/cases/c/lab-results/r': { status: 204 },
      'PUT /api/outbreaks/o/lab-results/r': record,
      'GET /api/outbreaks/o/follow-ups/filtered-count': { body: { count: 1 } },
    });
    const outbreak = client.outbreak('o');
    const person = outbreak.person('cases', 'c');
    await outbreak.person('events', 'e').relationships.list();
    await person.followUps.get('r');
    await person.labResults.create({ dateSampleTaken: '2026-02-02' });
    expect(await person.labResults.count()).toBe(2);
    await person.labResults.remove('r');
    await outbreak.labResults.update('r', { notes: 'x' });
    expect(await person.followUps.count({ targeted: true })).toBe(1);
    expect(filterOf(api!.calls.at(-1)!)).toEqual({ where: { targeted: true, personId: 'c' } });
  });
});
