import type { CollectionName, Collections } from './collections.js';

/** Read access to metadata, for the checks and indexes of a server's tables. */
export interface MetadataReader {
  /** The objects of a collection, in the order in which they were added. */
  list<N extends CollectionName>(name: N): readonly Collections[N][];
  get<N extends CollectionName>(name: N, id: string): Collections[N] | undefined;
}
