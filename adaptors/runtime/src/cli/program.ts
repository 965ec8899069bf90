import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';
import { findPackageRoot } from '../files/package-root.js';
import { packageVersion } from '../files/package-version.js';
import { addCompletionCommand } from './completion/command.js';
import { addConvertCommand } from './convert/command.js';
import { notEmpty } from './not-empty.js';
import { addProjectCommands } from './project-commands.js';
import { readKeep } from './run/keep-runs.js';
import type { RunOptions } from './run/run-options.js';
import { addRunsCommand } from './runs/command.js';
import { sandboxCommand } from './sandbox-command.js';
import { addUndoCommand } from './undo/command.js';
import { addViewCommand } from './view/command.js';

const HELP = `
Examples:
  $ godata-dhis2 sandbox
  $ godata-dhis2 run cases-to-data-values --credentials state/credentials.json --dry-run
  $ godata-dhis2 run cases-to-data-values --credentials state/credentials.json
  $ godata-dhis2 runs show last
  $ godata-dhis2 convert-org-units org-units.json locations.json

Exit status: 0 all written; 1 a step failed; 2 wrong usage, configuration or mapping;
3 finished, with rejected records.`;

const RUN_HELP = `
Examples:
  $ godata-dhis2 run cases-to-data-values --credentials state/credentials.json --dry-run
      shows what would change and writes nothing to either server
  $ godata-dhis2 run cases-to-data-values --credentials state/credentials.json --output state/out.json
      writes the changes, and the final state to a file
  $ godata-dhis2 run cases-to-data-values --credentials state/credentials.json --json > run.json
      prints one JSON document for programs; progress goes to stderr
  $ godata-dhis2 run cases-to-data-values --credentials state/credentials.json \\
      --state state/out.json --output state/out.json --drain
      continues where the last run ended, batch by batch, until everything is read

At a terminal, a run shows its plan and asks before it writes. --yes does not ask, and neither do
schedules, pipes, CI and --json.

The credentials file is JSON or YAML, one object for each credential of project.yaml:
  { "godata": { "apiUrl": "https://godata.example.org/api", "email": "...", "password": "..." },
    "dhis2":  { "hostUrl": "https://dhis2.example.org", "username": "...", "password": "..." } }
--credentials env takes them from variables such as GODATA_DHIS2__DHIS2__HOST_URL and
GODATA_DHIS2__DHIS2__PASSWORD; --credentials fd:3 reads the file's text from a file descriptor.
docs/schedule.md has both, and what cron, systemd and others need.`;

const SANDBOX_HELP = `Its own options: godata-dhis2 sandbox --help`;

/**
 * The current folder if it is a project, else the folder of this package. An installed package is no
 * project of anybody's: what its runs remember would be gone with the next version.
 */
function defaultProject(root: string): string {
  const isInstalled = path.basename(path.dirname(root)) === 'node_modules';
  return existsSync('project.yaml') || isInstalled ? '.' : path.relative('', root) || '.';
}

/**
 * The command line of `godata-dhis2`.
 *
 * @param finish called with the exit status of the command that ran
 */
export function createProgram(finish: (exitStatus: number) => void): Command {
  const root = findPackageRoot();
  const program = new Command('godata-dhis2')
    .description("Keeps WHO's Go.Data and DHIS2 in step.")
    .version(packageVersion(root), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', HELP)
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for usage)')
    .exitOverride();
  program
    .command('run')
    .description('run a workflow of project.yaml')
    .argument('<workflow>', 'name of the workflow, for example cases-to-data-values')
    .option(
      '-c, --credentials <file>',
      'JSON or YAML file with the credentials of both systems; or env, or fd:3',
      notEmpty,
    )
    .option('-s, --state <file>', 'JSON file with the initial state (default: empty)', notEmpty)
    .option('-o, --output <file>', 'write the final state to this file, as JSON', notEmpty)
    .option(
      '--start <step>',
      'begin with this step, and what --cache-steps kept before it',
      notEmpty,
    )
    .option('--end <step>', 'end with this step', notEmpty)
    .option('--cache-steps', 'keep what each step leaves below state/.local/steps, with its people')
    .option('--dry-run', 'show what would change and write nothing')
    .option(
      '--allow-large-change',
      'also deactivate, delete, cancel, clear or zero more than 20 % of what the workflow owns',
    )
    .option('--drain', 'run again with the final state until the source has no more records')
    .option(
      '--keep-runs <number>',
      'how many records of runs stay: 50 (the default), or 90d for those of 90 days',
      readKeep,
    )
    .option('-y, --yes', 'write without showing the plan and asking, at a terminal')
    .option(
      '--notify <url>',
      'POST codes and counts there when a run fails, rejects records or is good again; or env',
      notEmpty,
    )
    .addOption(
      new Option('--log-format <format>', 'form of the log on stderr').choices(['text', 'json']),
    )
    .option('--json', 'print one JSON document instead of text')
    .option('--verbose', 'show what adaptors and the engine log, and stacks')
    .option('-p, --project <folder>', 'folder of project.yaml', notEmpty, defaultProject(root))
    .addHelpText('after', RUN_HELP)
    .action(async (workflow: string, options: RunOptions) => {
      // Loaded only when needed: the engine takes most of a second to load, and help does not need
      // it.
      const { runCommand } = await import('./run/run-command.js');
      finish(await runCommand(workflow, options));
    });
  addRunsCommand(program, defaultProject(root), finish);
  addCompletionCommand(program, defaultProject(root));
  addUndoCommand(program, defaultProject(root), finish);
  addViewCommand(program, defaultProject(root), finish);
  addConvertCommand(program, defaultProject(root), finish);
  addProjectCommands(program, { project: defaultProject(root), finish });
  program
    .command('sandbox')
    .description('start a Go.Data and a DHIS2 on this machine, in memory')
    .argument('[options...]', SANDBOX_HELP)
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args: string[]) => finish(await sandboxCommand(args)));
  return program;
}
