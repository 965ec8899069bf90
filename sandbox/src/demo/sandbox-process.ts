import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A running sandbox program. */
export interface SandboxProcess {
  /** Saves and ends it. */
  stop(): Promise<void>;
}

/** The sandbox ended before it listened; stderr already says why. */
export class SandboxFailed extends Error {
  readonly exitStatus: number;

  constructor(exitStatus: number) {
    super('The sandbox did not start.');
    this.exitStatus = exitStatus;
  }
}

/**
 * Starts the sandbox program in a process of its own, so that its time and memory do not count for
 * the run. It ends with this process in any case.
 *
 * @throws SandboxFailed if it ends before both servers listen
 */
export async function startSandbox(root: string, args: string[]): Promise<SandboxProcess> {
  const program = path.join(root, 'sandbox', 'dist', 'main.js');
  const child = spawn(process.execPath, [program, ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const isReady = await Promise.race([firstLine(child), ended.then(() => false)]);
  if (!isReady) {
    await ended;
    throw new SandboxFailed(child.exitCode || 1);
  }
  return {
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<boolean> {
  for await (const line of createInterface({ input: child.stdout! })) return line.startsWith('{');
  return false;
}
