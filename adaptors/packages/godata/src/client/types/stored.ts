/** Properties of every stored record (godata FACTS §4). Dates are ISO 8601 texts in UTC. */
export interface Stored {
  id: string;
  createdAt?: string;
  createdBy?: string;
  updatedAt?: string;
  updatedBy?: string;
  /**
   * Time of the last write, by the clock of the database host, since 2.47. Incremental reads use
   * it.
   */
  dbUpdatedAt?: string;
  /** `API`, `WEB`, `IMPORT`... */
  createdOn?: string;
  deleted?: boolean;
  deletedAt?: string | null;
}

/** The properties to write. The server accepts an `id` only for people (FACTS §5.3). */
export type Draft<T extends Stored> = Partial<Omit<T, Exclude<keyof Stored, 'id'>>>;
