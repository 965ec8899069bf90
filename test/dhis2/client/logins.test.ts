import { afterEach, describe, expect, it } from 'vitest';
import type { IntegrationError } from '#common/reporting/errors.js';
import { create } from '#dhis2/Adaptor.js';
import { Dhis2Client } from '#dhis2/client/client.js';
import {
  DEMO_TOKEN,
  demoMetadata,
  type RunningDhis2,
  type SeedUser,
  startDhis2,
} from '#sandbox/dhis2/index.js';
import { aUnit } from '../../support/places.js';

const servers: RunningDhis2[] = [];
afterEach(() => Promise.all(servers.splice(0).map(server => server.close())));

const YESTERDAY = '2026-01-01T00:00:00.000Z';

async function start(changes: Partial<SeedUser>, credential: object, version = '2.42') {
  const seed = demoMetadata([aUnit('CountryOu01', 'Country')]);
  const users = seed.users.map(user =>
    user.username === 'integration' ? { ...user, ...changes } : user,
  );
  const server = await startDhis2({ seed: { ...seed, users }, version });
  servers.push(server);
  return { hostUrl: server.url, ...credential };
}

const PASSWORD = { username: 'integration', password: 'Integration-1!' };
const TOKEN = { pat: DEMO_TOKEN };
const mistyped = DEMO_TOKEN.replace('Kq7', 'Kq8');

describe('a login that DHIS2 refuses', () => {
  it.each<[string, Partial<SeedUser>, object, string, RegExp, RegExp]>([
    ['a mistyped token', {}, { pat: mistyped }, 'LOGIN_FAILED', /character/, /Copy/],
    [
      'an expired token',
      { tokens: [{ key: DEMO_TOKEN, expires: YESTERDAY }] },
      TOKEN,
      'LOGIN_FAILED',
      /expired/,
      /new token/,
    ],
    [
      'a token for other methods',
      { tokens: [{ key: DEMO_TOKEN, methods: ['POST'] }] },
      TOKEN,
      'LOGIN_FAILED',
      /limited/,
      /allows GET/,
    ],
    ['an expired account', { accountExpiry: YESTERDAY }, PASSWORD, 'LOGIN_FAILED', /./, /expired/],
    ['a disabled account', { disabled: true }, PASSWORD, 'ACCOUNT_DISABLED', /disabled/, /enabled/],
    ['two-factor', { twoFactor: true }, PASSWORD, 'LOGIN_FAILED', /./, /personal access token/],
    ['a wrong password', {}, { ...PASSWORD, password: 'x' }, 'LOGIN_FAILED', /password/, /Correct/],
  ])('with %s is reported with its reason, not as a server error', async (...row) => {
    const [, changes, credential, code, message, fix] = row;
    for (const version of ['2.40', '2.43']) {
      const configuration = await start(changes, credential, version);
      const error = await new Dhis2Client(configuration).get('/me').then(
        () => Promise.reject(new Error('it did not fail')),
        (thrown: IntegrationError) => thrown,
      );
      expect(error).toMatchObject({ code });
      expect(error.message).toMatch(message);
      expect(error.fix).toMatch(fix);
      expect(JSON.stringify(error) + error.message).not.toContain('d2pat_');
    }
  });
});

describe('a token that was copied with spaces around it', () => {
  it('is used without these spaces', async () => {
    const configuration = await start({}, { pat: ` ${DEMO_TOKEN}\n` });
    const me = await new Dhis2Client(configuration).get<{ username: string }>('/me');
    expect(me.username).toBe('integration');
  });

  it('is refused if it contains a line break, and is not quoted', () => {
    const pat = `${DEMO_TOKEN.slice(0, 20)}\n${DEMO_TOKEN.slice(20)}`;
    const broken = () => new Dhis2Client({ hostUrl: 'http://127.0.0.1:1', pat });
    expect(broken).toThrow(/"pat" contains a space/);
    expect(broken).not.toThrow(/d2pat_/);
  });
});

describe('an error that a second run does not solve', () => {
  it.each([
    ['2020-02-30', 'an org unit with a day that does not exist'],
    ['01/02/2020', 'an org unit with a day in another form'],
  ])('is not answered with "Run again": %s, %s', async openingDate => {
    const configuration = await start({}, PASSWORD);
    const unit = { ...aUnit('District001', 'District', 'CountryOu01'), openingDate };
    const error = await create('organisationUnits', unit)({ configuration }).catch(one => one);
    expect(error).toMatchObject({ code: 'SERVER_ERROR', details: { status: 500 } });
    expect(error.fix).toMatch(/dates/);
    expect(error.fix).not.toMatch(/Run again/);
    expect(error.message).not.toContain(openingDate);
  });
});
