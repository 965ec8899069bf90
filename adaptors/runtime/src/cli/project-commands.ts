import type { Command } from 'commander';
import type { BundleOptions } from './bundle-command.js';

/** Where the commands of this file act, and whom they tell how they ended. */
export interface ProjectCommands {
  /** Folder of project.yaml when the command line names none. */
  project: string;
  finish(exitStatus: number): void;
}

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
