import { afterEach, expect, it } from 'vitest';
import type { IntegrationError } from '#common/reporting/errors.js';
import { GoDataClient } from '#godata/client/client.js';
import { startTestServer, type TestServer } from '../../support/http-server.js';

let server: TestServer;
afterEach(() => server?.close());

async function failureOf(promise: Promise<unknown>): Promise<IntegrationError> {
  return promise.then(
    () => Promise.reject(new Error('it did not fail')),
    error => error,
  );
}

async function allOf<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

/** Logs in like Go.Data, and gives this answer to everything else. */
async function clientOfStandIn(status: number, body: string): Promise<GoDataClient> {
  server = await startTestServer((request, response) => {
    const isLogin = request.url === '/api/users/login';
    response.writeHead(isLogin ? 200 : status, { 'Content-Type': 'application/json' });
    response.end(isLogin ? '{"id":"token"}' : body);
  });
  return new GoDataClient({ apiUrl: server.url, email: 'a@example.org', password: 'p' });
}
const reads: [string, (client: GoDataClient) => Promise<unknown>, string][] = [
  ['/outbreaks', client => client.listOutbreaks(), '{"id":"1"}'],
  ['/outbreaks/{id}', client => client.getOutbreak('o'), '["Secretname"]'],
  [
    '/outbreaks/{id}/cases/filtered-count',
    client => client.countPeople('o', 'cases'),
    '{"count":"7"}',
  ],
  [
    '/outbreaks/{id}/cases',
    client => allOf(client.people('o', 'cases', { fields: [], pageSize: 10 })),
    '{"0":{"id":"1"}}',
  ],
  ['/locations', client => allOf(client.locations()), '[{"name":"Secretname"}]'],
];

it.each(
  reads.flatMap(([path, read, other]) =>
    ['', 'null', '7', '"Secretname"', '[null]', other].map(body => ({ path, read, body })),
  ),
)(
  'an answer to $path of another form ($body) has an error that says so',
  async ({ path, read, body }) => {
    const error = await failureOf(read(await clientOfStandIn(200, body)));
    expect(error).toMatchObject({
      name: 'IntegrationError',
      code: 'UNEXPECTED_ANSWER',
      message: expect.stringContaining(`Go.Data answered GET ${path} with`),
      details: { system: 'Go.Data', method: 'GET', path },
    });
    expect(JSON.stringify([error, error.message])).not.toContain('Secretname');
  },
);

it('a proxy that answers 401 with a page makes the client log in once more, then fail', async () => {
  const client = await clientOfStandIn(401, '<html>Unauthorized</html>');
  await expect(client.listOutbreaks()).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
  expect(server.requests.map(({ url }) => url!.split('?')[0])).toEqual([
    '/api/users/login',
    '/api/outbreaks',
    '/api/users/login',
    '/api/outbreaks',
  ]);
});

it('a proxy that answers 403 with a page is a refusal, not a web page', async () => {
  const client = await clientOfStandIn(403, '<html>Forbidden</html>');
  await expect(client.listOutbreaks()).rejects.toMatchObject({
    code: 'ACCESS_DENIED',
    message: expect.stringContaining('status 403'),
    fix: expect.stringContaining('proxies'),
  });
});
