import type { Rejected } from '#common/reporting/report.js';
import type { LocationTree } from '../plan/location-tree.js';

/**
 * Why a location cannot be moved as things stand, since a write before it was refused: its new parent is not
 * there, or lies below it.
 *
 * @param parent id of the new parent; null for the top, undefined where it stays
 * @param now Go.Data's locations as the writes so far have left them
 * @returns undefined when nothing is in the way
 */
export function findObstacle(
  id: string,
  parent: string | null | undefined,
  now: LocationTree,
): Rejected | undefined {
  if (!parent) return undefined;
  if (!now.get(parent)) {
    const message = `The location of its parent ${parent} was refused.`;
    return { kind: 'location', id, code: 'PARENT_NOT_THERE', message };
  }
  if (!now.isWithin(parent, id)) return undefined;
  const message = `Its new parent ${parent} is still below it, since the move of that parent was refused.`;
  return { kind: 'location', id, code: 'PARENT_BELOW', message };
}
