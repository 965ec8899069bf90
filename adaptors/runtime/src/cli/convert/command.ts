import { type Command, InvalidArgumentError } from 'commander';
import { notEmpty } from '../not-empty.js';
import type { ConvertOptions } from './convert-org-units.js';

const HELP = `
Examples:
  $ curl -u user 'https://dhis2.example.org/api/organisationUnits?paging=false&fields=id,name,shortName,code,level,parent,openingDate,closedDate,geometry' > org-units.json
  $ godata-dhis2 convert-org-units org-units.json locations.json
      then in Go.Data: Locations, Import, Hierarchical locations list
  $ godata-dhis2 convert-org-units org-units.json locations.json --root-level 3
      every org unit of level 3 becomes a root

Org units that cannot be converted are named; all others are converted (exit status 3). The mapping
is in jobs/org-units-to-locations/map-locations.js.`;

function readLevel(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1.');
}

function addRoot(id: string, roots: string[] = []): string[] {
  return [...roots, id];
}

/**
 * Adds `convert-org-units`: maps org units for users who have only files.
 *
 * @param finish called with the exit status
 */
export function addConvertCommand(
  program: Command,
  project: string,
  finish: (exitStatus: number) => void,
): void {
  program
    .command('convert-org-units')
    .description(
      'convert a file of DHIS2 org units into the file of locations that Go.Data imports',
    )
    .argument(
      '<in>',
      'JSON file with the answer of DHIS2\'s API: { "organisationUnits": [...] }',
      notEmpty,
    )
    .argument('[out]', 'file to write (default: print it)', notEmpty)
    .option('--root-level <n>', 'level in DHIS2 of the org units that become roots', readLevel)
    .option('--root <id>', 'id of an org unit that becomes a root; may be repeated', addRoot)
    .option('--verbose', 'name every org unit that was rejected or adjusted')
    .option('-p, --project <folder>', 'folder of project.yaml', notEmpty, project)
    .addHelpText('after', HELP)
    .action(async (input: string, output: string | undefined, options: ConvertOptions) => {
      const { convertOrgUnits } = await import('./convert-org-units.js');
      finish(await convertOrgUnits(input, output, options));
    });
}
