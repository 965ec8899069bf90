import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { startSandbox } from '#sandbox/index.js';
import { readRougeole, rougeoleFile } from '#test/support/rougeole.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** The files that the page of the sandbox shows, by their names in the first line. */
function readExamples(): Map<string, string> {
  const page = readFileSync(path.join(ROOT, 'sandbox', 'README.md'), 'utf8');
  const blocks = [...page.matchAll(/```js\n\/\/ (\S+\.mjs)\n([\s\S]*?)```/g)];
  return new Map(blocks.map(([, name, code]) => [name!, code!]));
}

describe('the sandbox as a library, in plain Node', () => {
  // A project that depends on this package, as its user has it.
  const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-library-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(ROOT, path.join(folder, 'node_modules', 'godata-dhis2'));
  for (const [name, file] of Object.entries({
    'program.json': 'program-cas.json',
    'metadata.json': 'metadata.json',
    'outbreak.json': 'outbreak.json',
  })) {
    copyFileSync(rougeoleFile(file), path.join(folder, name));
  }
  const examples = readExamples();
  const run = async (name: string) => {
    writeFileSync(path.join(folder, name), examples.get(name) ?? 'throw new Error("no example")');
    const options = { cwd: folder, env: { ...process.env, NODE_OPTIONS: '' } };
    return promisify(execFile)(process.execPath, [name], options);
  };

  it('starts both servers with exported metadata, as its page shows', async () => {
    const { stdout, stderr } = await run('try-sandbox.mjs');
    expect(stderr).toBe('');
    expect(stdout).toBe(
      [
        'Note: The sandbox does not serve 1 programIndicators.',
        "[ { name: 'Rougeole - surveillance cas par cas' } ]",
        '50\n',
      ].join('\n'),
    );
  });

  it('starts each server alone, as its page shows', async () => {
    const { stdout, stderr } = await run('try-servers.mjs');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+ http:\/\/127\.0\.0\.1:\d+ 2\n$/);
  });
});

describe('startSandbox', () => {
  it('takes parsed JSON, and accounts that can log in', async () => {
    const sandbox = await startSandbox({
      dhis2Metadata: [readRougeole('program-cas.json')],
      godataTemplate: readRougeole('outbreak.json'),
      people: 5,
      casesCount: 5,
      today: '2026-11-23',
    });
    const { apiUrl, email, password } = sandbox.credentials.godata;
    const login = await fetch(`${apiUrl}/users/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    expect(login.status).toBe(200);
    expect(sandbox.dhis2.store.tracker.list('trackedEntities')).toHaveLength(5);
    expect(sandbox.goData.store.outbreaks.list().map(({ name }) => name)).toEqual([
      'Rougeole 2026',
    ]);
    await sandbox.close();
    await expect(fetch(apiUrl)).rejects.toThrow();
  });

  it('takes the costs of real servers', async () => {
    const sandbox = await startSandbox({
      casesCount: 1,
      people: 1,
      godataCost: { request: 0.5 },
      dhis2Cost: { relationships: 0 },
    });
    const { apiUrl, email, password } = sandbox.credentials.godata;
    await fetch(`${apiUrl}/users/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    expect(sandbox.goData.work).toEqual({ request: 0.5 });
    await sandbox.close();
    for (const wrong of [
      { godataCost: { cases: 1 } },
      { godataCost: { case: -1 } },
      { dhis2Cost: { relationships: '15' } },
      { dhis2Cost: { relationships: Number.NaN } },
    ]) {
      await expect(startSandbox(wrong as never)).rejects.toThrow(RangeError);
    }
  });

  it('refuses an option that it does not have, and JSON that is no export', async () => {
    await expect(startSandbox({ persons: 5 } as never)).rejects.toMatchObject({
      message: 'startSandbox: there is no option persons.',
      fix: expect.stringContaining('people'),
    });
    await expect(startSandbox({ dhis2Metadata: [{ hello: 1 }] })).rejects.toMatchObject({
      message: expect.stringContaining('the given metadata is no DHIS2 metadata export'),
      fix: expect.stringContaining('/api/programs/{id}/metadata.json'),
    });
  });
});
