import { getOrCreate } from '../collections/get-or-create.js';
import { ownOf } from '../collections/own.js';
import { sha256 } from '../identity/sha256.js';
import { configurationError } from '../reporting/errors.js';
import type { Both } from './decide.js';
import { fromStored, type MemoryKey, toStored } from './memory-key.js';
import { readMemoryText, toMemoryText } from './memory-text.js';

/** Number of people that a state remembers, the most recent first: 5.5 MB with 25 fields each. */
const MAX_PEOPLE = 20_000;
/** With more fields there are fewer people, and with a large cursor, since a state ends at 10 MB. */
const MAX_BYTES = 5_600_000;
/** Signs around an id and a text. */
const SIGNS = 2;
const WIDTH = 5;

/** The memory as it is stored in a state. */
export interface StoredMemory {
  /** Id of the key that sealed it; absent in memories of versions without a key. */
  key?: string;
  /** Lists of fields, each under a short name. */
  lists: Record<string, string[]>;
  /** Each person's text after the id, see `toMemoryText`; in states of earlier versions a table. */
  people: string | MemoryTable['people'];
}

/** The memory, or a part of it, as it is stored in a collection. */
export interface MemoryTable extends StoredMemory {
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
  changes(): MemoryTable;
  /**
   * Everything, for the people seen most recently.
   *
   * @param room bytes that it may take; more than 5.6 MB are not used
   */
  all(room?: number): StoredMemory;
}

/**
 * Opens a memory. What cannot be read is dropped: such a field belongs to the system in which the
 * person was first entered. A memory that no key has sealed is sealed here and loses nothing. A
 * person who is not asked for, or in whom nothing changes, stays text.
 *
 * @throws IntegrationError `MEMORY_KEY_DIFFERS` (configuration) if another key sealed it
 */
export function openMemory(stored: unknown, key: MemoryKey): Memory {
  const { lists = {}, people, key: sealedBy } = (stored ?? {}) as Partial<StoredMemory>;
  if (sealedBy !== undefined && sealedBy !== key.id) throw otherKey();
  const isSealed = sealedBy !== undefined;
  // In the order in which they were seen: those seen last are at the end, and are dropped last.
  const texts = new Map<string, string>();
  const opened = new Map<string, Map<string, Both>>();
  const changed = new Set<string>();
  const nameOf = createListNames();
  const open = (person: string): Map<string, Both> =>
    getOrCreate(opened, person, () => readPerson(texts.get(person), lists, isSealed));
  for (const [person, text] of readMemoryText(people)) {
    if (namesIn(text, lists)) texts.set(person, text as string);
  }
  const wasOpen = !isSealed && texts.size > 0;
  for (const person of wasOpen ? texts.keys() : []) {
    const fields = open(person);
    for (const [field, both] of fields) fields.set(field, key.seal(person, field, both));
    changed.add(person);
  }
  const places = new Map<string, Map<string, number>>();
  // Without opening the person: most people have not changed.
  const isStored = (person: string, field: string, { godata, dhis2 }: Both) => {
    const text = opened.has(person) ? '' : (texts.get(person) ?? '');
    const end = text.indexOf(':');
    if (end < 0) return false;
    const list = text.slice(0, end);
    const place = getOrCreate(places, list, () => placesIn(lists[list]!)).get(field);
    if (place === undefined) return false;
    const at = end + 1 + place;
    return text.startsWith(toStored(godata), at) && text.startsWith(toStored(dhis2), at + WIDTH);
  };
  let seenLast: string | undefined;
  const see = (person: string) => {
    if (person === seenLast) return;
    seenLast = person;
    const text = texts.get(person) ?? '';
    texts.delete(person);
    texts.set(person, text);
  };
  const textOf = (id: string) =>
    changed.has(id) ? writePerson(opened.get(id)!, nameOf) : texts.get(id)!;
  const listOf = (text: string): [string, string[]] => {
    const list = text.slice(0, text.indexOf(':'));
    return [list, nameOf.fields(list) ?? lists[list]!];
  };
  return {
    wasOpen,
    recall: (person, field) => (texts.has(person) ? open(person).get(field) : undefined),
    seal: key.seal,
    remember(person, field, given) {
      const both = key.seal(person, field, given);
      see(person);
      if (isStored(person, field, both)) return;
      const fields = open(person);
      const before = fields.get(field);
      if (before?.dhis2 === both.dhis2 && before.godata === both.godata) return;
      // The same field with other places, or without any: what it had there says nothing now.
      const end = field.indexOf('#');
      if (end >= 0) {
        const stem = field.slice(0, end);
        for (const one of fields.keys()) {
          if (one === stem || one.startsWith(`${stem}#`)) fields.delete(one);
        }
      }
      fields.set(field, both);
      changed.add(person);
    },
    changes() {
      const people = [...changed].map(id => [id, textOf(id)] as const);
      const named = people.map(([, text]) => listOf(text));
      return { key: key.id, lists: Object.fromEntries(named), people: Object.fromEntries(people) };
    },
    all(room = MAX_BYTES) {
      const maxBytes = Math.min(room, MAX_BYTES);
      const { people, lists: named } = newest([...texts.keys()], maxBytes, textOf, listOf);
      return { key: key.id, lists: Object.fromEntries(named), people: toMemoryText(people) };
    },
  };
}

/** The people seen last, as many as a state has room for, the last one at the end; and their lists. */
function newest(
  ids: readonly string[],
  maxBytes: number,
  textOf: (id: string) => string,
  listOf: (text: string) => [string, string[]],
) {
  const people: [string, string][] = [];
  const lists = new Map<string, string[]>();
  let bytes = 0;
  for (let at = ids.length - 1; at >= 0 && people.length < MAX_PEOPLE; at -= 1) {
    const id = ids[at]!;
    const text = textOf(id);
    const [name, fields] = listOf(text);
    bytes += id.length + text.length + SIGNS;
    if (!lists.has(name)) bytes += Buffer.byteLength(JSON.stringify({ [name]: fields }));
    if (bytes > maxBytes) break;
    people.push([id, text]);
    lists.set(name, fields);
  }
  return { people: people.reverse(), lists };
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

/** The fields of a stored person; undefined if the text cannot be read. */
function namesIn(text: unknown, lists: Record<string, string[]>): string[] | undefined {
  if (typeof text !== 'string') return undefined;
  const end = text.indexOf(':');
  const list = text.slice(0, end);
  const names = end >= 0 ? ownOf(lists, list) : undefined;
  const isWhole = Array.isArray(names) && text.length - end - 1 === names.length * 2 * WIDTH;
  return isWhole && names.length > 0 ? names : undefined;
}

/** Where the fingerprints of each field begin, behind the name of the list. */
function placesIn(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, n) => [name, n * 2 * WIDTH]));
}

function readPerson(
  text: string | undefined,
  lists: Record<string, string[]>,
  isSealed: boolean,
): Map<string, Both> {
  const fields = new Map<string, Both>();
  const names = namesIn(text, lists);
  if (text === undefined || names === undefined) return fields;
  const read = (at: number) => {
    const print = text.slice(at, at + WIDTH);
    return isSealed ? fromStored(print) : print;
  };
  let at = text.indexOf(':') + 1;
  for (const name of names) {
    fields.set(name, { godata: read(at), dhis2: read(at + WIDTH) });
    at += 2 * WIDTH;
  }
  return fields;
}

/** Short names of lists of fields, each computed once. */
interface ListNames {
  of(fields: string[]): string;
  fields(name: string): string[] | undefined;
}

function createListNames(): ListNames {
  const names = new Map<string, string>();
  const lists = new Map<string, string[]>();
  return {
    of(fields) {
      const text = JSON.stringify(fields);
      const name = names.get(text) ?? sha256(text).slice(0, 6);
      names.set(text, name);
      lists.set(name, fields);
      return name;
    },
    fields: name => lists.get(name),
  };
}

function writePerson(known: ReadonlyMap<string, Both>, names: ListNames): string {
  const fields = [...known.keys()].sort();
  let text = `${names.of(fields)}:`;
  for (const field of fields) {
    const { godata, dhis2 } = known.get(field)!;
    text += toStored(godata) + toStored(dhis2);
  }
  return text;
}
