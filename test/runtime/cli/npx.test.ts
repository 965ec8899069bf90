import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { PROJECT } from '../../support/workflow.js';

const cache = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-npx-'));
// A build removes it.
const stray = path.join(PROJECT, 'drafting/dist/stray.txt');
afterAll(() => {
  rmSync(cache, { recursive: true, force: true });
  rmSync(stray, { force: true });
});

it('the first npx in a folder that is built does not build it once more', () => {
  writeFileSync(stray, '');
  const env = { ...process.env, npm_config_cache: cache, npm_config_audit: 'false' };
  const args = ['exec', '--', 'godata-dhis2', '--version'];
  const stdout = execFileSync('npm', args, { cwd: PROJECT, env, encoding: 'utf8' });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(existsSync(stray)).toBe(true);
});
