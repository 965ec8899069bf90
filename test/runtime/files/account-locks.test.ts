import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockAccounts } from '../../../adaptors/runtime/src/files/account-locks.js';

const ACCOUNT = { apiUrl: 'http://127.0.0.1:1/api', email: 'a@example.org', password: 'Secret-1!' };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'locks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('refuses a second run with one account, and says who has it', async () => {
  const first = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  await expect(lockAccounts(folder, 'places', { godata: ACCOUNT }, 0)).rejects.toMatchObject({
    code: 'ACCOUNT_IN_USE',
    message: expect.stringContaining(`cases, process ${process.pid}`),
  });
  first.release();
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, 0)).release();
  expect(readdirSync(folder)).toEqual([]);
});

it('waits for a run that ends in time', async () => {
  const first = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  setTimeout(first.release, 300);
  (await lockAccounts(folder, 'places', { godata: ACCOUNT }, 10_000)).release();
});

it('takes over from a process that has gone, and lets other accounts be', async () => {
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

it('writes nothing of a credential', async () => {
  const locks = await lockAccounts(folder, 'cases', { godata: ACCOUNT });
  const text = readdirSync(folder).map(
    name => name + readFileSync(path.join(folder, name), 'utf8'),
  );
  expect(text.join()).not.toMatch(/Secret|example/);
  locks.release();
});
