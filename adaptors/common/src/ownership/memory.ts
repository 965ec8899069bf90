import { sha256 } from '../identity/sha256.js';
import type { Both } from './decide.js';

/** Number of people that a state remembers, the most recent first: about 6 MB with 25 fields each. */
const MAX_PEOPLE = 20_000;
const WIDTH = 5;

/** The memory as it is stored in a state. */
export interface StoredMemory {
  /** Lists of fields, each under a short name. */
  lists: Record<string, string[]>;
  /** Tracked entity id → `<list>:<fingerprints of both systems, field by field>`. */
  people: Record<string, string>;
}

/** What both systems had when they last agreed: person → field → fingerprints. */
export interface Memory {
  /** @param person tracked entity id */
  recall(person: string, field: string): Both | undefined;
  remember(person: string, field: string, both: Both): void;
  /** The people whose memory has changed and must be saved. */
  changes(): StoredMemory;
  /** Everything, for the people seen most recently. */
  all(): StoredMemory;
}

/**
 * Opens a memory. What cannot be read is dropped: such a field belongs to the system in which the
 * person was first entered.
 */
export function openMemory(stored: unknown): Memory {
  const { lists = {}, people = {} } = (stored ?? {}) as Partial<StoredMemory>;
  const known = new Map<string, Map<string, Both>>();
  const changed = new Set<string>();
  for (const [person, text] of Object.entries(people)) {
    const fields = readPerson(text, lists);
    if (fields.size > 0) known.set(person, fields);
  }
  const write = (ids: Iterable<string>): StoredMemory => {
    const written: StoredMemory = { lists: {}, people: {} };
    for (const id of ids) {
      const { list, fields, text } = writePerson(known.get(id)!);
      written.lists[list] = fields;
      written.people[id] = text;
    }
    return written;
  };
  return {
    recall: (person, field) => known.get(person)?.get(field),
    remember(person, field, both) {
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

function readPerson(text: unknown, lists: Record<string, string[]>): Map<string, Both> {
  const [list = '', prints = ''] = typeof text === 'string' ? text.split(':') : [];
  const names = Object.hasOwn(lists, list) ? lists[list] : undefined;
  const fields = new Map<string, Both>();
  if (!Array.isArray(names) || prints.length !== names.length * 2 * WIDTH) return fields;
  names.forEach((name, n) => {
    const at = n * 2 * WIDTH;
    const godata = prints.slice(at, at + WIDTH);
    const dhis2 = prints.slice(at + WIDTH, at + 2 * WIDTH);
    fields.set(name, { godata, dhis2 });
  });
  return fields;
}

function writePerson(known: ReadonlyMap<string, Both>) {
  const fields = [...known.keys()].sort();
  const text = fields.map(name => known.get(name)!.godata + known.get(name)!.dhis2).join('');
  const list = sha256(JSON.stringify(fields)).slice(0, 6);
  return { list, fields, text: `${list}:${text}` };
}
