import type { BoundTo } from '../handover/bound-to.js';

/**
 * Whether DHIS2 was identified in the same way then and now. It is not after an upgrade to 2.44,
 * which does not tell its system id.
 */
export function isComparable(former: BoundTo | undefined, present: BoundTo): boolean {
  if (!former?.dhis2 || !present.dhis2) return true;
  return 'roots' in former.dhis2 === 'roots' in present.dhis2;
}
