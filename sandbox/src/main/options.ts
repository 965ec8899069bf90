import { Command, InvalidArgumentError, Option } from 'commander';
import type { Dhis2Cost } from '../dhis2/server-context.js';
import { parseServerVersion } from '../dhis2/versions/version.js';
import { type GoDataCost, ONE_WORKER } from '../godata/cost.js';
import { dialectFor } from '../godata/version.js';

/** Options of the sandbox program, as commander reads them. */
export interface SandboxOptions {
  godataPort: number;
  dhis2Port: number;
  cases?: string;
  contacts?: string;
  orgUnits?: string;
  dhis2Metadata?: string[];
  godataTemplate?: string;
  godataReferenceData?: string;
  godataLabels?: string[];
  seed: number;
  casesCount: number;
  people: number;
  dhis2Version: string;
  godataVersion: string;
  dhis2Cost?: Dhis2Cost;
  godataCost?: GoDataCost;
  state?: string;
  credentials?: string;
  json?: boolean;
}

/** Defaults of the sandbox. */
export const DEFAULTS = {
  casesCount: 2400,
  people: 500,
  seed: 1,
  dhis2Version: '2.42',
  godataVersion: '2.50.3',
} as const;

/** People of DHIS2 that one process can invent in some seconds. */
const MAX_PEOPLE = 20_000;

/** Cases that one process can hold and save easily. */
const MAX_CASES = 100_000;

const HELP = `
Examples:
  $ godata-dhis2 sandbox
      an invented outbreak, on free ports; nothing is saved at the end
  $ godata-dhis2 sandbox --state state/.local/sandbox --godata-port 8001 --dhis2-port 8002
      both servers with their saved data, at fixed addresses
  $ godata-dhis2 sandbox --cases cases.json --org-units org-units.json --dhis2-version 2.43
      your own cases, in the form of GET /api/outbreaks/{id}/cases
  $ godata-dhis2 sandbox --dhis2-metadata program.json --dhis2-metadata data-set.json --people 200
      your own program and data set, in the form of /api/programs/{id}/metadata.json
  $ godata-dhis2 sandbox --godata-template outbreak.json --godata-reference-data reference-data.json
      your own outbreak, in the form of GET /api/outbreaks/{id}

It runs until Ctrl-C. Both servers listen on this machine only; their passwords are public.`;

/** Reads a whole number in a range. */
function wholeNumber(low: number, high: number): (text: string) => number {
  return text => {
    const value = Number(text);
    if (/^-?\d+$/.test(text) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
}

/** Collects the values of an option that may be there several times. */
function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** Reads `relationships=<milliseconds>`. */
function readCost(text: string): Dhis2Cost {
  const [, ms] = /^relationships=(\d{1,5})$/.exec(text) ?? [];
  if (ms !== undefined) return { relationships: Number(ms) };
  throw new InvalidArgumentError(
    'It must be relationships=<milliseconds>, such as relationships=15.',
  );
}

/** Reads `one-worker`, or costs such as `case=12.5,request=15`. */
function readGoDataCost(text: string): GoDataCost {
  if (text === 'one-worker') return ONE_WORKER;
  const parts = text.split(',').map(part => /^(\w+)=(\d{1,5}(?:\.\d+)?)$/.exec(part));
  if (parts.every(part => part && Object.hasOwn(ONE_WORKER, part[1]!)))
    return Object.fromEntries(parts.map(part => [part![1], Number(part![2])]));
  const names = Object.keys(ONE_WORKER).join(', ');
  throw new InvalidArgumentError(
    `It must be one-worker, or milliseconds such as request=15,case=12.5. Its names are ${names}.`,
  );
}

/** Refuses values for which the check throws. */
function checked(check: (text: string) => unknown): (text: string) => string {
  return text => {
    try {
      check(text);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
    return text;
  };
}

/** Options for the content and the versions of the servers; the demonstration has them too. */
export function addContentOptions(command: Command): Command {
  const generated = ['cases'];
  return command
    .option(
      '--cases <file>',
      "case list, in the form of Go.Data's answer (default: an invented outbreak)",
    )
    .option('--contacts <file>', 'contact list of the same outbreak')
    .option('--org-units <file>', 'org units of DHIS2 for the locations of the case list')
    .option(
      '--dhis2-metadata <file>',
      'metadata that DHIS2 exports, instead of the built-in programs and data set; several files, each with the option',
      collect,
    )
    .option(
      '--godata-template <file>',
      'outbreak or outbreak template of Go.Data, with its questionnaires',
    )
    .option('--godata-reference-data <file>', 'reference data of Go.Data')
    .option(
      '--godata-labels <file>',
      'labels of Go.Data in one language; several files, each with the option',
      collect,
    )
    .addOption(
      new Option('--people <n>', 'how many people to invent for the programs of DHIS2')
        .argParser(wholeNumber(0, MAX_PEOPLE))
        .default(DEFAULTS.people),
    )
    .addOption(
      new Option('--cases-count <n>', 'number of invented cases')
        .argParser(wholeNumber(1, MAX_CASES))
        .default(DEFAULTS.casesCount)
        .conflicts(generated),
    )
    .addOption(
      new Option(
        '--seed <n>',
        'number of the invented outbreak; each number is a different outbreak',
      )
        .argParser(wholeNumber(0, 2 ** 31 - 1))
        .default(DEFAULTS.seed)
        .conflicts(generated),
    )
    .option(
      '--dhis2-version <version>',
      'version of DHIS2',
      checked(parseServerVersion),
      DEFAULTS.dhis2Version,
    )
    .option(
      '--godata-version <version>',
      'version of Go.Data',
      checked(dialectFor),
      DEFAULTS.godataVersion,
    );
}

/** The command line of the sandbox program. */
export function createSandboxCommand(): Command {
  const port = wholeNumber(0, 65_535);
  const command = new Command('godata-dhis2 sandbox')
    .description('Starts a Go.Data and a DHIS2 on this machine, in memory.')
    .option('--godata-port <n>', 'port of Go.Data; 0 for any free port', port, 0)
    .option('--dhis2-port <n>', 'port of DHIS2; 0 for any free port', port, 0);
  return addContentOptions(command)
    .option(
      '--state <folder>',
      'continue with the data saved in this folder, and save there at the end',
    )
    .option(
      '--dhis2-cost <cost>',
      'answer as slowly as a real DHIS2: relationships=15 are milliseconds for each person that has some',
      readCost,
    )
    .option(
      '--godata-cost <cost>',
      'answer as slowly as a real Go.Data: one-worker, or milliseconds such as request=15,case=12.5',
      readGoDataCost,
    )
    .option('--credentials <file>', 'write the credentials of both servers to this file')
    .option('--json', 'print only one line of JSON, when both servers listen')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .showHelpAfterError('(add --help for usage)')
    .exitOverride();
}
