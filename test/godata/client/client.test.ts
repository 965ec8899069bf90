import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { GoDataClient, tally } from '#godata/Adaptor.js';
import { aCase, LOCATIONS, OUTBREAK } from '../../support/outbreak.js';
import { type Servers, startServers } from '../../support/workflow.js';

let servers: Servers;
afterEach(() => servers?.close());

const logins = () => servers.goData.requests.byRoute()['POST /api/users/login'] ?? 0;
const clientOf = (change: Record<string, string> = {}) =>
  new GoDataClient({ ...servers.credentials.godata, ...change } as ConstructorParameters<
    typeof GoDataClient
  >[0]);

describe('the session', () => {
  it('logs in once for many parallel requests, and once more when the token ends for all of them', async () => {
    servers = await startServers({ people: [aCase()] });
    const client = clientOf();
    const countCases = () => client.countPeople(OUTBREAK, 'cases');
    expect(await Promise.all(Array.from({ length: 10 }, countCases))).toEqual(Array(10).fill(1));
    expect(logins()).toBe(1);
    // Another login with the same account: the server ends our token.
    await clientOf().listOutbreaks();
    expect(logins()).toBe(2);
    expect(await Promise.all(Array.from({ length: 10 }, countCases))).toEqual(Array(10).fill(1));
    expect(logins()).toBe(3);
  });

  it('shows neither the password nor the token in a text of the client', async () => {
    servers = await startServers();
    const client = clientOf();
    await client.listOutbreaks();
    const text =
      inspect(client, { depth: 9, showHidden: true, getters: true }) + JSON.stringify(client);
    const { password, email } = servers.credentials.godata as Record<string, string>;
    expect([password, email].map(secret => text.includes(secret!))).toEqual([false, false]);
    expect(text).not.toMatch(/token/i);
  });

  it('sends the token as it is, never after Bearer', async () => {
    servers = await startServers();
    const client = clientOf();
    await client.listOutbreaks();
    await clientOf().listOutbreaks();
    // After Bearer, the server would never answer an invalid token.
    await expect(client.listOutbreaks()).resolves.toHaveLength(1);
  });

  it('works with and without /api at the end of the address', async () => {
    servers = await startServers();
    for (const apiUrl of [
      servers.goData.url,
      `${servers.goData.url}/api`,
      `${servers.goData.url}/api/`,
    ]) {
      expect(await clientOf({ apiUrl }).listOutbreaks()).toEqual([
        { id: OUTBREAK, name: 'Demonstration outbreak' },
      ]);
    }
  });

  it('gives up when the token is refused again right after a login', async () => {
    servers = await startServers();
    servers.goData.faults.add({ kind: 'kill-token', route: 'GET /api/outbreaks' });
    await expect(clientOf().listOutbreaks()).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
    expect(logins()).toBe(2);
  });

  it('never tries a refused password again', async () => {
    servers = await startServers();
    const client = clientOf({ password: 'not-the-password' });
    await expect(client.listOutbreaks()).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      kind: 'configuration',
    });
    expect(logins()).toBe(1);
  });
});

describe('outbreaks', () => {
  it('that the account may not see are refused, with what to do', async () => {
    servers = await startServers({ user: { outbreakIds: ['another'] } });
    await expect(clientOf().countPeople(OUTBREAK, 'cases')).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
      fix: expect.stringContaining("account's outbreaks"),
    });
  });

  it('are also read by id', async () => {
    servers = await startServers();
    expect(await clientOf().getOutbreak(OUTBREAK)).toEqual({
      id: OUTBREAK,
      name: 'Demonstration outbreak',
    });
    await expect(clientOf().getOutbreak('nowhere')).rejects.toMatchObject({ code: 'UNKNOWN_ID' });
  });
});

describe('locations', () => {
  it('come in one request', async () => {
    servers = await startServers();
    const ids: string[] = [];
    for await (const page of clientOf().locations()) ids.push(...page.map(({ id }) => id));
    expect(ids).toEqual(LOCATIONS.map(({ id }) => id).sort());
    expect(servers.goData.requests.byRoute()['GET /api/locations']).toBe(1);
  });
});

describe('an outbreak by name', () => {
  const findByName = (name: string) =>
    tally('cases', { outbreak: { name }, periodType: 'Weekly' })({
      configuration: servers.credentials.godata,
    });

  it('is refused with the ids when two outbreaks have the name', async () => {
    servers = await startServers();
    servers.goData.store.outbreaks.put({
      id: 'twin',
      name: 'Demonstration outbreak',
      deleted: false,
    });
    await expect(findByName('Demonstration outbreak')).rejects.toMatchObject({
      code: 'AMBIGUOUS_OUTBREAK',
      kind: 'configuration',
      fix: expect.stringContaining('twin'),
    });
  });

  it('is found, although the server would read the name as a date or an operator', async () => {
    servers = await startServers();
    for (const name of ['2020-01-01', 'or']) {
      servers.goData.store.outbreaks.put({ id: `outbreak-${name}`, name, deleted: false });
      const { data } = await findByName(name);
      expect(data.outbreak).toEqual({ id: `outbreak-${name}`, name });
    }
  });
});
