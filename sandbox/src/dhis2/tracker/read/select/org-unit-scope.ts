import { hasAuthority } from '#sandbox/dhis2/accounts/access.js';
import type { SeedUser } from '#sandbox/dhis2/accounts/types.js';
import type { ServerContext } from '#sandbox/dhis2/server-context.js';
import { Access } from '../../access.js';
import type { RenamedParam, TrackerParams } from '../params.js';

const MODES = ['SELECTED', 'CHILDREN', 'DESCENDANTS', 'ACCESSIBLE', 'CAPTURE', 'ALL'] as const;
type Mode = (typeof MODES)[number];

/** Modes that do not allow org units in the request. */
const WITHOUT_UNITS: ReadonlySet<Mode> = new Set<Mode>(['ACCESSIBLE', 'CAPTURE', 'ALL']);

export const ORG_UNIT_MODE: RenamedParam = {
  name: 'orgUnitMode',
  since: 41,
  old: 'ouMode',
  until: 41,
};

/** The org units of a request. */
export interface OrgUnitScope {
  mode: string;
  includes: (orgUnit: string) => boolean;
  access: Access;
}

/**
 * Reads the org units of a request and their mode (dhis2 FACTS §4.2).
 *
 * @param orgUnits named in the request
 * @param hasIds whether the request names its objects, so that it needs no org units
 * @throws Refusal when there are none, one is unknown or outside the user's search scope, or the
 * mode does not allow them
 */
export function readOrgUnitScope(
  { store, dialect }: ServerContext,
  user: SeedUser,
  params: TrackerParams,
  orgUnits: readonly string[],
  hasIds: boolean,
): OrgUnitScope {
  const asked = params.oneOf(ORG_UNIT_MODE, MODES);
  const hasUnits = orgUnits.length > 0;
  const isDefault = asked === undefined && !hasUnits;
  if (isDefault && !hasIds && !dialect.tracker.hasDefaultScope) {
    throw params.bad('At least one organisation unit must be specified');
  }
  const mode = asked ?? (hasUnits ? 'SELECTED' : 'ACCESSIBLE');
  if (WITHOUT_UNITS.has(mode) && hasUnits && !dialect.tracker.allowsOrgUnitsWithAnyMode) {
    throw params.bad(
      `orgUnitMode ${mode} cannot be used with orgUnits. Please remove the orgUnit parameter and try again.`,
    );
  }
  if (!WITHOUT_UNITS.has(mode) && !hasUnits && !hasIds) {
    throw params.bad(
      `At least one org unit is required for orgUnitMode: ${mode}. Please add one org unit or use a different orgUnitMode.`,
    );
  }
  if (mode === 'ALL' && !hasAuthority(user, 'F_TRACKED_ENTITY_INSTANCE_SEARCH_IN_ALL_ORGUNITS')) {
    throw params.forbidden('Current user is not authorized to query across all organisation units');
  }
  const access = new Access(store, user, mode === 'ALL');
  for (const id of orgUnits) {
    if (!store.metadata.get('organisationUnits', id)) {
      throw params.bad(`Organisation unit does not exist: ${id}`);
    }
    if (!access.canSearch(id)) {
      throw params.forbidden(`Organisation unit is not part of the search scope: ${id}`);
    }
  }
  if (mode === 'CAPTURE') return { mode, access, includes: access.canCapture };
  if (WITHOUT_UNITS.has(mode) || !hasUnits) return { mode, access, includes: () => true };
  const tree = store.metadata.orgUnits;
  const units = new Set(
    orgUnits.flatMap(id => {
      if (mode === 'DESCENDANTS') return tree.subtree(id);
      return mode === 'CHILDREN' ? [id, ...tree.children(id)] : [id];
    }),
  );
  return { mode, access, includes: orgUnit => units.has(orgUnit) };
}
