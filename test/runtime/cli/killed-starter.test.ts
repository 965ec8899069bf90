import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { readRecord } from '../../support/records.js';
import { createProject } from '../support/project.js';

const BIN = path.resolve(import.meta.dirname, '../../../adaptors/runtime/bin/godata-dhis2.js');
const patient = { timeout: 20_000, interval: 50 };

/** The program that users start, while its child process runs a long job. */
async function startRun(): Promise<{ starter: ChildProcess; status(): string }> {
  const cwd = createProject({ steps: { write: { job: 'wait(60000);' } } });
  const starter = spawn(process.execPath, [BIN, 'run', 'small'], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void starter.kill('SIGKILL'));
  let stderr = '';
  starter.stderr!.on('data', text => {
    stderr += text;
  });
  await vi.waitUntil(() => stderr.includes('started'), patient);
  return { starter, status: () => JSON.parse(readRecord(cwd, 'report.json')).status };
}

it('a killed program ends its child process too, as on SIGTERM', async () => {
  const { starter, status } = await startRun();
  expect(status()).toBe('unfinished');
  starter.kill('SIGKILL');
  await once(starter, 'exit');
  await vi.waitUntil(() => status() === 'stopped', patient);
});

it.each(['SIGHUP', 'SIGTERM', 'SIGINT'] as const)(
  '%s stops a run and keeps its document',
  async signal => {
    const { starter, status } = await startRun();
    starter.kill(signal);
    const [exitStatus] = await once(starter, 'exit');
    expect(exitStatus).toBe(130);
    expect(status()).toBe('stopped');
  },
);
