import type { PlanTable } from '#common/reporting/plan.js';
import type { RunError } from '../../engine/run-error.js';
import { isObject } from '../../record/figures/index.js';
import { readSample, type SampledPerson, type SampleRequest } from './sample.js';

/** What would become of a person: ids, codes and names of fields, no value. */
export interface PreviewedPerson {
  id: string;
  kind: string;
  /** What a run would do, each with the fields concerned. */
  changes: { record: string; change: string; fields: string }[];
  /** Fields for which there is a value. */
  fields: string[];
  problems: { code: string; message: string }[];
}

/** A preview of a workflow. */
export interface Preview {
  people: PreviewedPerson[];
  /** Changes of records whose id is not that of a person, such as a relationship. */
  otherChanges: number;
  errors: RunError[];
}

/**
 * What would become of a few people. It holds no values.
 *
 * @throws IntegrationError as `runWorkflow`
 */
export async function readPreview(request: SampleRequest): Promise<Preview> {
  const { fetched, mapped, plan, report, errors } = await readSample(request);
  const steps = Object.values(report);
  const told = steps.flatMap(({ rejected = [], adjusted = [] }) => [...rejected, ...adjusted]);
  const changes = plan ? readChanges(plan) : [];
  const people = fetched.map(({ id, kind }) => ({
    id,
    kind,
    changes: changes.filter(one => one.id === id).map(({ id: _, ...change }) => change),
    fields: namesOf(mapped.get(id)),
    problems: told
      .filter(one => one.id === id)
      .map(({ code, message }) => ({ code, message: message.split('\n')[0]! })),
  }));
  const ids = new Set(fetched.map(({ id }) => id));
  return { people, otherChanges: changes.filter(({ id }) => !ids.has(id)).length, errors };
}

function readChanges({ columns, rows }: PlanTable) {
  const cell = (row: (string | number | null)[], head: string) =>
    String(row[columns.indexOf(head)] ?? '');
  return rows.map(row => ({
    id: cell(row, 'id'),
    record: cell(row, 'record'),
    change: cell(row, 'change'),
    fields: cell(row, 'fields'),
  }));
}

/** Names of what a mapped person has: fields of Go.Data, or ids of attributes of DHIS2. */
function namesOf(person: SampledPerson | undefined): string[] {
  const given = person?.fields ?? person?.attributes;
  if (!isObject(given)) return [];
  return Object.entries(given)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name]) => name);
}
