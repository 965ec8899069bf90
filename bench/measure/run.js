import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { memoryFlags } from '../../adaptors/runtime/bin/memory-flags.js';
import { COMMAND, measure } from './process.js';

/** A folder that is removed when `use` has ended. @template T @param {(file: (name: string) => string) => Promise<T>} use @returns {Promise<T>} */
export async function withFolder(use) {
  const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-bench-'));
  try {
    return await use(name => path.join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Runs a workflow by the command line, as a whole process. Rejected records are no failure.
 *
 * @param {string[]} more further arguments
 */
export function runCommand(workflow, credentials, state, more = []) {
  return withFolder(async file => {
    const write = (name, value) => {
      writeFileSync(file(name), JSON.stringify(value), { mode: 0o600 });
      return file(name);
    };
    const options = {
      '--credentials': write('credentials.json', credentials),
      '--state': write('state.json', state),
    };
    return measure([COMMAND, 'run', workflow, ...Object.entries(options).flat(), ...more], [0, 3]);
  });
}

/**
 * Runs a workflow in a process of its own until its source has no more, with as much memory as the
 * command gives it.
 *
 * @returns {Promise<import('./process.js').Usage & { steps: Record<string, number>, stepSeconds: Record<string, number>, largestStateMb: number, state: any }>}
 */
export function runDrained(workflow, credentials, state) {
  return withFolder(async file => {
    const input = file('run.json');
    writeFileSync(input, JSON.stringify({ workflow, credentials, state }), { mode: 0o600 });
    const flags = ['--experimental-vm-modules', '--no-warnings', ...memoryFlags()];
    const usage = await measure([...flags, 'bench/programs/drained-run.js', input]);
    return {
      ...usage,
      ...JSON.parse(usage.stdout),
      state: JSON.parse(readFileSync(input, 'utf8')),
    };
  });
}
