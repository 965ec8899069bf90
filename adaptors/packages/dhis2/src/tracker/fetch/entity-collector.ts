import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';

/** Maximum number of bytes of the people in a state, after the mapping: the mapping makes them larger. */
const MAX_BYTES = 8_000_000;
/** Bytes that the mapping adds to a tracked entity: fields to clear, fingerprints, relationships. */
const ENTITY_BYTES = 1900;

/** The tracked entities of a run, limited by what a state may hold. */
export interface EntityCollector {
  /** @returns false if there is no room for it; an empty collector accepts anything */
  put(entity: TrackedEntity): boolean;
  get(id: string): TrackedEntity | undefined;
  /** How many more fit. */
  readonly room: number;
  list(): TrackedEntity[];
}

/** @param share the share of a state that they may take, from 0 to 1 */
export function createEntityCollector(batchSize: number, share: number): EntityCollector {
  const maxBytes = MAX_BYTES * share;
  const entities = new Map<string, TrackedEntity>();
  let bytes = 0;
  return {
    put(entity) {
      const before = entities.get(entity.id);
      const size = bytesOf(entity) - (before ? bytesOf(before) : 0);
      const isFull = (!before && entities.size >= batchSize) || bytes + size > maxBytes;
      if (isFull && entities.size > 0) return false;
      entities.set(entity.id, entity);
      bytes += size;
      return true;
    },
    get: id => entities.get(id),
    get room() {
      return bytes >= maxBytes ? 0 : batchSize - entities.size;
    },
    list: () => [...entities.values()],
  };
}

function bytesOf(entity: TrackedEntity): number {
  return Buffer.byteLength(JSON.stringify(entity)) + ENTITY_BYTES;
}
