import type { CollectionName, Collections } from './collections.js';

/** Metadata to read: what checks and indexes need of a server's tables. */
export interface MetadataReader {
  /** The objects of a collection, in the order in which they were added. */
  list<N extends CollectionName>(name: N): readonly Collections[N][];
  get<N extends CollectionName>(name: N, id: string): Collections[N] | undefined;
}
