import { type CheckResult, checkProject } from '../check/check-project.js';
import type { Problem } from '../check/problem.js';
import type { ExitStatus } from '../exit-status.js';
import { tellErrors } from './tell-error.js';

/** Options of `godata-dhis2 check`. */
export interface CheckOptions {
  json?: boolean;
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
      ? 'nothing is wrong'
      : `${count(problems, 'error')}, ${count(problems, 'warning')}`;
  return [...problems.flatMap(formatProblem), `${looked}: ${found}.`];
}

/** `godata-dhis2 check`: tells all that is wrong with the project; the exit status is 2 for errors. */
export function checkCommand({ json, project }: CheckOptions): Promise<ExitStatus> {
  return tellErrors(async () => {
    const result = await checkProject(project);
    const isWrong = result.problems.some(({ severity }) => severity === 'error');
    const exitStatus: ExitStatus = isWrong ? 2 : 0;
    const lines = json
      ? [JSON.stringify({ exitStatus, ...result }, null, 2)]
      : formatResult(result);
    process.stdout.write(`${lines.join('\n')}\n`);
    return exitStatus;
  });
}
