import type { Dhis2Seed, OrgUnit } from '../dhis2/index.js';
import { COLLECTIONS } from '../dhis2/metadata/collections.js';
import { createUsers } from '../dhis2/seed/demo-users.js';
import type { JsonFile } from '../input/json-source.js';
import { complete } from './complete.js';
import { mergeFiles, type Objects } from './merge.js';
import { placeObjects } from './org-units.js';
import { type Problem, throwProblems } from './problems.js';
import { checkReferences, dropForeignTypes } from './references.js';
import { checkRules } from './rules.js';
import { checkValidity } from './validity.js';

/** A server with exported metadata, without data. */
export interface ReadExport {
  seed: Dhis2Seed;
  /** What is otherwise than on the server of the export, one sentence each. */
  remarks: string[];
}

/**
 * Reads what DHIS2 exports: `/api/metadata.json`, `/api/programs/{id}/metadata.json`,
 * `/api/dataSets/{id}/metadata.json`, one or several, as one server. It has the accounts of the
 * sandbox, which may read and write everything: sharing names accounts of another server.
 *
 * @param files each with its JSON and the name that messages use
 * @param orgUnits the org units of the sandbox, for files that have none
 * @throws UsageError with every object and property that the sandbox does not model, and every
 * reference to an object that is in no file
 * @example
 * const content = JSON.parse(readFileSync('program.json', 'utf8'));
 * const { seed } = readExport([{ path: 'program.json', content }], outbreak.orgUnits);
 * await startDhis2({ seed });
 */
export function readExport(files: readonly JsonFile[], orgUnits: readonly OrgUnit[]): ReadExport {
  const problems: Problem[] = [];
  const { objects, notServed, dated, remarks: omitted } = mergeFiles(files, problems);
  checkValidity(objects, dated, problems);
  const remarks = [
    ...omitted,
    ...complete(objects),
    ...placeObjects(objects, orgUnits),
    ...dropAttributeValues(objects),
    ...dropForeignTypes(objects),
    ...checkRules(objects, problems),
  ];
  checkReferences(objects, problems);
  throwProblems(files.map(({ path }) => path).join(', '), problems);
  const lists = Object.fromEntries(COLLECTIONS.map(name => [name, [...objects[name].values()]]));
  const units = lists.organisationUnits as unknown as OrgUnit[];
  const roots = units.filter(({ parent }) => !parent).map(({ id }) => ({ id }));
  return {
    seed: { ...(lists as unknown as Dhis2Seed), users: createUsers(roots) },
    remarks: [...remarks, ...listNotServed(notServed)],
  };
}

/** Values of metadata attributes that are in no file: an export may omit the attributes. */
function dropAttributeValues(objects: Objects): string[] {
  const dropped = new Set<string>();
  for (const collection of COLLECTIONS) {
    for (const [id, object] of objects[collection]) {
      const values = (object.attributeValues ?? []) as readonly { attribute: { id: string } }[];
      const unknown = values.filter(one => !objects.attributes.has(one.attribute.id));
      if (unknown.length === 0) continue;
      for (const { attribute } of unknown) dropped.add(attribute.id);
      const attributeValues = values.filter(one => !unknown.includes(one));
      objects[collection].set(id, { ...object, attributeValues });
    }
  }
  if (dropped.size === 0) return [];
  return [
    `Values of metadata attributes that are in no file are omitted: ${[...dropped].join(', ')}.`,
  ];
}

function listNotServed(notServed: Readonly<Record<string, number>>): string[] {
  const list = Object.entries(notServed).map(([name, count]) => `${count} ${name}`);
  return list.length > 0 ? [`The sandbox does not serve ${list.join(', ')}.`] : [];
}
