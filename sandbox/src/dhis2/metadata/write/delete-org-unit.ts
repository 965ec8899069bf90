import type { Dhis2Store } from '../../store/dhis2-store.js';
import type { Dialect } from '../../versions/dialect.js';
import type { Problem } from './object-report.js';

/**
 * Checks that an org unit can be deleted: it must have no org units below it, and no data,
 * including deleted data (dhis2 LIVE 248, recordings 097 and 426).
 */
export function checkDeletion(
  { metadata, dataValues, tracker }: Dhis2Store,
  { valueHistory }: Dialect,
  id: string,
): Problem[] {
  const children = metadata.orgUnits
    .children(id)
    .map(child => metadata.get('organisationUnits', child)!.name);
  const owner =
    children.length > 0
      ? `OrganisationUnit (${children.reverse().join(',')})`
      : dataValues.refersTo('organisationUnits', id)
        ? valueHistory
        : tracker.refersTo('organisationUnits', id)
          ? 'Enrollment'
          : undefined;
  return owner === undefined ? [] : [{ code: 'E4030', args: [owner], texts: [] }];
}
