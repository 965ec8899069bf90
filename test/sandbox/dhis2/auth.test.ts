import { expect, it } from 'vitest';
import { createTokenKey } from '#sandbox/dhis2/accounts/tokens.js';
import { aServer, basic, send } from './support/client.js';
import { aSeed, aUser, ID } from './support/seed.js';

const XHR = { 'x-requested-with': 'XMLHttpRequest' };

it('sends a user without credentials to the login page, or a program a 401', async () => {
  const { url } = await aServer();
  const redirected = await send(`${url}/api/me`);
  expect(redirected.status).toBe(302);
  const page = await fetch(`${url}/api/me`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  const program = await send(`${url}/api/me`, { headers: XHR });
  expect(program.status).toBe(401);
  expect(program.body).toEqual({
    httpStatus: 'Unauthorized',
    httpStatusCode: 401,
    status: 'ERROR',
    message: 'Unauthorized',
  });
});

it('answers a mistyped token with 400, and a bearer token with the login page', async () => {
  const { url } = await aServer();
  const mistyped = await send(`${url}/api/me`, { headers: { authorization: 'ApiToken d2p_none' } });
  expect([mistyped.status, mistyped.body.message]).toEqual([400, 'Checksum validation failed']);
  expect(mistyped.headers.get('www-authenticate')).toBe('ApiToken');
  const bearer = { authorization: 'Bearer d2p_token' };
  expect((await send(`${url}/api/me`, { headers: bearer })).status).toBe(302);
});

it.each([
  ['a wrong password', basic('entry', 'wrong'), 'Unauthorized'],
  ['an unknown user', basic('nobody'), 'Unauthorized'],
  // Its checksum is right, but no user has this token.
  ['an unknown token', { authorization: `ApiToken ${createTokenKey()}` }, 'Unauthorized'],
  ['two-factor authentication', basic('careful'), 'Unauthorized'],
  ['a locked account', basic('locked'), 'Account locked'],
  ['a disabled account', basic('gone'), 'Account disabled'],
])('refuses %s with 401', async (_, headers, message) => {
  const seed = aSeed();
  seed.users.push(
    aUser({ username: 'careful', twoFactor: true }),
    aUser({ username: 'locked', locked: true }),
    aUser({ username: 'gone', disabled: true }),
  );
  const { url } = await aServer({ seed });
  const { status, body } = await send(`${url}/api/me`, { headers });
  expect(status).toBe(401);
  expect(body.message).toBe(message);
});

it('accepts a personal access token', async () => {
  const { url } = await aServer();
  const headers = { authorization: 'ApiToken d2p_token' };
  const { body } = await send(
    `${url}/api/me?fields=username,authorities,organisationUnits[id,level]`,
    { headers },
  );
  expect(body).toEqual({
    username: 'entry',
    authorities: ['F_DATAVALUE_ADD'],
    organisationUnits: [{ id: ID.root, level: 1 }],
  });
});

it('never shows a password or a token', async () => {
  const server = await aServer();
  const { body } = await server.get('/api/me?fields=*,password,tokens');
  expect(JSON.stringify(body)).not.toMatch(/secret|d2p_token/);
});

it('reports its version, calendar and time zone', async () => {
  const server = await aServer({
    version: '2.43',
    seed: aSeed({}, { systemInfo: { calendar: 'ethiopian', serverTimeZoneId: 'Africa/Lagos' } }),
  });
  const { body } = await server.get('/api/system/info');
  expect(body).toMatchObject({
    version: '2.43.1',
    calendar: 'ethiopian',
    serverTimeZoneId: 'Africa/Lagos',
    serverDate: '2026-08-19T11:00:00.000',
    contextPath: server.url,
  });
  expect(server.version).toBe('2.43.1');
  expect((await server.get('/api/system/ping')).body).toBe('pong');
});

it('can be served below a context path', async () => {
  const server = await aServer({ contextPath: '/dhis' });
  expect(server.url).toMatch(/\/dhis$/);
  expect((await server.get('/api/me?fields=username')).body).toEqual({ username: 'entry' });
  const { origin } = new URL(server.url);
  expect((await send(`${origin}/api/me`, { headers: basic('entry') })).status).toBe(302);
});

it.each([
  ['2.40', '/api/28/me', 200],
  ['2.40', '/api/41/me', 404],
  ['2.42', '/api/42/me', 200],
  ['2.42', '/api/43/me', 404],
  ['2.44', '/api/44/me', 200],
  ['2.44', '/api/45/me', 404],
  ['2.42', '/api/27/me', 404],
])('of %s answers %s with %i', async (version, path, status) => {
  const server = await aServer({ version });
  expect((await server.get(path)).status).toBe(status);
});

it('lists the period types of its version', async () => {
  const names = async (version: string) => {
    const { body } = await (await aServer({ version })).get('/api/periodTypes');
    return body.periodTypes.map(({ name }: { name: string }) => name);
  };
  expect(await names('2.42')).not.toContain('WeeklyFriday');
  expect(await names('2.43')).toContain('WeeklyFriday');
});

it('counts its requests by route', async () => {
  const server = await aServer();
  await server.get(`/api/dataSets/${ID.dataSet}`);
  await server.post('/api/42/dataValueSets', { dataValues: [] });
  expect(server.requests.byRoute()).toEqual({
    'GET /api/dataSets/{id}': 1,
    'POST /api/{apiVersion}/dataValueSets': 1,
  });
  expect(server.requests.writes()).toBe(1);
});

it('refuses to start as a version that it does not know', async () => {
  await expect(aServer({ version: '2.37' })).rejects.toThrow(/2\.38 to 2\.44/);
});
