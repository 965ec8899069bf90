type State = Record<string, unknown>;

/** What a run leaves for the next one, as DESIGN has it; a failed run leaves it as well. */
const KEPT = ['cursor', 'errors', 'memory', 'report'];

/**
 * The state of a run that failed, without what its steps handed to each other: people who were read
 * and never written have no place in a file that a good run leaves without them. What the run began
 * with stays, and so do single values that a step added.
 *
 * @param input what the run began with
 * @param left what the last step left
 */
export function toFailedState(input: State, left: State): State {
  const kept = Object.entries(left).filter(
    ([key, value]) => KEPT.includes(key) || Object.hasOwn(input, key) || typeof value !== 'object',
  );
  const { data: _data, ...rest } = Object.fromEntries(kept);
  return { ...rest, data: input.data ?? {} };
}
