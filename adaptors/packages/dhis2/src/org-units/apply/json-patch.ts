import type { Content } from '#common/http/index.js';
import type { OrgUnitChanges } from '../plan/changes.js';

/**
 * Changes as a JSON patch: DHIS2 applies it to what it has, so that everything else of the org unit
 * stays, users, data sets and whatever this adaptor does not know included. A replacing PUT would lose
 * what it is not sent. `add` sets a property whether it is there or not, and `remove` of one that is not
 * there does nothing (DHIS2's source, AbstractCrudController.patchObject and its JsonPatch operations).
 */
export function toJsonPatch(changes: OrgUnitChanges): Content {
  const operations = Object.entries(changes).map(([property, value]) =>
    value === null
      ? { op: 'remove', path: `/${property}` }
      : { op: 'add', path: `/${property}`, value: property === 'parent' ? { id: value } : value },
  );
  return { type: 'application/json-patch+json', data: JSON.stringify(operations) };
}
