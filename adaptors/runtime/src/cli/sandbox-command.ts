import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { findPackageRoot } from '../files/package-root.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * `godata-dhis2 sandbox`: starts the sandbox's own program with the same arguments, and returns its
 * exit status.
 */
export async function sandboxCommand(args: string[]): Promise<number> {
  const program = path.join(findPackageRoot(), 'sandbox', 'dist', 'main.js');
  if (!existsSync(program)) {
    process.stderr.write(
      `Error: the sandbox is not built: there is no ${program}.\n  What to do: npm run build\n`,
    );
    return 2;
  }
  const child = spawn(process.execPath, [program, ...args], {
    // It ends with the channel, and so with this process, even if this is killed.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
    );
  });
}
