import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_USER, type SeedUser } from '#sandbox/godata/index.js';
import { begin, OUTBREAK, type TestGoData } from './client.js';

let godata: TestGoData;
let now = new Date('2026-06-01T12:00:00.000Z');
const clock = () => now;
const pass = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};
const withUser = (user: Partial<SeedUser>) => ({
  users: [{ ...DEFAULT_USER, activeOutbreakId: 'OB', ...user }],
});

afterEach(() => godata.close());

describe('a token', () => {
  it('stays valid while it is used at least every ten minutes', async () => {
    godata = await begin({}, { clock });
    for (let call = 0; call < 5; call += 1) {
      pass(590);
      expect((await godata.call('GET', '/outbreaks')).status).toBe(200);
    }
  });

  it('is refused as invalid once after it has expired, then as unknown', async () => {
    godata = await begin({}, { clock });
    pass(601);
    expect((await godata.call('GET', '/outbreaks')).code).toBe('INVALID_TOKEN');
    expect((await godata.call('GET', '/outbreaks')).code).toBe('AUTHORIZATION_REQUIRED');
  });

  it('becomes invalid when its user logs in again, but not before 2.36', async () => {
    for (const [version, status] of [
      ['2.50.3', 401],
      ['2.35', 200],
    ] as const) {
      godata = await begin({}, { version });
      const first = godata.token;
      await godata.logIn();
      const reply = await godata.call('GET', '/outbreaks', undefined, { authorization: first });
      expect(reply.status).toBe(status);
      if (version === '2.50.3') await godata.close();
    }
  });

  it.each([
    ['bearer, in lower case, even a valid one', (token: string) => `bearer ${token}`],
    ['Bearer with a token that is not valid', () => 'Bearer stale'],
  ])('gets no answer at all as %s', async (_name, header) => {
    godata = await begin();
    const headers = { authorization: header(godata.token) };
    const waiting = fetch(`${godata.url}/api/outbreaks`, {
      headers,
      signal: AbortSignal.timeout(150),
    });
    await expect(waiting).rejects.toThrow(/timeout/);
    expect((await fetch(`${godata.url}/status`)).status).toBe(200);
  });

  it('is read from a basic header, and not from a body', async () => {
    godata = await begin();
    const { token } = godata;
    const basic = `Basic ${Buffer.from(`token:${token}`).toString('base64')}`;
    const reply = await godata.call('GET', '/outbreaks', undefined, { authorization: basic });
    expect(reply.status).toBe(200);
    godata.token = '';
    const inBody = await godata.call('POST', '/outbreaks/OB/cases', { access_token: token });
    expect(inBody.code).toBe('AUTHORIZATION_REQUIRED');
  });

  it('can be expired and revoked by a fault', async () => {
    godata = await begin();
    godata.faults.add({ kind: 'expire-token', at: 1 }, { kind: 'kill-token', at: 3 });
    expect((await godata.call('GET', '/outbreaks')).code).toBe('INVALID_TOKEN');
    await godata.logIn();
    expect((await godata.call('GET', '/outbreaks')).code).toBe('AUTHORIZATION_REQUIRED');
  });
});

describe('a login', () => {
  it('ignores the case of the address, except at /oauth/token', async () => {
    godata = await begin();
    expect((await godata.logIn(DEFAULT_USER.email.toUpperCase())).status).toBe(200);
    const username = DEFAULT_USER.email.toUpperCase();
    const { password } = DEFAULT_USER;
    expect((await godata.call('POST', '/oauth/token', { username, password })).code).toBe(
      'LOGIN_FAILED',
    );
  });

  it('works with an expired token in its header', async () => {
    godata = await begin();
    godata.token = 'stale';
    expect((await godata.logIn()).status).toBe(200);
  });

  it('is blocked for half an hour after ten failures', async () => {
    godata = await begin({}, { clock });
    for (let failure = 0; failure < 10; failure += 1) {
      expect((await godata.logIn(undefined, 'wrong')).code).toBe('LOGIN_FAILED');
    }
    expect((await godata.logIn()).code).toBe('ACTION_TEMPORARILY_BLOCKED');
    pass(1801);
    godata.token = '';
    expect((await godata.logIn()).status).toBe(200);
  });

  it('returns no token for an account with two-factor authentication', async () => {
    godata = await begin(withUser({ twoFactor: true }));
    expect((await godata.logIn()).body).toEqual({ twoFA: true });
  });

  it('does not exist as /oauth/token before 2.36', async () => {
    godata = await begin({}, { version: '2.35' });
    const { email: username, password } = DEFAULT_USER;
    expect((await godata.call('POST', '/oauth/token', { username, password })).status).toBe(404);
  });
});

describe('permissions', () => {
  it('include a group through its _all, but contacts do not include contacts of contacts', async () => {
    godata = await begin(withUser({ permissions: ['contact_all'] }));
    expect((await godata.call('POST', '/outbreaks/OB/contacts', {})).status).toBe(200);
    const reply = await godata.call('POST', '/outbreaks/OB/contacts-of-contacts', {});
    expect(reply.body.error).toMatchObject({
      statusCode: 403,
      code: 'MISSING_REQUIRED_PERMISSION',
      details: { permissions: 'contact_of_contact_create' },
    });
  });

  it('show only ids and types without the permission to list', async () => {
    godata = await begin(withUser({ permissions: ['outbreak_view'] }));
    godata.store.people.create('OB', 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE', {
      id: 'c1',
      firstName: 'Ann',
    });
    const { body } = await godata.cases({ fields: ['id', 'firstName'] });
    expect(body).toEqual([{ id: 'c1', type: 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE' }]);
  });

  it('limit an account to its outbreaks', async () => {
    const outbreaks = [OUTBREAK, { ...OUTBREAK, id: 'OTHER', name: 'Other' }];
    godata = await begin({ ...withUser({ outbreakIds: ['OB'] }), outbreaks });
    expect((await godata.call('GET', '/outbreaks')).body.map(one => one.id)).toEqual(['OB']);
    expect((await godata.call('GET', '/outbreaks/count')).body).toEqual({ count: 1 });
    expect((await godata.call('GET', '/outbreaks/OTHER/cases')).code).toBe('ACCESS_DENIED');
    const self = `/users/${DEFAULT_USER.id}`;
    expect((await godata.call('PATCH', self, { activeOutbreakId: 'OTHER' })).code).toBe(
      'ACTIVE_OUTBREAK_NOT_ALLOWED',
    );
  });

  it('allow writing to the active outbreak only, until another is made active', async () => {
    const outbreaks = [OUTBREAK, { ...OUTBREAK, id: 'OTHER', name: 'Other' }];
    godata = await begin({ outbreaks });
    expect((await godata.call('POST', '/outbreaks/OTHER/cases', {})).code).toBe('ACCESS_DENIED');
    expect((await godata.call('POST', '/outbreaks/OTHER/cases/filter', {})).code).toBe(
      'ACCESS_DENIED',
    );
    expect((await godata.call('GET', '/outbreaks/OTHER/cases')).status).toBe(200);
    await godata.call('PATCH', `/users/${DEFAULT_USER.id}`, { activeOutbreakId: 'OTHER' });
    expect((await godata.call('POST', '/outbreaks/OTHER/cases', {})).status).toBe(200);
  });

  it('allow restoring in an outbreak that is not active', async () => {
    const outbreaks = [OUTBREAK, { ...OUTBREAK, id: 'OTHER', name: 'Other' }];
    godata = await begin({ outbreaks });
    const type = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE';
    godata.store.people.create('OTHER', type, { id: 'c' });
    godata.store.people.delete('c');
    const reply = await godata.call('POST', '/outbreaks/OTHER/cases/c/restore');
    expect(reply.body).toMatchObject({ id: 'c', deleted: false, deletedAt: null });
  });

  it('never return a password', async () => {
    godata = await begin();
    const self = await godata.call('GET', `/users/${DEFAULT_USER.id}`);
    const list = await godata.call('GET', '/users');
    expect(JSON.stringify([self, list])).not.toContain(DEFAULT_USER.password);
  });
});
