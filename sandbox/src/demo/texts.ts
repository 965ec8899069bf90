import { toShellPath, toShellWord } from '../main/shell-words.js';
import { type DemoOptions, WORKFLOWS } from './options.js';

/** Files of one demonstration. */
export interface DemoFiles {
  /** Keeps both servers. */
  folder: string;
  credentials: string;
  output: string;
}

/** What happens next. */
export function formatHeading(
  workflow: string,
  options: DemoOptions,
  { folder }: DemoFiles,
  isSaved: boolean,
): string {
  const cases = options.cases
    ? `the cases of ${toShellPath(options.cases)}`
    : `an invented outbreak of ${options.casesCount.toLocaleString('en')} cases`;
  const content = isSaved
    ? `with ${cases}, with the data of the last run (${toShellPath(folder)})`
    : `with ${cases}`;
  const lines = [
    `Demonstration of ${workflow}: ${WORKFLOWS[workflow]}.`,
    `Go.Data ${options.godataVersion} and DHIS2 ${options.dhis2Version} start on this machine, ${content};`,
    'then the command line runs these workflows against them:',
  ];
  return `${lines.join('\n')}\n`;
}

/** Which jobs run, if they are not those of this folder. */
export function formatProject(project: string | undefined): string {
  if (project === undefined) return '';
  return `Your jobs are not those of the demonstration: it runs its own copy, in ${toShellPath(project)}.\n`;
}

/** The command that runs, as a user would type it. */
export function formatCommand(args: readonly string[]): string {
  return `\n$ npx godata-dhis2 ${args.join(' ')}\n\n`;
}

/** What people have done in both systems between two runs. */
export function formatDeeds(deeds: readonly string[]): string {
  return `\nThen users work in both systems:\n${deeds.map(deed => `  ${deed}\n`).join('')}`;
}

/** What to try next. Both servers have stopped by then. */
export function formatNextSteps(
  startArgs: readonly string[],
  { folder, credentials }: DemoFiles,
  exitStatus: number,
): string {
  const again = ['npm start', ...(startArgs.length > 0 ? ['--', ...startArgs] : [])].join(' ');
  const steps = [
    [again, exitStatus === 0 ? 'the same again: no changes are necessary' : 'the same again'],
    [
      `npx godata-dhis2 sandbox --state ${toShellPath(folder)} --credentials ${toShellPath(credentials)}`,
      'starts both servers again with their present data: the commands above need them',
    ],
    [
      'npm start -- --cases FILE',
      'with your own cases, in the form of GET /api/outbreaks/{id}/cases',
    ],
    [
      'npx godata-dhis2 init ../my-country --credentials FILE',
      'a project for your own servers, with drafted mappings',
    ],
  ];
  const lines = steps.map(([command, what]) => `  ${command}\n      ${what}`);
  return `\nBoth servers have stopped; their data are in ${toShellPath(folder)}. To try next:\n${lines.join('\n')}\n`;
}

/**
 * The end: what to look at.
 *
 * @param where options that name the project
 */
export function formatPage(page: string | undefined, where: readonly string[]): string {
  if (page === undefined) return '';
  const command = ['npx godata-dhis2 runs open', ...where.map(toShellWord)].join(' ');
  return `\nWhat the run did, in pictures, for a browser (${command}):\n  ${toShellPath(page)}\n`;
}
