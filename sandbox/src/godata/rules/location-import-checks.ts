import { randomUUID } from 'node:crypto';
import { type LocationStore, parentOf } from '../store/locations.js';
import { ImportFailures, type Place } from './import-failures.js';
import type { ImportNode } from './location-import-file.js';
import { SiblingNames } from './sibling-names.js';

/** All places in a file that use one id, and what is below the first of them. */
interface Entry {
  places: Place[];
  parent: Entry | undefined;
  childIds: string[];
}

type Entries = ReadonlyMap<string, Entry>;

/**
 * Checks a whole file before anything of it is written, in the stages of the server's
 * `preImportValidation` (godata FACTS §6, step 2): the file by itself; names and synonyms against
 * the database; parents that do not exist; loops. A stage runs only if the one before found no
 * failures.
 *
 * Nodes without an id get one, and children get their parent's id, as the answer shows (r084).
 *
 * @throws ApiError 422 with all failures of a stage
 */
export function checkImport(locations: LocationStore, nodes: readonly ImportNode[]): void {
  const file = flatten(nodes);
  for (const stage of [checkFile, checkDatabase, checkParents, checkLoops]) {
    const failures = new ImportFailures();
    stage({ ...file, locations, failures });
    failures.throwIfAny();
  }
}

/** A file as a flat list. */
interface FlatFile {
  entries: Entries;
  /** Roots of the file without a parent. */
  rootIds: string[];
  /** Given to nodes that had none. */
  newIds: Set<string>;
}

interface Stage extends FlatFile {
  locations: LocationStore;
  failures: ImportFailures;
}

function flatten(roots: readonly ImportNode[]): FlatFile {
  const entries = new Map<string, Entry>();
  const rootIds: string[] = [];
  const newIds = new Set<string>();
  const visit = (nodes: readonly ImportNode[], parent?: Entry, parentNo = '') => {
    for (const [index, { location, children }] of nodes.entries()) {
      const id = String(location.id || randomUUID());
      if (!location.id) newIds.add(id);
      location.id = id;
      if (parent) {
        parent.childIds.push(id);
        location.parentLocationId ||= parent.places[0]?.location.id;
      } else if (!location.parentLocationId) rootIds.push(id);
      const recordNo = parentNo === '' ? `${index + 1}` : `${parentNo} - ${index + 1}`;
      const entry = entries.get(id) ?? { places: [], parent, childIds: [] };
      entries.set(id, entry);
      entry.places.push({ recordNo, location });
      if (Array.isArray(children)) visit(children, entry, recordNo);
    }
  };
  visit(roots);
  return { entries, rootIds, newIds };
}

/** Tokens as the server names them; r084 shows the one for names. */
function checkFile({ entries, rootIds, failures }: Stage): void {
  const names = new SiblingNames(id => entries.get(id)?.places[0]);
  for (const [id, entry] of entries) {
    const [place, twin] = entry.places as [Place, Place?];
    if (twin) {
      failures.addAll('SAME_ID', entry.places);
      continue;
    }
    const { location } = place;
    const parentId = entry.parent?.places[0]?.location.id;
    if (parentId && location.parentLocationId !== parentId) failures.add('WRONG_PARENT', place);
    if (!location.name || typeof location.name !== 'string') failures.add('INVALID_NAME', place);
    else if (location.synonyms && !Array.isArray(location.synonyms)) {
      failures.add('INVALID_SYNONYMS', place);
    } else {
      // Roots whose parent is not in the file are not compared with anything in the file.
      const siblings = entry.parent?.childIds ?? (location.parentLocationId ? [] : rootIds);
      const { name, synonyms } = names.twins(id, siblings);
      if (name.length > 0) failures.addAll('DUPLICATE_FILE_NAME', [place, ...name]);
      if (synonyms.length > 0) failures.addAll('DUPLICATE_FILE_SYNONYMS', [place, ...synonyms]);
    }
  }
}

/** A node without an id is refused later, when it is written: with a 400 and no details (r080). */
function checkDatabase({ entries, newIds, locations, failures }: Stage): void {
  for (const [id, { places }] of entries) {
    if (newIds.has(id)) continue;
    const [place] = places as [Place];
    const { location } = place;
    const parentId = parentOf(location);
    const isOther = (other: { id: string }) => other.id !== id;
    if (locations.named(parentId, String(location.name)).some(isOther)) {
      failures.add('DUPLICATE_DB_NAME', place);
    }
    for (const synonym of (location.synonyms ?? []) as string[]) {
      if (locations.withSynonym(parentId, synonym).some(isOther)) {
        failures.add('DUPLICATE_DB_SYNONYMS', place);
      }
    }
  }
}

/** A deleted parent counts as existing: the server does not check the mark. */
function checkParents({ entries, locations, failures }: Stage): void {
  for (const { places } of entries.values()) {
    const [place] = places as [Place];
    const parentId = parentOf(place.location);
    if (parentId === null || entries.has(parentId) || locations.rows.get(parentId)) continue;
    failures.add('PARENT_MISSING', place);
  }
}

function checkLoops({ entries, locations, failures }: Stage): void {
  const parentIdOf = (id: string) => {
    const location = entries.get(id)?.places[0]?.location ?? locations.rows.get(id);
    return location ? parentOf(location) : null;
  };
  // Whether the path upwards from an id never ends; all ids on one path have the same answer.
  const loops = new Map<string, boolean>();
  for (const [id, { places }] of entries) {
    const way = new Set<string>();
    let next: string | null = id;
    while (next !== null && !way.has(next) && !loops.has(next)) {
      way.add(next);
      next = parentIdOf(next);
    }
    const isLoop: boolean = next !== null && (loops.get(next) ?? true);
    for (const one of way) loops.set(one, isLoop);
    if (isLoop) failures.add('PARENT_LOOP', places[0] as Place);
  }
}
