import { COLLECTIONS, type CollectionName } from '../dhis2/metadata/collections.js';
import { referencesOf } from '../dhis2/metadata/references.js';
import type { Objects } from './merge.js';
import { nameObject, type Problem } from './problems.js';
import type { ExportedObject } from './to-object.js';

const FIX =
  'Give the file that has the missing objects too, or export the program or data set with /metadata.json, which includes them.';

/**
 * Finds references to objects that are in no file. A constraint of a relationship type is one, too.
 *
 * @param problems they are added here
 */
export function checkReferences(objects: Objects, problems: Problem[]): void {
  for (const collection of COLLECTIONS) {
    for (const object of objects[collection].values()) {
      const references = [...referencesOf(collection, object), ...constraintsOf(object)];
      for (const { collection: target, id } of references) {
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
