import type {
  OutbreakPerson,
  OutbreakRelationship,
} from '#common/handover/fetched-people-batch.js';
import type { ListName } from './list/change-lists.js';
import type { Bundle } from './read/bundle.js';

/** What a state may hold of what a mapping makes of people, which is larger than they are. */
const MAX_BYTES = 8_000_000;
/** What it makes a person larger by, and each lab result and follow-up: clearing takes room, too. */
const PERSON_BYTES = 2000;
const RECORD_BYTES = 500;

/** The people of a run, as many as it may pass on, each with everything that belongs to it. */
export interface Basket {
  /**
   * Puts all of them, or none: a relationship is passed on with both its ends. Who is in it already is
   * replaced.
   *
   * @returns false when there is no room for them; an empty basket takes anything
   */
  put(bundles: readonly Bundle[]): boolean;
  get(id: string): OutbreakPerson | undefined;
  /** The version of a record that its people were read with. */
  versionOf(list: ListName, id: string): string | undefined;
  /** How many more people may be put into it. */
  readonly room: number;
  readonly isEmpty: boolean;
  people(): OutbreakPerson[];
  /** Each once, as it was read last. */
  relationships(): OutbreakRelationship[];
}

/** @param share of a state that they may take, from 0 to 1 */
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
        // The last one read comes last, and its relationships count.
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

/** About what a mapping makes of them. */
function bytesOf({ person, relationships }: Bundle): number {
  const records = person.labResults.length + person.followUps.length;
  return (
    Buffer.byteLength(JSON.stringify(person)) +
    Buffer.byteLength(JSON.stringify(relationships)) +
    PERSON_BYTES +
    records * RECORD_BYTES
  );
}
