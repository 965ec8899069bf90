import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import path from 'node:path';
import { type CommandResult, runShared } from '../../support/command-client.js';

const BIN = path.resolve(import.meta.dirname, '../../../adaptors/runtime/bin/godata-dhis2.js');

/**
 * The command in a shell, with text before and after it, such as `| head -1`. Returns the shell's
 * status.
 */
export function runInShell(args: string, cwd: string, variables = {}): Promise<CommandResult> {
  const command = `set -o pipefail; '${process.execPath}' '${BIN}' ${args}`;
  return collect(
    spawn('bash', ['-c', command], { cwd, env: { ...process.env, CI: '1', ...variables } }),
  );
}

/** A running command; `stopWhen` sends SIGINT as soon as stderr contains a text. */
export async function runCommandLine(
  args: string[],
  { bin = BIN, cwd, stopWhen }: { bin?: string; cwd?: string; stopWhen?: string } = {},
): Promise<CommandResult> {
  if (bin === BIN && stopWhen === undefined) {
    const shared = await runShared({ args, cwd: cwd ?? process.cwd() });
    if (shared) return shared;
  }
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { ...process.env, CI: '1' },
  });
  return collect(child, stopWhen);
}

function collect(child: ChildProcessWithoutNullStreams, stopWhen?: string): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
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
