import { sha256 } from '../identity/sha256.js';
import { configurationError } from '../reporting/errors.js';
import type { Both } from './decide.js';
import { fromStored, type MemoryKey, toStored } from './memory-key.js';

/** Number of people that a state remembers, the most recent first: about 6 MB with 25 fields each. */
const MAX_PEOPLE = 20_000;
const WIDTH = 5;

/** The memory as it is stored in a state. */
export interface StoredMemory {
  /** Id of the key that sealed it; absent in memories of versions without a key. */
  key?: string;
  /** Lists of fields, each under a short name. */
  lists: Record<string, string[]>;
  /** Tracked entity id → `<list>:<fingerprints of both systems, field by field>`. */
  people: Record<string, string>;
}

/** What both systems had when they last agreed: person → field → sealed fingerprints. */
export interface Memory {
  /** Whether it was stored without a key, so that all of it was sealed now. */
  readonly wasOpen: boolean;
  /**
   * Sealed; compare with what {@link Memory.seal} gives.
   *
   * @param person tracked entity id
   */
  recall(person: string, field: string): Both | undefined;
  /** Seals what the two systems have now, as it would be remembered. */
  seal(person: string, field: string, both: Both): Both;
  /** Remembers what both have, sealed or not yet. */
  remember(person: string, field: string, both: Both): void;
  /** The people whose memory has changed and must be saved. */
  changes(): StoredMemory;
  /** Everything, for the people seen most recently. */
  all(): StoredMemory;
}

/**
 * Opens a memory. What cannot be read is dropped: such a field belongs to the system in which the
 * person was first entered. A memory that no key has sealed is sealed here and loses nothing.
 *
 * @throws IntegrationError `MEMORY_KEY_DIFFERS` (configuration) if another key sealed it
 */
export function openMemory(stored: unknown, key: MemoryKey): Memory {
  const { lists = {}, people = {}, key: sealedBy } = (stored ?? {}) as Partial<StoredMemory>;
  if (sealedBy !== undefined && sealedBy !== key.id) throw otherKey();
  const known = new Map<string, Map<string, Both>>();
  for (const [person, text] of Object.entries(people)) {
    const fields = readPerson(text, lists, sealedBy !== undefined);
    for (const [field, both] of fields) fields.set(field, key.seal(person, field, both));
    if (fields.size > 0) known.set(person, fields);
  }
  const wasOpen = sealedBy === undefined && known.size > 0;
  const changed = new Set<string>(wasOpen ? known.keys() : []);
  const write = (ids: Iterable<string>): StoredMemory => {
    const written: StoredMemory = { key: key.id, lists: {}, people: {} };
    for (const id of ids) {
      const { list, fields, text } = writePerson(known.get(id)!);
      written.lists[list] = fields;
      written.people[id] = text;
    }
    return written;
  };
  return {
    wasOpen,
    recall: (person, field) => known.get(person)?.get(field),
    seal: key.seal,
    remember(person, field, given) {
      const both = key.seal(person, field, given);
      const fields = known.get(person) ?? new Map<string, Both>();
      const before = fields.get(field);
      // The people seen last are at the end, and are dropped last.
      known.delete(person);
      known.set(person, fields);
      if (before?.dhis2 === both.dhis2 && before.godata === both.godata) return;
      const [stem, isTable] = field.split('#');
      if (isTable)
        for (const one of fields.keys()) if (one.split('#')[0] === stem) fields.delete(one);
      fields.set(field, both);
      changed.add(person);
    },
    changes: () => write(changed),
    all: () => write([...known.keys()].slice(-MAX_PEOPLE)),
  };
}

function otherKey() {
  return configurationError(
    'MEMORY_KEY_DIFFERS',
    'The memory of what both systems last agreed on was sealed with another key. Without that key nobody can tell which system has changed a field.',
    {
      fix: 'Give the same memoryKey in the credentials of both systems, the one with which the memory was made. If it is lost, remove "memory" from the state (or empty the collection): where the systems differ, the one in which a person was first entered then wins.',
    },
  );
}

function readPerson(
  text: unknown,
  lists: Record<string, string[]>,
  isSealed: boolean,
): Map<string, Both> {
  const [list = '', prints = ''] = typeof text === 'string' ? text.split(':') : [];
  const names = Object.hasOwn(lists, list) ? lists[list] : undefined;
  const fields = new Map<string, Both>();
  if (!Array.isArray(names) || prints.length !== names.length * 2 * WIDTH) return fields;
  const read = (at: number) => {
    const print = prints.slice(at, at + WIDTH);
    return isSealed ? fromStored(print) : print;
  };
  names.forEach((name, n) => {
    const at = n * 2 * WIDTH;
    fields.set(name, { godata: read(at), dhis2: read(at + WIDTH) });
  });
  return fields;
}

function writePerson(known: ReadonlyMap<string, Both>) {
  const fields = [...known.keys()].sort();
  const text = fields
    .map(name => toStored(known.get(name)!.godata) + toStored(known.get(name)!.dhis2))
    .join('');
  const list = sha256(JSON.stringify(fields)).slice(0, 6);
  return { list, fields, text: `${list}:${text}` };
}
