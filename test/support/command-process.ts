import { channel } from 'node:diagnostics_channel';
import { runProgram } from '#runtime/cli/run-program.js';
import type { Command, CommandResult } from './command-client.js';

// A process that runs one `godata-dhis2` command after the other, so that tests need not start Node
// and load the engine for each. Each command gets a fresh console, folder and argument list, as in
// a process of its own.

const freshConsole = { ...console };
/** What the current command has printed; undefined between commands. */
let printed: { stdout: string; stderr: string } | undefined;

for (const name of ['stdout', 'stderr'] as const) {
  const write = (text: string | Uint8Array, ...rest: unknown[]) => {
    if (printed) printed[name] += typeof text === 'string' ? text : Buffer.from(text).toString();
    const done = rest.find(one => typeof one === 'function') as (() => void) | undefined;
    if (done) process.nextTick(done);
    return true;
  };
  process[name].write = write as typeof process.stdout.write;
}

function answer(status: number): void {
  const result: CommandResult = { status, ...printed! };
  printed = undefined;
  process.send!(result);
}

async function run({ args, cwd }: Command): Promise<void> {
  channel('test:command').publish({});
  Object.assign(console, freshConsole);
  process.chdir(cwd);
  process.argv = [process.execPath, 'godata-dhis2', ...args];
  printed = { stdout: '', stderr: '' };
  answer(await runProgram());
}

process.on('message', message => void run(message as Command));
process.on('disconnect', () => process.exit());
// Between commands, a process of its own would have ended. During a command, only an error that the
// command does not catch ends it.
process.on('uncaughtException', error => {
  if (!printed || process.listenerCount('uncaughtException') > 1) return;
  printed.stderr += `${error.stack}\n`;
  answer(1);
});
process.send!('ready');
