import type { FieldOwner, OwnerTable } from '../handover/owners.js';
import { fingerprint } from './fingerprint.js';
import { ownerEntries } from './owners.js';

/**
 * Fingerprints of the fields that both systems may change.
 *
 * @param read the value of a field
 */
export function fingerprintsOf(
  table: OwnerTable,
  read: (field: string, owner: FieldOwner) => unknown,
): Record<string, string> {
  const fingerprints: Record<string, string> = {};
  for (const [field, owner] of ownerEntries(table)) {
    if (owner.owner === 'latest') fingerprints[field] = fingerprint(read(field, owner));
  }
  return fingerprints;
}
