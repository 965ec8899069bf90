import { canRead } from '../../accounts/access.js';
import type { CollectionName } from '../collections.js';
import { COMPUTED, COMPUTED_FOR_ALL, DEFAULTS, type Json, type Reader } from '../computed.js';
import type { ModelName } from '../model.js';
import type { MetadataObject } from '../object-types.js';

export type { Json, Reader } from '../computed.js';

/**
 * Reads a property of objects of a model, references as stored; undefined if an object does not
 * have it.
 *
 * @example
 * const levelOf = readerOf('organisationUnits', 'level');
 * levelOf(reader, unit); // 3
 */
export function readerOf(
  model: ModelName,
  name: string,
): (reader: Reader, object: Json) => unknown {
  const compute = COMPUTED[model]?.[name];
  if (compute) return compute;
  const common = COMPUTED_FOR_ALL[name];
  if (common) return (reader, object) => common(reader, object, model);
  const byDefault = DEFAULTS[model]?.[name];
  return (_, object) => object[name] ?? byDefault;
}

/** The object of a reference; undefined if it does not exist or the reader may not see it. */
export function resolveRef(
  { store, user }: Reader,
  collection: CollectionName,
  { id }: Json,
): Json | undefined {
  const object: MetadataObject | undefined = store.metadata.get(collection, id as string);
  return object && canRead(user, object) ? (object as unknown as Json) : undefined;
}
