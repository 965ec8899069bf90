import { COLLECTIONS, type CollectionName } from '../dhis2/metadata/collections.js';
import { referencesOf } from '../dhis2/metadata/references.js';
import type { Objects } from './merge.js';
import { nameObject, type Problem } from './problems.js';
import type { ExportedObject } from './to-object.js';

const FIX =
  'Give the file that has the missing objects too, or export the program or data set with /metadata.json, which includes them.';

/**
 * Finds references to objects that are in no file.
 *
 * @param problems they are added here
 */
export function checkReferences(objects: Objects, problems: Problem[]): void {
  for (const collection of COLLECTIONS) {
    for (const object of objects[collection].values()) {
      for (const { collection: target, id } of referencesOf(collection, object)) {
        if (objects[target].has(id)) continue;
        const missing = nameObject(target, { id });
        problems.push({
          what: `${nameObject(collection, object)} refers to ${missing}, which is in no file.`,
          fix: FIX,
        });
      }
    }
  }
}

/**
 * Removes relationship types between objects that are in no file: a server exports the types of all
 * its programs together.
 *
 * @returns remarks about them, one sentence each
 */
export function dropForeignTypes(objects: Objects): string[] {
  return [...objects.relationshipTypes].flatMap(([id, type]) => {
    const missing = constraintsOf(type).find(one => !objects[one.collection].has(one.id));
    if (!missing) return [];
    objects.relationshipTypes.delete(id);
    const name = nameObject('relationshipTypes', type);
    return `${name} is omitted: ${nameObject(missing.collection, missing)} is in no file.`;
  });
}

const TARGETS: Readonly<Record<string, CollectionName>> = {
  trackedEntityType: 'trackedEntityTypes',
  program: 'programs',
  programStage: 'programStages',
};

function constraintsOf({ fromConstraint, toConstraint }: ExportedObject) {
  return [fromConstraint, toConstraint].flatMap(constraint =>
    Object.entries((constraint ?? {}) as Record<string, { id?: string }>).flatMap(([name, ref]) => {
      const collection = TARGETS[name];
      return collection && ref.id !== undefined ? [{ collection, id: ref.id }] : [];
    }),
  );
}
