import type { MappedEntity } from '../../../../../common/src/mapped-entity-batch.js';
import { badOption } from '../../../../../common/src/options.js';
import { dhis2PathsOf, type OwnerTable } from '../../../../../common/src/ownership/index.js';

/**
 * Refuses a mapping that writes to a place of which nobody has said whose it is, where both systems
 * write: what is nobody's would be overwritten by whoever comes last. Events that come from records of
 * their own belong to where those were entered.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the places
 */
export function checkOwners(entity: MappedEntity, kind: string, owners: OwnerTable): void {
  const known = new Set(Object.values(owners).flatMap(dhis2PathsOf));
  const given = [
    ...Object.keys(entity.attributes),
    ...(entity.enrolledAt ? ['enrolledAt'] : []),
    ...(entity.occurredAt ? ['occurredAt'] : []),
    ...(entity.location ? ['orgUnit'] : []),
    ...entity.events.flatMap(({ key, stage, values }) =>
      key === stage ? Object.keys(values).map(id => `${stage}.${id}`) : [],
    ),
  ];
  const unknown = given.filter(path => !known.has(path));
  if (unknown.length === 0) return;
  throw badOption(
    `owners.${kind}`,
    `says nothing of ${unknown.join(', ')}, which the mapping gives`,
    'Add a line to the table, the same in both jobs: whose it is, and which field of Go.Data it goes with.',
  );
}
