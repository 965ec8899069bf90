import type { CollectionName } from '../dhis2/metadata/collections.js';
import type { JsonFile } from '../input/json-source.js';
import { UsageError } from '../input/usage-error.js';
import { classOf, isServed } from './classes.js';
import { findOwners } from './owners.js';
import type { Problem } from './problems.js';

/** The lists of a file, as the server exported them. */
export interface ExportedLists {
  served: Partial<Record<CollectionName, readonly unknown[]>>;
  /** Numbers of objects of classes that the sandbox does not serve. */
  notServed: Record<string, number>;
  /** What was omitted, one sentence each. */
  remarks: readonly string[];
}

const FIX =
  'Give what DHIS2 exports: /api/metadata.json, /api/programs/{id}/metadata.json or /api/dataSets/{id}/metadata.json.';

/**
 * The lists of objects in a file.
 *
 * @param problems classes that nobody knows are added here
 * @throws UsageError if the file is no metadata export
 */
export function readLists({ path, content }: JsonFile, problems: Problem[]): ExportedLists {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new UsageError(`${path} is no DHIS2 metadata: it is not a JSON object.`, FIX);
  }
  const entries = Object.entries(content);
  if (entries.some(([key]) => key === 'pager')) {
    throw new UsageError(`${path} is a page of a list, not a metadata export.`, FIX);
  }
  const isOne = typeof (content as { id?: unknown }).id === 'string';
  if (isOne || !entries.some(([key, value]) => classOf(key) === 'served' && isList(value))) {
    const what = isOne ? 'it is one object' : 'it has no list of objects, such as programs';
    throw new UsageError(`${path} is no DHIS2 metadata export: ${what}.`, FIX);
  }
  const lists: Omit<ExportedLists, 'remarks'> = { served: {}, notServed: {} };
  for (const [key, value] of entries) {
    const list = isList(value) ? value : [];
    if (isServed(key)) lists.served[key] = list;
    else if (classOf(key) === 'not served' && list.length > 0) lists.notServed[key] = list.length;
    else if (classOf(key) === 'unknown' && list.length > 0) {
      problems.push({
        what: `${path} has ${list.length} objects of a class that the sandbox does not know: ${key}.`,
        fix: 'Remove the list from the file, if the sandbox may behave as a server without it.',
      });
    }
  }
  const { lists: served, remarks } = findOwners(lists.served);
  return { ...lists, served, remarks };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
