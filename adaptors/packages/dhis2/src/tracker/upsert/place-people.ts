import { getOrCreate } from '#common/collections/get-or-create.js';
import { emptyTable, ownOf } from '#common/collections/own.js';
import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import type { Problem } from '#common/reporting/mapping-problems.js';
import type { Dhis2Client } from '../../client/client.js';
import { createPlacer } from '../../org-units/place-locations.js';
import { readOrgUnits } from '../../org-units/read-org-units.js';
import type { ProgramModel } from './check/metadata.js';

/** The org units of a batch. */
export interface Placing {
  place: PlaceIn;
  /** The org unit that a location itself is, without those above it. */
  orgUnitOf(location: string): string | undefined;
  /** Org units that the mapping names and the account does not see. */
  problems: Problem[];
}

/** Org unit of a location, for a program; undefined if there is none. */
export type PlaceIn = (program: ProgramModel, location: string) => string | undefined;

/**
 * Creates the function that finds the org unit of a location: one with the location's id, or with
 * an id or a code from its identifiers, else the nearest one above it. From there upwards, the
 * first org unit that the program is assigned to is taken. One request, unless there are thousands.
 */
export async function createPlacing(
  client: Dhis2Client,
  {
    locations,
    namedOrgUnits: named = {},
  }: Pick<MappedTrackedEntityBatch, 'locations' | 'namedOrgUnits'>,
): Promise<Placing> {
  const ids = Object.keys(locations);
  const words = [
    ...Object.values(locations).flatMap(({ identifiers = [] }) => identifiers),
    ...Object.keys(named),
  ];
  const orgUnits = await readOrgUnits(client, [...ids, ...words], words);
  const known = new Set(orgUnits.map(({ id }) => id));
  // An identifier may hold the org unit's id instead of its code.
  const table = emptyTable<string>();
  for (const [id, { identifiers = [] }] of Object.entries(locations)) {
    const word = identifiers.find(one => known.has(one));
    if (word !== undefined) table[id] = word;
  }
  const byCode = new Map(orgUnits.flatMap(({ id, code }) => (code ? [[code, id] as const] : [])));
  const orgUnitOf = (location: string) => {
    if (known.has(location)) return location;
    const { identifiers = [] } = ownOf(locations, location) ?? {};
    return table[location] ?? identifiers.map(one => byCode.get(one)).find(Boolean);
  };
  const problems = Object.entries(named)
    .filter(([ref]) => !known.has(ref) && !byCode.has(ref))
    .flatMap(([ref, rows]) => rows.map(row => unknownOrgUnit(ref, row)));
  const placers = new Map<string, ReturnType<typeof createPlacer>>();
  const place: PlaceIn = (program, location) => {
    const find = getOrCreate(placers, program.id, () =>
      createPlacer({
        mapping: { by: ['id', 'table', 'code'], table },
        locations,
        orgUnits,
        assigned: program.orgUnits,
      }),
    );
    const placement = find(location);
    return 'orgUnit' in placement ? placement.orgUnit : undefined;
  };
  return { place, orgUnitOf, problems };
}

function unknownOrgUnit(ref: string, row: string): Problem {
  const message = `${row}: orgUnit names "${ref}", and the account sees no org unit with this id or code.`;
  return { code: 'UNKNOWN_ORG_UNIT', message, cause: ref, at: row };
}
