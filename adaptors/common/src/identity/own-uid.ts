import { uidOf } from './uid.js';

/**
 * The UID of the org unit that is created from a location. Every run, in both directions,
 * recognises the org unit by it. DHIS2 deletes org units completely, so the same UID can be used
 * again and one is enough.
 *
 * @param server name of the Go.Data server
 * @param location id of the location
 */
export function ownUidOf(server: string, location: string): string {
  return uidOf({ server, kind: 'org-unit', id: location });
}
