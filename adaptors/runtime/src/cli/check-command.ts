import { checkOnline, type OnlineFinding } from '../check/check-online.js';
import { type CheckResult, checkProject } from '../check/check-project.js';
import { findOffers } from '../check/find-offers.js';
import type { Problem } from '../check/problem.js';
import { routeConsole } from '../engine/loggers.js';
import type { ExitStatus } from '../run/exit-status.js';
import { formatOnline } from './print/findings.js';
import { print, printError } from './print/print-lines.js';
import { toVisibleJson } from './print/visible.js';
import { reportErrors } from './report-errors.js';

/** Options of `godata-dhis2 check`. */
export interface CheckOptions {
  json?: boolean;
  /** Compare every mapping with the live servers, too. */
  online?: boolean;
  credentials?: string;
  /** Folder of project.yaml. */
  project: string;
}

function formatProblem({ severity, rule, file, line, column, message, fix }: Problem): string[] {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return [`${place}: ${severity}: ${message} (${rule})`, ...(fix ? [`  What to do: ${fix}`] : [])];
}

function count(problems: Problem[], wanted: Problem['severity']): string {
  const found = problems.filter(({ severity }) => severity === wanted).length;
  return `${found} ${wanted}${found === 1 ? '' : 's'}`;
}

function formatResult({ workflows, jobs, problems }: CheckResult): string[] {
  const plural = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  const looked = `Checked ${plural(workflows, 'workflow')} with ${plural(jobs, 'job')}`;
  const found =
    problems.length === 0
      ? 'no problems'
      : `${count(problems, 'error')}, ${count(problems, 'warning')}`;
  return [...problems.flatMap(formatProblem), `${looked}: ${found}.`];
}

/** The rows that the mapping of people lacks, with what they are. */
function formatOffers(offers: readonly string[]): string[] {
  if (offers.length === 0) return [];
  return ['', 'The programs have more than jobs/people/map-people.js: rows to copy.', ...offers];
}

/** The problems that the servers report. A project with errors of its own is not tried on them. */
async function findOnline(
  { online, credentials, project }: CheckOptions,
  isWrong: boolean,
): Promise<OnlineFinding[] | undefined> {
  if (!online || isWrong) return undefined;
  routeConsole(() => {});
  return checkOnline(project, credentials, {
    onWorkflow: workflow => printError([`${workflow}: dry run against the live servers`]),
  });
}

/** `godata-dhis2 check`: lists all problems of the project; the exit status is 2 if there are errors. */
export function checkCommand(options: CheckOptions): Promise<ExitStatus> {
  const { json, project } = options;
  return reportErrors(async () => {
    const result = await checkProject(project);
    const isWrong = result.problems.some(({ severity }) => severity === 'error');
    const online = await findOnline(options, isWrong);
    // A credential that was refused is not tried again.
    const isTried = online?.every(({ credential, workflow }) => workflow && !credential);
    const offers = isTried ? await findOffers(project, options.credentials) : [];
    const isRefused = online?.some(({ severity }) => severity === 'error') ?? false;
    const exitStatus: ExitStatus = isWrong || isRefused ? 2 : 0;
    if (json) {
      const document = { exitStatus, ...result, ...(online && { online, offers }) };
      process.stdout.write(`${toVisibleJson(document)}\n`);
    } else {
      print([
        ...formatResult(result),
        ...(online ? formatOnline(online) : []),
        ...formatOffers(offers),
      ]);
    }
    return exitStatus;
  });
}
