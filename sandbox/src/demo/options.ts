import { Command } from 'commander';
import { UsageError } from '../input/usage-error.js';
import { addContentOptions, type SandboxOptions } from '../main/options.js';

/** Options of `npm start`, as commander reads them. */
export interface DemoOptions
  extends Pick<
    SandboxOptions,
    | 'cases'
    | 'contacts'
    | 'orgUnits'
    | 'dhis2Metadata'
    | 'godataTemplate'
    | 'godataReferenceData'
    | 'godataLabels'
    | 'seed'
    | 'casesCount'
    | 'people'
    | 'dhis2Version'
    | 'godataVersion'
  > {
  /** Folder that keeps the sandboxes of all demonstrations. */
  state: string;
  fresh?: boolean;
}

/** The workflows that the sandbox has data for, and what each shows. */
export const WORKFLOWS: Readonly<Record<string, string>> = {
  'org-units-to-locations': 'DHIS2 org units become Go.Data locations',
  'options-to-reference-data': 'DHIS2 options become Go.Data reference data',
  'cases-to-data-values': 'Go.Data cases become weekly data values in DHIS2',
  'tracked-entities-to-cases': 'people of two DHIS2 programs become Go.Data cases and contacts',
  'two-way': 'people in both systems are kept in step, with changes in either',
};

/** The workflows that must run before another one: at first Go.Data has no locations and no vaccines. */
const FIRST: Readonly<Record<string, readonly string[]>> = {
  'cases-to-data-values': ['org-units-to-locations'],
  'tracked-entities-to-cases': ['org-units-to-locations', 'options-to-reference-data'],
  // Twice: between both runs, people work in both systems.
  'two-way': ['org-units-to-locations', 'options-to-reference-data', 'two-way'],
};

/** The workflows to run for a demonstration, in their order. */
export function toRuns(workflow: string): string[] {
  return [...(FIRST[workflow] ?? []), workflow];
}

const HELP = `
Workflows:
${Object.entries(WORKFLOWS)
  .map(([name, what]) => `  ${name}  ${what}`)
  .join('\n')}

Examples:
  $ npm start
  $ npm start -- --cases cases.json --contacts contacts.json --org-units org-units.json
  $ npm start -- --fresh --cases-count 20000 --dhis2-version 2.43`;

/** The command line of the demonstration. */
export function createDemoCommand(): Command {
  const command = new Command('npm start --')
    .description('Runs a workflow against a Go.Data and a DHIS2 on this machine.')
    .argument('[workflow]', 'which workflow', readWorkflow, 'cases-to-data-values');
  return addContentOptions(command)
    .option('--state <folder>', 'folder that keeps both servers', 'state/.local/demo')
    .option('--fresh', 'start again instead of continuing where the last run ended')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .showHelpAfterError('(npm start -- --help for usage)')
    .exitOverride();
}

function readWorkflow(name: string): string {
  if (Object.hasOwn(WORKFLOWS, name)) return name;
  throw new UsageError(
    `There is no demonstration of "${name}".`,
    `Choose one of: ${Object.keys(WORKFLOWS).join(', ')}.`,
  );
}
