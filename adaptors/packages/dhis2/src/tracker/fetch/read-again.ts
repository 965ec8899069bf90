import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import type { EntityCollector } from './entity-collector.js';
import { LISTED, type ListedEntity } from './list-changes.js';
import { type ProgramSource, readPeople } from './read-program.js';
import { toTombstone } from './to-tracked-entity.js';

/**
 * Reads tracked entities that were rejected, changed or not, as far as there is room. Those that
 * are deleted or no longer enrolled are passed on as deleted; those that no longer belong to the
 * org units are dropped.
 *
 * @param sources cases before contacts
 * @returns ids that did not fit
 */
export async function readAgain(
  sources: readonly ProgramSource[],
  ids: readonly string[],
  collector: EntityCollector,
): Promise<string[]> {
  let left = [...new Set(ids)].filter(id => !collector.get(id));
  while (left.length > 0 && collector.room > 0) {
    const chunk = left.slice(0, Math.min(sources[0]!.pageSize, collector.room));
    const found = await findAll(sources, chunk);
    const refused = chunk.findIndex(id => found.has(id) && !collector.put(found.get(id)!));
    if (refused >= 0) return left.slice(refused);
    left = left.slice(chunk.length);
  }
  return left;
}

async function findAll(
  sources: readonly ProgramSource[],
  ids: readonly string[],
): Promise<Map<string, TrackedEntity>> {
  const found = new Map<string, TrackedEntity>();
  const unfound = () => ids.filter(id => !found.has(id));
  for (const source of sources) {
    for (const [id, entity] of await readPeople(source, unfound())) found.set(id, entity);
  }
  for (const { kind, own } of sources) {
    const gone = await own.readById<ListedEntity>(unfound(), LISTED, { includeDeleted: true });
    for (const one of gone) found.set(one.trackedEntity, toTombstone(one, kind));
  }
  return found;
}
