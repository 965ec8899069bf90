import { afterEach, describe, expect, it } from 'vitest';
import type { OrgUnit } from '#sandbox/dhis2/index.js';
import type { BothServers } from '../support/both-servers.js';
import {
  aLocation,
  aUnit,
  drainOrgUnitOperations,
  drainPlaceOperations,
  runPlaceWorkflow,
  startPlaceServers,
} from '../support/places.js';

const COUNTRY = 'CountryOu01';
const NORTH = 'RegionNort1';
const WORKFLOW = 'locations-to-org-units';
const units = () => [aUnit(COUNTRY, 'Country'), aUnit(NORTH, 'North', COUNTRY)];
/** Places that a user created in Go.Data, below one that came from DHIS2. */
const camps = () => [
  aLocation('camp-1', 'Camp', NORTH, { geoLocation: { lat: 1.5, lng: 2.5 } }),
  aLocation('camp-2', 'Lower camp', 'camp-1'),
];

let servers: BothServers;
afterEach(() => servers?.close());

const orgUnits = () => servers.dhis2.store.metadata.list('organisationUnits') as OrgUnit[];
const named = (name: string) => orgUnits().find(unit => unit.name === name)!;
const resetRequests = () => {
  servers.dhis2.requests.reset();
  servers.goData.requests.reset();
};
const writes = () => servers.dhis2.requests.writes() + servers.goData.requests.writes();

async function start(version?: string) {
  servers = await startPlaceServers(units(), camps(), { ...(version ? { dhis2: version } : {}) });
  await drainPlaceOperations(servers);
}

describe('the shipped workflow', () => {
  it('creates org units from locations, writes nothing the second time, and creates no second location on the way back', async () => {
    await start();
    const users = JSON.stringify(servers.dhis2.store.toJSON().users);
    const first = await runPlaceWorkflow(servers, {}, WORKFLOW);
    expect(first.errors).toEqual([]);
    expect(first.report['upsert-org-units']).toMatchObject({ created: 2 });
    expect(named('Camp')).toMatchObject({
      code: 'camp-1',
      parent: { id: NORTH },
      geometry: { type: 'Point', coordinates: [2.5, 1.5] },
    });
    expect(named('Lower camp').parent).toMatchObject({ id: named('Camp').id });
    expect(JSON.stringify(servers.dhis2.store.toJSON().users)).toBe(users);
    resetRequests();
    await runPlaceWorkflow(servers, {}, WORKFLOW);
    expect(writes()).toBe(0);
    // The way back recognises its locations.
    await drainPlaceOperations(servers);
    expect(servers.goData.store.locations.list()).toHaveLength(4);
    await drainOrgUnitOperations(servers);
    expect(orgUnits()).toHaveLength(4);
    resetRequests();
    await drainPlaceOperations(servers);
    await drainOrgUnitOperations(servers);
    expect(writes()).toBe(0);
  });

  it('runs both ways with a 2.44 whose pages omit the roots of the tree', async () => {
    await start('2.44');
    expect(servers.goData.store.locations.list()).toHaveLength(4);
    const { errors, report } = await runPlaceWorkflow(servers, {}, WORKFLOW);
    expect(errors).toEqual([]);
    expect(report['upsert-org-units']).toMatchObject({ created: 2 });
    expect(named('Camp')).toMatchObject({ parent: { id: NORTH } });
  });

  it('shows in a dry run what it would do, and writes nothing', async () => {
    await start();
    resetRequests();
    const { plan } = await runPlaceWorkflow(servers, { dryRun: true }, WORKFLOW);
    expect(plan!.rows.filter(([, change]) => change === 'create')).toHaveLength(2);
    expect(writes()).toBe(0);
    expect(orgUnits()).toHaveLength(2);
  });
});

describe('edits in Go.Data', () => {
  it('rename, close and open the org units that were created from locations, and no others', async () => {
    await start();
    await drainOrgUnitOperations(servers);
    const { locations } = servers.goData.store;
    locations.update('camp-1', { name: 'Great camp' });
    locations.update('camp-2', { active: false });
    locations.update(NORTH, { name: 'Renamed by hand' });
    await drainOrgUnitOperations(servers);
    expect(named('Great camp').code).toBe('camp-1');
    expect(named('Lower camp').closedDate).toMatch(/^\d{4}-\d{2}-\d{2}/);
    expect(named('North').id).toBe(NORTH);
    resetRequests();
    await drainOrgUnitOperations(servers);
    expect(writes()).toBe(0);
    locations.update('camp-2', { active: true });
    await drainOrgUnitOperations(servers);
    expect(named('Lower camp').closedDate ?? null).toBeNull();
  });

  it('deletions change nothing in DHIS2', async () => {
    await start();
    await drainOrgUnitOperations(servers);
    servers.goData.store.locations.delete('camp-2');
    resetRequests();
    await drainOrgUnitOperations(servers);
    expect(writes()).toBe(0);
    await drainOrgUnitOperations(servers, { map: { whenDeleted: 'close' } });
    expect(named('Lower camp').closedDate).toMatch(/^\d{4}/);
  });
});

it('a run that is stopped at any request ends, after a restart, where an undisturbed run ends', async () => {
  const shape = () => orgUnits().map(({ id, name, code, parent }) => [id, name, code, parent?.id]);
  await start();
  resetRequests();
  await drainOrgUnitOperations(servers);
  const wanted = shape();
  const requests = servers.dhis2.requests.count();
  expect(requests).toBeGreaterThan(3);
  for (let k = 1; k <= requests; k += 1) {
    await servers.close();
    await start();
    const at = Array.from({ length: 100 }, (_, n) => k + n);
    servers.dhis2.faults.add({ kind: 'status', status: 418, body: {}, at });
    await drainOrgUnitOperations(servers).catch(() => {});
    servers.dhis2.faults.clear();
    await drainOrgUnitOperations(servers);
    expect(shape().sort(), `stopped at ${k}`).toEqual([...wanted].sort());
  }
});
