import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fetchOrgUnits, mapOrgUnits, upsertOrgUnits } from '#dhis2/Adaptor.js';
import type { FetchOrgUnitsOptions } from '#dhis2/org-units/fetch/options.js';
import type { ToOrgUnit } from '#dhis2/org-units/map/map-batch.js';
import type { MapOrgUnitsOptions } from '#dhis2/org-units/map/options.js';
import type { UpsertOrgUnitsOptions } from '#dhis2/org-units/upsert-options.js';
import { adminLevel, fetchLocations, mapLocations, upsertLocations } from '#godata/Adaptor.js';
import type { FetchLocationsOptions } from '#godata/locations/fetch/options.js';
import type { ToLocation } from '#godata/locations/map/map-batch.js';
import type { MapLocationsOptions } from '#godata/locations/map/options.js';
import { runWorkflow } from '#runtime/index.js';
import { demoMetadata, type OrgUnit, startDhis2 } from '#sandbox/dhis2/index.js';
import { type GoDataRecord, startGoData } from '#sandbox/godata/index.js';
import { type BothServers, joinServers } from './both-servers.js';
import type { Polygon } from './polygons.js';
import { PROJECT } from './workflow.js';

/** How the servers of a test differ from the usual ones. */
export interface ServerTraits {
  dhis2?: string;
  godata?: string;
  /** Of the Go.Data account. Default: all. */
  permissions?: string[];
  /** Of the DHIS2 account. Default: those of the demonstration's. */
  authorities?: string[];
  /** Where the DHIS2 account captures data. Default: everywhere. */
  captureAt?: string[];
}

/** Starts both servers with only org units and locations. */
export async function startPlaceServers(
  orgUnits: OrgUnit[],
  locations: GoDataRecord[] = [],
  traits: ServerTraits = {},
): Promise<BothServers> {
  const account = { email: 'integration@example.org', password: 'Integration-1!' };
  const user = { id: 'user-1', ...account, permissions: traits.permissions };
  const goData = await startGoData({
    seed: { users: [user], locations },
    version: traits.godata ?? '2.50.3',
  });
  const seed = demoMetadata(orgUnits);
  const integration = seed.users.find(({ username }) => username === 'integration')!;
  if (traits.authorities) integration.authorities = traits.authorities;
  if (traits.captureAt) integration.organisationUnits = traits.captureAt.map(id => ({ id }));
  const dhis2 = await startDhis2({
    seed,
    version: traits.dhis2 ?? '2.42',
  });
  return joinServers(goData, dhis2, account);
}

/** Runs the workflow, or the one of the way back, as the project ships it. */
export function runPlaceWorkflow(
  { credentials }: BothServers,
  state: Record<string, unknown> = {},
  workflow = 'org-units-to-locations',
) {
  return runWorkflow({ project: PROJECT, workflow, credentials, state });
}

/** An org unit of a test. */
export function aUnit(id: string, name: string, parent?: string, more: Partial<OrgUnit> = {}) {
  return {
    id,
    name,
    shortName: name,
    openingDate: '1990-01-01',
    ...(parent ? { parent: { id: parent } } : {}),
    ...more,
  } satisfies OrgUnit;
}

/** A location of a test, as users create it in Go.Data. */
export function aLocation(id: string, name: string, parent?: string, more: object = {}) {
  return { id, name, active: true, parentLocationId: parent ?? null, ...more } as GoDataRecord;
}

/** A file of org units from outside, which is not in the repository. */
export const REAL_FILES = [
  { country: 'Morocco', file: 'org-units-MOC.json', count: 100, box: [20, 36.5, -18, -0.5] },
  { country: 'Spain', file: 'org-units-SPA.json', count: 8455, box: [27, 44.5, -19, 5] },
].map(one => ({ ...one, file: path.resolve(PROJECT, '../shared/data', one.file) }));

/** Whether these files are here; tests that need them skip otherwise. */
export const HAS_REAL_FILES = REAL_FILES.every(({ file }) => existsSync(file));

/** An org unit of such a file. */
export interface FileUnit {
  id: string;
  name: string;
  code?: string;
  level: number;
  coordinates?: string;
  featureType?: string;
  parent?: { id: string };
}

/** The org units of such a file. */
export function readUnitFile(file: string): FileUnit[] {
  return JSON.parse(readFileSync(file, 'utf8')).organisationUnits;
}

/** The polygons of an org unit; an empty list for a point or no geometry. */
export function polygonsOf({ coordinates = 'null' }: FileUnit): Polygon[] {
  const parsed = JSON.parse(coordinates);
  return Array.isArray(parsed?.[0]) ? parsed : [];
}

/** Inputs of a run; a test names only what differs. */
export interface PlaceRun {
  fetch?: FetchOrgUnitsOptions;
  toLocation?: ToLocation;
  map?: MapLocationsOptions;
  state?: Record<string, unknown>;
}

/** The mapping as the project ships it. */
const TO_LOCATION: ToLocation = orgUnit => ({
  name: orgUnit.name,
  synonyms: [orgUnit.shortName],
  identifiers: [{ code: orgUnit.code, description: 'DHIS2 code' }],
  geographicalLevelId: adminLevel(orgUnit.depth),
  geoLocation: orgUnit.point,
  active: !orgUnit.closed,
});

/** Runs the three operations in sequence, as a workflow would. */
export async function runPlaceOperations(
  { credentials }: BothServers,
  { fetch, toLocation = TO_LOCATION, map, state }: PlaceRun = {},
) {
  const fetched = await fetchOrgUnits(fetch)({ configuration: credentials.dhis2, ...state });
  const mapped = mapLocations(toLocation, map)({ ...throughJson(fetched) });
  return upsertLocations()({ ...throughJson(mapped), configuration: credentials.godata });
}

/** Runs until the source has no more; each run begins with the state that the former run left. */
export async function drainPlaceOperations(servers: BothServers, run: PlaceRun = {}) {
  let state = run.state ?? {};
  for (;;) {
    const { configuration: _, ...left } = await runPlaceOperations(servers, { ...run, state });
    if (!left.more) return left;
    state = { ...run.state, ...throughJson(left) };
  }
}

/** Inputs of a run of the way back; a test names only what differs. */
export interface OrgUnitRun {
  fetch?: FetchLocationsOptions;
  toOrgUnit?: ToOrgUnit;
  map?: MapOrgUnitsOptions;
  upsert?: UpsertOrgUnitsOptions;
  state?: Record<string, unknown>;
}

/** The mapping of the way back, as the project ships it. */
const TO_ORG_UNIT: ToOrgUnit = location => ({
  name: location.name,
  shortName: location.name,
  ...(location.point ? { point: location.point } : {}),
  closed: !location.active,
});

/** Runs the three operations of the way back in sequence, as a workflow would. */
async function runOrgUnitOperations(
  { credentials }: BothServers,
  { fetch, toOrgUnit = TO_ORG_UNIT, map, upsert, state }: OrgUnitRun = {},
) {
  const fetched = await fetchLocations(fetch)({ configuration: credentials.godata, ...state });
  const mapped = mapOrgUnits(toOrgUnit, map)({ ...throughJson(fetched) });
  return upsertOrgUnits(upsert)({ ...throughJson(mapped), configuration: credentials.dhis2 });
}

/** Runs the way back until the source has no more. */
export async function drainOrgUnitOperations(servers: BothServers, run: OrgUnitRun = {}) {
  let state = run.state ?? {};
  for (;;) {
    const { configuration: _, ...left } = await runOrgUnitOperations(servers, { ...run, state });
    if (!left.more) return left;
    state = { ...run.state, ...throughJson(left) };
  }
}

/** States travel between steps as JSON. */
function throughJson<T>(state: T): T {
  return JSON.parse(JSON.stringify(state));
}
