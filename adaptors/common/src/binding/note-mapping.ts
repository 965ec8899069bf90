import type { BoundTo } from '../handover/bound-to.js';
import { hashMapping } from './hash-mapping.js';
import { isChanged } from './is-changed.js';

/** The part of a cursor that binds it. */
interface BoundCursor {
  boundTo?: BoundTo;
}

/** A batch on its way through a mapping step: where the next run continues, and whether there is more. */
interface Batch {
  next: BoundCursor;
  more: boolean;
}

const CHANGED =
  'The mapping is not the one that the state was made with. The next run reads everybody again.';

/**
 * Binds the cursor of a batch to the mapping. If the mapping is not the one of the former run, the
 * next run reads everybody again, and `more` says that there is something to do. People in this
 * batch are mapped by the new mapping already.
 *
 * Where the host tells the hash of the jobs (`state.jobsHash`, as `godata-dhis2 run` does), the
 * fetching step has noticed the change before it read, and nothing is left to do here.
 *
 * @param batch the batch that is passed on
 * @param former the cursor at the beginning of the run
 * @param description what the step was given: mapping and options
 * @returns the batch to pass on, and what to say
 * @example
 * const { batch, warnings } = noteMapping(mapped, state.cursor, [mapping, options]);
 */
export function noteMapping<B extends Batch>(
  batch: B,
  former: BoundCursor | undefined,
  description: unknown,
): { batch: B; warnings: string[] } {
  const { boundTo } = batch.next;
  // A batch that is not bound was not fetched by the operations of these adaptors.
  if (!boundTo) return { batch, warnings: [] };
  const mapping = hashMapping(description);
  const isNew = boundTo.jobs === undefined && isChanged(former?.boundTo?.mapping, mapping);
  const next = {
    ...batch.next,
    boundTo: { ...boundTo, mapping, ...(isNew ? { readAgain: true as const } : {}) },
  };
  return {
    batch: { ...batch, next, more: batch.more || isNew },
    warnings: isNew ? [CHANGED] : [],
  };
}
