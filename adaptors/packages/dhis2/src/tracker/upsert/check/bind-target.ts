import { checkBound } from '#common/binding/check-bound.js';
import { isComparable } from '#common/binding/is-comparable.js';
import type { BoundTo } from '#common/handover/bound-to.js';
import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import type { Metadata } from './read-metadata.js';

/**
 * Checks that a state belongs to the programs of the batch.
 *
 * @param dhis2 what `identifyBound` returned
 * @param former what the cursor of the run before belongs to
 * @returns what the next cursor belongs to; undefined if the fetching step has not bound it
 * @throws IntegrationError `FOREIGN_STATE` (configuration)
 */
export function bindTarget(
  { entities, next }: MappedTrackedEntityBatch,
  metadata: Metadata,
  dhis2: Pick<BoundTo, 'dhis2'>,
  former: BoundTo | undefined,
): BoundTo | undefined {
  if (!next.boundTo) return undefined;
  const kinds = entities.flatMap(({ kind, program }) => {
    const id = metadata.programOf(program)?.id;
    return id === undefined ? [] : [[kind, id] as const];
  });
  const present: BoundTo = {
    ...dhis2,
    programs: Object.fromEntries(kinds),
  };
  checkBound(former, present);
  return {
    ...next.boundTo,
    ...present,
    programs: { ...former?.programs, ...present.programs },
    ...(isComparable(former, present) ? {} : { readAgain: true }),
  };
}
