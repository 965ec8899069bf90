import { isDeepStrictEqual } from 'node:util';
import { COLLECTIONS, type CollectionName } from '../dhis2/metadata/collections.js';
import type { JsonFile } from '../input/json-source.js';
import { nameObject, type Problem } from './problems.js';
import { type ExportedLists, readLists } from './read-lists.js';
import { type ExportedObject, toObject } from './to-object.js';

/** Objects by class and id, as the sandbox keeps them. */
export type Objects = Record<CollectionName, Map<string, ExportedObject>>;

/** The objects of all files together. */
export interface Merged {
  objects: Objects;
  /** Numbers of objects of classes that the sandbox does not serve. */
  notServed: Record<string, number>;
  /** Ids of category options with a first or last day. */
  dated: ReadonlySet<string>;
  /** What was omitted, one sentence each. */
  remarks: string[];
}

/**
 * Merges files. An object that is in several of them is one, and must be the same in all.
 *
 * @param problems what is wrong with the files is added here
 * @throws UsageError if a file is no metadata export
 */
export function mergeFiles(files: readonly JsonFile[], problems: Problem[]): Merged {
  const objects = Object.fromEntries(COLLECTIONS.map(name => [name, new Map()])) as Objects;
  const origins = new Map<ExportedObject, string>();
  const notServed: Record<string, number> = {};
  const dated = new Set<string>();
  const remarks: string[] = [];
  for (const file of files) {
    const lists: ExportedLists = readLists(file, problems);
    for (const [key, count] of Object.entries(lists.notServed)) {
      notServed[key] = Math.max(notServed[key] ?? 0, count);
    }
    remarks.push(...lists.remarks);
    for (const one of (lists.served.categoryOptions ?? []) as ExportedObject[]) {
      if (one?.startDate || one?.endDate) dated.add(String(one.id));
    }
    for (const [collection, list] of Object.entries(lists.served)) {
      const own = objects[collection as CollectionName];
      for (const exported of list) {
        const object = toObject(collection as CollectionName, exported, problems);
        if (!object) continue;
        const before = own.get(object.id as string);
        const difference = before && differenceOf(before, object);
        if (difference) {
          problems.push({
            what: `${nameObject(collection as CollectionName, object)}: ${difference} differs between ${origins.get(before)} and ${file.path}.`,
            fix: 'Export all files from the same server, one after the other.',
          });
        }
        if (before) continue;
        own.set(object.id as string, object);
        origins.set(object, file.path);
      }
    }
  }
  return { objects, notServed, dated, remarks: [...new Set(remarks)] };
}

/** When something was changed says nothing about what it is. */
const STAMPS: ReadonlySet<string> = new Set(['created', 'lastUpdated']);

/** The first property in which two objects differ. */
function differenceOf(one: ExportedObject, other: ExportedObject): string | undefined {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].find(
    name => !STAMPS.has(name) && !isDeepStrictEqual(sorted(one[name]), sorted(other[name])),
  );
}

/** Servers write lists of references in any order. */
function sorted(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map(item => JSON.stringify(item)).sort();
}
