/*
 * One workflow of project.yaml in the second version of OpenFn's spec, as its CLI runs it from a
 * workspace (openfn FACTS §1.2, §2.3).
 */
import type { Workflow, WorkflowStep } from '../project/read-workflow.js';
import { type EdgeSpec, slugOf, type WorkflowSpec } from '../project/spec.js';

/** An edge to another step, as the CLI reads it. */
interface NextStep {
  condition: string;
  label?: string;
  disabled?: boolean;
}

/** A job or a trigger. */
export interface WorkspaceStep {
  id: string;
  name?: string;
  adaptor?: string;
  /** Name of its credential. */
  configuration?: string;
  /** Path of the job's text from the workflow's file. */
  expression?: string;
  next?: Record<string, NextStep>;
  /** Other keys of a trigger: type, enabled, cron_expression... */
  [property: string]: unknown;
}

/** A workflow's file. */
export interface WorkspaceWorkflow {
  id: string;
  name: string;
  start: string;
  steps: WorkspaceStep[];
}

function toNext(edges: EdgeSpec[], ids: Map<string, string>): Pick<WorkspaceStep, 'next'> {
  if (edges.length === 0) return {};
  const next = edges.map(edge => {
    const { condition_type: type = 'always', condition_expression: expression } = edge;
    const condition = type === 'js_expression' ? String(expression) : type;
    const { condition_label: label, enabled } = edge;
    const way = {
      condition,
      ...(label && { label }),
      ...(enabled === false && { disabled: true }),
    };
    return [ids.get(edge.target_job ?? '')!, way] as const;
  });
  return { next: Object.fromEntries(next) };
}

/** Adaptors are pinned: to the version that is installed here if project.yaml names none. */
export function pin(specifier: string, { adaptor }: WorkflowStep): string {
  return /@\d[^@/]*$/.test(specifier) ? specifier : `${adaptor.name}@${adaptor.version}`;
}

/**
 * Turns a workflow into the form of the CLI's workspace.
 *
 * @param spec the workflow in project.yaml
 * @param workflow the same workflow, read
 * @param toPath path of a step's text from the workflow's file
 */
export function toWorkspaceWorkflow(
  spec: WorkflowSpec,
  workflow: Workflow,
  toPath: (step: WorkflowStep) => string,
): WorkspaceWorkflow {
  const ids = new Map(workflow.steps.map(({ key, id }) => [key, id]));
  const edges = Object.values(spec.edges ?? {});
  const triggers = Object.entries(spec.triggers ?? {}).map(([key, trigger]) => ({
    // A trigger has no name; OpenFn's tools call it by its type.
    id: trigger.type ?? key,
    ...trigger,
    ...toNext(
      edges.filter(({ source_trigger }) => source_trigger === key),
      ids,
    ),
  }));
  const jobs = workflow.steps.map(step => ({
    id: step.id,
    name: step.name,
    adaptor: pin(spec.jobs![step.key]!.adaptor!, step),
    ...(step.credential && { configuration: step.credential }),
    expression: toPath(step),
    ...toNext(
      edges.filter(({ source_job }) => source_job === step.key),
      ids,
    ),
  }));
  return {
    id: slugOf(workflow.name) || workflow.key,
    name: workflow.name,
    start: triggers[0]?.id ?? workflow.starts[0]!,
    steps: [...triggers, ...jobs],
  };
}
