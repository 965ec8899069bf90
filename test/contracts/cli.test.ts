import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDhis2, startDhis2 } from '../../sandbox/src/dhis2/index.js';
import { readWorld } from './dhis2/replay/recordings.js';
import { worldToSeed } from './dhis2/replay/to-seed.js';

// The command, with a sandbox in the place of the real server.

const folder = mkdtempSync(path.join(tmpdir(), 'contracts-'));
let full: RunningDhis2;
let empty: RunningDhis2;

beforeAll(async () => {
  const seed = worldToSeed(readWorld());
  full = await startDhis2({ seed, version: '2.43.1' });
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
    [['--only', '12'], '"12" is no pair and no range, such as 016 or 262-338.'],
    [['--reads'], '--reads goes with --url.'],
    [['--url', 'http://127.0.0.1:1'], '--url wants --version, what to compare with.'],
    [['--url', 'localhost', '--version', '2.43.1'], '"localhost" is no address.'],
  ])('refuses %j', async (args, message) => {
    const { status, stderr } = await contracts(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it('writes to no server that has an org unit', async () => {
    const before = JSON.stringify(full.store);
    const result = await contracts('--url', full.url, '--version', '2.43.1');
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/has 7 org units.*only to one without any org unit/);
    expect(full.requests.writes()).toBe(0);
    expect(JSON.stringify(full.store)).toBe(before);
  });

  it('says that nobody answers, or that the account is wrong', async () => {
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

  it('only reads with --reads, whatever the server holds', async () => {
    full.requests.reset();
    const out = path.join(folder, 'reads.json');
    const result = await contracts(
      ...['--url', full.url, '--version', '2.43.1', '--reads', '--out', out],
    );
    expect(result.stdout).toMatch(
      /beside the recordings of 2\.43\.1: \d\d requests that only read/,
    );
    expect(full.requests.writes()).toBe(0);
    expect(full.requests.count()).toBeGreaterThan(40);
    expect(result.stdout).toMatch(/\n {2}all \d\d: alike \d\d/);
    const { server, rows } = JSON.parse(readFileSync(out, 'utf8'));
    expect(server).toMatch(/^2\.43\.1/);
    expect(result.stdout).toContain(`${rows.length} answers differ`);
  });

  it('sends everything to a server without an org unit, the world first', async () => {
    const out = path.join(folder, 'all.json');
    const result = await contracts('--url', empty.url, '--version', '2.43.1', '--out', out);
    expect(result.stdout).toContain('421 requests, the first of which write the recorded world');
    expect(result.stdout).toMatch(/\n {2}all 421: alike/);
    const { rows } = JSON.parse(readFileSync(out, 'utf8'));
    expect(rows[0]).toMatchObject({ pair: expect.any(String), differences: expect.any(Array) });
  });
});
