import type { Rejected } from '#common/reporting/report.js';
import type { OrgUnitIndex } from '../plan/org-unit-index.js';
import type { PlanStep } from '../plan/plan-batch.js';

/**
 * Why a step of a plan cannot be sent as things stand, since one before it was refused: its parent is not
 * there, or lies below it, or another org unit still has its code. DHIS2 does not always refuse an org unit
 * below itself (dhis2 LIVE, "Moves of org units"), and no root leads to it then.
 *
 * @param now DHIS2's org units as the writes so far have left them
 * @returns undefined when nothing is in the way
 */
export function findObstacle(step: PlanStep, now: OrgUnitIndex): Rejected | undefined {
  const uid = step.kind === 'create' ? step.unit.id : step.uid;
  const { parent, code } =
    step.kind === 'create' ? { ...step.unit, parent: step.unit.parent?.id } : step.changes;
  if (parent && !now.get(parent)) {
    return reject(step, 'PARENT_NOT_THERE', `The org unit of its parent, ${parent}, was refused.`);
  }
  if (parent && now.isWithin(parent, uid)) {
    const message = `Its new parent ${parent} is still below it, since the move of that parent was refused.`;
    return reject(step, 'PARENT_BELOW', message);
  }
  const holder = code ? now.withCode(code) : undefined;
  if (holder && holder.id !== uid) {
    const message = `Org unit ${holder.id} still has its code, since the change of that org unit was refused.`;
    return reject(step, 'CODE_TAKEN', message);
  }
  return undefined;
}

function reject({ location: id }: PlanStep, code: string, message: string): Rejected {
  return { kind: 'location', id, code, message };
}
