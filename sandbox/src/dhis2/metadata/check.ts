import { isOfSingleEvents } from '../tracker/programs.js';
import { MAKES_EVENTS } from '../tracker/rules/action-types.js';
import type { Program } from '../tracker/types.js';
import { COLLECTIONS, type CollectionName, type Collections } from './collections.js';
import type { OrgUnitTree } from './org-unit-tree.js';
import type { MetadataReader } from './reader.js';
import { referencesOf } from './references.js';

/**
 * Properties that change what a server accepts and that the sandbox does not model. The answers
 * about an object that has them would be wrong, so it is refused.
 */
const NOT_MODELLED: { readonly [N in CollectionName]?: readonly string[] } = {
  categoryOptions: ['startDate', 'endDate', 'organisationUnits'],
  dataSets: ['workflow', 'compulsoryDataElementOperands'],
};

/**
 * Checks that all references in metadata exist, as a database's foreign keys do.
 *
 * @throws Error naming the first invalid object
 */
export function checkMetadata(metadata: MetadataReader & { readonly orgUnits: OrgUnitTree }): void {
  for (const collection of COLLECTIONS) {
    for (const object of metadata.list(collection)) checkObject(metadata, collection, object);
  }
  for (const { id } of metadata.list('organisationUnits')) {
    if (metadata.orgUnits.isAboveItself(id)) {
      throw new Error(`organisationUnits/${id} is its own ancestor.`);
    }
  }
  if (!metadata.list('categoryOptionCombos').some(({ name }) => name === 'default')) {
    throw new Error('There is no category option combo named "default"; every server has one.');
  }
}

/** @throws Error when a program has no tracked entity type, or one of single events has one */
function checkProgram(program: Program): void {
  const isSingle = isOfSingleEvents(program);
  if (isSingle === (program.trackedEntityType === undefined)) return;
  const problem = isSingle ? 'has single events, and a' : 'has enrollments, and no';
  throw new Error(`programs/${program.id} ${problem} type of tracked entity.`);
}

/**
 * Checks one object against the existing ones.
 *
 * @throws Error when it refers to a missing object, or has a property that the sandbox does not
 * model
 */
export function checkObject<N extends CollectionName>(
  metadata: MetadataReader,
  collection: N,
  object: Collections[N],
): void {
  for (const { collection: target, id } of referencesOf(collection, object)) {
    if (!metadata.get(target, id)) {
      throw new Error(
        `${collection}/${object.id} refers to ${target}/${id}, which does not exist.`,
      );
    }
  }
  if (collection === 'programs') checkProgram(object as Program);
  if (
    collection === 'programRuleActions' &&
    MAKES_EVENTS.has((object as Collections['programRuleActions']).programRuleActionType)
  ) {
    throw new Error(`${collection}/${object.id} creates events, which the sandbox does not model.`);
  }
  const property = NOT_MODELLED[collection]?.find(name => name in object);
  if (property !== undefined) {
    throw new Error(
      `${collection}/${object.id} has "${property}", which the sandbox does not model.`,
    );
  }
}
