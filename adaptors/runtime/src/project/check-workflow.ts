import { conditionProblem } from './check-condition.js';
import { checkShape, WORKFLOW } from './check-shape.js';
import { folderNameProblem, isWrittenInside } from './inside.js';
import { ownOf } from './own.js';
import type { Rule } from './rules.js';
import type { EdgeSpec, JobSpec, ProjectSpec, WorkflowSpec } from './spec.js';
import type { SpecProblem } from './spec-problem.js';

const CONDITIONS = ['always', 'on_job_success', 'on_job_failure', 'js_expression'];

/** A problem of a job or an edge, and the key where it is. */
type PartProblem = [rule: Rule, key: string | undefined, message: string];

/** The condition as the engine will compile it; a missing one would silently never be true. */
function checkCondition(edge: EdgeSpec): PartProblem[] {
  const { condition_type: type, condition_expression: expression } = edge;
  if (type === 'never') {
    const never = 'condition_type never ends a run on the engine: write enabled: false instead';
    return [['bad-condition', 'condition_type', never]];
  }
  if (!type || !CONDITIONS.includes(type)) {
    const known = `condition_type must be one of ${CONDITIONS.join(', ')}`;
    return [['bad-condition', 'condition_type', known]];
  }
  if (type !== 'js_expression') return [];
  const problem = conditionProblem(String(expression ?? ''));
  const key = 'condition_expression';
  return problem ? [['bad-condition', key, `${key} ${problem}`]] : [];
}

function checkEdge(workflow: WorkflowSpec, edge: EdgeSpec): PartProblem[] {
  const problems: PartProblem[] = [];
  const { source_job: job, source_trigger: trigger, target_job: target } = edge;
  if (job == null && trigger == null) {
    problems.push(['unknown-job', undefined, 'source_job or source_trigger is missing']);
  }
  if (job != null && !ownOf(workflow.jobs, job)) {
    problems.push(['unknown-job', 'source_job', `source_job ${job} is unknown`]);
  }
  if (trigger != null && !ownOf(workflow.triggers, trigger)) {
    problems.push(['unknown-trigger', 'source_trigger', `source_trigger ${trigger} is unknown`]);
  }
  if (!target || !ownOf(workflow.jobs, target)) {
    problems.push(['unknown-job', 'target_job', `target_job ${target ?? ''} is unknown`]);
  }
  return [...problems, ...checkCondition(edge)];
}

function checkJob(project: ProjectSpec, { adaptor, credential, body }: JobSpec): PartProblem[] {
  const problems: PartProblem[] = [];
  if (!adaptor) problems.push(['missing-adaptor', undefined, 'adaptor is missing']);
  if (credential && !ownOf(project.credentials, credential)) {
    const message = `credential ${credential} is not among the project's credentials`;
    problems.push(['unknown-credential', 'credential', message]);
  }
  if (body === undefined || body === null) {
    problems.push(['missing-body', undefined, 'body must be text or { path: jobs/file.js }']);
  } else if (typeof body === 'object' && !isWrittenInside(body.path)) {
    const message = `${body.path} is not a path inside the project`;
    problems.push(['outside-project', 'body', message]);
  }
  return problems;
}

function checkName(name: string, path: string[]): SpecProblem[] {
  const problem = folderNameProblem(name);
  const shown = name.length > 60 ? `${name.slice(0, 60)}...` : name;
  if (!problem || name === '') return [];
  return [{ rule: 'bad-name', path, message: `The workflow's name ${shown} ${problem}.` }];
}

/** A job from which a path leads back to itself, or undefined. */
function findCycle(workflow: WorkflowSpec): string | undefined {
  const next = new Map<string, string[]>();
  for (const { source_job: from, target_job: to } of Object.values(workflow.edges ?? {})) {
    if (from && to) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const reaches = (from: string, goal: string, seen: Set<string>): boolean =>
    (next.get(from) ?? []).some(to => {
      if (to === goal) return true;
      if (seen.has(to)) return false;
      seen.add(to);
      return reaches(to, goal, seen);
    });
  return [...next.keys()].find(job => reaches(job, job, new Set()));
}

/**
 * The problems of one workflow of project.yaml. `@openfn/project` silently skips an edge to an
 * unknown job (openfn FACTS §2.2), so the graph is checked here.
 *
 * @param key of the workflow
 * @returns none if the workflow can be run
 */
export function checkWorkflow(project: ProjectSpec, key: string): SpecProblem[] {
  const at = ['workflows', key];
  const workflow = ownOf(project.workflows, key);
  const misshapen = checkShape(workflow, WORKFLOW, at);
  if (!workflow || misshapen.length > 0) return misshapen;
  const toProblems = (kind: 'job' | 'edge', part: string, found: PartProblem[]) =>
    found.map(
      ([rule, place, message]): SpecProblem => ({
        rule,
        path: [...at, `${kind}s`, part, ...(place === undefined ? [] : [place])],
        message: `${kind === 'job' ? 'Job' : 'Edge'} ${part}: ${message}.`,
      }),
    );
  const jobs = Object.entries(workflow.jobs ?? {});
  const edges = Object.entries(workflow.edges ?? {});
  const cycle = findCycle(workflow);
  const problems = [
    ...checkName(key, at),
    ...(workflow.name === undefined ? [] : checkName(workflow.name, [...at, 'name'])),
    ...jobs.flatMap(([part, job]) => toProblems('job', part, checkJob(project, job))),
    ...edges.flatMap(([part, edge]) => toProblems('edge', part, checkEdge(workflow, edge))),
  ];
  if (jobs.length === 0) {
    problems.unshift({ rule: 'no-jobs', path: at, message: 'It has no jobs.' });
  }
  if (cycle !== undefined) {
    const message = `Job ${cycle} leads back to itself. A workflow must not have cycles.`;
    problems.push({ rule: 'cycle', path: [...at, 'jobs', cycle], message });
  }
  return problems;
}
