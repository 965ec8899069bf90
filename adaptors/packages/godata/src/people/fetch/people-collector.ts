import type {
  OutbreakPerson,
  OutbreakRelationship,
} from '#common/handover/fetched-people-batch.js';
import type { ListName } from './list/change-lists.js';
import type { FullPerson, Version } from './read/full-person.js';

/**
 * Maximum number of bytes of the people in a state, after the mapping: the mapping makes them
 * larger.
 */
const MAX_BYTES = 8_000_000;
/**
 * Bytes that the mapping adds to a person, to each lab result and to each follow-up: fields to
 * clear need room too.
 */
const PERSON_BYTES = 1300;
const RECORD_BYTES = 500;

/**
 * Collects the people of a run, each with all related records, until the run has as many as it may
 * pass on.
 */
export interface PeopleCollector {
  /**
   * Adds all of them, or none of them: a relationship is passed on with both its people. Replaces
   * people who are in it already.
   *
   * @returns false when there is no room for them; an empty collector accepts any number
   */
  put(people: readonly FullPerson[]): boolean;
  get(id: string): OutbreakPerson | undefined;
  /** The versions of all records that are in it with all their people. */
  versions(): Version[];
  /** The version of a record at the time when its people were read. */
  versionOf(list: ListName, id: string): string | undefined;
  /** How many more people there is room for. */
  readonly room: number;
  readonly isEmpty: boolean;
  people(): OutbreakPerson[];
  /** Each relationship once, as it was last read. */
  relationships(): OutbreakRelationship[];
}

/** @param share of a state that the people may use, from 0 to 1 */
export function createPeopleCollector(batchSize: number, share: number): PeopleCollector {
  const maxBytes = MAX_BYTES * share;
  const people = new Map<string, FullPerson>();
  const sizes = new Map<string, number>();
  const versions = new Map<string, string>();
  let bytes = 0;
  const isWhole = ({ relationships }: FullPerson, { list, id }: Version) => {
    if (list !== 'relationships') return true;
    const { source = '', target = '' } = relationships.find(one => one.id === id) ?? {};
    return people.has(source) && people.has(target);
  };
  return {
    put(given) {
      const changed = given.filter(one => people.get(one.person.id) !== one);
      const added = changed.filter(({ person }) => !people.has(person.id)).length;
      let growth = 0;
      for (const one of changed) growth += bytesOf(one) - (sizes.get(one.person.id) ?? 0);
      const isFull = (added > 0 && people.size + added > batchSize) || bytes + growth > maxBytes;
      if (isFull && people.size > 0) return false;
      for (const one of changed) {
        const { id } = one.person;
        // What only the earlier reading of this person had is no longer in the collector.
        for (const { list, id: record } of people.get(id)?.versions ?? []) {
          versions.delete(`${list} ${record}`);
        }
        // The person who was read last comes last, and that version of the relationships is used.
        people.delete(id);
        people.set(id, one);
        sizes.set(id, bytesOf(one));
        for (const { list, id, time } of one.versions) versions.set(`${list} ${id}`, time);
      }
      bytes += growth;
      return true;
    },
    get: id => people.get(id)?.person,
    versions: () =>
      [...people.values()].flatMap(one => one.versions.filter(version => isWhole(one, version))),
    versionOf: (list, id) => versions.get(`${list} ${id}`),
    get room() {
      return bytes >= maxBytes ? 0 : Math.max(0, batchSize - people.size);
    },
    get isEmpty() {
      return people.size === 0;
    },
    people: () => [...people.values()].map(({ person }) => person),
    relationships: () => {
      const all = [...people.values()].flatMap(one => one.relationships);
      return [...new Map(all.map(one => [one.id, one])).values()];
    },
  };
}

/** An estimate of their size in bytes after the mapping. */
function bytesOf({ person, relationships }: FullPerson): number {
  const records = person.labResults.length + person.followUps.length;
  return (
    Buffer.byteLength(JSON.stringify(person)) +
    Buffer.byteLength(JSON.stringify(relationships)) +
    PERSON_BYTES +
    records * RECORD_BYTES
  );
}
