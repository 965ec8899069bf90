import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** The program of command-process.ts, built before all tests. */
export const COMMAND_PROCESS = path.resolve(
  import.meta.dirname,
  '../../node_modules/.cache/godata-dhis2/commands.mjs',
);

/** A command of `godata-dhis2`. */
export interface Command {
  args: string[];
  cwd: string;
}

/** How a command ended, and what it printed. */
export interface CommandResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

let commands: Promise<ChildProcess> | undefined;
let isBusy = false;

async function start(): Promise<ChildProcess> {
  const child = fork(COMMAND_PROCESS, {
    execArgv: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, CI: '1' },
  });
  await once(child, 'message');
  // The process must not delay the end of the tests; it ends with them.
  child.unref();
  child.channel?.unref();
  return child;
}

/**
 * Runs a command in a process that the test files of a worker share, which saves the second that
 * the command takes to start. Tests about the process itself (signals, pipes, a killed run) start
 * the program instead.
 *
 * @returns undefined while another command is running: two at a time need two processes
 */
export async function runShared(command: Command): Promise<CommandResult | undefined> {
  if (isBusy) return undefined;
  isBusy = true;
  try {
    commands ??= start();
    const child = await commands;
    return await new Promise<CommandResult>((resolve, reject) => {
      const onExit = () => {
        commands = undefined;
        reject(new Error(`The process of the commands ended in ${command.args.join(' ')}.`));
      };
      child.once('exit', onExit);
      child.once('message', result => {
        child.off('exit', onExit);
        resolve(result as CommandResult);
      });
      child.send(command);
    });
  } finally {
    isBusy = false;
  }
}
