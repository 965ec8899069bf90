/**
 * A state without the hash of the jobs (`run/hash-jobs.ts`), which a run adds to its input: it
 * belongs to this run, and is neither part of what a step leaves nor of the final state.
 */
export function withoutHash({
  jobsHash: _jobsHash,
  ...state
}: Record<string, unknown>): Record<string, unknown> {
  return state;
}
