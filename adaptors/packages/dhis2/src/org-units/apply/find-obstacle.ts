import type { Rejected } from '#common/reporting/report.js';
import type { OrgUnitIndex } from '../plan/org-unit-index.js';
import type { PlanStep } from '../plan/plan-batch.js';

/**
 * Why a step of a plan cannot be sent after an earlier step was refused: its parent does not exist
 * or is below it, or another org unit still has its code. DHIS2 does not always refuse to move an
 * org unit below itself (dhis2 LIVE, "Moves of org units"), which separates it from every root.
 *
 * @param now DHIS2's org units after the writes so far
 * @returns undefined when there is no obstacle
 */
export function findObstacle(step: PlanStep, now: OrgUnitIndex): Rejected | undefined {
  const uid = step.kind === 'create' ? step.unit.id : step.uid;
  const { parent, code } =
    step.kind === 'create' ? { ...step.unit, parent: step.unit.parent?.id } : step.changes;
  if (parent && !now.get(parent)) {
    return reject(step, 'PARENT_NOT_THERE', `DHIS2 refused the org unit of its parent, ${parent}.`);
  }
  if (parent && now.isWithin(parent, uid)) {
    const message = `Its new parent ${parent} is still below it, because DHIS2 refused to move that parent.`;
    return reject(step, 'PARENT_BELOW', message);
  }
  const holder = code ? now.withCode(code) : undefined;
  if (holder && holder.id !== uid) {
    const message = `Org unit ${holder.id} still has its code, because DHIS2 refused to change that org unit.`;
    return reject(step, 'CODE_TAKEN', message);
  }
  return undefined;
}

function reject({ location: id }: PlanStep, code: string, message: string): Rejected {
  return { kind: 'location', id, code, message };
}
