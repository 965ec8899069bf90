import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { GoDataClient } from '#godata/client/client.js';
import { applyPlan } from '#godata/locations/apply/apply-plan.js';
import { importLocations } from '#godata/locations/apply/import-locations.js';
import { LocationTree } from '#godata/locations/plan/location-tree.js';
import type { LocationPlan } from '#godata/locations/plan/plan-batch.js';
import { startTestServer, type TestServer } from '../../support/http-server.js';

let server: TestServer;
afterEach(() => server.close());

/** A Go.Data that answers each import or change as the test defines. */
async function start(answer: (url: string) => [status: number, body: unknown]) {
  server = await startTestServer((request, response: ServerResponse) => {
    const [status, body] = request.url!.endsWith('/login')
      ? [200, { id: 'token', userId: 'user' }]
      : answer(request.url!);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  const credential = { apiUrl: `${server.url}/api`, email: 'a@b.org', password: 'x' };
  return new GoDataClient(credential, { retry: { attempts: 1, baseMs: 1, maxMs: 1 } });
}

const asked = () => server.requests.filter(({ url }) => !url.endsWith('/login')).length;
const locations = Array.from({ length: 500 }, (_, n) => ({ id: `l${n}`, name: `L${n}` }));

describe('the import of new locations', () => {
  it('stops when the server fails at one location after another', async () => {
    const client = await start(() => [500, { error: { code: 'INTERNAL_ERROR' } }]);
    await expect(importLocations(client, locations)).rejects.toMatchObject({
      code: 'SERVER_ERROR',
      kind: 'failure',
    });
    expect(asked()).toBeLessThan(20);
  });

  it('stops at once at a status that does not concern the locations', async () => {
    const client = await start(() => [502, {}]);
    await expect(importLocations(client, locations)).rejects.toMatchObject({
      code: 'SERVER_ERROR',
    });
    expect(asked()).toBe(1);
  });

  it('rejects locations that the answer does not have, or has as deleted', async () => {
    const client = await start(() => [200, [{ id: 'l0' }, { id: 'l1', deleted: true }]]);
    const rejected = await importLocations(client, locations.slice(0, 3));
    expect(rejected.map(({ id, code }) => [id, code])).toEqual([
      ['l1', 'DELETED_IN_GODATA'],
      ['l2', 'NOT_IMPORTED'],
    ]);
  });

  it.each([[{}], ['ok'], [null]])('does not accept the answer %j', async body => {
    const client = await start(() => [200, body]);
    await expect(importLocations(client, locations)).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
    });
  });

  it('halves a file that is too large for a proxy', async () => {
    let files = 0;
    const client = await start(() => {
      files += 1;
      return files <= 2 ? [413, {}] : [200, locations];
    });
    expect(await importLocations(client, locations)).toEqual([]);
    // 500 and 250 are too many; 125, 125 and 250 are not.
    expect(files).toBe(5);
  });
});

describe('the changes of locations', () => {
  const planOf = (count: number) =>
    ({
      before: [],
      creates: [],
      restored: new Set(),
      after: Array.from({ length: count }, (_, n) => ({ id: `l${n}`, changes: { name: `N${n}` } })),
      deactivations: [],
    }) as unknown as LocationPlan;

  it('stop when the server fails at one after another', async () => {
    const client = await start(() => [500, {}]);
    await expect(applyPlan(client, planOf(50), new LocationTree([]), 'mark')).rejects.toMatchObject(
      {
        code: 'SERVER_ERROR',
      },
    );
    expect(asked()).toBe(3);
  });

  it('continue after single ones at which the server fails, or which it refuses', async () => {
    const client = await start(url => {
      if (/l[147]$/.test(url)) return [500, {}];
      if (/l[23]$/.test(url)) {
        return [400, { error: { code: 'MODEL_IDENTIFIERS_ARE_NOT_UNIQUE_IN_CONTEXT' } }];
      }
      return [200, { id: url.split('/').at(-1) }];
    });
    const rejected = await applyPlan(client, planOf(10), new LocationTree([]), 'mark');
    expect([...rejected.values()].map(({ id, code }) => [id, code])).toEqual([
      ['l1', 'STATUS_500'],
      ['l2', 'MODEL_IDENTIFIERS_ARE_NOT_UNIQUE_IN_CONTEXT'],
      ['l3', 'MODEL_IDENTIFIERS_ARE_NOT_UNIQUE_IN_CONTEXT'],
      ['l4', 'STATUS_500'],
      ['l7', 'STATUS_500'],
    ]);
    expect(asked()).toBe(10);
  });
});
