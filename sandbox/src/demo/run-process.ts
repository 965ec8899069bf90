import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the command line as any user would, in this terminal.
 *
 * @param args of `godata-dhis2`
 * @returns its exit status
 */
export async function runCommandLine(root: string, args: string[]): Promise<number> {
  const program = path.join(root, 'adaptors', 'runtime', 'bin', 'godata-dhis2.js');
  const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
    );
  });
}
