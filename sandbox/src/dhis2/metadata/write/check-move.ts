import { capturesAt, hasAuthority, isSuperuser } from '../../accounts/access.js';
import type { SeedUser } from '../../accounts/types.js';
import type { Dhis2Store } from '../../store/dhis2-store.js';
import type { OrgUnit } from '../types.js';
import type { Problem } from './object-report.js';
import type { OrgUnitDraft } from './org-unit.js';

/**
 * A user who moves an org unit needs an authority for it, and both parents in the data capture
 * hierarchy (the server's source, OrganisationUnitObjectBundleHook.validatePotentialMove).
 */
export function checkMove(
  store: Dhis2Store,
  user: SeedUser,
  before: OrgUnit,
  after: OrgUnitDraft,
): Problem[] {
  const [from, to] = [before.parent?.id, after.parent?.id];
  if (isSuperuser(user) || from === to) return [];
  if (!hasAuthority(user, 'F_ORGANISATIONUNIT_MOVE')) return [{ code: 'E1520', args: [user.id] }];
  const isOutside = (parent: string | undefined) =>
    parent !== undefined && !capturesAt(store, user, parent);
  return [
    ...(isOutside(from) ? [{ code: 'E1522', args: [user.id, before.id, from!] }] : []),
    ...(isOutside(to) ? [{ code: 'E1523', args: [user.id, before.id, to!] }] : []),
  ];
}
