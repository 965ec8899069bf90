import type { CollectionName, Collections } from '../../metadata/collections.js';
import type { MetadataObject } from '../../metadata/object-types.js';
import type { MetadataTables } from '../../metadata/tables.js';
import type { IdScheme } from './options.js';

/** Finds objects of one kind by the identifiers that a payload uses for them. */
export type Lookup<T> = (identifier: string | undefined) => T | undefined;

/**
 * A lookup by id scheme; codes and names are indexed once.
 *
 * @example
 * const orgUnitOf = createLookup(metadata, 'organisationUnits', 'code');
 * orgUnitOf('OU_525')?.id;
 */
export function createLookup<N extends CollectionName>(
  metadata: MetadataTables,
  name: N,
  scheme: IdScheme,
): Lookup<Collections[N]> {
  if (scheme === 'uid') return id => (id === undefined ? undefined : metadata.get(name, id));
  const index = new Map<string, Collections[N]>();
  for (const object of metadata.list(name)) {
    const identifier = identifierOf(object as MetadataObject, scheme);
    if (identifier !== undefined) index.set(identifier, object);
  }
  return identifier => (identifier === undefined ? undefined : index.get(identifier));
}

/** The identifier of an object in a scheme; undefined when it has none (recording 379). */
export function identifierOf(object: MetadataObject, scheme: IdScheme): string | undefined {
  if (scheme === 'uid') return object.id;
  if (scheme === 'code' || scheme === 'name') return object[scheme];
  const attribute = scheme.slice('attribute:'.length);
  return object.attributeValues?.find(one => one.attribute.id === attribute)?.value;
}
