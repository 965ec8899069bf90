import type { DataShared, MetadataObject, Ref } from '../metadata/object-types.js';
import type { Dhis2Store } from '../store/dhis2-store.js';
import type { SeedUser } from './types.js';

/** Whether a user has an authority; ALL includes every authority. */
export function hasAuthority(user: SeedUser, authority: string): boolean {
  return user.authorities.includes(authority) || isSuperuser(user);
}

export function isSuperuser({ authorities }: SeedUser): boolean {
  return authorities.includes('ALL');
}

/**
 * Whether a user may read an object. An object that the user may not read answers 404 (dhis2 FACTS
 * §5).
 */
export function canRead(user: SeedUser, { readAccess }: MetadataObject): boolean {
  return isSuperuser(user) || (readAccess?.includes(user.username) ?? true);
}

/** Whether a user may read data of an object. Sharing distinguishes metadata from data. */
export function canReadData(user: SeedUser, object: DataShared): boolean {
  return (
    isSuperuser(user) || (object.readDataAccess?.includes(user.username) ?? canRead(user, object))
  );
}

/** Whether a user may write data for a data set or with a category option (dhis2 FACTS §1.2). */
export function canWriteData(user: SeedUser, object: DataShared): boolean {
  if (isSuperuser(user)) return true;
  return canRead(user, object) && (object.writeAccess?.includes(user.username) ?? true);
}

/**
 * The org units below which a user may search for tracked entities; by default those where the user
 * captures data.
 */
export function searchUnitsOf(user: SeedUser): readonly Ref[] {
  return user.teiSearchOrganisationUnits ?? user.organisationUnits;
}

/** Whether an org unit is in the user's capture hierarchy. */
export function capturesAt(store: Dhis2Store, user: SeedUser, orgUnit: string): boolean {
  return store.metadata.orgUnits.isWithin(orgUnit, user.organisationUnits);
}
