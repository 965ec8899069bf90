import { parse } from 'acorn';
import type { EdgeSpec, ProjectSpec, WorkflowSpec } from './spec.js';

const CONDITIONS = ['always', 'on_job_success', 'on_job_failure', 'js_expression'];

function isExpression(text: string): boolean {
  try {
    parse(`return ${text}`, { ecmaVersion: 'latest', allowReturnOutsideFunction: true });
    return true;
  } catch {
    return false;
  }
}

/** The condition as the engine will compile it; a missing one would silently never be met. */
function checkCondition(edge: EdgeSpec): string[] {
  const { condition_type: type, condition_expression: expression } = edge;
  if (!type || !CONDITIONS.includes(type)) {
    return [`condition_type must be one of ${CONDITIONS.join(', ')}`];
  }
  if (type !== 'js_expression') return [];
  if (!expression?.trim()) return ['condition_expression is missing'];
  return isExpression(expression) ? [] : ['condition_expression is not a JavaScript expression'];
}

function checkEdge(workflow: WorkflowSpec, edge: EdgeSpec): string[] {
  const problems: string[] = [];
  const { source_job: job, source_trigger: trigger, target_job: target } = edge;
  if (job === undefined && trigger === undefined)
    problems.push('source_job or source_trigger is missing');
  if (job !== undefined && !workflow.jobs?.[job]) problems.push(`source_job ${job} is unknown`);
  if (trigger !== undefined && !workflow.triggers?.[trigger]) {
    problems.push(`source_trigger ${trigger} is unknown`);
  }
  if (!target || !workflow.jobs?.[target]) problems.push(`target_job ${target ?? ''} is unknown`);
  return [...problems, ...checkCondition(edge)];
}

/** A job on a way that leads back to itself, or undefined. */
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
 * What is wrong with one workflow of project.yaml. `@openfn/project` skips an edge to an unknown job
 * without a word (openfn FACTS §2.2), so the graph is checked here.
 *
 * @returns one sentence a problem; none when the workflow is sound
 */
export function checkWorkflow(project: ProjectSpec, workflow: WorkflowSpec): string[] {
  const problems: string[] = [];
  const jobs = Object.entries(workflow.jobs ?? {});
  if (jobs.length === 0) problems.push('It has no jobs.');
  for (const [key, job] of jobs) {
    if (!job.adaptor) problems.push(`Job ${key}: adaptor is missing.`);
    if (job.credential && !project.credentials?.[job.credential]) {
      problems.push(
        `Job ${key}: credential ${job.credential} is not among the project's credentials.`,
      );
    }
    if (typeof job.body !== 'string' && typeof job.body?.path !== 'string') {
      problems.push(`Job ${key}: body must be text or { path: jobs/file.js }.`);
    }
  }
  for (const [key, edge] of Object.entries(workflow.edges ?? {})) {
    problems.push(...checkEdge(workflow, edge).map(problem => `Edge ${key}: ${problem}.`));
  }
  const cycle = findCycle(workflow);
  if (cycle) problems.push(`Job ${cycle} leads back to itself: a workflow has no cycles.`);
  return problems;
}
