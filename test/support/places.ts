import { fetchOrgUnits } from '../../adaptors/packages/dhis2/src/Adaptor.js';
import type { FetchOrgUnitsOptions } from '../../adaptors/packages/dhis2/src/org-units/fetch/options.js';
import {
  adminLevel,
  mapLocations,
  upsertLocations,
} from '../../adaptors/packages/godata/src/Adaptor.js';
import type { ToLocation } from '../../adaptors/packages/godata/src/locations/map/map-batch.js';
import type { MapLocationsOptions } from '../../adaptors/packages/godata/src/locations/map/options.js';
import {
  demoMetadata,
  type OrgUnit,
  type RunningDhis2,
  startDhis2,
} from '../../sandbox/src/dhis2/index.js';
import {
  type GoDataRecord,
  type RunningGoData,
  startGoData,
} from '../../sandbox/src/godata/index.js';

/** Both servers with org units and locations, and nothing else. */
export interface PlaceServers {
  dhis2: RunningDhis2;
  goData: RunningGoData;
  credentials: {
    godata: { apiUrl: string; email: string; password: string };
    dhis2: { hostUrl: string; username: string; password: string };
  };
  close(): Promise<void>;
}

/** Starts both servers. */
export async function startPlaceServers(
  orgUnits: OrgUnit[],
  locations: GoDataRecord[] = [],
  versions: { dhis2?: string; godata?: string } = {},
): Promise<PlaceServers> {
  const account = { email: 'integration@example.org', password: 'Integration-1!' };
  const goData = await startGoData({
    seed: { users: [{ id: 'user-1', ...account }], locations },
    version: versions.godata ?? '2.50.3',
  });
  const dhis2 = await startDhis2({
    seed: demoMetadata(orgUnits),
    version: versions.dhis2 ?? '2.42',
  });
  return {
    dhis2,
    goData,
    credentials: {
      godata: { apiUrl: `${goData.url}/api`, ...account },
      dhis2: { hostUrl: dhis2.url, username: 'integration', password: 'Integration-1!' },
    },
    close: async () => {
      await Promise.all([goData.close(), dhis2.close()]);
    },
  };
}

/** What a run is given, where a test wants it otherwise. */
export interface PlaceRun {
  fetch?: FetchOrgUnitsOptions;
  toLocation?: ToLocation;
  map?: MapLocationsOptions;
  state?: Record<string, unknown>;
}

/** The mapping as the project ships it. */
export const TO_LOCATION: ToLocation = orgUnit => ({
  name: orgUnit.name,
  synonyms: [orgUnit.shortName],
  identifiers: [{ code: orgUnit.code, description: 'DHIS2 code' }],
  geographicalLevelId: adminLevel(orgUnit.depth),
  geoLocation: orgUnit.point,
  active: !orgUnit.closed,
});

/** Runs the three operations one after the other, as a workflow would. */
export async function runPlaceOperations(
  { credentials }: PlaceServers,
  { fetch, toLocation = TO_LOCATION, map, state }: PlaceRun = {},
) {
  const fetched = await fetchOrgUnits(fetch)({ configuration: credentials.dhis2, ...state });
  const mapped = mapLocations(toLocation, map)({ ...throughJson(fetched) });
  return upsertLocations()({ ...throughJson(mapped), configuration: credentials.godata });
}

/** Runs until the source has no more, each time with the state that the run before has left. */
export async function drainPlaceOperations(servers: PlaceServers, run: PlaceRun = {}) {
  let state = run.state ?? {};
  for (;;) {
    const { configuration: _, ...left } = await runPlaceOperations(servers, { ...run, state });
    if (!left.more) return left;
    state = { ...run.state, ...throughJson(left) };
  }
}

/** States travel between steps as JSON. */
function throughJson<T>(state: T): T {
  return JSON.parse(JSON.stringify(state));
}
