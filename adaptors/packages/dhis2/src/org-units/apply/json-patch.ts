import type { Content } from '#common/http/index.js';
import type { OrgUnitChanges } from '../plan/changes.js';

/**
 * Formats changes as a JSON patch. DHIS2 applies it to the stored org unit, so that all other
 * properties stay, such as users and data sets. A PUT would remove every property that it does not
 * send. `add` sets a property whether it exists or not, and `remove` of a missing one does nothing
 * (DHIS2's source, AbstractCrudController.patchObject and its JsonPatch operations).
 */
export function toJsonPatch(changes: OrgUnitChanges): Content {
  const operations = Object.entries(changes).map(([property, value]) =>
    value === null
      ? { op: 'remove', path: `/${property}` }
      : { op: 'add', path: `/${property}`, value: property === 'parent' ? { id: value } : value },
  );
  return { type: 'application/json-patch+json', data: JSON.stringify(operations) };
}
