import type { Rejected } from '#common/reporting/report.js';
import type { LocationTree } from '../plan/location-tree.js';

/**
 * Why a location cannot be moved now. After an earlier refusal its new parent may be missing, or
 * may be below the location.
 *
 * @param parent id of the new parent; null for the top, undefined when the parent does not change
 * @param now the current locations of Go.Data, after the writes so far
 * @returns undefined when it can be moved
 */
export function findObstacle(
  id: string,
  parent: string | null | undefined,
  now: LocationTree,
): Rejected | undefined {
  if (!parent) return undefined;
  if (!now.get(parent)) {
    const message = `The location of the parent ${parent} was refused.`;
    return { kind: 'location', id, code: 'PARENT_NOT_THERE', message };
  }
  if (!now.isWithin(parent, id)) return undefined;
  const message = `The new parent ${parent} is still below the location, because the move of that parent was refused.`;
  return { kind: 'location', id, code: 'PARENT_BELOW', message };
}
