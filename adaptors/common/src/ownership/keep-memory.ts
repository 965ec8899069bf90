import { badOption, refuseUnknownKeys } from '../operations/options.js';
import type { State } from '../reporting/report.js';
import { openCollection } from './collection.js';
import { type Memory, openMemory, type StoredMemory } from './memory.js';

/**
 * Where the memory is kept for steps that do not belong to one run. The memory holds what both
 * systems last agreed on.
 */
export interface MemoryPlace {
  /** Name of an OpenFn collection. Without access to collections, as on a laptop, the state is used. */
  collection: string;
}

/** An open memory, and how to save it. */
export interface KeptMemory {
  memory: Memory;
  /** Saves what has changed; returns what goes into the state. */
  keep(): Promise<{ memory?: StoredMemory }>;
  /** Number of HTTP requests to the collection. */
  requests(): number;
}

/**
 * Opens the memory: in the state, or in a collection if the job names one and the platform gives
 * access to it.
 *
 * @throws IntegrationError `NO_COLLECTION` (configuration), `BAD_OPTION`
 */
export async function openKeptMemory(
  state: State,
  place: MemoryPlace | undefined,
): Promise<KeptMemory> {
  const collection = place && openCollection(state.configuration, readPlace(place));
  if (collection) {
    const memory = openMemory(await collection.read());
    return {
      memory,
      keep: async () => {
        await collection.write(memory.changes());
        return {};
      },
      requests: () => collection.requests(),
    };
  }
  const memory = openMemory(state.memory);
  return {
    memory,
    keep: async () => {
      const all = memory.all();
      return Object.keys(all.people).length > 0 ? { memory: all } : {};
    },
    requests: () => 0,
  };
}

function readPlace(place: MemoryPlace): string {
  refuseUnknownKeys('memory', place, ['collection']);
  if (typeof place.collection !== 'string' || place.collection.trim() === '') {
    throw badOption('memory.collection', 'must be the name of a collection');
  }
  return place.collection;
}
