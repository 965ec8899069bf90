import type { TrackerKind, TrackerObjects } from '../types.js';

/** Tracker objects to read, deleted ones included: what checks need of a store. */
export interface TrackerReader {
  get<K extends TrackerKind>(kind: K, id: string): TrackerObjects[K] | undefined;
}
