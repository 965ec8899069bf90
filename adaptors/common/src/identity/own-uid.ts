import { uidOf } from './uid.js';

/**
 * The UID of the org unit that is made of a location: by it, each run and the way back know that the org
 * unit came from Go.Data. DHIS2 deletes org units for good, so that a UID can be given again, and one is
 * enough.
 *
 * @param server name of the Go.Data server
 * @param location id of the location
 */
export function ownUidOf(server: string, location: string): string {
  return uidOf({ server, kind: 'org-unit', id: location });
}
