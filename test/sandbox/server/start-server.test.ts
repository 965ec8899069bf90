import { request as httpRequest } from 'node:http';
import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type FaultRule,
  type RunningServer,
  sendJson,
  startServer,
} from '#sandbox/server/index.js';

const big = Array.from({ length: 200 }, (_, index) => ({ id: `row-${index}` }));
let server: RunningServer;
let handled = 0;

async function start(...faults: FaultRule[]): Promise<void> {
  handled = 0;
  const app = new Hono();
  app.use('*', async (_c, next) => {
    handled += 1;
    await next();
  });
  app.get('/api/things/:id', c => c.json({ id: c.req.param('id') }));
  app.get('/api/big', c => sendJson(c, big));
  app.get('/api/big-plain', c => c.json(big));
  app.post('/api/login', c => c.json({}));
  app.post('/api/things', async c => c.json(await c.req.json()));
  server = await startServer(app, { faults });
}

/** One request on its own socket, with Node's client, which neither retries nor decompresses. */
function get(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      httpRequest(server.url + path, { headers, agent: false }, answer => {
        const chunks: Buffer[] = [];
        answer.on('data', chunk => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const body = Buffer.concat(chunks);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
        });
      })
        .on('error', reject)
        .end();
    },
  );
}

afterEach(() => server.close());

describe('the request log', () => {
  it('counts requests by route, with the ids replaced by their names', async () => {
    await start();
    await fetch(`${server.url}/api/things/1`);
    await fetch(`${server.url}/api/things/2?access_token=secret`);
    await fetch(`${server.url}/nothing`);
    expect(server.requests.byRoute()).toEqual({
      'GET /api/things/{id}': 2,
      'GET (no route)': 1,
    });
    expect(server.requests.count()).toBe(3);
    expect(JSON.stringify(server.requests.entries)).not.toContain('secret');
    expect(server.requests.entries.map(entry => entry.status)).toEqual([200, 200, 404]);
  });

  it('counts writes without logins, and starts at zero after a reset', async () => {
    await start();
    await fetch(`${server.url}/api/login`, { method: 'POST' });
    await fetch(`${server.url}/api/things`, { method: 'POST', body: '{}' });
    expect(server.requests.writes()).toBe(1);
    server.requests.reset();
    expect([server.requests.writes(), server.requests.count()]).toEqual([0, 0]);
  });
});

describe('compression', () => {
  it.each(['/api/big', '/api/big-plain'])('uses %s for a client that accepts gzip', async path => {
    await start();
    const plain = await get(path);
    const compressed = await get(path, { 'accept-encoding': 'deflate, gzip' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(compressed.body.length).toBeLessThan(plain.body.length / 3);
    expect(await (await fetch(server.url + path)).json()).toEqual(big);
  });

  it('is off if so configured', async () => {
    await start();
    await server.close();
    const app = new Hono().get('/a', c => sendJson(c, big)).get('/b', c => c.json(big));
    server = await startServer(app, { gzipThreshold: Number.POSITIVE_INFINITY });
    for (const path of ['/a', '/b']) {
      const { headers } = await get(path, { 'accept-encoding': 'gzip' });
      expect(headers['content-encoding']).toBeUndefined();
    }
  });

  it('is not used for small answers and for clients that do not accept gzip', async () => {
    await start();
    const small = await get('/api/things/1', { 'accept-encoding': 'gzip' });
    const refused = await get('/api/big', { 'accept-encoding': 'gzip;q=0, deflate' });
    expect(small.headers['content-encoding']).toBeUndefined();
    expect(refused.headers['content-encoding']).toBeUndefined();
  });
});

describe('the faults', () => {
  it('answer with a given status, headers and body, on the n-th request only', async () => {
    await start({ kind: 'status', status: 429, headers: { 'Retry-After': '2' }, at: 2 });
    const answers = [await get('/api/big'), await get('/api/big'), await get('/api/big')];
    expect(answers.map(answer => answer.status)).toEqual([200, 429, 200]);
    expect(answers[1]?.headers['retry-after']).toBe('2');
    expect(server.requests.entries[1]?.fault).toBe('status');
  });

  it('apply only to their route and as often as configured', async () => {
    await start({ kind: 'html', route: 'GET /api/things/{id}', every: 2, times: 1 });
    const statuses: number[] = [];
    for (const path of [
      '/api/big',
      '/api/things/1',
      '/api/things/2',
      '/api/things/3',
      '/api/things/4',
    ]) {
      statuses.push((await get(path)).status);
    }
    expect(statuses).toEqual([200, 200, 502, 200, 200]);
  });

  it('are the same for the same seed', async () => {
    const run = async (seed: number) => {
      await start();
      await server.close();
      server = await startServer(
        new Hono().get('/', c => c.text('ok')),
        {
          faults: { seed, rules: [{ kind: 'status', rate: 0.5 }] },
        },
      );
      const statuses: number[] = [];
      for (let index = 0; index < 12; index += 1) statuses.push((await get('/')).status);
      return statuses.join();
    };
    const first = await run(7);
    await server.close();
    const again = await run(7);
    expect(again).toBe(first);
    expect(new Set(first.split(',')).size).toBe(2);
  });

  it.each([
    ['before', 0],
    ['after', 1],
    ['during', 1],
  ] as const)('cut the connection %s the request is handled', async (when, calls) => {
    await start({ kind: 'cut', when, at: 1 });
    await expect(get('/api/big', { 'accept-encoding': 'gzip' })).rejects.toThrow(
      /socket hang up|aborted|ECONNRESET/,
    );
    expect(handled).toBe(calls);
  });

  it('leave a hanging request unanswered, but the server can still close', async () => {
    await start({ kind: 'hang', at: 1 });
    await expect(
      fetch(`${server.url}/api/big`, { signal: AbortSignal.timeout(100) }),
    ).rejects.toThrow(/timeout/);
    expect(handled).toBe(0);
  });

  it('delay a slow request before it is handled', async () => {
    await start({ kind: 'slow', delayMs: 80, at: 1 });
    const started = performance.now();
    expect((await get('/api/things/1')).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(70);
  });

  it('send half of the JSON as an intact HTTP answer', async () => {
    await start({ kind: 'truncate' });
    const answer = await fetch(`${server.url}/api/big`);
    const text = await answer.text();
    expect(text.length).toBe(Math.floor(JSON.stringify(big).length / 2));
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it('stop when they are cleared', async () => {
    await start({ kind: 'status', status: 500 });
    expect((await get('/api/big')).status).toBe(500);
    server.faults.clear();
    expect((await get('/api/big')).status).toBe(200);
  });

  it('refuse invalid rules', async () => {
    await start();
    expect(() => server.faults.add({ kind: 'explode' as 'hang' })).toThrow(/kind must be one of/);
    expect(() => server.faults.add({ kind: 'hang', at: 1, every: 2 })).toThrow(/only one of/);
    expect(() => server.faults.add({ kind: 'hang', at: 0 })).toThrow(/above 0/);
  });
});

describe('the server', () => {
  it('refuses a URL beyond 16 KB with an empty 431', async () => {
    await start();
    const answer = await get(`/api/big?filter=${'x'.repeat(17_000)}`);
    expect([answer.status, answer.body.length]).toEqual([431, 0]);
  });

  it('closes although a client keeps its connection alive', async () => {
    await start();
    await (await fetch(`${server.url}/api/big`)).text();
    const started = performance.now();
    await server.close();
    expect(performance.now() - started).toBeLessThan(500);
    await start();
  });
});
