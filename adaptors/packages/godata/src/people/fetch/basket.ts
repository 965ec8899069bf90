import type {
  OutbreakPerson,
  OutbreakRelationship,
} from '#common/handover/fetched-people-batch.js';
import type { ListName } from './list/change-lists.js';
import type { Bundle } from './read/bundle.js';

/** Most bytes of the people in a state, after the mapping: the mapping makes them larger. */
const MAX_BYTES = 8_000_000;
/**
 * Bytes that the mapping adds to a person, to each lab result and to each follow-up: fields to
 * clear need room too.
 */
const PERSON_BYTES = 2000;
const RECORD_BYTES = 500;

/**
 * Collects the people of a run, each with all related records, until the run has as many as it may
 * pass on.
 */
export interface Basket {
  /**
   * Adds all of them, or none of them: a relationship is passed on with both its people. Replaces
   * people who are in it already.
   *
   * @returns false when there is no room for them; an empty basket accepts any number
   */
  put(bundles: readonly Bundle[]): boolean;
  get(id: string): OutbreakPerson | undefined;
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
export function createBasket(batchSize: number, share: number): Basket {
  const maxBytes = MAX_BYTES * share;
  const bundles = new Map<string, Bundle>();
  const sizes = new Map<string, number>();
  const versions = new Map<string, string>();
  let bytes = 0;
  return {
    put(given) {
      const changed = given.filter(bundle => bundles.get(bundle.person.id) !== bundle);
      const newcomers = changed.filter(({ person }) => !bundles.has(person.id)).length;
      let growth = 0;
      for (const bundle of changed) growth += bytesOf(bundle) - (sizes.get(bundle.person.id) ?? 0);
      const isFull =
        (newcomers > 0 && bundles.size + newcomers > batchSize) || bytes + growth > maxBytes;
      if (isFull && bundles.size > 0) return false;
      for (const bundle of changed) {
        const { id } = bundle.person;
        // The person who was read last comes last, and that version of the relationships is used.
        bundles.delete(id);
        bundles.set(id, bundle);
        sizes.set(id, bytesOf(bundle));
        for (const { list, id, time } of bundle.versions) versions.set(`${list} ${id}`, time);
      }
      bytes += growth;
      return true;
    },
    get: id => bundles.get(id)?.person,
    versionOf: (list, id) => versions.get(`${list} ${id}`),
    get room() {
      return bytes >= maxBytes ? 0 : Math.max(0, batchSize - bundles.size);
    },
    get isEmpty() {
      return bundles.size === 0;
    },
    people: () => [...bundles.values()].map(({ person }) => person),
    relationships: () => {
      const all = [...bundles.values()].flatMap(bundle => bundle.relationships);
      return [...new Map(all.map(one => [one.id, one])).values()];
    },
  };
}

/** An estimate of the bytes that the mapping makes of them. */
function bytesOf({ person, relationships }: Bundle): number {
  const records = person.labResults.length + person.followUps.length;
  return (
    Buffer.byteLength(JSON.stringify(person)) +
    Buffer.byteLength(JSON.stringify(relationships)) +
    PERSON_BYTES +
    records * RECORD_BYTES
  );
}
