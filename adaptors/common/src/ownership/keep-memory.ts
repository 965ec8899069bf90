import { badOption, refuseUnknownKeys } from '../operations/options.js';
import type { State } from '../reporting/report.js';
import { openCollection } from './collection.js';
import { type Memory, openMemory, type StoredMemory } from './memory.js';

/** Where the memory of what both systems last agreed on is kept, for steps that are not of one run. */
export interface MemoryPlace {
  /** Name of an OpenFn collection; without access to collections, as on a laptop, it is the state. */
  collection: string;
}

/** A memory that is open, and how to keep it. */
export interface KeptMemory {
  memory: Memory;
  /** Keeps what has changed; gives what goes into the state. */
  keep(): Promise<{ memory?: StoredMemory }>;
  /** HTTP requests that the collection took. */
  requests(): number;
}

/**
 * Opens the memory where it is kept: in the state, or in a collection where the job names one and the
 * platform gives access to it.
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
