import { type ApiRequest, FailureCount } from '#common/http/index.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { Rejected } from '#common/reporting/report.js';
import type { Dhis2Client } from '../../client/client.js';
import { serverError } from '../../client/server-error.js';
import type { OrgUnitIndex } from '../plan/org-unit-index.js';
import type { PlanStep } from '../plan/plan-batch.js';
import { findObstacle } from './find-obstacle.js';
import { toJsonPatch } from './json-patch.js';
import { isRefusal, isThere, refusedOrgUnit } from './refusal.js';

/** What was done of a plan. */
export interface Applied {
  done: PlanStep[];
  rejected: Rejected[];
  /** Whether the limit was reached before the end. */
  isPartial: boolean;
}

/**
 * Applies the steps of a plan in order. A step that the server refuses is rejected, with every step
 * that depends on it, so that the org units are a tree after each write. The other steps are still
 * done.
 *
 * @param now DHIS2's current org units; updated with each write
 * @param maxWrites most org units to write. Refused ones do not count, so that each run makes
 * progress.
 */
export async function applyPlan(
  client: Dhis2Client,
  steps: readonly PlanStep[],
  now: OrgUnitIndex,
  maxWrites: number,
): Promise<Applied> {
  const applied: Applied = { done: [], rejected: [], isPartial: false };
  const failures = new FailureCount(serverError);
  for (const step of steps) {
    const obstacle = findObstacle(step, now);
    if (obstacle) {
      applied.rejected.push(obstacle);
      continue;
    }
    if (applied.done.length >= maxWrites) {
      applied.isPartial = true;
      break;
    }
    const request = toRequest(step);
    const answer = await client.send(request);
    if (answer.status < 400 || (step.kind === 'create' && isThere(answer))) {
      applied.done.push(step);
      if (step.kind === 'create') now.put(step.unit);
      else now.change(step.uid, step.changes);
    } else {
      if (!isRefusal(answer)) throw serverError(request, answer);
      applied.rejected.push(refusedOrgUnit(step.location, answer));
    }
    failures.note(request, answer);
    const { length: done } = applied.done;
    if (done % 100 === 0) {
      console.log(formatProgress({ label: 'org units written', done, total: steps.length }));
    }
  }
  return applied;
}

/** Both requests can be repeated without effect: DHIS2 refuses a second creation. */
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
