import { type StdioOptions, spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const programOf = (root: string) =>
  path.join(root, 'adaptors', 'runtime', 'bin', 'godata-dhis2.js');

/**
 * The page of the last run of a workflow; undefined if it has none.
 *
 * @param where options that name the project
 */
export function findPage(
  root: string,
  workflow: string,
  where: readonly string[],
): string | undefined {
  const args = ['runs', 'open', '--json', '--workflow', workflow, ...where];
  const { stdout, status } = spawnSync(process.execPath, [programOf(root), ...args]);
  return status === 0 ? (JSON.parse(String(stdout)) as { page: string }).page : undefined;
}

/**
 * Runs the command line as any user would, in this terminal.
 *
 * @param args of `godata-dhis2`
 * @returns its exit status
 */
export async function runCommandLine(root: string, args: string[]): Promise<number> {
  // The demonstration goes on by itself: without a stdin, a run asks nothing before it writes.
  const stdio: StdioOptions = ['ignore', 'inherit', 'inherit'];
  const child = spawn(process.execPath, [programOf(root), ...args], { stdio });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
    );
  });
}
