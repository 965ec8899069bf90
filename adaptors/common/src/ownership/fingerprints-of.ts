import { getOrCreate } from '../collections/get-or-create.js';
import { ownOf } from '../collections/own.js';
import type { FieldOwner, Fingerprints, OwnerTable } from '../handover/owners.js';
import { fingerprint, PRINT_LENGTH } from './fingerprint.js';
import { ownerEntries } from './owners.js';

/**
 * Fingerprints of the fields that both systems may change.
 *
 * @param read the value of a field
 */
export function fingerprintsOf(
  table: OwnerTable,
  read: (field: string, owner: FieldOwner) => unknown,
): string {
  let prints = '';
  for (const [field, owner] of ownerEntries(table)) {
    if (owner.owner === 'latest') prints += fingerprint(read(field, owner));
  }
  return prints;
}

/**
 * The fingerprint of a field among those of a person.
 *
 * @param table the one that they were made with
 * @returns undefined if there is none
 */
export function fingerprintOf(
  prints: Fingerprints | undefined,
  table: OwnerTable,
  field: string,
): string | undefined {
  if (typeof prints !== 'string') return ownOf(prints, field);
  const at = getOrCreate(knownPlaces, table, () => placesIn(table)).get(field);
  return at === undefined ? undefined : prints.slice(at, at + PRINT_LENGTH) || undefined;
}

/** Where the fingerprint of each field begins, by owner table: each is asked for once a field and person. */
const knownPlaces = new WeakMap<OwnerTable, ReadonlyMap<string, number>>();

function placesIn(table: OwnerTable): ReadonlyMap<string, number> {
  const latest = ownerEntries(table).filter(([, { owner }]) => owner === 'latest');
  return new Map(latest.map(([field], n) => [field, n * PRINT_LENGTH]));
}
