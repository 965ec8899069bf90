import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** The command as users start it: it also starts the process that runs jobs. */
export const COMMAND = 'adaptors/runtime/bin/godata-dhis2.js';
const REPORT = path.resolve('bench/measure/report-usage.js');

/**
 * @typedef {object} Usage of a program and of the processes that it started, their start included
 * @property {number} cpuMs of all processes
 * @property {number} peakMb of the largest process
 * @property {number} seconds from its start to its end
 * @property {string} stdout
 */

/**
 * Runs a program as a whole process.
 *
 * @param {string[]} args of Node
 * @param {number[]} allowed exit statuses
 * @returns {Promise<Usage>}
 */
export async function measure(args, allowed = [0]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-usage-'));
  const env = {
    ...process.env,
    CI: '1',
    NODE_OPTIONS: `--import=${REPORT}`,
    USAGE_FOLDER: folder,
  };
  try {
    const options = { env, maxBuffer: 2 ** 28 };
    const started = performance.now();
    const { stdout } = await promisify(execFile)(process.execPath, args, options).catch(error => {
      if (allowed.includes(error.code)) return error;
      throw error;
    });
    const seconds = (performance.now() - started) / 1000;
    const usages = readdirSync(folder).map(name =>
      JSON.parse(readFileSync(path.join(folder, name), 'utf8')),
    );
    return {
      cpuMs: usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      peakMb: Math.max(...usages.map(({ peakMb }) => peakMb)),
      seconds,
      stdout,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The same several times; other programs disturb, so the least counts.
 *
 * @param {number} times
 * @param {string[]} args of Node
 */
export async function measureLeast(times, args) {
  const usages = [];
  for (let n = 0; n < times; n += 1) usages.push(await measure(args));
  return usages.reduce((least, usage) => (usage.cpuMs < least.cpuMs ? usage : least));
}

/**
 * Starts servers in a process of their own, which prints one line of JSON when it is ready and
 * answers each line that it reads with another.
 *
 * @template T
 * @param {string[]} args of Node
 * @param {(ready: any, ask: (line: string) => Promise<any>) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withServers(args, use) {
  const servers = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: servers.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  try {
    return await use(await next(), line => {
      servers.stdin.write(`${line}\n`);
      return next();
    });
  } finally {
    servers.kill();
  }
}
