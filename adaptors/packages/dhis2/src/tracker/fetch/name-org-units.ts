import { emptyTable } from '#common/collections/own.js';
import type {
  FetchedTrackedEntityBatch,
  TrackedEntity,
} from '#common/handover/fetched-tracked-entity-batch.js';
import { isUid } from '#common/identity/uid.js';
import type { Dhis2Client } from '../../client/client.js';
import { readOrgUnits } from '../../org-units/read-org-units.js';

/** As many as one request can name; for more, the whole tree would be read. */
const MAX_IDS = 400;

/**
 * Reads the name of every org unit that a tracked entity, an enrollment or an event belongs to, or
 * that a value names, for example a hospital. A value that only looks like an id is requested and
 * not found.
 */
export async function nameOrgUnits(
  client: Dhis2Client,
  entities: readonly TrackedEntity[],
): Promise<FetchedTrackedEntityBatch['orgUnits']> {
  const ids = [...new Set(entities.flatMap(orgUnitsOf))];
  const named: FetchedTrackedEntityBatch['orgUnits'] = emptyTable();
  for (let from = 0; from < ids.length; from += MAX_IDS) {
    const found = await readOrgUnits(client, ids.slice(from, from + MAX_IDS));
    for (const { id, name = '', path } of found) named[id] = { name, path };
  }
  return { ...named };
}

function orgUnitsOf({ orgUnit, attributes, enrollments }: TrackedEntity): string[] {
  const events = enrollments.flatMap(enrollment => enrollment.events);
  const values = [attributes, ...events.map(event => event.values)].flatMap(Object.values<string>);
  return [
    ...[{ orgUnit }, ...enrollments, ...events].flatMap(owner => owner.orgUnit ?? []),
    ...values.filter(isUid),
  ];
}
