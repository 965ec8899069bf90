/*
 * The demonstration behind `npm start`: a sandbox, the real command line against it, and what to
 * try next. A second start continues with the saved data of both servers.
 */
import { existsSync, rmSync } from 'node:fs';
import { CommanderError } from 'commander';
import { toDemoFiles, toSandboxArgs } from './demo/demo-files.js';
import { createDemoCommand, type DemoOptions, toRuns } from './demo/options.js';
import { chooseProject } from './demo/own-project.js';
import { findPackageRoot } from './demo/package-root.js';
import { workInBoth } from './demo/people-at-work/index.js';
import { findPage, runCommandLine } from './demo/run-process.js';
import { SandboxFailed, startSandbox } from './demo/sandbox-process.js';
import {
  formatCommand,
  formatDeeds,
  formatHeading,
  formatNextSteps,
  formatPage,
  formatProject,
} from './demo/texts.js';
import { formatProblem, UsageError } from './input/usage-error.js';
import { allowClosedPipe } from './main/closed-pipe.js';
import { isSaved } from './main/saved-content.js';
import { toShellWord } from './main/shell-words.js';

/** Exit status of a run that has finished with rejected records. */
const REJECTIONS = 3;

/** @returns the exit status of the run; rejected records are part of the demonstration */
async function demonstrate(workflow: string, options: DemoOptions): Promise<number> {
  const files = toDemoFiles(workflow, options);
  if (options.fresh) rmSync(files.folder, { recursive: true, force: true });
  process.stdout.write(formatHeading(workflow, options, files, isSaved(files.folder)));
  const root = findPackageRoot();
  const project = chooseProject(root, options.state);
  const where = project === undefined ? [] : ['--project', project];
  process.stdout.write(formatProject(project));
  const sandbox = await startSandbox(root, toSandboxArgs(options, files));
  let exitStatus = 0;
  let isSecond = false;
  for (const name of toRuns(workflow)) {
    // The same workflow again: what people have changed in the meantime goes both ways.
    if (isSecond) process.stdout.write(formatDeeds(await workInBoth(files.credentials)));
    const run = ['run', name, ...where, '--credentials', files.credentials];
    const { output: file } = files;
    const going = name === 'two-way' && existsSync(file) ? ['--state', file] : [];
    const output = name === workflow ? [...going, '--output', file] : [];
    process.stdout.write(formatCommand([...run, ...output].map(toShellWord)));
    exitStatus = await runCommandLine(root, [...run, ...output]);
    // Some people are invented with mistakes, to show what happens to them.
    if (exitStatus === REJECTIONS) exitStatus = 0;
    if (exitStatus !== 0) break;
    isSecond = name === workflow;
  }
  await sandbox.stop();
  const again = process.argv.slice(2).filter(word => word !== '--fresh');
  process.stdout.write(formatNextSteps(again.map(toShellWord), files, exitStatus));
  process.stdout.write(formatPage(findPage(root, workflow, where), where));
  return exitStatus;
}

allowClosedPipe();
try {
  const command = createDemoCommand().parse();
  const [workflow] = command.processedArgs as [string];
  process.exitCode = await demonstrate(workflow, command.opts<DemoOptions>());
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof SandboxFailed) process.exitCode = error.exitStatus;
  else {
    process.stderr.write(formatProblem(error));
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
