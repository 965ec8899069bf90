import { configurationError } from '#common/reporting/errors.js';
import type { EdgeSpec, JobSpec, TriggerSpec, WorkflowSpec } from '../project/spec.js';
import type { ListRow } from './read-list.js';
import { staggerCron } from './stagger-cron.js';

/** What a workflow of a list is made from. */
export interface CopyRequest {
  /** Key in project.yaml of the workflow that is copied. */
  key: string;
  workflow: WorkflowSpec;
  row: ListRow;
  /** Place in the list, from 0. */
  index: number;
  /** The adaptor of the first step, with its version. */
  common: string;
  /** The project's credential of this name, by its key. */
  keyOf(credential: string): string;
  /** Name of the credential with this key. */
  nameOf(key: string): string | undefined;
}

/** A key that no job has. */
function freeKey({ jobs = {} }: WorkflowSpec): string {
  const taken = new Set(Object.entries(jobs).flatMap(([key, job]) => [key, job.name]));
  let key = 'settings';
  for (let number = 2; taken.has(key); number += 1) key = `settings-${number}`;
  return key;
}

/** The job that gives the others what differs from line to line. */
function toSettings(key: string, { row, common }: CopyRequest): JobSpec {
  const { name, outbreakId, roots } = row;
  const given = {
    ...(outbreakId === undefined ? {} : { outbreakId }),
    ...(roots === undefined ? {} : { roots }),
    // People are remembered apart where several workflows share a collection.
    memoryPart: name,
  };
  const lines = Object.entries(given).map(
    ([field, value]) => `  ${field}: ${JSON.stringify(value)},`,
  );
  const body = `// What this workflow does not share with the others of the list.\nfn(state => ({\n  ...state,\n${lines.join('\n')}\n}));\n`;
  return { name: key, adaptor: common, body };
}

function withCredentials(jobs: Record<string, JobSpec>, { row, keyOf, nameOf }: CopyRequest) {
  return Object.fromEntries(
    Object.entries(jobs).map(([key, job]): [string, JobSpec] => {
      const other = job.credential ? row.credentials[nameOf(job.credential) ?? ''] : undefined;
      return [key, other === undefined ? job : { ...job, credential: keyOf(other) }];
    }),
  );
}

/** Triggers are off until somebody has looked. */
function later(triggers: Record<string, TriggerSpec> = {}, index: number) {
  return Object.fromEntries(
    Object.entries(triggers).map(([key, trigger]): [string, TriggerSpec] => {
      const { cron_expression: cron } = trigger;
      const staggered = cron ? { cron_expression: staggerCron(cron, index) } : {};
      return [key, { ...trigger, ...staggered, enabled: false }];
    }),
  );
}

function toEdges({ key, workflow }: CopyRequest, settings: string): Record<string, EdgeSpec> {
  const edges = Object.entries(workflow.edges ?? {});
  const starts = edges.filter(([, edge]) => edge.source_trigger != null);
  const targets = [...new Set(starts.map(([, edge]) => edge.target_job))];
  if (targets.length !== 1) {
    throw configurationError(
      'LIST_UNUSABLE',
      `${key} begins with ${targets.join(' and ') || 'no job'}: a list needs workflows whose triggers lead to one job.`,
      { fix: 'Choose other workflows with --only.' },
    );
  }
  const [first] = targets;
  return Object.fromEntries([
    ...starts.map(([name, edge]) => [
      name.replace(/->.*$/, `->${settings}`),
      { ...edge, target_job: settings },
    ]),
    [
      `${settings}->${first}`,
      { source_job: settings, target_job: first, condition_type: 'on_job_success', enabled: true },
    ],
    ...edges.filter(([, edge]) => edge.source_trigger == null),
  ]);
}

/** A workflow for one line of a list: a first step that gives its settings, then the same jobs. */
export function copyWorkflow(request: CopyRequest): [key: string, workflow: WorkflowSpec] {
  const { key, workflow, row, index } = request;
  const settings = freeKey(workflow);
  return [
    `${key}-${row.name}`,
    {
      ...workflow,
      name: `${workflow.name ?? key}-${row.name}`,
      jobs: {
        [settings]: toSettings(settings, request),
        ...withCredentials(workflow.jobs ?? {}, request),
      },
      triggers: later(workflow.triggers, index),
      edges: toEdges(request, settings),
    },
  ];
}
