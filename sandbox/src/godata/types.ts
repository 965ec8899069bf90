/** Anything JSON can hold as an object; the stores keep JSON copies only. */
export type JsonObject = Record<string, unknown>;

/** A record of any model: it has an id, timestamps and the soft-delete mark (godata FACTS §4). */
export interface GoDataRecord extends JsonObject {
  id: string;
  deleted?: boolean;
}

/** An account. The fields below `password` control the sandbox and are never answered. */
export interface SeedUser extends JsonObject {
  id: string;
  email: string;
  password: string;
  /** Permission ids such as `case_list` or `location_all`. @default every permission */
  permissions?: string[];
  activeOutbreakId?: string;
  /** White list of outbreaks; empty or absent for all. */
  outbreakIds?: string[];
  /** The login answers `{"twoFA":true}` and no token (godata FACTS §1.1). */
  twoFactor?: boolean;
  /** Every login is answered as temporarily blocked (godata FACTS §1.4). */
  locked?: boolean;
}

export type User = SeedUser & GoDataRecord;

/** A record that belongs to an outbreak. */
export interface OutbreakRecord extends GoDataRecord {
  outbreakId: string;
}

/** One of the two people of a relationship: where the exposure comes from, or whom it concerns. */
export interface Participant extends JsonObject {
  id: string;
  type: string;
  source?: boolean;
  target?: boolean;
}

/** An exposure of one person to another (godata FACTS §2.3). */
export interface Relationship extends OutbreakRecord {
  persons: Participant[];
}

/** A lab result or a follow-up of one person (godata FACTS §2.4). */
export interface PersonRecord extends OutbreakRecord {
  personId: string;
}

/** A person: case, contact, contact of contact or event, distinguished by `type`. */
export interface Person extends OutbreakRecord {
  type: string;
}

/**
 * People who are generated when they are requested, so that a benchmark need not hold a million
 * objects. They are read-only, complete as the API answers them, with dates as `...T00:00:00.000Z`.
 */
export interface PeopleSource {
  count: number;
  /** The next people in the order of their ids (compared by code unit). */
  page(afterId: string | undefined, limit: number): readonly Person[];
  /**
   * The id of the last of so many people who are not deleted, found without making them; undefined if
   * there are fewer.
   */
  skip(afterId: string | undefined, count: number): string | undefined;
}

/** The place of a lazy source: it replaces the stored people of this outbreak and type. */
export interface SeedSource {
  outbreakId: string;
  type: string;
  source: PeopleSource;
}

/** Everything a Go.Data sandbox holds; missing parts start empty. */
export interface GoDataSeed {
  users?: SeedUser[];
  outbreaks?: GoDataRecord[];
  locations?: GoDataRecord[];
  people?: Person[];
  relationships?: Relationship[];
  labResults?: PersonRecord[];
  followUps?: PersonRecord[];
  clusters?: OutbreakRecord[];
  referenceData?: GoDataRecord[];
  /** @default English, `english_us` */
  languages?: GoDataRecord[];
  /** Labels: `{ token, languageId, translation }`. */
  languageTokens?: GoDataRecord[];
  sources?: SeedSource[];
}
