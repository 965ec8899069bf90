import { ownOf } from '#common/collections/own.js';
import type { MappedEntity } from '#common/handover/mapped-tracked-entity-batch.js';
import type { ProgramModel } from '../upsert/check/metadata.js';
import type { StoredEntity } from '../upsert/read/stored.js';
import { type Omitted, omitAssigned } from './omit-assigned.js';

/**
 * Whether a value was omitted only because of a source that this import removes: an age next to a
 * date of birth that is cleared, or the other way round. DHIS2's rules still see the stored source
 * (E1309), so the value needs a second import.
 */
export function isFreed(
  entity: MappedEntity,
  stored: StoredEntity | undefined,
  program: ProgramModel,
  omitted: readonly Omitted[],
): boolean {
  if (!stored || omitted.length === 0) return false;
  const after = omitAssigned(entity, withoutRemoved(entity, stored), program).omitted;
  const paths = new Set(after.map(({ path }) => path));
  return omitted.some(({ path }) => !paths.has(path));
}

/** What is stored after the mapping's cleared values are gone. */
function withoutRemoved({ attributes }: MappedEntity, stored: StoredEntity): StoredEntity {
  const rest = <T extends { attributes?: { attribute: string }[] }>(one: T): T => ({
    ...one,
    attributes: (one.attributes ?? []).filter(
      ({ attribute }) => ownOf(attributes, attribute) !== null,
    ),
  });
  return { ...rest(stored), enrollments: (stored.enrollments ?? []).map(rest) };
}
