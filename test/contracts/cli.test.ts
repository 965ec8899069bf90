import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { startTestServer } from '../support/http-server.js';
import { readRecordings, readWorld } from './dhis2/replay/recordings.js';
import { worldToSeed } from './dhis2/replay/to-seed.js';

// The command, with a sandbox instead of the real server.

const folder = mkdtempSync(path.join(tmpdir(), 'contracts-'));
let full: RunningDhis2;
let empty: RunningDhis2;

beforeAll(async () => {
  const seed = worldToSeed(readWorld());
  // Background jobs need time; the tests do not wait for it.
  const began = Date.now();
  const clock = () => new Date(began + 30 * (Date.now() - began));
  full = await startDhis2({ seed, version: '2.43.1', clock });
  const defaults = ['categoryOptions', 'categories', 'categoryCombos', 'categoryOptionCombos'];
  const builtIn = Object.fromEntries(
    Object.entries(seed).map(([name, objects]) => [
      name,
      defaults.includes(name)
        ? (objects as { name: string }[]).filter(object => object.name === 'default')
        : [],
    ]),
  );
  const admin = seed.users.find(({ username }) => username === 'admin')!;
  const users = [{ ...admin, organisationUnits: [], teiSearchOrganisationUnits: [] }];
  empty = await startDhis2({
    seed: { ...builtIn, users } as unknown as typeof seed,
    version: '2.43.1',
  });
});

afterAll(async () => {
  await full.close();
  await empty.close();
  rmSync(folder, { recursive: true });
});

interface Result {
  status: number | null;
  stdout: string;
  stderr: string;
}

function contracts(...args: string[]): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['test/contracts/run.js', ...args]);
    const result = { stdout: '', stderr: '' };
    child.stdout.on('data', chunk => {
      result.stdout += chunk;
    });
    child.stderr.on('data', chunk => {
      result.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', status => resolve({ status, ...result }));
  });
}

describe('npm run contracts', () => {
  it('shows its options', async () => {
    const { status, stdout } = await contracts('--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/--url .*WRITES/);
  });

  it.each([
    [['--bogus'], "Unknown option '--bogus'"],
    [['--version', '2.39'], 'There are no recordings of "2.39".'],
    [['--only', '12'], '"12" is not the number of a pair or a range, such as 016 or 262-338.'],
    [['--reads'], '--reads needs --url.'],
    [['--url', 'http://127.0.0.1:1'], '--url needs --version: the recordings to compare with.'],
    [['--url', 'localhost', '--version', '2.43.1'], '"localhost" is not an address.'],
  ])('refuses %j', async (args, message) => {
    const { status, stderr } = await contracts(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it('writes to no server with an org unit', async () => {
    const before = JSON.stringify(full.store);
    const result = await contracts('--url', full.url, '--version', '2.43.1');
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/has 7 org units.*only to a server without any org unit/);
    expect(full.requests.writes()).toBe(0);
    expect(JSON.stringify(full.store)).toBe(before);
  });

  it('reports that no server answers, or that the account is wrong', async () => {
    const nobody = await contracts('--url', 'http://127.0.0.1:9', '--version', '2.43.1');
    expect(nobody).toMatchObject({
      status: 1,
      stderr: 'No server answers at http://127.0.0.1:9.\n',
    });
    const wrong = await contracts(
      ...['--url', full.url, '--version', '2.43.1', '--password', 'wrong'],
    );
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain('/api/system/info answers 401');
  });

  it('only reads with --reads, whatever the server has', async () => {
    full.requests.reset();
    const out = path.join(folder, 'reads.json');
    const result = await contracts(
      ...['--url', `${full.url}/api/`, '--version', '2.43.1', '--reads', '--out', out],
    );
    expect(result.stdout).toMatch(
      /compared with the recordings of 2\.43\.1: \d\d requests that only read/,
    );
    expect(full.requests.writes()).toBe(0);
    expect(full.requests.count()).toBeGreaterThan(40);
    expect(result.stdout).toMatch(/\n {2}all \d\d: alike \d\d/);
    const { server, rows } = JSON.parse(readFileSync(out, 'utf8'));
    expect(server).toMatch(/^2\.43\.1/);
    expect(result.stdout).toContain(`${rows.length} answers differ`);
  });

  it('stops when a server does not accept the recorded world', async () => {
    empty.requests.reset();
    const result = await contracts('--url', empty.url, '--version', '2.43.1');
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(
      /does not accept the recorded world \(002-metadata-import-world: 501/,
    );
    expect(empty.requests.writes()).toBe(1);
  });

  it('sends everything to a server without an org unit, the world first', async () => {
    const server = await startNewServer(full.url);
    const out = path.join(folder, 'all.json');
    const result = await contracts('--url', server.url, '--version', '2.43.1', '--out', out);
    await server.close();
    expect(result.stdout).toContain('421 requests, the first of which write the recorded world');
    const alike = Number(/\n {2}all 421: alike (\d+)/.exec(result.stdout)?.[1]);
    expect(alike).toBeGreaterThan(300);
    const { rows } = JSON.parse(readFileSync(out, 'utf8'));
    expect(rows).toHaveLength(421 - alike);
    expect(rows[0]).toMatchObject({ pair: expect.any(String), differences: expect.any(Array) });
  });
});

/** A server that appears new until the recorded world is imported; the sandbox has it already. */
async function startNewServer(url: string) {
  const importing = readRecordings('2.43.1').filter(({ pair }) => /^00[234]$/.test(pair));
  let isNew = true;
  return startTestServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const taken = importing.find(
      ({ request: { method, path: target } }) =>
        method === request.method && target === request.url,
    );
    if (isNew && taken) {
      isNew = importing.indexOf(taken) < 2;
      response.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' });
      response.end(JSON.stringify(taken.response.body));
    } else if (isNew && request.url?.startsWith('/api/organisationUnits')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"pager":{"total":0},"organisationUnits":[]}');
    } else {
      const headers = { ...request.headers } as Record<string, string>;
      for (const name of ['host', 'connection', 'content-length', 'accept-encoding']) {
        delete headers[name];
      }
      const init = { method: request.method, headers, redirect: 'manual' as const };
      const answer = await fetch(url + request.url, { ...init, ...(body.length > 0 && { body }) });
      const text = await answer.text();
      const kept = ['content-type', 'location'].flatMap(name =>
        answer.headers.has(name) ? [[name, answer.headers.get(name)!]] : [],
      );
      response.writeHead(answer.status, Object.fromEntries(kept));
      response.end(text);
    }
  });
}
