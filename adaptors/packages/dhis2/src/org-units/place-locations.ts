import { getOrCreate } from '#common/collections/get-or-create.js';
import { ownOf } from '#common/collections/own.js';
import type { TallyLocation } from '#common/handover/tally.js';
import type { OrgUnit } from '../client/metadata/metadata.js';
import type { OrgUnitMapping } from './options.js';

/** The org unit that reports the counts of a location, or why there is none. */
export type Placement =
  | { orgUnit: string }
  | { reason: 'unmapped-location' | 'unassigned-location' | 'above-level' };

/** The input for finding it. */
export interface PlacingContext {
  mapping: Required<Pick<OrgUnitMapping, 'by' | 'table'>> & OrgUnitMapping;
  locations: Record<string, TallyLocation>;
  orgUnits: readonly OrgUnit[];
  /** Ids of the org units to which the data set is assigned. */
  assigned: ReadonlySet<string>;
}

/**
 * Creates a function that finds the org unit for a location. A location without an org unit, for
 * example a village that only Go.Data has, is reported by the nearest ancestor that has one.
 */
export function createPlacer({ mapping, locations, orgUnits, assigned }: PlacingContext) {
  const byId = new Map(orgUnits.map(unit => [unit.id, unit]));
  const byCode = new Map(orgUnits.flatMap(unit => (unit.code ? [[unit.code, unit] as const] : [])));
  const known = new Map<string, Placement>();

  const ways: Record<'id' | 'code' | 'table', (id: string) => OrgUnit | undefined> = {
    id: id => byId.get(id),
    code: id =>
      (ownOf(locations, id)?.identifiers ?? []).map(code => byCode.get(code)).find(unit => unit),
    table: id => {
      const word = ownOf(mapping.table, id);
      return word === undefined ? undefined : (byId.get(word) ?? byCode.get(word));
    },
  };

  function orgUnitOf(locationId: string): OrgUnit | undefined {
    const seen = new Set<string>();
    for (
      let id: string | undefined = locationId;
      id && !seen.has(id);
      id = ownOf(locations, id)?.parent
    ) {
      seen.add(id);
      for (const way of mapping.by) {
        const unit = ways[way](id);
        if (unit) return unit;
      }
    }
    return undefined;
  }

  function place(locationId: string): Placement {
    const unit = orgUnitOf(locationId);
    if (!unit) return { reason: 'unmapped-location' };
    const path = unit.path.split('/').filter(id => id !== '');
    if (mapping.level !== undefined) {
      const ancestor = path[mapping.level - 1];
      return ancestor ? { orgUnit: ancestor } : { reason: 'above-level' };
    }
    const nearest = path.findLast(id => assigned.has(id));
    return nearest ? { orgUnit: nearest } : { reason: 'unassigned-location' };
  }

  return (locationId: string): Placement => {
    return getOrCreate(known, locationId, () => place(locationId));
  };
}
