import { isUid, uidOf } from '../outbreak/index.js';
import type { Places } from './places.js';

const COUNTRY = 'Country of the case list';

/**
 * Org units for locations of which only the ids are known: one for each, all below one country,
 * because their parents are unknown. An id that DHIS2 cannot have becomes the org unit's code and,
 * in Go.Data, the location's identifier.
 */
export function inventOrgUnits(locationIds: readonly string[]): Places {
  const root = uidOf(COUNTRY);
  const units = locationIds.map(id =>
    isUid(id) ? { id, name: id } : { id: uidOf(id), code: id, name: id },
  );
  return {
    unknown: [],
    orgUnits: [
      { id: root, name: COUNTRY, shortName: COUNTRY },
      ...units.map(unit => ({ ...unit, shortName: unit.name, parent: { id: root } })),
    ],
    locations: [
      { id: root, name: COUNTRY, identifiers: [], active: true, parentLocationId: null },
      ...locationIds.map(id => ({
        id,
        name: id,
        identifiers: isUid(id) ? [] : [{ code: id, description: 'DHIS2 code' }],
        active: true,
        parentLocationId: root,
      })),
    ],
  };
}
