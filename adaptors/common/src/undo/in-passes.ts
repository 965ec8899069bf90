/**
 * Makes changes that depend on each other in an order that is not known: those that the server
 * refuses are tried again after the others, until none of them succeeds any more. A parent can be
 * deactivated only after its children, and a name is free only after another record gave it up.
 *
 * @param attempt makes changes, and returns those that were refused
 * @returns the refused ones
 */
export async function inPasses<C, R>(
  changes: readonly C[],
  attempt: (changes: readonly C[]) => Promise<{ change: C; refusal: R }[]>,
): Promise<R[]> {
  for (let pending = changes; ; ) {
    if (pending.length === 0) return [];
    const refused = await attempt(pending);
    if (refused.length === 0 || refused.length === pending.length) {
      return refused.map(({ refusal }) => refusal);
    }
    pending = refused.map(({ change }) => change);
  }
}
