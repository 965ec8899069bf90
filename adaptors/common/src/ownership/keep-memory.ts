import type { TwoWayCursor } from '../handover/fetched-people-batch.js';
import type { FieldOwner, Owners, OwnerTable } from '../handover/owners.js';
import { badOption, refuseUnknownKeys } from '../operations/options.js';
import { configurationError } from '../reporting/errors.js';
import type { State } from '../reporting/report.js';
import { openCollection } from './collection.js';
import { type Memory, openMemory, type StoredMemory } from './memory.js';
import { type MemoryKey, openMemoryKey } from './memory-key.js';
import { roomForMemory } from './room-beside.js';

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
  /** What the report must say about it. */
  warnings: string[];
  /**
   * Saves what has changed; returns what goes into the state, for as many people as it has room for
   * beside the cursor of the next run.
   */
  keep(cursor: TwoWayCursor | undefined): Promise<{ memory?: StoredMemory }>;
  /** Number of HTTP requests to the collection. */
  requests(): number;
}

/**
 * Opens the memory: in the state, or in a collection if the job names one and the platform gives
 * access to it. Its key is `memoryKey` of the step's credential; a memory in which nothing is
 * remembered, because no field may change in both systems, needs none.
 *
 * @param owners tables of the fields that both systems may have
 * @throws IntegrationError `NO_MEMORY_KEY`, `MEMORY_KEY_TOO_SHORT`, `MEMORY_KEY_DIFFERS`,
 * `NO_COLLECTION` (configuration), `BAD_OPTION`
 */
export async function openKeptMemory(
  state: State,
  place: MemoryPlace | undefined,
  owners: Owners | undefined,
): Promise<KeptMemory> {
  const { memoryPart: part } = state as { memoryPart?: unknown };
  const collection =
    place &&
    openCollection(
      state.configuration,
      readPlace(place),
      typeof part === 'string' ? part : undefined,
    );
  const key = readKey(state.configuration, owners);
  if (!key) return withoutMemory(state);
  const memory = openMemory(collection ? await collection.read() : state.memory, key);
  return {
    memory,
    warnings: memory.wasOpen ? [SEALED] : [],
    keep: async cursor => {
      if (collection) {
        await collection.write(memory.changes());
        return {};
      }
      const all = memory.all(roomForMemory(cursor));
      return all.people === '' ? {} : { memory: all };
    },
    requests: () => collection?.requests() ?? 0,
  };
}

const isLatest = ({ owner }: FieldOwner) => owner === 'latest';

const SEALED =
  'The memory of an earlier version had no key; it has one now, and nothing that it remembers is lost. Delete older copies of the state: values can be read from them.';

function readKey(configuration: unknown, owners: Owners | undefined): MemoryKey | undefined {
  const { memoryKey } = (configuration ?? {}) as { memoryKey?: unknown };
  if (typeof memoryKey === 'string' && memoryKey !== '') return openMemoryKey(memoryKey);
  const tables: readonly OwnerTable[] = [owners?.case ?? {}, owners?.contact ?? {}];
  const isUsed = tables.flatMap(table => Object.values(table)).some(isLatest);
  if (!isUsed) return undefined;
  throw configurationError(
    'NO_MEMORY_KEY',
    "Fields with the owner 'latest' need a memory, and the memory needs a key: without one, dates, sexes and names could be read from it.",
    {
      fix: 'Add the same random text as "memoryKey" to the credentials of both systems, for example from: openssl rand -base64 32',
    },
  );
}

/** Nothing is remembered, and what the state holds stays as it is. */
function withoutMemory({ memory: stored }: State): KeptMemory {
  const nothing: Memory = {
    wasOpen: false,
    recall: () => undefined,
    seal: (_person, _field, both) => both,
    remember: () => {},
    changes: () => ({ lists: {}, people: {} }),
    all: () => ({ lists: {}, people: '' }),
  };
  return {
    memory: nothing,
    warnings: [],
    keep: async () => (stored === undefined ? {} : { memory: stored as StoredMemory }),
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
