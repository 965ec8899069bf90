import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApiAnswer } from '#common/http/index.js';
import type { IntegrationError } from '#common/reporting/errors.js';
import { Dhis2Client } from '#dhis2/Adaptor.js';
import { awaitImport } from '#dhis2/data-values/import/background-import.js';
import { startTestServer, type TestServer } from '../../support/http-server.js';

let server: TestServer;
afterEach(() => server?.close());

/** A client of a server that gives these answers in order, and then repeats the last one. */
async function clientOf(...answers: { status?: number; body: string }[]): Promise<Dhis2Client> {
  server = await startTestServer((_, response) => {
    const { status = 200, body } = answers[server.requests.length - 1] ?? answers.at(-1)!;
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
  });
  return new Dhis2Client({ hostUrl: server.url, username: 'a', password: 'b' });
}

describe('the address in a credential', () => {
  it.each(['HTTP', 'Http'])('may begin with %s', async scheme => {
    await clientOf({ body: '{"version":"2.42.5.2"}' });
    const hostUrl = server.url.replace('http', scheme);
    const client = new Dhis2Client({ hostUrl, username: 'a', password: 'b' });
    await expect(client.get('/system/info')).resolves.toEqual({ version: '2.42.5.2' });
  });
});

describe('the login', () => {
  const shown = (client: Dhis2Client) =>
    inspect(client, { depth: 9, showHidden: true, getters: true }) + JSON.stringify(client);

  it('is in no text of the client, and no header of a request replaces it', async () => {
    await clientOf({ body: '{}' });
    const client = new Dhis2Client({
      hostUrl: server.url,
      pat: 'd2pat_secret',
      password: 'hidden',
    });
    const headers = { authorization: 'ApiToken other', 'X-Own': 'kept' };
    await client.send({ method: 'GET', path: '/me', headers });
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: 'ApiToken d2pat_secret',
      'x-own': 'kept',
      'x-requested-with': 'XMLHttpRequest',
    });
    expect(shown(client)).not.toMatch(/secret|hidden/);
  });
});

describe('a refusal', () => {
  it.each([
    [401, '<html>Please log in</html>', 'LOGIN_FAILED'],
    [401, '', 'LOGIN_FAILED'],
    [403, '<html>Forbidden</html>', 'MISSING_PERMISSION'],
    [403, 'Forbidden', 'MISSING_PERMISSION'],
  ])('of status %i with %j instead of JSON is reported as %s', async (status, body, code) => {
    const client = await clientOf({ status, body });
    await expect(client.get('/me')).rejects.toMatchObject({ code, details: { status } });
    expect(server.requests).toHaveLength(1);
  });
});

describe('data values', () => {
  it('that the account may not see are no empty answer', async () => {
    const client = await clientOf({ body: '' });
    const query = { dataSet: 'DataSetAAA1', period: '202601', orgUnit: 'OrgUnitAAA1' };
    const refused = { code: 'MISSING_PERMISSION', details: { path: '/dataValueSets' } };
    await expect(client.read('/dataValueSets', query)).rejects.toMatchObject(refused);
    await expect(client.get('/dataValueSets', query)).rejects.toMatchObject(refused);
    await expect(client.read('/system/tasks')).resolves.toBeUndefined();
  });
});

describe('an answer', () => {
  it.each([
    ['', 'nothing'],
    ['null', 'nothing'],
    ['7', 'a number'],
    ['true', 'a boolean'],
    ['"Secretname"', 'a text'],
    ['["Secretname"]', 'a list of another kind'],
  ])('that is not an object (%j) is reported as such', async (body, received) => {
    const client = await clientOf({ body });
    const query = { filter: 'SECRET-QUERY' };
    const error: IntegrationError = await client.get('/dataSets/{id}', query, { id: 'x' }).then(
      () => Promise.reject(new Error('it did not fail')),
      thrown => thrown,
    );
    expect(error).toMatchObject({
      name: 'IntegrationError',
      code: 'UNEXPECTED_ANSWER',
      message: `DHIS2 answered GET /dataSets/{id} with ${received}, but an object was expected.`,
      details: { system: 'DHIS2', method: 'GET', path: '/dataSets/{id}' },
    });
    expect(JSON.stringify([error, error.message])).not.toMatch(/secret/i);
  });

  it('of any form can be read if lists and empty answers are valid', async () => {
    const client = await clientOf({ body: '[1]' }, { body: '' });
    expect(await client.read('/x')).toEqual([1]);
    expect(await client.read('/x')).toBeUndefined();
  });
});

describe('a background import', () => {
  const accepted: ApiAnswer = {
    status: 200,
    headers: {},
    body: { response: { id: 'job', jobType: 'DATAVALUE_IMPORT' } },
  };
  const quick = { firstPauseMs: 1, longestPauseMs: 2, totalMs: 5_000, emptyLooks: 20 };
  const running = { body: '[{"completed":false}]' };
  const ended = { body: '[{"completed":true},{"completed":false}]' };
  const empty = { body: '[]' };
  const summary = {
    body: '{"status":"WARNING","importCount":{"ignored":1},"conflicts":[{"errorCode":"E7641"}]}',
  };

  it('ends when its job has started, has finished, and has a summary', async () => {
    const early = Array(19).fill(empty);
    const client = await clientOf(...early, running, ...early, ended, { body: '' }, summary);
    expect(await awaitImport(client, accepted, quick)).toMatchObject({
      conflicts: [{ code: 'E7641' }],
    });
    expect(server.requests.at(-1)!.url).toBe('/api/system/taskSummaries/DATAVALUE_IMPORT/job');
  });

  it('is lost if the server has forgotten it, as after a restart', async () => {
    const client = await clientOf(running, running, empty);
    await expect(awaitImport(client, accepted, quick)).rejects.toMatchObject({
      code: 'IMPORT_LOST',
      fix: expect.stringContaining('Run again'),
    });
    expect(server.requests).toHaveLength(22);
  });

  it('is lost if it never ends', async () => {
    const client = await clientOf(running);
    await expect(awaitImport(client, accepted, { ...quick, totalMs: 50 })).rejects.toMatchObject({
      code: 'IMPORT_LOST',
    });
  });

  it('is lost if it has no summary', async () => {
    const client = await clientOf(ended, { body: '' });
    await expect(awaitImport(client, accepted, quick)).rejects.toMatchObject({
      code: 'IMPORT_LOST',
    });
  });

  it('fails if its job has failed, without what the server says', async () => {
    const told = '[{"completed":true,"level":"ERROR","message":"Process failed: Lovelace"}]';
    const client = await clientOf({ body: told }, { body: '' });
    const error = await awaitImport(client, accepted, quick).catch(thrown => thrown);
    expect(error).toMatchObject({ code: 'IMPORT_FAILED', kind: 'failure' });
    expect(JSON.stringify([error, error.message, error.fix])).not.toMatch(/Lovelace/);
  });

  it('is lost if its job or its summary has vanished', async () => {
    const gone = { status: 404, body: '{"httpStatusCode":404}' };
    const client = await clientOf(running, gone);
    await expect(awaitImport(client, accepted, quick)).rejects.toMatchObject({
      code: 'IMPORT_LOST',
      kind: 'failure',
    });
    const other = await clientOf(ended, gone);
    await expect(awaitImport(other, accepted, quick)).rejects.toMatchObject({
      code: 'IMPORT_LOST',
      kind: 'failure',
    });
  });

  it('fails if its tasks are not a list', async () => {
    const client = await clientOf({ body: '{"tasks":[]}' });
    await expect(awaitImport(client, accepted, quick)).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      details: { path: '/system/tasks/{type}/{id}' },
    });
  });
});
