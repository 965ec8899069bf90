import type { BoundTo } from '../handover/bound-to.js';

/** Adds the host's present to a cursor that has just been moved. */
export function stampHost<C extends { boundTo?: BoundTo }>(next: C): C {
  const { boundTo } = next;
  if (!boundTo?.clocks || boundTo.clocks.host !== undefined) return next;
  const clocks = { ...boundTo.clocks, host: new Date().toISOString() };
  return { ...next, boundTo: { ...boundTo, clocks } };
}
