import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { OrgUnit } from '#sandbox/dhis2/index.js';
import type { GoDataRecord } from '#sandbox/godata/index.js';
import type { BothServers } from '../support/both-servers.js';
import { aLocation, aUnit, startPlaceServers } from '../support/places.js';
import { startProxy } from '../support/proxy.js';
import { recordsOf } from '../support/records.js';
import { createUndoProject } from './support/undo.js';

const COUNTRY = 'CountryOu01';
const NORTH = 'RegionNort1';
const SOUTH = 'RegionSout1';
const ACRE = 'VillageAcr1';
const BREN = 'VillageBre1';

const tree = (): OrgUnit[] => [
  aUnit(COUNTRY, 'Country'),
  aUnit(NORTH, 'North', COUNTRY),
  aUnit(SOUTH, 'South', COUNTRY),
  aUnit(ACRE, 'Acre', NORTH),
  aUnit(BREN, 'Bren', NORTH),
];

let servers: BothServers;
afterEach(() => servers?.close());

const units = () => servers.dhis2.store.metadata.list('organisationUnits') as OrgUnit[];
const unit = (id: string) => units().find(one => one.id === id)!;
const put = (id: string, changes: Partial<OrgUnit>) =>
  servers.dhis2.store.metadata.put('organisationUnits', { ...unit(id), ...changes } as OrgUnit);
const locations = () => servers.goData.store.locations.list();
const at = (id: string) => locations().find(one => one.id === id) as GoDataRecord;
const putLocation = (id: string, changes: object) =>
  servers.goData.store.locations.put({ ...at(id), ...changes } as GoDataRecord);

/** Locations without what every write changes. */
const plain = (all: GoDataRecord[]) =>
  all
    .map(({ id, name, parentLocationId, active, synonyms, geoLocation, identifiers }) => ({
      ...{ id, name, parentLocationId, active, synonyms, geoLocation, identifiers },
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

describe('godata-dhis2 undo of locations', () => {
  it('gives fields back, also of places that exchanged their names or parents, and twice writes nothing', async () => {
    servers = await startPlaceServers(tree());
    const project = createUndoProject(servers, 'org-units-to-locations');
    await project.run();
    const before = plain(locations());
    put(ACRE, { name: 'Bren', shortName: 'New' });
    put(BREN, { name: 'Acre' });
    put(NORTH, { parent: { id: SOUTH } } as Partial<OrgUnit>);
    put(SOUTH, { name: 'Sud', geometry: { type: 'Point', coordinates: [2.5, 1.5] } } as never);
    const time = await project.run();
    expect(plain(locations())).not.toEqual(before);

    const undone = await project.undo(time, '--yes');
    expect(undone.stderr).not.toContain('Error');
    expect(undone.status).toBe(0);
    const wanted = before.map(one => ({ ...one, geoLocation: one.geoLocation ?? null }));
    expect(
      plain(locations()).map(one => ({ ...one, geoLocation: one.geoLocation ?? null })),
    ).toEqual(wanted);
    servers.goData.requests.reset();
    const again = await project.undo(time, '--yes');
    expect(again.stdout).toContain('Nothing had to change.');
    expect(servers.goData.requests.writes()).toBe(0);
  });

  it('makes new ones inactive, children before parents, and active again when that is taken back', async () => {
    servers = await startPlaceServers(tree());
    const project = createUndoProject(servers, 'org-units-to-locations');
    const time = await project.run();
    const undone = await project.undo(time, '--yes');
    expect(undone.status).toBe(0);
    expect(undone.stdout).toContain('they are not deleted, because records may refer to them');
    expect(locations().map(({ active }) => active)).toEqual(tree().map(() => false));
    const own = path.basename(recordsOf(project.folder, 'org-units-to-locations').at(-1)!);
    const back = await project.undo(own, '--yes');
    expect(back.stderr).not.toContain('Error');
    expect(locations().map(({ active }) => active)).toEqual(tree().map(() => true));
  });

  it('takes back what a run wrote before it failed', async () => {
    servers = await startPlaceServers(tree());
    const proxy = await startProxy(servers.goData.url, {
      stop: url => (url.pathname.endsWith('/import') ? 'after' : undefined),
    });
    const apiUrl = servers.credentials.godata.apiUrl.replace(servers.goData.url, proxy.url);
    const godata = { ...servers.credentials.godata, apiUrl };
    const through = { ...servers, credentials: { ...servers.credentials, godata } };
    const project = createUndoProject(through, 'org-units-to-locations');
    const time = await project.run();
    expect(project.report().status).toBe('failed');
    expect(locations().length).toBe(tree().length);
    const { status } = await project.undo(time, '--yes');
    expect(status).toBe(0);
    expect(locations().map(({ active }) => active)).toEqual(tree().map(() => false));
  });

  it('leaves alone what somebody has changed since', async () => {
    servers = await startPlaceServers(tree());
    const project = createUndoProject(servers, 'org-units-to-locations');
    await project.run();
    const { identifiers } = at(ACRE);
    put(ACRE, { name: 'Akre', code: 'A' });
    const time = await project.run();
    putLocation(ACRE, { name: 'By hand' });
    const { status, stdout } = await project.undo(time, '--yes');
    expect(status).toBe(0);
    expect(stdout).toContain(`left out, changed-since: 1: ${ACRE} name (1)`);
    expect(at(ACRE)).toMatchObject({ name: 'By hand', identifiers });
  });
});

describe('godata-dhis2 undo of org units', () => {
  const camp = () => aLocation('camp-1', 'Camp', NORTH, { geoLocation: { lat: 1.5, lng: 2.5 } });

  async function start() {
    servers = await startPlaceServers(tree());
    const there = createUndoProject(servers, 'org-units-to-locations');
    await there.run();
    servers.goData.store.locations.put(camp());
    return createUndoProject(servers, 'locations-to-org-units');
  }
  const campUnit = () => units().find(({ code }) => code === 'camp-1')!;

  it('closes new ones, and gives fields back', async () => {
    const project = await start();
    const made = await project.run();
    const before = campUnit();
    putLocation('camp-1', {
      name: 'Camp 2',
      parentLocationId: SOUTH,
      geoLocation: { lat: 3, lng: 4 },
    });
    const changed = await project.run();
    expect(campUnit()).toMatchObject({ name: 'Camp 2', parent: { id: SOUTH } });

    const undone = await project.undo(changed, '--yes');
    expect(undone.stderr).not.toContain('Error');
    expect(undone.status).toBe(0);
    const { name, shortName, parent, geometry } = campUnit();
    expect({ name, shortName, parent, geometry }).toEqual({
      name: before.name,
      shortName: before.shortName,
      parent: before.parent,
      geometry: before.geometry,
    });

    const closed = await project.undo(made, '--yes');
    expect(closed.status).toBe(0);
    expect(closed.stdout).toContain('they are not deleted, because data may belong to them');
    expect(campUnit().closedDate).toMatch(/^\d{4}-\d\d-\d\d/);
    servers.dhis2.requests.reset();
    const again = await project.undo(made, '--yes');
    expect(again.stdout).toContain('Nothing had to change.');
    expect(servers.dhis2.requests.writes()).toBe(0);
  });

  it('leaves alone what somebody has changed or deleted since', async () => {
    const project = await start();
    const made = await project.run();
    putLocation('camp-1', { name: 'Camp 2' });
    const time = await project.run();
    put(campUnit().id, { name: 'By hand' });
    const { status, stdout } = await project.undo(time, '--yes');
    expect(status).toBe(0);
    expect(stdout).toContain('left out, changed-since: 1');
    expect(campUnit()).toMatchObject({ name: 'By hand', shortName: 'Camp' });
    servers.dhis2.store.metadata.delete('organisationUnits', campUnit().id);
    const gone = await project.undo(made, '--yes');
    expect(gone.stdout).toContain('Nothing had to change.');
    expect(gone.stdout).not.toContain('not deleted');
  });
});
