import type { MappedEntity } from '#common/handover/mapped-tracked-entity-batch.js';
import { badOption } from '#common/operations/options.js';
import { dhis2PathsOf, type Owners } from '#common/ownership/index.js';

/** Refuses a path that an owner table does not have: no system would win for it. */
export interface OwnerCheck {
  /** @throws IntegrationError `BAD_OPTION` (configuration), naming the path */
  check(entity: MappedEntity): void;
}

/**
 * Creates the check that an owner table, if there is one, has every path that the mapping gives.
 * Events of lab results and follow-ups belong to the record that they are created from.
 */
export function createOwnerCheck(owners: Owners): OwnerCheck {
  const known = {
    case: pathsOf(owners.case),
    contact: pathsOf(owners.contact),
  };
  return {
    check(entity) {
      const kind = entity.kind === 'case' ? 'case' : 'contact';
      const missing = pathsIn(entity).find(path => known[kind] && !known[kind].has(path));
      if (missing === undefined) return;
      throw badOption(
        `owners.${kind}`,
        `has no field for ${missing}, which the mapping gives`,
        "Add the field of Go.Data that it goes with, with owner 'dhis2', 'godata' or 'latest'.",
      );
    },
  };
}

function pathsOf(table: Owners['case']): ReadonlySet<string> | undefined {
  return table && new Set(Object.values(table).flatMap(dhis2PathsOf));
}

function pathsIn({ attributes, location, enrolledAt, occurredAt, events }: MappedEntity): string[] {
  return [
    ...(location ? ['orgUnit'] : []),
    ...(enrolledAt ? ['enrolledAt'] : []),
    ...(occurredAt ? ['occurredAt'] : []),
    ...Object.keys(attributes),
    ...events
      .filter(({ key, stage }) => key === stage)
      .flatMap(({ stage, values }) => Object.keys(values).map(id => `${stage}.${id}`)),
  ];
}
