import Project from '@openfn/project';
import type { ProjectSpec } from './spec.js';

type Fields = Record<string, unknown>;

interface Step extends Fields {
  id?: string;
  next?: unknown;
}

/** A path of a text, as a workspace has it in the place of the text. */
const PATH = /^\.{0,2}[\w@/.-]+\.js$/;

/** The ways out of a step in their long form: spec 4.0 also allows `next: two` and `next: { two: true }`. */
function toWays(next: unknown): Record<string, Fields> {
  const ways = typeof next === 'string' ? { [next]: true } : ((next ?? {}) as Fields);
  return Object.fromEntries(
    Object.entries(ways).map(([to, way]) => {
      if (typeof way === 'string') return [to, { condition: way }];
      return [to, { condition: 'always', ...(typeof way === 'object' ? way : {}) }];
    }),
  );
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a document has the parts of spec 4.0 that are needed to read it. */
export function isSpec4(document: Fields): boolean {
  const { workflows } = document;
  return (
    Array.isArray(workflows) &&
    workflows.every(
      workflow =>
        isFields(workflow) && Array.isArray(workflow.steps) && workflow.steps.every(isFields),
    )
  );
}

/**
 * A project of spec 4.0, which the platform exports since 2026, in the form of version 1:
 * `@openfn/project` reads both.
 *
 * @param document for which {@link isSpec4} holds
 */
export function fromSpec4(document: Fields): ProjectSpec {
  const workflows = (document.workflows as Fields[]).map(workflow => ({
    ...workflow,
    steps: (workflow.steps as Step[]).map(({ next, ...step }) =>
      next === undefined ? step : { ...step, next: toWays(next) },
    ),
  }));
  const project = new Project({ ...document, workflows } as never);
  const spec = project.serialize('spec', { format: 'json' }) as unknown as ProjectSpec & {
    collections?: { name: string }[];
  };
  return {
    ...(spec.name !== undefined && { name: spec.name }),
    ...(spec.description !== undefined && { description: spec.description }),
    collections: Object.fromEntries((spec.collections ?? []).map(({ name }) => [name, { name }])),
    credentials: spec.credentials ?? {},
    workflows: Object.fromEntries(
      Object.entries(spec.workflows ?? {}).map(([key, workflow]) => {
        const { name, jobs = {}, triggers = {}, edges = {} } = workflow;
        const entries = Object.entries(jobs).map(([id, job]) => {
          const { body } = job;
          return [
            id,
            typeof body === 'string' && PATH.test(body) ? { ...job, body: { path: body } } : job,
          ];
        });
        return [
          key,
          {
            ...(name !== undefined && { name }),
            jobs: Object.fromEntries(entries),
            triggers,
            edges,
          },
        ];
      }),
    ),
  };
}
