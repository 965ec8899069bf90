import { type Command, Option } from 'commander';
import { RULES } from '../project/rules.js';
import { KINDS } from '../scaffold/kinds.js';
import type { BundleOptions } from './bundle-command.js';
import type { CheckOptions } from './check-command.js';
import type { ExportOptions } from './export-command.js';
import type { InitOptions } from './init-command.js';
import type { NewWorkflowOptions } from './new-workflow-command.js';
import { notEmpty } from './not-empty.js';
import type { PullOptions } from './pull-command.js';

/** The project that these commands use, and whom they tell their exit status. */
export interface ProjectCommands {
  /** Folder of project.yaml if the command line names none. */
  project: string;
  finish(exitStatus: number): void;
}

const WIDTH = Math.max(...Object.keys(RULES).map(rule => rule.length));
const KIND_WIDTH = Math.max(...Object.keys(KINDS).map(kind => kind.length));
const CHECK_HELP = `
Finds mistakes that OpenFn silently accepts, and those that the platform refuses only at deployment.
All problems are listed at once, each with its file and line. With --online, a dry run of every
workflow against the live servers also shows which parts of its mapping they lack, and which rows the
mapping of people lacks for the attributes and data elements of the programs.

${Object.entries(RULES)
  .map(([rule, what]) => `  ${rule.padEnd(WIDTH)}  ${what}`)
  .join('\n')}

Exit status: 0 no errors, whatever the warnings; 2 errors.`;

const NEW_HELP = `
Examples:
  $ godata-dhis2 new-workflow contacts-to-data-values
      writes jobs/contacts-to-data-values/ and its entry in project.yaml
  $ godata-dhis2 new-workflow ebola-to-cases --from tracked-entities-to-cases
      makes it from a workflow of this project, or of this package
  $ godata-dhis2 new-workflow follow-ups-to-data-values --from follow-ups
      makes it from the template of a kind:

${Object.entries(KINDS)
  .map(([kind, { what }]) => `  ${kind.padEnd(KIND_WIDTH)}  ${what}`)
  .join('\n')}

The jobs follow the pattern of all workflows: fetch, map, upsert. They pass the check at once; what is
read and how it is mapped must be filled in. The trigger is disabled until then.`;

const INIT_HELP = `
Examples:
  $ godata-dhis2 init ../measles
      writes project.yaml, the jobs of all workflows and what is needed to run them
  $ godata-dhis2 init ../measles --credentials state/credentials.json
      also reads both servers, asks what to use, and drafts the mappings
  $ godata-dhis2 init ../measles --credentials state/credentials.json --outbreak 'Measles 2026' \\
      --case-program MEASLES --contact-program none --data-set MEASLES_MONTHLY
      the same without questions

The project stands apart from this package and depends on it: a new version is one npm install away.
Without credentials, its mappings are the shipped ones, which are for WHO's COVID-19 packages. Nothing
is written to a server.`;

const EXPORT_HELP = `
Examples:
  $ godata-dhis2 export
      writes dist/workspace: openfn.yaml, workflows/ with references to the jobs of this project,
      repo/ with the adaptors, and credentials.yaml to fill in
  $ cd dist/workspace && OPENFN_REPO_DIR="$PWD/repo" openfn cases-to-data-values -o state.json
  $ godata-dhis2 export --spec 4
      writes dist/project-spec-4.yaml: one file of OpenFn's spec 4.0, with the texts of all jobs

OpenFn's CLI runs workflows from a workspace only, not from project.yaml.`;

const PULL_HELP = `
Examples:
  $ godata-dhis2 pull project.yaml
      shows which jobs have another text in a project exported from the platform, and asks
  $ godata-dhis2 pull project.yaml --yes
      writes these texts to jobs/ without a question

Reads spec versions 1 and 4.0. Of a bundled job, only the text above the marked line counts.`;

const BUNDLE_HELP = `
Examples:
  $ godata-dhis2 bundle
      writes dist/lightning: project.yaml, and every job together with its adaptor
  $ godata-dhis2 bundle ../deploy --only two-way --only org-units-to-locations
      only these workflows
  $ godata-dhis2 bundle --for outbreaks.csv --only two-way
      a workflow for each line of the list (columns: name, outbreakId or roots, names of credentials)

For a platform that does not have these adaptors. The upper part of each job is the same as in this
project, and may be edited there; what it needs of its adaptor is below the marked line. To use another
operation, add it to the job here, bundle again, and deploy. Each x.js.map beside a job x.js is the
source map of that part.`;

const FOR = 'CSV file of outbreaks or regions: each gets workflows of its own';

const addToList = (value: string, list: string[] = []) => [...list, notEmpty(value)];

/** Adds the commands that check the project or write another form of it, and run nothing. */
export function addProjectCommands(program: Command, { project, finish }: ProjectCommands): void {
  program
    .command('check')
    .description('list all problems of project.yaml and its jobs')
    .option('--online', 'also compare every mapping with the live servers; writes nothing')
    .option('-c, --credentials <file>', 'credentials for --online', notEmpty)
    .option('--json', 'print one JSON document instead of text')
    .option('-p, --project <folder>', 'folder of project.yaml', notEmpty, project)
    .addHelpText('after', CHECK_HELP)
    .action(async (options: CheckOptions) => {
      const { checkCommand } = await import('./check-command.js');
      finish(await checkCommand(options));
    });
  program
    .command('new-workflow')
    .description('add a workflow: its jobs, its page and its entry in project.yaml')
    .argument('<name>', 'name of the workflow, for example contacts-to-data-values')
    .option(
      '--from <kind>',
      'make it from this kind of workflow, or from this workflow (default: contacts)',
      notEmpty,
    )
    .option('-p, --project <folder>', 'folder of project.yaml', notEmpty, project)
    .addHelpText('after', NEW_HELP)
    .action(async (name: string, options: NewWorkflowOptions) => {
      const { newWorkflowCommand } = await import('./new-workflow-command.js');
      finish(await newWorkflowCommand(name, options));
    });
  program
    .command('init')
    .description('make a project of your own, apart from this package')
    .argument('<folder>', 'folder to create', notEmpty)
    .option('-c, --credentials <file>', 'credentials of both systems, to draft mappings', notEmpty)
    .option('--outbreak <name>', 'id or name of the outbreak', notEmpty)
    .option(
      '--case-program <program>',
      'id, code or name of the program of cases, or none',
      notEmpty,
    )
    .option('--contact-program <program>', 'the same for contacts', notEmpty)
    .option('--data-set <data set>', 'id, code or name of the data set, or none', notEmpty)
    .option('--roots <org units...>', 'ids or codes of org units (default: the whole tree)')
    .addHelpText('after', INIT_HELP)
    .action(async (folder: string, options: InitOptions) => {
      const { initCommand } = await import('./init-command.js');
      finish(await initCommand(folder, options));
    });
  program
    .command('export')
    .description("write a workspace for OpenFn's own CLI, or the project as one file")
    .argument(
      '[folder]',
      'folder to write, or file with --spec (default: dist/workspace of the project)',
      notEmpty,
    )
    .addOption(new Option('--spec <version>', 'write one file of this spec').choices(['4']))
    .addOption(new Option('--for <list>', FOR).conflicts('spec').argParser(notEmpty))
    .option('-p, --project <folder>', 'folder of project.yaml', notEmpty, project)
    .addHelpText('after', EXPORT_HELP)
    .action(async (target: string | undefined, options: ExportOptions) => {
      const { exportCommand } = await import('./export-command.js');
      finish(await exportCommand(target, options));
    });
  program
    .command('pull')
    .description('bring job texts that were edited on the platform back into jobs/')
    .argument('<file>', 'a project that was exported from the platform', notEmpty)
    .option('-y, --yes', 'write without a question')
    .option('-p, --project <folder>', 'folder of project.yaml', notEmpty, project)
    .addHelpText('after', PULL_HELP)
    .action(async (file: string, options: PullOptions) => {
      const { pullCommand } = await import('./pull-command.js');
      finish(await pullCommand(file, options));
    });
  program
    .command('bundle')
    .description('write a project whose jobs need language-common only')
    .argument('[folder]', 'folder to write (default: dist/lightning of the project)', notEmpty)
    .option('--only <workflow>', 'bundle only this workflow; may be repeated', addToList)
    .option('--for <list>', FOR, notEmpty)
    .option('-p, --project <folder>', 'folder of project.yaml', notEmpty, project)
    .addHelpText('after', BUNDLE_HELP)
    .action(async (folder: string | undefined, options: BundleOptions) => {
      const { bundleCommand } = await import('./bundle-command.js');
      finish(await bundleCommand(folder, options));
    });
}
