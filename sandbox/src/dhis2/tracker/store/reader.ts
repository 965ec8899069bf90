import type { TrackerKind, TrackerObjects } from '../types.js';

/** Read access to Tracker objects, deleted ones included, for the checks of a store. */
export interface TrackerReader {
  get<K extends TrackerKind>(kind: K, id: string): TrackerObjects[K] | undefined;
}
