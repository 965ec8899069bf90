import type { Command } from 'commander';
import { RULES } from '../project/rules.js';
import type { BundleOptions } from './bundle-command.js';
import type { CheckOptions } from './check-command.js';

/** Where the commands of this file act, and whom they tell how they ended. */
export interface ProjectCommands {
  /** Folder of project.yaml when the command line names none. */
  project: string;
  finish(exitStatus: number): void;
}

const WIDTH = Math.max(...Object.keys(RULES).map(rule => rule.length));
const CHECK_HELP = `
Looks for what OpenFn lets pass without a word, and for what the platform refuses only when it is
deployed. All problems are told at once, each with its file and line. Reads files only, no server.

${Object.entries(RULES)
  .map(([rule, what]) => `  ${rule.padEnd(WIDTH)}  ${what}`)
  .join('\n')}

Exit status: 0 no errors, whatever the warnings; 2 errors.`;

const BUNDLE_HELP = `
Examples:
  $ godata-dhis2 bundle
      writes dist/lightning: project.yaml, and every job with its adaptor inside it
  $ godata-dhis2 bundle ../deploy

For a platform that does not have these adaptors. The upper part of each job is the job as it is in
this project, and may be edited there; below the marked line is its adaptor.`;

/** Adds the commands that look at the project or write another form of it, and run nothing. */
export function addProjectCommands(program: Command, { project, finish }: ProjectCommands): void {
  program
    .command('check')
    .description('tell all that is wrong with project.yaml and its jobs')
    .option('--json', 'print one JSON document instead of text')
    .option('-p, --project <folder>', 'folder of project.yaml', project)
    .addHelpText('after', CHECK_HELP)
    .action(async (options: CheckOptions) => {
      const { checkCommand } = await import('./check-command.js');
      finish(await checkCommand(options));
    });
  program
    .command('bundle')
    .description('write a project whose jobs need no adaptor but language-common')
    .argument('[folder]', 'folder to write (default: dist/lightning of the project)')
    .option('-p, --project <folder>', 'folder of project.yaml', project)
    .addHelpText('after', BUNDLE_HELP)
    .action(async (folder: string | undefined, options: BundleOptions) => {
      const { bundleCommand } = await import('./bundle-command.js');
      finish(await bundleCommand(folder, options));
    });
}
