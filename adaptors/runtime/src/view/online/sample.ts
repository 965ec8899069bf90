import type { PlanTable } from '#common/reporting/plan.js';
import type { StepReport } from '#common/reporting/report.js';
import type { RunEvent } from '../../engine/events.js';
import type { RunError } from '../../engine/run-error.js';
import { isObject, type Json } from '../../record/figures/index.js';
import { runWorkflow } from '../../run/run-workflow.js';

/** People that a preview reads. */
const SAMPLE_SIZE = 10;

/** A person of a fetched or a mapped batch, with values. */
export interface SampledPerson extends Json {
  id: string;
  kind: string;
}

/** What a dry run of a few people passed from step to step. */
export interface Sample {
  /** As the source has them. */
  fetched: SampledPerson[];
  /** As the target should have them, by id. */
  mapped: Map<string, SampledPerson>;
  plan: PlanTable | undefined;
  report: Record<string, StepReport>;
  errors: RunError[];
}

/** What to read. */
export interface SampleRequest {
  project: string;
  /** Path of the credentials file. */
  credentials: string;
  workflow: string;
  /** A state of this workflow, or of another one, which does not count. */
  state: Record<string, unknown>;
  /** The last step of the run. @default the last step of the workflow */
  end?: string;
}

/**
 * Reads a few people in a dry run, as the next run with the state does. Nothing of it is kept: it is
 * the caller's.
 *
 * @throws IntegrationError as `runWorkflow`
 */
export async function readSample({ end, state, ...request }: SampleRequest): Promise<Sample> {
  const isOwn = state.workflow === undefined || state.workflow === request.workflow;
  const batches: SampledPerson[][] = [];
  const { plan, report, errors } = await runWorkflow({
    ...request,
    ...(end === undefined ? {} : { range: { end } }),
    state: { ...(isOwn ? state : {}), dryRun: true, batchSize: SAMPLE_SIZE },
    onEvent: event => {
      const people = peopleIn(event);
      if (people) batches.push(people);
    },
  });
  // Each way hands on what it fetched, then what it mapped.
  const fetched = batches.filter((_, at) => at % 2 === 0).flatMap(all => all.slice(0, SAMPLE_SIZE));
  const mapped = batches.filter((_, at) => at % 2 === 1).flat();
  return { fetched, mapped: new Map(mapped.map(one => [one.id, one])), plan, report, errors };
}

/** Batches of people are recognised by their form: adaptors/common/src/handover/README.md. */
function peopleIn(event: RunEvent): SampledPerson[] | undefined {
  if (event.type !== 'step-complete' || !isObject(event.state.data)) return undefined;
  const { entities, people } = event.state.data;
  const list = Array.isArray(entities) ? entities : people;
  if (!Array.isArray(list)) return undefined;
  return list.filter((one): one is SampledPerson => isObject(one) && typeof one.id === 'string');
}
