import type { Command } from 'commander';
import { notEmpty } from '../not-empty.js';
import type { RunsOptions } from './runs-command.js';

const HELP = `
Examples:
  $ godata-dhis2 runs
      lists the records of all runs, the newest first
  $ godata-dhis2 runs show last
      prints what the last run did, and where its files are
  $ godata-dhis2 runs show 2026-11-29T14-13
      the same for an earlier one, by the time that the list shows; its beginning suffices
  $ godata-dhis2 runs open
      opens the page of the last run in a browser

Every run leaves a record below state/.local/runs of the project: report.html for a browser,
report.json, changes.csv, and undo.csv with the old values of what it changed. They hold ids, codes
and counts, no personal data.`;

/** Adds the commands that show the records of runs. */
export function addRunsCommand(
  program: Command,
  project: string,
  finish: (exitStatus: number) => void,
): void {
  const runs = program
    .command('runs')
    .description('list what earlier runs did')
    .helpCommand(false)
    .addHelpText('after', HELP);
  const add = (command: Command) =>
    command
      .option('-w, --workflow <name>', 'only runs of this workflow', notEmpty)
      .option('--json', 'print one JSON document instead of text')
      .option('-p, --project <folder>', 'folder of project.yaml', notEmpty, project);
  add(runs.command('list', { isDefault: true }).description('list all records')).action(
    async (options: RunsOptions) => {
      const { listRuns } = await import('./runs-command.js');
      finish(await listRuns(options));
    },
  );
  add(
    runs
      .command('show')
      .description('print what one run did')
      .argument('[time]', 'time of the run as the list shows it, or last', notEmpty, 'last'),
  ).action(async (time: string, options: RunsOptions) => {
    const { showRun } = await import('./runs-command.js');
    finish(await showRun(time, options));
  });
  add(
    runs
      .command('open')
      .description('open the page of one run in a browser')
      .argument('[time]', 'time of the run as the list shows it, or last', notEmpty, 'last'),
  ).action(async (time: string, options: RunsOptions) => {
    const { openRun } = await import('./open-run.js');
    finish(await openRun(time, options));
  });
}
