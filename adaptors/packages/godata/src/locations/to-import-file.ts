import type { MappedLocationBatch } from '#common/handover/mapped-location-batch.js';
import type { LocationNode } from '../client/requests/locations.js';
import { nestLocations } from './import-tree.js';
import { toNewLocation } from './plan/diff.js';

/** The file for the import of a hierarchical list of locations in Go.Data's user interface. */
export function toImportFile({ locations, mark }: MappedLocationBatch): LocationNode[] {
  return nestLocations(
    locations.map(mapped => {
      const target = { id: mapped.id, mapped, parentLocationId: mapped.parent ?? null };
      const location = toNewLocation(target, mark);
      // The file has both properties for every location at the top, because people read it. Only a
      // nested child must not have null as parent.
      location.parentLocationId ??= null;
      location.geoLocation ??= null;
      return location;
    }),
  );
}
