import { getOrCreate } from '#common/collections/get-or-create.js';
import { emptyTable } from '#common/collections/own.js';
import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import type { Dhis2Client } from '../../client/client.js';
import { createPlacer } from '../../org-units/place-locations.js';
import { readOrgUnits } from '../../org-units/read-org-units.js';
import type { ProgramModel } from './check/metadata.js';

/** Org unit of a location, for a program; undefined if there is none. */
export type PlaceIn = (program: ProgramModel, location: string) => string | undefined;

/**
 * Creates the function that finds the org unit of a location: one with the location's id, or with
 * an id or a code from its identifiers, else the nearest one above it. From there upwards, the
 * first org unit that the program is assigned to is taken. One request, unless there are thousands.
 */
export async function createPlacing(
  client: Dhis2Client,
  { locations }: Pick<MappedTrackedEntityBatch, 'locations'>,
): Promise<PlaceIn> {
  const ids = Object.keys(locations);
  const words = Object.values(locations).flatMap(({ identifiers = [] }) => identifiers);
  const orgUnits = await readOrgUnits(client, [...ids, ...words], words);
  const known = new Set(orgUnits.map(({ id }) => id));
  // An identifier may hold the org unit's id instead of its code.
  const table = emptyTable<string>();
  for (const [id, { identifiers = [] }] of Object.entries(locations)) {
    const word = identifiers.find(one => known.has(one));
    if (word !== undefined) table[id] = word;
  }
  const placers = new Map<string, ReturnType<typeof createPlacer>>();
  return (program, location) => {
    const place = getOrCreate(placers, program.id, () =>
      createPlacer({
        mapping: { by: ['id', 'table', 'code'], table },
        locations,
        orgUnits,
        assigned: program.orgUnits,
      }),
    );
    const placement = place(location);
    return 'orgUnit' in placement ? placement.orgUnit : undefined;
  };
}
