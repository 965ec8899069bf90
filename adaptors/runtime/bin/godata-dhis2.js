#!/usr/bin/env node
// Starts the command. Jobs run as ES modules in node:vm, which Node offers only to a process that
// was started with a flag: a command that may run a job needs a second process.
import { spawn } from 'node:child_process';
import { existsSync, fstatSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { memoryFlags } from './memory-flags.js';

const main = path.join(import.meta.dirname, '..', 'dist', 'main.js');
if (!existsSync(main)) {
  console.error('Error: godata-dhis2 is not built.\n  What to do: npm run build');
  process.exit(2);
}

const WITHOUT_JOBS = [
  'bundle',
  'completion',
  'export',
  'init',
  'new-workflow',
  'pull',
  'runs',
  'sandbox',
];
const [command = '--help'] = process.argv.slice(2);
if (command.startsWith('-') || WITHOUT_JOBS.includes(command))
  await import(pathToFileURL(main).href);
else startAgain();

/** The descriptors that the child needs: those of every process, and that of `--credentials fd:3`. */
function inherited() {
  const words = process.argv.slice(2).join('\n');
  const wanted = /(?:^|\n)(?:--credentials|-c)[\n=]?fd:([3-9]|[1-9]\d{1,2})(?:\n|$)/.exec(words);
  const last = wanted && isOpen(Number(wanted[1])) ? Number(wanted[1]) : 2;
  return Array.from({ length: last + 1 }, (_, n) => (n > 2 && n < last ? 'ignore' : n));
}

function isOpen(descriptor) {
  try {
    fstatSync(descriptor);
    return true;
  } catch {
    return false;
  }
}

function startAgain() {
  const flags = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    ...memoryFlags(),
  ];
  const child = spawn(process.execPath, [...flags, main, ...process.argv.slice(2)], {
    // The channel ends with this process, even if it is killed, and the child ends with the channel.
    stdio: [...inherited(), 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.once('error', error => {
    console.error(`Error: Node cannot be started again: ${error.message}`);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    if (!signal) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
