import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COMMAND, measure } from './process.js';

/**
 * Runs workflows of this project by the command line, with the servers' credentials.
 *
 * @template T
 * @param {object} credentials
 * @param {(run: (workflow: string, state: object, ...options: string[]) => Promise<{ cpuMs: number, peakMb: number, summary: any, state: any }>) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withRuns(credentials, use) {
  const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-bench-'));
  const file = name => path.join(folder, name);
  const write = (name, value) => writeFileSync(file(name), JSON.stringify(value), { mode: 0o600 });
  write('credentials.json', credentials);
  try {
    return await use(async (workflow, state, ...options) => {
      write('state.json', state);
      const files = { credentials: 'credentials.json', state: 'state.json', output: 'out.json' };
      const args = Object.entries(files).flatMap(([key, name]) => [`--${key}`, file(name)]);
      const isAllowed = status => status === 3;
      const all = [COMMAND, 'run', workflow, ...args, '--json', ...options];
      const { stdout, ...usage } = await measure(all, { isAllowed });
      const out = JSON.parse(readFileSync(file('out.json'), 'utf8'));
      return { ...usage, summary: JSON.parse(stdout), state: out };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
