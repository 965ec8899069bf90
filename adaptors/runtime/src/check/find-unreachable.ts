import type { WorkflowSpec } from '../project/spec.js';
import type { SpecProblem } from '../project/spec-problem.js';

/** Warnings about jobs that no trigger leads to: the platform never runs them. */
export function findUnreachable(workflow: WorkflowSpec, at: string[]): SpecProblem[] {
  if (Object.keys(workflow.triggers ?? {}).length === 0) return [];
  const edges = Object.values(workflow.edges ?? {});
  const reached = new Set<string>();
  const queue = edges.filter(({ source_trigger }) => source_trigger != null);
  for (let edge = queue.shift(); edge; edge = queue.shift()) {
    const job = edge.target_job ?? '';
    if (reached.has(job)) continue;
    reached.add(job);
    queue.push(...edges.filter(({ source_job }) => source_job === job));
  }
  return Object.keys(workflow.jobs ?? {})
    .filter(key => !reached.has(key))
    .map(key => ({
      rule: 'unreachable-job',
      path: [...at, 'jobs', key],
      message: `Job ${key}: no trigger leads to it, so it never runs.`,
      isWarning: true,
    }));
}
