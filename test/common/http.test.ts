import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createRequester, multipart } from '#common/http/index.js';
import type { IntegrationError } from '#common/reporting/errors.js';
import { startTestServer, type TestServer } from '../support/http-server.js';

const quick = { attempts: 3, baseMs: 1, maxMs: 2000 };
/** Without a type, language-common reads no body. */
const PAGE = { 'Content-Type': 'text/html' };
let server: TestServer;
afterEach(() => server?.close());

function requesterTo(url: string, timeoutMs = 5000) {
  return createRequester('Go.Data', { baseUrl: url, timeoutMs }, quick);
}

async function failureOf(promise: Promise<unknown>): Promise<IntegrationError> {
  return promise.then(
    () => Promise.reject(new Error('no error was thrown')),
    error => error,
  );
}

describe('answers', () => {
  it('requests compressed answers and reads them, also errors', async () => {
    server = await startTestServer((request, response) => {
      const status = request.url === '/bad' ? 422 : 200;
      response.writeHead(status, {
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
      });
      response.end(gzipSync(JSON.stringify({ path: request.url, text: 'é'.repeat(2000) })));
    });
    const requester = requesterTo(server.url);
    const good = await requester.send({ method: 'GET', path: '/good' });
    const bad = await requester.send({ method: 'GET', path: '/bad' });
    expect(server.requests[0]!.headers['accept-encoding']).toBe('gzip');
    expect(good).toMatchObject({ status: 200, body: { path: '/good', text: 'é'.repeat(2000) } });
    expect(bad).toMatchObject({ status: 422, body: { path: '/bad' } });
  });

  it('fills placeholders with one segment each, and repeats the name of a list parameter', async () => {
    server = await startTestServer((_, response) => response.writeHead(204).end());
    const answer = await requesterTo(server.url).send({
      method: 'GET',
      path: '/outbreaks/{id}/cases',
      params: { id: 'a/b c' },
      query: { filter: ['x:eq:1', 'y:eq:2'], paging: false, none: undefined },
    });
    expect(server.requests[0]!.url).toBe(
      '/outbreaks/a%2Fb%20c/cases?filter=x%3Aeq%3A1&filter=y%3Aeq%3A2&paging=false',
    );
    expect(answer).toMatchObject({ status: 204, body: undefined });
  });

  it.each([
    ['a web page', 'text/html', '<html>Please log in</html>', 'HTML_ANSWER'],
    ['half an answer', 'application/json', '[{"id": "1"}, {"i', 'TRUNCATED_JSON'],
    ['plain text', 'text/plain', 'OK', 'NOT_JSON'],
  ])('are explained when %s is returned', async (_, type, body, code) => {
    server = await startTestServer((_request, response) =>
      response.writeHead(200, { 'Content-Type': type }).end(body),
    );
    const error = await failureOf(requesterTo(server.url).send({ method: 'POST', path: '/x' }));
    expect(error).toMatchObject({
      code,
      details: { system: 'Go.Data', method: 'POST', path: '/x', status: 200 },
    });
    expect(error.fix).toBeTruthy();
  });

  it.each([401, 403])(
    'with a refusal of status %i reach the caller, whatever their bodies',
    async status => {
      const bodies = ['<html>Please log in</html>', '', 'Forbidden', '{"half'];
      server = await startTestServer((_, response) =>
        response.writeHead(status, PAGE).end(bodies[server.requests.length - 1]),
      );
      const requester = requesterTo(server.url);
      for (const _ of bodies) {
        const { status: got, body } = await requester.send({ method: 'GET', path: '/x' });
        expect([got, body]).toEqual([status, undefined]);
      }
    },
  );

  it('that redirect to a login page are not followed', async () => {
    server = await startTestServer((_, response) =>
      response.writeHead(302, { Location: '/login', 'Content-Type': 'text/html' }).end('<html>'),
    );
    await expect(requesterTo(server.url).send({ method: 'GET', path: '/x' })).rejects.toMatchObject(
      { code: 'REDIRECTED' },
    );
    expect(server.requests).toHaveLength(1);
  });
});

describe('files', () => {
  it('are sent as a form, whatever their bytes, and are received unchanged', async () => {
    const file = Buffer.from([0, 255, 13, 10, 31, 139]);
    const tricky = Buffer.concat([file, Buffer.from('part-of-form-0')]);
    let form: FormData | undefined;
    server = await startTestServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const type = request.headers['content-type']!;
      form = await new Response(Buffer.concat(chunks), {
        headers: { 'Content-Type': type },
      }).formData();
      const bytes = Buffer.from(await (form.get('file') as File).arrayBuffer());
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(bytes);
    });
    const { body } = await requesterTo(server.url).send({
      method: 'POST',
      path: '/files',
      content: multipart([
        { name: 'file', fileName: 'a "b" é.json', data: tricky },
        { name: 'model', data: 'case é' },
      ]),
      answer: 'bytes',
    });
    expect((form!.get('file') as File).name).toBe('a "b" é.json');
    expect(form!.get('model')).toBe('case é');
    expect(Buffer.from(body as Uint8Array)).toEqual(tricky);
  });

  it('that are compressed themselves stay so; those compressed for transfer do not', async () => {
    const zipped = gzipSync('a,b');
    server = await startTestServer((request, response) => {
      const onTheWay = request.url === '/on-the-way' ? { 'Content-Encoding': 'gzip' } : {};
      response.writeHead(200, { 'Content-Type': 'text/csv', ...onTheWay }).end(zipped);
    });
    const read = async (path: string) => {
      const answer = await requesterTo(server.url).send({ method: 'GET', path, answer: 'bytes' });
      return Buffer.from(answer.body as Uint8Array);
    };
    expect(await read('/file.gz')).toEqual(zipped);
    expect((await read('/on-the-way')).toString()).toBe('a,b');
  });

  it('that are refused contain the reason as JSON', async () => {
    server = await startTestServer((_, response) =>
      response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"error":{}}'),
    );
    const answer = await requesterTo(server.url).send({
      method: 'GET',
      path: '/gone',
      answer: 'bytes',
    });
    expect(answer).toMatchObject({ status: 404, body: { error: {} } });
  });

  it("let a caller's header replace ours, in any letter case", async () => {
    server = await startTestServer((_, response) => response.writeHead(204).end());
    await requesterTo(server.url).send({
      method: 'POST',
      path: '/x',
      body: {},
      headers: { 'CONTENT-TYPE': 'application/merge+json', Accept: 'image/*' },
    });
    expect(server.requests[0]!.headers).toMatchObject({
      'content-type': 'application/merge+json',
      accept: 'image/*',
    });
  });
});

describe('retries', () => {
  it('repeat a read after a temporary failure, and wait as long as the server requests', async () => {
    server = await startTestServer((_, response) => {
      if (server.requests.length === 1) response.writeHead(429, { 'Retry-After': '1' }).end();
      else if (server.requests.length === 2) response.destroy();
      else response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"done":true}');
    });
    const start = Date.now();
    const requester = requesterTo(server.url);
    const answer = await requester.send({ method: 'GET', path: '/x' });
    expect(answer.body).toEqual({ done: true });
    expect(requester.count).toBe(3);
    expect(Date.now() - start).toBeGreaterThanOrEqual(990);
  });

  it.each([
    [429, 'a web page', '<html>Too many requests</html>'],
    [503, 'a text', 'Service Unavailable'],
    [503, 'nothing', ''],
    [500, 'half an answer', '{"error":'],
  ])('wait after status %i with %s as long as the server requests', async (status, _, body) => {
    server = await startTestServer((_request, response) => {
      if (server.requests.length > 1) response.writeHead(200, PAGE).end('{"done":true}');
      else response.writeHead(status, { ...PAGE, 'Retry-After': '1' }).end(body);
    });
    const start = Date.now();
    const answer = await requesterTo(server.url).send({ method: 'GET', path: '/x' });
    expect(answer.body).toEqual({ done: true });
    expect(Date.now() - start).toBeGreaterThanOrEqual(990);
  });

  it.each([
    [502, '<html>Bad gateway</html>', 'HTML_ANSWER'],
    [429, '<html>Too many requests</html>', 'HTML_ANSWER'],
    [503, 'Service Unavailable', 'NOT_JSON'],
  ])('report status %i after the last attempt', async (status, body, code) => {
    server = await startTestServer((_, response) => response.writeHead(status, PAGE).end(body));
    const error = await failureOf(requesterTo(server.url).send({ method: 'GET', path: '/x' }));
    expect(error).toMatchObject({ code, retryable: true, details: { status, path: '/x' } });
    expect(error.message).toContain(`status ${status}`);
    expect(error.fix).toContain('Run again');
    expect(server.requests).toHaveLength(3);
  });

  it('are not made for what a page refuses permanently', async () => {
    server = await startTestServer((_, response) => response.writeHead(404, PAGE).end('<html>'));
    await expect(requesterTo(server.url).send({ method: 'GET', path: '/x' })).rejects.toMatchObject(
      { code: 'HTML_ANSWER', details: { status: 404 } },
    );
    expect(server.requests).toHaveLength(1);
  });

  it('end after the last attempt with the received answer', async () => {
    server = await startTestServer((_, response) =>
      response.writeHead(503, { 'Content-Type': 'application/json' }).end('{"error":{}}'),
    );
    expect(await requesterTo(server.url).send({ method: 'GET', path: '/x' })).toMatchObject({
      status: 503,
    });
    expect(server.requests).toHaveLength(3);
  });

  it('are never made for what might be done twice', async () => {
    server = await startTestServer((_, response) => response.destroy());
    await expect(
      requesterTo(server.url).send({ method: 'POST', path: '/x', body: {} }),
    ).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('broken connections', () => {
  it('end the wait for a server that does not answer', async () => {
    server = await startTestServer(() => {});
    const error = await failureOf(
      requesterTo(server.url, 200).send({ method: 'POST', path: '/x' }),
    );
    expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true });
  });

  it('are reported when no server listens', async () => {
    server = await startTestServer(() => {});
    await server.close();
    await expect(requesterTo(server.url).send({ method: 'GET', path: '/x' })).rejects.toMatchObject(
      {
        code: 'CONNECTION_REFUSED',
      },
    );
  });

  it('are reported when the host is unknown', async () => {
    await expect(
      requesterTo('http://no-such-host.invalid').send({ method: 'GET', path: '/x' }),
    ).rejects.toMatchObject({
      code: 'UNKNOWN_HOST',
    });
  });

  it('are reported when the server does not speak TLS, which another try would not change', async () => {
    server = await startTestServer(() => {});
    const https = server.url.replace('http:', 'https:');
    await expect(requesterTo(https).send({ method: 'GET', path: '/x' })).rejects.toMatchObject({
      code: 'TLS_ERROR',
      fix: expect.stringContaining('http or https'),
      retryable: false,
    });
  });

  it('are reported without the query, the body and the token', async () => {
    server = await startTestServer((_, response) => response.destroy());
    const error = await failureOf(
      requesterTo(server.url).send({
        method: 'POST',
        path: '/users/login',
        query: { filter: 'SECRET-QUERY' },
        body: { password: 'SECRET-BODY' },
        headers: { Authorization: 'SECRET-TOKEN' },
      }),
    );
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain(
      'SECRET',
    );
  });
});
