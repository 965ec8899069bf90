import { type ApiRequest, FailureCount } from '../../../../../common/src/http/index.js';
import { formatProgress } from '../../../../../common/src/progress.js';
import type { Rejected } from '../../../../../common/src/report.js';
import type { Dhis2Client } from '../../client.js';
import { serverError } from '../../server-error.js';
import type { PlanStep } from '../plan/plan-batch.js';
import { toJsonPatch } from './json-patch.js';
import { isRefusal, isThere, refusedOrgUnit } from './refusal.js';

/** What was done of a plan. */
export interface Applied {
  done: PlanStep[];
  rejected: Rejected[];
  /** The limit was reached before the end. */
  isPartial: boolean;
}

/**
 * Does what a plan says, in its order. What the server refuses is rejected, with all that is new below
 * it; the rest is done all the same.
 *
 * @param maxWrites org units to write at most; refused ones do not count, so that each run gets further
 */
export async function applyPlan(
  client: Dhis2Client,
  steps: readonly PlanStep[],
  maxWrites: number,
): Promise<Applied> {
  const applied: Applied = { done: [], rejected: [], isPartial: false };
  const refused = new Set<string>();
  const failures = new FailureCount(serverError);
  for (const step of steps) {
    const parent = parentOf(step);
    if (parent && refused.has(parent)) {
      applied.rejected.push(belowRefused(step.location, parent));
      if (step.kind === 'create') refused.add(step.unit.id);
      continue;
    }
    if (applied.done.length >= maxWrites) {
      applied.isPartial = true;
      break;
    }
    const request = toRequest(step);
    const answer = await client.send(request);
    if (answer.status < 400 || (step.kind === 'create' && isThere(answer))) applied.done.push(step);
    else {
      if (!isRefusal(answer)) throw serverError(request, answer);
      applied.rejected.push(refusedOrgUnit(step.location, answer));
      if (step.kind === 'create') refused.add(step.unit.id);
    }
    failures.note(request, answer);
    const { length: done } = applied.done;
    if (done % 100 === 0) {
      console.log(formatProgress({ label: 'org units written', done, total: steps.length }));
    }
  }
  return applied;
}

/** Sent twice, either does no more than once: the second creation is refused. */
function toRequest(step: PlanStep): ApiRequest {
  return step.kind === 'create'
    ? { method: 'POST', path: '/organisationUnits', body: step.unit, idempotent: true }
    : {
        method: 'PATCH',
        path: '/organisationUnits/{id}',
        params: { id: step.uid },
        content: toJsonPatch(step.changes),
        idempotent: true,
      };
}

function parentOf(step: PlanStep): string | null | undefined {
  return step.kind === 'create' ? step.unit.parent?.id : step.changes.parent;
}

function belowRefused(id: string, parent: string): Rejected {
  const message = `The org unit of its parent, ${parent}, was refused.`;
  return { kind: 'location', id, code: 'PARENT_NOT_THERE', message };
}
