/*
 * How a workflow ends. With several last steps the final state is a map of states, and the next cron
 * run begins with that map. The platform looks at the last steps only: a failure handler that ends well
 * makes a success of a failed run (openfn FACTS §6).
 */
import type { AnyNode, CallExpression } from 'acorn';
import { walk } from 'zimmerframe';
import { tryParseJob } from '../compile/parse-job.js';
import type { EdgeSpec, WorkflowSpec } from './spec.js';
import type { SpecProblem } from './spec-problem.js';

const MAP = 'the final state is then a map of their states, and a cron run begins with that map';

/** Whether a job can end with an error that it throws itself. */
function throwsItself(source: string): boolean {
  const read = tryParseJob(source);
  if ('problem' in read) return true;
  let found = false;
  const isThrower = ({ callee }: CallExpression) =>
    (callee.type === 'Identifier' && callee.name === 'assert') ||
    (callee.type === 'MemberExpression' &&
      callee.property.type === 'Identifier' &&
      ['throwError', 'reject'].includes(callee.property.name));
  walk(read.ast as AnyNode, null, {
    _(node, { next }) {
      const throws =
        node.type === 'ThrowStatement' || (node.type === 'CallExpression' && isThrower(node));
      if (throws) found = true;
      else next();
    },
  });
  return found;
}

/** Enabled edges from each job, and from the triggers of each. */
function readWays(workflow: WorkflowSpec) {
  const edges = Object.values(workflow.edges ?? {}).filter(({ enabled }) => enabled !== false);
  const from = (job: string) => edges.filter(({ source_job }) => source_job === job);
  const starts = Object.keys(workflow.triggers ?? {}).map(trigger =>
    edges.filter(({ source_trigger }) => source_trigger === trigger),
  );
  return { edges, from, starts };
}

const isFailure = ({ condition_type: type }: EdgeSpec) => type === 'on_job_failure';
const isChoice = ({ condition_type: type }: EdgeSpec) => type === 'js_expression';

/**
 * How many last steps a run without failures has. Of several edges with expressions one is taken,
 * because they are alternatives. A job that two edges lead to runs twice, and ends twice.
 */
function countEnds(ways: EdgeSpec[], from: (job: string) => EdgeSpec[]): number {
  const known = new Map<string, number>();
  const behind = (job: string): number => {
    const next = from(job).filter(edge => !isFailure(edge));
    const count = known.get(job) ?? (next.length === 0 ? 1 : sumOf(next));
    known.set(job, count);
    return count;
  };
  const sumOf = (edges: EdgeSpec[]): number => {
    const counts = (some: EdgeSpec[]) => some.map(({ target_job = '' }) => behind(target_job));
    const sum = counts(edges.filter(edge => !isChoice(edge))).reduce((a, b) => a + b, 0);
    return sum + Math.max(0, ...counts(edges.filter(isChoice)));
  };
  return sumOf(ways);
}

function findSeveral(workflow: WorkflowSpec, at: string[]): SpecProblem[] {
  const { from, starts } = readWays(workflow);
  const count = Math.max(0, ...starts.map(ways => countEnds(ways, from)));
  if (count < 2) return [];
  return [
    {
      rule: 'several-ends',
      path: [...at, 'edges'],
      message: `A run has ${count} last steps: ${MAP}.`,
      fix: 'Put the steps in sequence, so that a single last step returns a small state.',
      isWarning: true,
    },
  ];
}

/** Last steps after a job, along edges on which nothing throws. */
function findQuietEnds(
  job: string,
  from: (job: string) => EdgeSpec[],
  sources: Map<string, string>,
  seen = new Set<string>(),
): string[] {
  if (seen.has(job) || throwsItself(sources.get(job) ?? '')) return [];
  seen.add(job);
  const next = from(job).filter(edge => !isFailure(edge));
  if (next.length === 0) return [job];
  return next.flatMap(({ target_job = '' }) => findQuietEnds(target_job, from, sources, seen));
}

function findSwallowed(
  workflow: WorkflowSpec,
  at: string[],
  sources: Map<string, string>,
): SpecProblem[] {
  const { edges, from } = readWays(workflow);
  const ends = new Map<string, string>();
  for (const { source_job, target_job = '' } of edges.filter(isFailure)) {
    for (const end of findQuietEnds(target_job, from, sources)) ends.set(end, source_job ?? '');
  }
  return [...ends].map(([end, failed]) => ({
    rule: 'swallowed-failure',
    path: [...at, 'jobs', end],
    message: `Job ${end} ends a run in which ${failed} failed, but throws no error: the platform reports that run as a success.`,
    fix: `End ${end} with an error: fn(() => { throw new Error('...'); })`,
    isWarning: true,
  }));
}

/**
 * Warnings about the ends of a workflow whose graph is valid.
 *
 * @param at keys of project.yaml that lead to it
 * @param sources text of its jobs, by key
 */
export function checkEnds(
  workflow: WorkflowSpec,
  at: string[],
  sources: Map<string, string>,
): SpecProblem[] {
  return [...findSeveral(workflow, at), ...findSwallowed(workflow, at, sources)];
}
