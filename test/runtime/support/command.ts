import { spawn } from 'node:child_process';
import path from 'node:path';

const BIN = path.resolve(import.meta.dirname, '../../../adaptors/runtime/bin/godata-dhis2.js');

/** What a command left: its exit status and what it printed. */
export interface CommandResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** A command that runs; `stopWhen` sends SIGINT as soon as stderr holds a text. */
export function runCommandLine(
  args: string[],
  { bin = BIN, cwd, stopWhen }: { bin?: string; cwd?: string; stopWhen?: string } = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd,
      env: { ...process.env, CI: '1' },
    });
    const result = { stdout: '', stderr: '' };
    child.stdout.on('data', text => {
      result.stdout += text;
    });
    child.stderr.on('data', text => {
      result.stderr += text;
      if (stopWhen && result.stderr.includes(stopWhen)) child.kill('SIGINT');
    });
    child.once('error', reject);
    child.once('close', status => resolve({ status, ...result }));
  });
}
