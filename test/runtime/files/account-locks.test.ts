import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockAccounts } from '#runtime/files/account-locks.js';
import { ownIdentity } from '#runtime/files/process-identity.js';

const ACCOUNT = { apiUrl: 'http://127.0.0.1:1/api', email: 'a@example.org', password: 'Secret-1!' };
const NOW = { patienceMs: 0 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'locks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('refuses a second run with the same account, and names the run that holds it', async () => {
  const first = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  await expect(lockAccounts(folder, 'places', { godata: ACCOUNT }, NOW)).rejects.toMatchObject({
    code: 'ACCOUNT_IN_USE',
    message: expect.stringContaining(`cases, process ${process.pid}`),
  });
  first.release();
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, NOW)).release();
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
  await expect(lockAccounts(folder, 'places', { godata: ACCOUNT }, NOW)).rejects.toMatchObject({
    message: expect.stringContaining(file),
    fix: expect.stringContaining('delete the lock'),
  });
});

it.each([
  ['no run: an empty file', ''],
  ['no run: an incomplete file', '{"pid": 1, "ho'],
  ['no run: other content', '[1]'],
])('takes over the lock of %s', async (_, change) => {
  await lockOf(change);
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, NOW)).release();
  expect(readdirSync(folder)).toEqual([]);
});

it('takes over the lock of a process whose id another process has now', async () => {
  const [boot] = ownIdentity().began?.split(' ') ?? [];
  await lockOf({ began: `${boot} 1` });
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, NOW)).release();
});

/** A lock that is not touched for a tenth of a second counts as forgotten. */
const SOON = { patienceMs: 5_000, forgottenMs: 100 };

it.each([
  ['another host', { host: 'another-host' }],
  ['another container with the same name', { space: 'pid:[1]' }],
  ['another machine with the same name, or an earlier boot of this one', { began: 'another 1' }],
  ['a system that does not tell when a process began', { began: undefined, space: undefined }],
])(
  'takes over a lock of %s only when its run has not touched it for 45 seconds',
  async (_, change) => {
    await lockOf(change);
    await expect(lockAccounts(folder, 'places', { godata: ACCOUNT }, NOW)).rejects.toMatchObject({
      code: 'ACCOUNT_IN_USE',
    });
    (await lockAccounts(folder, 'places', { godata: ACCOUNT }, SOON)).release();
  },
);

it.each([-1, 1])(
  'is not misled by a clock that is %d days ahead on the host of the lock',
  async days => {
    const file = await lockOf({ host: 'another-host' });
    const there = new Date(Date.now() + days * 86_400_000);
    utimesSync(file, there, there);
    await expect(lockAccounts(folder, 'places', { godata: ACCOUNT }, NOW)).rejects.toMatchObject({
      code: 'ACCOUNT_IN_USE',
    });
    (await lockAccounts(folder, 'places', { godata: ACCOUNT }, SOON)).release();
  },
);

it('takes over what is no lock: an empty folder, when it is as old; one with files is named', async () => {
  const file = await lockOf({ pid: 1 });
  rmSync(file);
  mkdirSync(file);
  await expect(lockAccounts(folder, 'places', { godata: ACCOUNT }, NOW)).rejects.toMatchObject({
    code: 'ACCOUNT_IN_USE',
    message: expect.stringContaining(`Its lock is ${file}`),
  });
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, SOON)).release();
  mkdirSync(path.join(file, 'of somebody'), { recursive: true });
  const short = { ...SOON, patienceMs: 300 };
  await expect(lockAccounts(folder, 'places', { godata: ACCOUNT }, short)).rejects.toMatchObject({
    code: 'ACCOUNT_IN_USE',
    fix: expect.stringContaining('delete the lock'),
  });
  expect(readdirSync(file)).toEqual(['of somebody']);
});

it('says that its folder cannot be used', async () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  await expect(lockAccounts(file, 'places', { godata: ACCOUNT })).rejects.toMatchObject({
    code: 'LOCK_UNWRITABLE',
    kind: 'configuration',
  });
});

it('does not remove a lock that another run has taken over', async () => {
  const first = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  const file = path.join(folder, readdirSync(folder)[0]!);
  rmSync(file);
  const second = await lockAccounts(folder, 'places', { godata: ACCOUNT }, NOW);
  first.release();
  expect(readdirSync(folder)).toHaveLength(1);
  second.release();
});

it('waits for a run that ends soon', async () => {
  const first = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  setTimeout(first.release, 300);
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, { patienceMs: 10_000 })).release();
});

it('takes over the lock of a process that has ended, and does not affect other accounts', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const first = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  const [name] = readdirSync(folder);
  const file = path.join(folder, name!);
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), pid }));
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, NOW)).release();
  first.release();
  const other = await lockAccounts(folder, 'cases', {
    godata: { ...ACCOUNT, email: 'b@example.org' },
  });
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, NOW)).release();
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
  const locks = await lockAccounts(folder, 'two-way', { a: { user: 'x' }, b: { user: 'x' } }, NOW);
  expect(readdirSync(folder)).toHaveLength(1);
  locks.release();
  expect(readdirSync(folder)).toEqual([]);
});
