import type { MappedEntity } from '#common/handover/mapped-tracked-entity-batch.js';
import type { ProgramModel } from '../upsert/check/metadata.js';
import type { StoredEntity } from '../upsert/read/stored.js';
import { type Omitted, omitAssigned } from './omit-assigned.js';

/**
 * Whether something was omitted only for a source that is being removed: an age beside a date of birth
 * that goes, or an age that goes with it. DHIS2's rules still see the stored source (E1309), so that it
 * takes a second import.
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

/** What will be stored once what the mapping clears has gone. */
function withoutRemoved({ attributes }: MappedEntity, stored: StoredEntity): StoredEntity {
  const rest = <T extends { attributes?: { attribute: string }[] }>(one: T): T => ({
    ...one,
    attributes: (one.attributes ?? []).filter(({ attribute }) => attributes[attribute] !== null),
  });
  return { ...rest(stored), enrollments: (stored.enrollments ?? []).map(rest) };
}
