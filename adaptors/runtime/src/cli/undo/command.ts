import type { Command } from 'commander';
import { notEmpty } from '../not-empty.js';
import { readKeep } from '../run/keep-runs.js';
import type { UndoOptions } from './undo-command.js';

const HELP = `
Examples:
  $ godata-dhis2 undo last --credentials state/credentials.json --dry-run
      shows what the last run that changed something would get back, and writes nothing
  $ godata-dhis2 undo 2026-11-29T14-13 --credentials state/credentials.json
      shows the same for an earlier run, and asks before it writes
  $ godata-dhis2 undo last --credentials state/credentials.json --yes
      writes it back without a question

Data values that the run created are deleted; locations and org units that it created become inactive
or are closed, as records may refer to them. Values of people are in no record: their changes are
listed. What somebody has changed since stays as it is, and is listed. The undo leaves a record like a
run, so it can be taken back as well.

Correct the mapping or the source first: the next run makes the same changes again.`;

/** Adds the command that takes back what a run changed. */
export function addUndoCommand(
  program: Command,
  project: string,
  finish: (exitStatus: number) => void,
): void {
  program
    .command('undo')
    .description('write back what a run changed')
    .argument('<time>', 'time of the run as godata-dhis2 runs lists it, or last', notEmpty)
    .option('-w, --workflow <name>', 'only runs of this workflow', notEmpty)
    .option(
      '-c, --credentials <file>',
      'JSON or YAML file with the credentials of both systems',
      notEmpty,
    )
    .option('--dry-run', 'show what would be written back and write nothing')
    .option('-y, --yes', 'write back without a question')
    .option(
      '--keep-runs <number>',
      'how many records of runs stay: 50 (the default), or 90d',
      readKeep,
    )
    .option('--json', 'print one JSON document instead of text')
    .option('--verbose', 'show what adaptors and the engine log, and stacks')
    .option('-p, --project <folder>', 'folder of project.yaml', notEmpty, project)
    .addHelpText('after', HELP)
    .action(async (time: string, options: UndoOptions) => {
      const { undoCommand } = await import('./undo-command.js');
      finish(await undoCommand(time, options));
    });
}
