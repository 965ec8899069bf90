import { type Command, InvalidArgumentError } from 'commander';
import { notEmpty } from '../not-empty.js';
import type { ViewOptions } from './view-command.js';

const HELP = `
Examples:
  $ godata-dhis2 view
      the runs of this project with their pages, and the mapping: each row with file and line
  $ godata-dhis2 view --credentials state/credentials.json
      also what both servers have for each row, and what would become of ten people
  $ godata-dhis2 view --port 8080 --no-open
      prints the address; a browser on another machine reaches it through ssh -L 8080:127.0.0.1:8080

It listens on 127.0.0.1 only, the address works once, and it changes nothing: the jobs are the place
to edit. Values of people are shown after a click, and stored nowhere.`;

/**
 * Reads `--port`.
 *
 * @throws InvalidArgumentError
 */
function readPort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError('Give a number from 1 to 65535.');
}

/** Adds the command that shows runs and mapping in a browser. */
export function addViewCommand(
  program: Command,
  project: string,
  finish: (exitStatus: number) => void,
): void {
  program
    .command('view')
    .description('show runs and mapping in a browser, on this machine only')
    .option('--port <number>', 'port to listen on (default: any free one)', readPort)
    .option('-c, --credentials <file>', 'also compare the mapping with both servers', notEmpty)
    .option('-s, --state <file>', 'state of a workflow, where its preview begins', notEmpty)
    .option('--no-open', 'print the address, and open no browser')
    .option('-p, --project <folder>', 'folder of project.yaml', notEmpty, project)
    .addHelpText('after', HELP)
    .action(async (options: ViewOptions) => {
      const { viewCommand } = await import('./view-command.js');
      finish(await viewCommand(options));
    });
}
