import type { Query } from '../../http/query.js';
import type { OrgUnit } from '../types.js';
import type { Json, Reader } from './read-property.js';

/** Parameters of the org unit list beyond those of every list. */
export const ORG_UNIT_PARAMS = ['level', 'maxLevel', 'userOnly', 'withinUserHierarchy'];

/** Parameters that turn one org unit into a list of it and its relatives. */
export const RELATIVE_PARAMS = ['includeChildren', 'includeDescendants', 'includeAncestors'];

/**
 * The test of the org unit list's own parameters (dhis2 FACTS §3).
 *
 * @returns undefined when there is none
 */
export function createNarrow(
  { store, user }: Reader,
  query: Query,
): ((unit: Json) => boolean) | undefined {
  if (!ORG_UNIT_PARAMS.some(name => query.text(name) !== undefined)) return undefined;
  const { orgUnits } = store.metadata;
  const level = query.text('level') === undefined ? undefined : query.count('level', 1);
  const maxLevel = query.count('maxLevel', Number.MAX_SAFE_INTEGER);
  const isUserOnly = query.flag('userOnly');
  const isWithinUser = query.flag('withinUserHierarchy');
  return unit => {
    const id = unit.id as string;
    const ownLevel = orgUnits.level(id);
    if (level !== undefined && ownLevel !== level) return false;
    if (ownLevel > maxLevel) return false;
    if (isUserOnly && !user.organisationUnits.some(own => own.id === id)) return false;
    return !isWithinUser || orgUnits.isWithin(id, user.organisationUnits);
  };
}

/**
 * The unit and its children, descendants or ancestors, as the request says (the result includes the
 * unit itself, dhis2 FACTS §3).
 *
 * @returns undefined when the request selects none of them
 */
export function relativesOf({ store }: Reader, id: string, query: Query): OrgUnit[] | undefined {
  const { orgUnits } = store.metadata;
  const ids = query.flag('includeChildren')
    ? [id, ...orgUnits.children(id)]
    : query.flag('includeDescendants')
      ? orgUnits.subtree(id)
      : query.flag('includeAncestors')
        ? [...orgUnits.ancestors(id), id]
        : undefined;
  return ids?.map(one => store.metadata.get('organisationUnits', one)!);
}
