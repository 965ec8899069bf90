import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockAccounts } from '#runtime/files/account-locks.js';

const ACCOUNT = { apiUrl: 'http://127.0.0.1:1/api', email: 'a@example.org', password: 'Secret-1!' };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'locks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('refuses a second run with the same account, and names the run that holds it', async () => {
  const first = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  await expect(lockAccounts(folder, 'places', { godata: ACCOUNT }, 0)).rejects.toMatchObject({
    code: 'ACCOUNT_IN_USE',
    message: expect.stringContaining(`cases, process ${process.pid}`),
  });
  first.release();
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, 0)).release();
  expect(readdirSync(folder)).toEqual([]);
});

/** Changes what the only lock records about its holder. */
async function lockOf(change: object | string): Promise<string> {
  const { release } = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  const [name] = readdirSync(folder);
  const file = path.join(folder, name!);
  const holder = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(
    file,
    typeof change === 'string' ? change : JSON.stringify({ ...holder, ...change }),
  );
  release();
  return file;
}

it('names the lock and how to remove it', async () => {
  const file = await lockOf({ workflow: 'elsewhere' });
  await expect(lockAccounts(folder, 'places', { godata: ACCOUNT }, 0)).rejects.toMatchObject({
    message: expect.stringContaining(file),
    fix: expect.stringContaining('delete the lock'),
  });
});

it.each([
  ['a process whose id another process has now', { began: 'an earlier boot 1' }],
  ['no run: an empty file', ''],
  ['no run: an incomplete file', '{"pid": 1, "ho'],
  ['no run: other content', '[1]'],
])('takes over the lock of %s', async (_, change) => {
  await lockOf(change);
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, 0)).release();
  expect(readdirSync(folder)).toEqual([]);
});

it('takes over a lock of another host only when its run has not updated it for two minutes', async () => {
  const file = await lockOf({ host: 'another-host' });
  await expect(lockAccounts(folder, 'places', { godata: ACCOUNT }, 0)).rejects.toMatchObject({
    code: 'ACCOUNT_IN_USE',
  });
  const longAgo = new Date(Date.now() - 121_000);
  utimesSync(file, longAgo, longAgo);
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, 0)).release();
});

it('does not remove a lock that another run has taken over', async () => {
  const first = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  const file = path.join(folder, readdirSync(folder)[0]!);
  rmSync(file);
  const second = await lockAccounts(folder, 'places', { godata: ACCOUNT }, 0);
  first.release();
  expect(readdirSync(folder)).toHaveLength(1);
  second.release();
});

it('waits for a run that ends soon', async () => {
  const first = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  setTimeout(first.release, 300);
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, 10_000)).release();
});

it('takes over the lock of a process that has ended, and does not affect other accounts', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const first = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  const [name] = readdirSync(folder);
  const file = path.join(folder, name!);
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), pid }));
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, 0)).release();
  first.release();
  const other = await lockAccounts(folder, 'cases', {
    godata: { ...ACCOUNT, email: 'b@example.org' },
  });
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, 0)).release();
  other.release();
});

it('writes nothing from a credential', async () => {
  const locks = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  const text = readdirSync(folder).map(
    name => name + readFileSync(path.join(folder, name), 'utf8'),
  );
  expect(text.join()).not.toMatch(/Secret|example/);
  locks.release();
});

it('does not wait for itself when two credentials are of one account', async () => {
  const locks = await lockAccounts(folder, 'two-way', { a: { user: 'x' }, b: { user: 'x' } }, 0);
  expect(readdirSync(folder)).toHaveLength(1);
  locks.release();
  expect(readdirSync(folder)).toEqual([]);
});
