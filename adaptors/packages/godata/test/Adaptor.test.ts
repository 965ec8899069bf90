// Tests in the form of OpenFn's repository of adaptors: for mocha, without network.
import assert from 'node:assert/strict';
import { enableMockClient } from '@openfn/language-common/util';
import { axios, execute, fn, getOutbreak, request, upsertCase } from '../src/index.js';

const server = enableMockClient('https://godata.example.org');
const state = () => ({
  configuration: {
    apiUrl: 'https://godata.example.org/api',
    email: 'job@example.org',
    password: 'secret',
  },
});

function login() {
  server
    .intercept({ path: '/api/users/login', method: 'POST' })
    .reply(200, { id: 'token-1', userId: 'user-1' });
}

describe('execute', () => {
  it('runs operations in their order, on a state with references', async () => {
    const next = await execute(fn((one: object) => ({ ...one, a: 1 })))(state());
    assert.deepEqual([next.a, next.references], [1, []]);
  });
});

describe('request', () => {
  it('logs in, and sends the token in a header only', async () => {
    login();
    server
      .intercept({
        path: '/api/system-settings/version',
        method: 'GET',
        headers: { authorization: 'token-1' },
      })
      .reply(200, { build: 'x' });
    const next = await request('GET', 'system-settings/version')(state());
    assert.deepEqual(next.data, { build: 'x' });
    assert.doesNotMatch(JSON.stringify(next), /token-1/);
  });

  it('fails after a refused login, without the password', async () => {
    server
      .intercept({ path: '/api/users/login', method: 'POST' })
      .reply(401, { error: { statusCode: 401, code: 'LOGIN_FAILED' } });
    await assert.rejects(
      request('GET', 'outbreaks')(state()),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'LOGIN_FAILED');
        assert.doesNotMatch(JSON.stringify(error) + error.message, /secret/);
        return true;
      },
    );
  });
});

describe('getOutbreak', () => {
  it('reads the outbreaks that a filter finds', async () => {
    login();
    server
      .intercept({ path: (path: string) => path.startsWith('/api/outbreaks?'), method: 'GET' })
      .reply(200, [{ id: 'outbreak-1', name: 'Demo' }]);
    const { data } = await getOutbreak({ where: { name: 'Demo' } })(state());
    assert.deepEqual(data, [{ id: 'outbreak-1', name: 'Demo' }]);
  });
});

describe('upsertCase', () => {
  it('refuses a record without the value that it is found by', async () => {
    await assert.rejects(upsertCase('outbreak-1', 'visualId', { firstName: 'A' })(state()), {
      code: 'NO_EXTERNAL_ID',
    });
  });
});

describe('axios', () => {
  it('sends a request through language-common', async () => {
    server.intercept({ path: '/other?a=1', method: 'GET' }).reply(200, { ok: true });
    const { data } = await axios.get('https://godata.example.org/other', { params: { a: 1 } });
    assert.deepEqual(data, { ok: true });
  });
});
