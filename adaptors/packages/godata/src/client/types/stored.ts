/** What every stored record carries (godata FACTS §4). Dates are ISO texts, in UTC. */
export interface Stored {
  id: string;
  createdAt?: string;
  createdBy?: string;
  updatedAt?: string;
  updatedBy?: string;
  /** Set by the database host at every write, since 2.47: what an incremental read goes by. */
  dbUpdatedAt?: string;
  /** `API`, `WEB`, `IMPORT`... */
  createdOn?: string;
  deleted?: boolean;
  deletedAt?: string | null;
}

/** What a record is written with: an `id` is taken for people only (FACTS §5.3). */
export type Draft<T extends Stored> = Partial<Omit<T, Exclude<keyof Stored, 'id'>>>;
