import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { createProject } from '../support/project.js';

const BIN = path.resolve(import.meta.dirname, '../../../adaptors/runtime/bin/godata-dhis2.js');
const folder = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The files of each process that a command starts, as Node's coverage lists them. */
async function loadedBy(args: string[], cwd: string): Promise<string[][]> {
  const coverage = mkdtempSync(path.join(folder, 'coverage-'));
  const env = { ...process.env, NODE_OPTIONS: '', NODE_V8_COVERAGE: coverage };
  await promisify(execFile)(process.execPath, [BIN, ...args], { cwd, env });
  return readdirSync(coverage).map(name => {
    const { result } = JSON.parse(readFileSync(path.join(coverage, name), 'utf8'));
    const urls = (result as { url: string }[]).map(({ url }) => url);
    return urls.filter(url => url.startsWith('file:') && !url.startsWith(pathToFileURL(cwd).href));
  });
}

it.each(['godata', 'dhis2', 'common'])(
  'a run of a job of %s loads a few files, none of them from node_modules',
  async name => {
    const job = 'fn(state => state);';
    const adaptor = `@openfn/language-${name}@latest`;
    const cwd = createProject({ steps: { one: { job, adaptor } } });
    const processes = await loadedBy(['run', 'small'], cwd);
    expect(processes).toHaveLength(2);
    const files = processes.flat();
    expect(files.filter(file => file.includes('/node_modules/'))).toEqual([]);
    expect(files.filter(file => file.includes('/@openfn/language-')).length).toBeGreaterThan(0);
    expect(files.length).toBeLessThan(45);
  },
);

it('a command that runs no job does not start Node a second time', async () => {
  expect(await loadedBy(['--help'], folder)).toHaveLength(1);
  expect(await loadedBy(['export', path.join(folder, 'workspace')], process.cwd())).toHaveLength(1);
});

/** The largest heap that the process of a run may have, in MB. */
async function heapOfRun(limit: string): Promise<number> {
  const told = path.join(folder, `heap-${limit}`);
  const teller = path.join(folder, 'tell-heap.mjs');
  const code = `import { getHeapStatistics } from 'node:v8';
import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(process.env.TOLD + process.execArgv.length, String(getHeapStatistics().heap_size_limit / 2 ** 20)));
`;
  writeFileSync(teller, code);
  const cwd = createProject({ steps: { one: { job: 'fn(state => state);' } } });
  const NODE_OPTIONS = `--import=${pathToFileURL(teller).href} ${limit}`;
  const env = { ...process.env, NODE_OPTIONS, TOLD: told };
  await promisify(execFile)(process.execPath, [BIN, 'run', 'small'], { cwd, env });
  const [last] = readdirSync(folder)
    .filter(name => name.startsWith(path.basename(told)))
    .sort()
    .slice(-1);
  return Number(readFileSync(path.join(folder, last!), 'utf8'));
}

it('a run keeps its heap small, and a limit that the user has set', async () => {
  const limit = await heapOfRun('');
  expect(limit).toBeLessThanOrEqual(2000 + 100);
  const set = await heapOfRun('--max-old-space-size=3000');
  expect(set).toBeGreaterThanOrEqual(3000);
});
