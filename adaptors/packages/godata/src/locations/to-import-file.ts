import type { MappedLocationBatch } from '#common/handover/mapped-location-batch.js';
import type { LocationNode } from '../client/requests/locations.js';
import { nestLocations } from './import-tree.js';
import { toNewLocation } from './plan/diff.js';

/** The file that Go.Data's user interface imports as a hierarchical list of locations. */
export function toImportFile({ locations, mark }: MappedLocationBatch): LocationNode[] {
  return nestLocations(
    locations.map(mapped => {
      const target = { id: mapped.id, mapped, parentLocationId: mapped.parent ?? null };
      const {
        parentLocationId = null,
        geoLocation = null,
        ...location
      } = toNewLocation(target, mark);
      // A file for people says in full where a location stands; only a child must not say null.
      return { ...location, parentLocationId, geoLocation };
    }),
  );
}
