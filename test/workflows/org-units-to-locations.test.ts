import { afterEach, describe, expect, it } from 'vitest';
import type { Location } from '#godata/client/requests/locations.js';
import type { OrgUnit } from '#sandbox/dhis2/index.js';
import type { GoDataRecord } from '#sandbox/godata/index.js';
import type { BothServers } from '../support/both-servers.js';
import { runCommand, temporaryJson } from '../support/command.js';
import {
  aUnit,
  drainPlaceOperations,
  type FileUnit,
  HAS_REAL_FILES,
  polygonsOf,
  REAL_FILES,
  readUnitFile,
  runPlaceOperations,
  runPlaceWorkflow,
  startPlaceServers,
} from '../support/places.js';
import { isIn } from '../support/polygons.js';

const COUNTRY = 'CountryOu01';
const NORTH = 'RegionNort1';
const SOUTH = 'RegionSout1';
const ACRE = 'VillageAcr1';
const BREN = 'VillageBre1';
const COLL = 'VillageCol1';
const NEW = 'VillageNew1';
const YESTERDAY = '2026-01-01';

const tree = (): OrgUnit[] => [
  aUnit(COUNTRY, 'Country', undefined, { code: 'C' }),
  aUnit(NORTH, 'North', COUNTRY, { code: 'N' }),
  aUnit(SOUTH, 'South', COUNTRY, { code: 'S' }),
  aUnit(ACRE, 'Acre', NORTH, { code: 'A' }),
  aUnit(BREN, 'Bren', NORTH, { code: 'B' }),
  aUnit(COLL, 'Coll', SOUTH),
];

const byHand = (id: string, name: string, parent: string | null, more: object = {}) =>
  ({ id, name, active: true, parentLocationId: parent, ...more }) as GoDataRecord;

let servers: BothServers;
afterEach(() => servers?.close());

async function start(...args: Parameters<typeof startPlaceServers>) {
  servers = await startPlaceServers(...args);
  return servers;
}

const at = (id: string) => servers.goData.store.locations.get(id) as Location | undefined;
const put = (unit: OrgUnit) => servers.dhis2.store.metadata.put('organisationUnits', unit);
const remove = (id: string) => servers.dhis2.store.metadata.delete('organisationUnits', id);
const levelOf = (id: string) => at(id)?.geographicalLevelId?.split('_').at(-1);

/** `Country/North/Acre` → id, closed ones in brackets. */
function places(): Record<string, string> {
  const pathOf = (location: Location): string => {
    const parent = location.parentLocationId ? at(location.parentLocationId) : undefined;
    const own = location.active === false ? `(${location.name})` : location.name;
    return parent ? `${pathOf(parent)}/${own}` : own;
  };
  const all = servers.goData.store.locations.list() as unknown as Location[];
  return Object.fromEntries(all.map(one => [pathOf(one), one.id]));
}

/** Runs, and returns the report of the writing step. */
async function run(
  ...args: Parameters<typeof runPlaceOperations> extends [unknown, ...infer R] ? R : never
) {
  const { report } = await runPlaceOperations(servers, ...args);
  return report['upsert-locations']!;
}

async function expectNothingToChange(options: Parameters<typeof run>[0] = {}) {
  servers.goData.requests.reset();
  const report = await run(options);
  expect(servers.goData.requests.writes()).toBe(0);
  expect(report).toMatchObject({ created: 0, updated: 0, deactivated: 0 });
}

describe('an empty Go.Data', () => {
  it('gets the tree under the ids of the org units, and a second run writes nothing', async () => {
    await start(tree());
    const { exitStatus, report } = await runPlaceWorkflow(servers);
    expect(exitStatus).toBe(0);
    expect(report['upsert-locations']).toMatchObject({ read: 6, created: 6, updated: 0 });
    expect(places()).toEqual({
      Country: COUNTRY,
      'Country/North': NORTH,
      'Country/South': SOUTH,
      'Country/North/Acre': ACRE,
      'Country/North/Bren': BREN,
      'Country/South/Coll': COLL,
    });
    expect(at(ACRE)).toMatchObject({
      identifiers: [
        { code: 'A', description: 'DHIS2 code' },
        { code: ACRE, description: 'DHIS2 id' },
      ],
      geographicalLevelId: 'LNG_REFERENCE_DATA_CATEGORY_LOCATION_GEOGRAPHICAL_LEVEL_ADMIN_LEVEL_2',
    });
    servers.goData.requests.reset();
    const second = await runPlaceWorkflow(servers);
    expect(second.report['upsert-locations']).toMatchObject({ created: 0, unchanged: 6 });
    expect(second.plan!.total).toBe(0);
    expect(servers.goData.requests.writes()).toBe(0);
    expect(servers.dhis2.requests.writes()).toBe(0);
  });

  it('gets points the right way round, of areas too, and keeps them when DHIS2 has none', async () => {
    const box = [
      [
        [10, 50],
        [12, 50],
        [12, 52],
        [10, 52],
        [10, 50],
      ],
    ];
    await start([
      ...tree(),
      aUnit('VillagePnt1', 'Point', SOUTH, {
        geometry: { type: 'Point', coordinates: [-6.5, 33.3] },
      }),
      aUnit('VillageBox1', 'Box', SOUTH, { geometry: { type: 'Polygon', coordinates: box } }),
    ]);
    await run();
    expect(at('VillagePnt1')!.geoLocation).toEqual({ lat: 33.3, lng: -6.5 });
    expect(at('VillageBox1')!.geoLocation).toEqual({ lat: 51, lng: 11 });
    put(aUnit('VillagePnt1', 'Point', SOUTH));
    await expectNothingToChange();
    expect(at('VillagePnt1')!.geoLocation).toEqual({ lat: 33.3, lng: -6.5 });
  });

  it('gets a tree of more than ten levels, the lowest at level 9', async () => {
    const id = (n: number) => `Level${String(n).padStart(6, '0')}`;
    await start(
      Array.from({ length: 13 }, (_, n) => aUnit(id(n), `L${n}`, n > 0 ? id(n - 1) : undefined)),
    );
    await run();
    expect([0, 1, 8, 9, 10, 12].map(n => levelOf(id(n)))).toEqual(['0', '1', '8', '9', '9', '9']);
    expect(Object.keys(places()).at(-1)).toBe(
      Array.from({ length: 13 }, (_, n) => `L${n}`).join('/'),
    );
    await expectNothingToChange();
  });

  it.each(['2.50.3', '2.48', '2.34'])(
    'gets each of 1,300 children at its place, chunk after chunk (Go.Data %s)',
    async godata => {
      const units = Array.from({ length: 1300 }, (_, n) =>
        aUnit(`Child${String(n).padStart(6, '0')}`, `Child ${n}`, n % 2 ? NORTH : SOUTH),
      );
      await start([...tree(), ...units], [], { godata });
      await run();
      for (const { id, parent } of units) expect(at(id)!.parentLocationId).toBe(parent!.id);
      expect(servers.goData.requests.byRoute()['POST /api/locations/import']).toBe(3);
      await expectNothingToChange();
    },
  );

  it('gets siblings with one name, ignoring case and accents, under distinct names', async () => {
    await start([
      ...tree(),
      aUnit('VillageDup1', 'ACRE', NORTH, { code: 'A2' }),
      aUnit('VillageDup2', 'Évora', SOUTH),
      aUnit('VillageDup3', 'E\u0301VORA', SOUTH, { code: 'E3' }),
      aUnit('VillageDup4', 'Evora', SOUTH),
      aUnit('VillageSyn1', 'Bren Health Post', NORTH, { shortName: 'Bren' }),
    ]);
    const { report, exitStatus } = await runPlaceWorkflow(servers);
    expect(exitStatus).toBe(0);
    const named = (...ids: string[]) => ids.map(id => at(id)!.name);
    expect(named(ACRE, 'VillageDup1')).toEqual(['Acre (A)', 'ACRE (A2)']);
    expect(named('VillageDup2', 'VillageDup3', 'VillageDup4')).toEqual([
      'Évora (VillageDup2)',
      'E\u0301VORA (E3)',
      'Evora',
    ]);
    expect(named(BREN, 'VillageSyn1')).toEqual(['Bren (B)', 'Bren Health Post']);
    expect(at('VillageSyn1')!.synonyms).toEqual(['Bren']);
    const { adjusted = [] } = report['map-locations']!;
    expect(adjusted.map(({ code, id }) => [code, id]).sort()).toEqual(
      [ACRE, 'VillageDup1', 'VillageDup2', 'VillageDup3', BREN]
        .map(id => ['SIBLING_NAME', id])
        .sort(),
    );
    await expectNothingToChange();
  });
});

describe.skipIf(!HAS_REAL_FILES)('the org units of a country (needs ../shared/data)', () => {
  const inDhis2 = (units: FileUnit[]) => {
    const ids = new Set(units.map(({ id }) => id));
    return units.map(unit => {
      const { id, name, code, coordinates, parent } = unit;
      const shape = coordinates ? JSON.parse(coordinates) : undefined;
      const type = polygonsOf(unit).length > 0 ? 'MultiPolygon' : 'Point';
      return aUnit(id, name, parent && ids.has(parent.id) ? parent.id : undefined, {
        ...(code ? { code } : {}),
        ...(shape ? { geometry: { type, coordinates: shape } } : {}),
      });
    });
  };

  it.each(REAL_FILES.flatMap(one => ['2.50.3', '2.48'].map(godata => ({ ...one, godata }))))(
    '$country: all $count, each at its place and inside its own borders (Go.Data $godata)',
    async ({ file, count, box, godata }) => {
      const units = readUnitFile(file);
      await start(inDhis2(units), [], { godata });
      const { exitStatus, report } = await runPlaceWorkflow(servers);
      expect(exitStatus).toBe(0);
      expect(report['upsert-locations']).toMatchObject({ read: count, created: count });
      const [south, north, west, east] = box as [number, number, number, number];
      const ids = new Set(units.map(({ id }) => id));
      for (const unit of units) {
        const { parentLocationId, geoLocation, name } = at(unit.id)!;
        expect(name.startsWith(unit.name.trim()), unit.id).toBe(true);
        expect(parentLocationId ?? null, unit.id).toBe(
          ids.has(unit.parent!.id) ? unit.parent!.id : null,
        );
        expect(geoLocation != null, unit.id).toBe(unit.coordinates !== undefined);
        if (!geoLocation) continue;
        const { lat, lng } = geoLocation;
        expect(lat > south && lat < north && lng > west && lng < east, unit.id).toBe(true);
        const polygons = polygonsOf(unit);
        const isInside = polygons.length === 0 || polygons.some(one => isIn(one, geoLocation));
        expect(isInside, unit.id).toBe(true);
      }
      servers.goData.requests.reset();
      servers.dhis2.requests.reset();
      const second = await runPlaceWorkflow(servers);
      expect(second.report['upsert-locations']).toMatchObject({ created: 0, unchanged: count });
      expect(servers.goData.requests.writes()).toBe(0);
      // A login and the list; the server's day, the tree, and what each page of it holds.
      expect(servers.goData.requests.count()).toBe(2);
      expect(servers.dhis2.requests.count()).toBeLessThanOrEqual(Math.ceil(count / 500) + 6);
    },
  );
});

describe('changes in DHIS2', () => {
  it('make exactly as many writes', async () => {
    await start(tree());
    await run();
    const writesOf = async (edit: () => void) => {
      edit();
      servers.goData.requests.reset();
      const { rejectedCount = 0 } = await run();
      expect(rejectedCount).toBe(0);
      return servers.goData.requests.writes();
    };
    expect(await writesOf(() => put(aUnit(ACRE, 'Acres', NORTH, { code: 'A' })))).toBe(1);
    expect(at(ACRE)).toMatchObject({ name: 'Acres' });
    expect(await writesOf(() => put(aUnit(ACRE, 'Acres', SOUTH, { code: 'A' })))).toBe(1);
    expect(at(ACRE)).toMatchObject({ parentLocationId: SOUTH });
    expect(await writesOf(() => put(aUnit(ACRE, 'Acres', COUNTRY, { code: 'A9' })))).toBe(1);
    expect(levelOf(ACRE)).toBe('1');
    expect(at(ACRE)!.identifiers![0]).toEqual({ code: 'A9', description: 'DHIS2 code' });
    expect(await writesOf(() => put(aUnit(ACRE, 'Acres', COUNTRY)))).toBe(1);
    expect(at(ACRE)!.identifiers).toEqual([{ code: ACRE, description: 'DHIS2 id' }]);
    expect(
      await writesOf(() => {
        put(aUnit(NEW, 'New', SOUTH));
        put(aUnit('VillageNew2', 'Newer', NEW));
      }),
    ).toBe(1);
    expect(places()['Country/South/New/Newer']).toBe('VillageNew2');
    expect(
      await writesOf(() => {
        put(aUnit(BREN, 'Coll', SOUTH, { code: 'B' }));
        put(aUnit(COLL, 'Bren', NORTH));
      }),
      // Each needs the other's place and name: one gets a temporary name.
    ).toBe(3);
    expect(places()).toMatchObject({ 'Country/South/Coll': BREN, 'Country/North/Bren': COLL });
  });

  it('exchange names through a temporary one', async () => {
    await start(tree());
    await run();
    put(aUnit(ACRE, 'Bren', NORTH, { code: 'A' }));
    put(aUnit(BREN, 'Acre', NORTH, { code: 'B' }));
    servers.goData.requests.reset();
    await run();
    expect(places()).toMatchObject({ 'Country/North/Bren': ACRE, 'Country/North/Acre': BREN });
    expect(servers.goData.requests.writes()).toBe(3);
    await expectNothingToChange();
  });

  it('pass a name on along many siblings', async () => {
    const id = (n: number) => `Ward${String(n).padStart(7, '0')}`;
    const wards = (shift: number) =>
      Array.from({ length: 250 }, (_, n) => aUnit(id(n), `Ward ${n + shift}`, NORTH));
    await start([...tree(), ...wards(0)]);
    await run();
    for (const ward of wards(1)) put(ward);
    expect(await run()).toMatchObject({ updated: 250 });
    for (const n of [0, 125, 249]) expect(at(id(n))!.name).toBe(`Ward ${n + 1}`);
    await expectNothingToChange();
  });

  it('put a new parent between two', async () => {
    await start(tree());
    await run();
    put(aUnit(NEW, 'Middle', COUNTRY));
    put(aUnit(NORTH, 'North', NEW, { code: 'N' }));
    await run();
    expect(places()['Country/Middle/North/Acre']).toBe(ACRE);
    expect([NORTH, ACRE].map(levelOf)).toEqual(['2', '3']);
    await expectNothingToChange();
  });

  it('turn a parent and its child round', async () => {
    await start(tree());
    await run();
    put(aUnit(ACRE, 'Acre', COUNTRY, { code: 'A' }));
    put(aUnit(NORTH, 'North', ACRE, { code: 'N' }));
    await run();
    expect(places()['Country/Acre/North/Bren']).toBe(BREN);
    await expectNothingToChange();
  });
});

describe('a closed or deleted org unit', () => {
  it('becomes inactive, children before parents, and active again when it is open again', async () => {
    await start(tree());
    await run();
    for (const unit of tree().filter(({ id }) => [NORTH, ACRE, BREN].includes(id))) {
      put({ ...unit, closedDate: YESTERDAY });
    }
    remove(COLL);
    expect(await run()).toMatchObject({ deactivated: 4, updated: 0, created: 0 });
    expect(Object.keys(places()).sort()).toEqual([
      'Country',
      'Country/(North)',
      'Country/(North)/(Acre)',
      'Country/(North)/(Bren)',
      'Country/South',
      'Country/South/(Coll)',
    ]);
    await expectNothingToChange();
    for (const unit of tree()) put(unit);
    expect(await run()).toMatchObject({ updated: 4, deactivated: 0 });
    expect(Object.values(places()).map(id => at(id)!.active)).toEqual(Array(6).fill(true));
    await expectNothingToChange();
  });

  it('is not closed before its day', async () => {
    await start([...tree(), aUnit(NEW, 'New', SOUTH, { closedDate: '2026-05-10' })]);
    await run({ state: { today: '2026-05-09' } });
    expect(at(NEW)!.active).toBe(true);
    await run({ state: { today: '2026-05-10' } });
    expect(at(NEW)!.active).toBe(false);
  });

  it('stays active above an open org unit of DHIS2, and is reported', async () => {
    await start([]);
    for (const unit of tree()) put(unit.id === NORTH ? { ...unit, closedDate: YESTERDAY } : unit);
    const { report } = await runPlaceWorkflow(servers);
    expect(at(NORTH)!.active).toBe(true);
    expect(report['map-locations']!.adjusted).toEqual([
      expect.objectContaining({ id: NORTH, code: 'OPEN_BELOW' }),
    ]);
    put({ ...tree()[3]!, closedDate: YESTERDAY });
    put({ ...tree()[4]!, closedDate: YESTERDAY });
    await run();
    expect([NORTH, ACRE, BREN].map(id => at(id)!.active)).toEqual([false, false, false]);
  });

  it('stays active above a location made by hand, until that is inactive', async () => {
    await start(tree());
    await run();
    servers.goData.store.locations.put(byHand('camp', 'Camp', ACRE));
    for (const unit of tree().filter(({ id }) => [NORTH, ACRE, BREN].includes(id))) {
      put({ ...unit, closedDate: YESTERDAY });
    }
    const report = await run();
    expect(report).toMatchObject({ deactivated: 1 });
    expect(report.adjusted!.map(({ id, code }) => [code, id])).toEqual([
      ['ACTIVE_BELOW', ACRE],
      ['ACTIVE_BELOW', NORTH],
    ]);
    expect([NORTH, ACRE, BREN].map(id => at(id)!.active)).toEqual([true, true, false]);
    await expectNothingToChange();
    servers.goData.store.locations.update('camp', { active: false });
    expect(await run()).toMatchObject({ deactivated: 2 });
    expect([NORTH, ACRE].map(id => at(id)!.active)).toEqual([false, false]);
  });

  it('leaves its name to a successor', async () => {
    await start(tree());
    await run();
    remove(ACRE);
    put(aUnit(NEW, 'Acre', NORTH));
    await run();
    expect(places()).toMatchObject({
      'Country/North/Acre': NEW,
      [`Country/North/(Acre (${ACRE}))`]: ACRE,
    });
    await expectNothingToChange();
  });
});

describe('locations made by hand', () => {
  it.each([
    ['the same name in another case', { name: 'ACRE' }],
    ['the code among its identifiers', { name: 'Acre Town', identifiers: [{ code: 'A' }] }],
  ])('are linked to the org unit with the same parent: %s', async (_, traits) => {
    await start(tree(), [
      byHand('uuid-country', 'country', null, { populationDensity: 7, synonyms: ['Land'] }),
      byHand('uuid-north', 'North', 'uuid-country', {
        identifiers: [{ code: 'ISO-N', description: 'ISO' }],
      }),
      byHand('uuid-acre', 'Acre', 'uuid-north', traits),
      byHand('uuid-elsewhere', 'Coll', 'uuid-north'),
    ]);
    expect(await run()).toMatchObject({ created: 3, updated: 3, read: 6 });
    expect(places()).toEqual({
      Country: 'uuid-country',
      'Country/North': 'uuid-north',
      'Country/North/Acre': 'uuid-acre',
      'Country/North/Bren': BREN,
      'Country/North/Coll': 'uuid-elsewhere',
      'Country/South': SOUTH,
      'Country/South/Coll': COLL,
    });
    expect(at('uuid-country')).toMatchObject({ populationDensity: 7, synonyms: ['Land'] });
    expect(at('uuid-north')!.identifiers).toEqual([
      { code: 'N', description: 'DHIS2 code' },
      { code: NORTH, description: 'DHIS2 id' },
      { code: 'ISO-N', description: 'ISO' },
    ]);
    await expectNothingToChange();
    // Once it is linked, it is recognised wherever it moves.
    put(aUnit(ACRE, 'Acre Major', SOUTH, { code: 'A7' }));
    await run();
    expect(places()['Country/South/Acre Major']).toBe('uuid-acre');
  });

  it('are not linked when the mapping says so: the org unit is rejected with all below', async () => {
    await start(
      [...tree(), aUnit(NEW, 'Below', ACRE)],
      [byHand('uuid-country', 'Country', null), byHand('uuid-acre', 'Acre', NORTH)],
    );
    servers.goData.store.locations.put(byHand(COUNTRY, 'Realm', null));
    servers.goData.store.locations.put(byHand(NORTH, 'North', COUNTRY));
    const never = { map: { link: [] } };
    const report = await run(never);
    expect(report.rejected!.map(({ id, code }) => [id, code])).toEqual([
      [COUNTRY, 'NAME_TAKEN'],
      [ACRE, 'NAME_TAKEN'],
      [NEW, 'PARENT_NOT_THERE'],
    ]);
    expect(at(ACRE)).toBeUndefined();
    expect(at(BREN)).toBeDefined();
    servers.goData.store.locations.update('uuid-acre', { name: 'Old Acre' });
    servers.goData.store.locations.update('uuid-country', { name: 'Old Country' });
    expect(await run(never)).toMatchObject({ created: 2, updated: 1 });
    expect(places()['Country/North/Acre/Below']).toBe(NEW);
    await expectNothingToChange(never);
  });

  it('may have an org unit’s name for a synonym, which Go.Data accepts', async () => {
    await start(tree(), []);
    await run();
    servers.goData.store.locations.put(
      byHand('uuid-market', 'Market', NORTH, { synonyms: ['New'] }),
    );
    put(aUnit(NEW, 'New', NORTH, { shortName: 'Newton' }));
    expect(await run()).toMatchObject({ created: 1 });
    expect(places()['Country/North/New']).toBe(NEW);
    expect(at('uuid-market')!.synonyms).toEqual(['New']);
    put(aUnit(BREN, 'Bren', NORTH, { code: 'B', shortName: 'New' }));
    const { adjusted = [] } = await run();
    expect(adjusted.map(({ id, code }) => [id, code])).toEqual([[BREN, 'SIBLING_SYNONYM']]);
    expect(at(BREN)!.synonyms).toEqual([]);
  });

  it('keep a root that users moved below them', async () => {
    await start(tree(), [byHand('uuid-world', 'World', null)]);
    await run();
    servers.goData.store.locations.update(COUNTRY, { parentLocationId: 'uuid-world' });
    await expectNothingToChange();
    expect(places()['World/Country/North/Acre']).toBe(ACRE);
  });

  it('stay as they are if they are copies with a mark, and keep their name', async () => {
    await start(tree());
    await run();
    const mark = [{ code: ACRE, description: 'DHIS2 id' }];
    servers.goData.store.locations.put(byHand('copy', 'Acre II', NORTH, { identifiers: mark }));
    servers.goData.requests.reset();
    const report = await run();
    expect(servers.goData.requests.writes()).toBe(0);
    expect(report.adjusted).toEqual([
      expect.objectContaining({ id: 'copy', code: 'MARKED_TWICE' }),
    ]);
    put(aUnit(NEW, 'Acre II', NORTH));
    expect((await run()).rejected!.map(({ id, code }) => [id, code])).toEqual([
      [NEW, 'NAME_TAKEN'],
    ]);
    remove(ACRE);
    await run();
    expect([at(ACRE)!.active, at('copy')!.active]).toEqual([false, true]);
  });

  it('are distinguished by the mark from those of another DHIS2', async () => {
    const other = [{ code: 'OtherDistri', description: 'Other DHIS2' }];
    await start(tree());
    await run();
    servers.goData.store.locations.put(
      byHand('OtherDistri', 'Elsewhere', COUNTRY, { identifiers: other }),
    );
    await expectNothingToChange();
    expect(at('OtherDistri')!.active).toBe(true);
  });
});

describe('locations that were deleted in Go.Data', () => {
  it.each(['2.50.3', '2.48'])('are restored, with all below (Go.Data %s)', async godata => {
    await start(tree(), [], { godata });
    await run();
    for (const id of [ACRE, BREN, NORTH]) servers.goData.store.locations.delete(id);
    put(aUnit(NEW, 'New', ACRE));
    const { plan, report } = await runPlaceWorkflow(servers);
    expect(plan!.rows.map(([place, change]) => [place, change])).toEqual([
      ['Country', null],
      ['  North', 'restore'],
      ['    Acre', 'restore'],
      ['      New', 'create'],
      ['    Bren', 'restore'],
    ]);
    expect(report['upsert-locations']).toMatchObject({ created: 4, adjustedCount: 3 });
    expect(places()['Country/North/Acre/New']).toBe(NEW);
    await expectNothingToChange();
  });

  it('stay deleted if DHIS2 no longer has them', async () => {
    await start(tree());
    await run();
    remove(ACRE);
    servers.goData.store.locations.delete(ACRE);
    await expectNothingToChange();
  });
});

describe('a part of the tree', () => {
  it('is what is below the chosen roots, by id or code, down to a level', async () => {
    await start([...tree(), aUnit(NEW, 'Ward', ACRE), aUnit('IslandOu001', 'Island', COUNTRY)]);
    // A root below another one is a part of its tree.
    const fetch = { roots: ['N', SOUTH, ACRE], level: 3 };
    expect(await run({ fetch })).toMatchObject({ created: 5, read: 5 });
    expect(places()).toEqual({
      North: NORTH,
      South: SOUTH,
      'North/Acre': ACRE,
      'North/Bren': BREN,
      'South/Coll': COLL,
    });
    expect([NORTH, SOUTH, ACRE].map(levelOf)).toEqual(['0', '0', '1']);
    await expectNothingToChange({ fetch });
    // With a smaller choice: what is outside is not touched, and what is below the level counts as
    // deleted.
    expect(await run({ fetch: { roots: [NORTH], level: 2 } })).toMatchObject({ deactivated: 2 });
    expect([ACRE, BREN, SOUTH, COLL].map(id => at(id)!.active)).toEqual([false, false, true, true]);
  });

  it('stops before it writes if a root is not known', async () => {
    await start(tree());
    await expect(run({ fetch: { roots: [NORTH, 'Nowhere'] } })).rejects.toMatchObject({
      code: 'UNKNOWN_ORG_UNIT',
      kind: 'configuration',
      message: expect.stringContaining('"Nowhere"'),
    });
    await expect(run({ fetch: { roots: [ACRE], level: 2 } })).rejects.toMatchObject({
      code: 'NO_ORG_UNITS',
    });
    expect(servers.goData.requests.count()).toBe(0);
  });

  it.each([
    [{ roots: 'ImspTQPwCqd' }, 'roots'],
    [{ roots: [''] }, 'roots'],
    [{ level: 0 }, 'level'],
    [{ pageSize: 20_000 }, 'pageSize'],
    [{ batchSize: 1.5 }, 'batchSize'],
    [{ root: 'x' }, '"root"'],
  ])('refuses %j', async (fetch, word) => {
    await start(tree());
    await expect(run({ fetch: fetch as never })).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining(word),
    });
  });

  it('continues where the former run ended, and closes nothing before the last part', async () => {
    await start(tree());
    await run();
    put({ ...tree()[2]!, closedDate: YESTERDAY });
    put({ ...tree()[5]!, closedDate: YESTERDAY });
    remove(ACRE);
    put(aUnit(NEW, 'New', NORTH));
    const state = { batchSize: 2 };
    const first = await runPlaceOperations(servers, { state });
    expect(first).toMatchObject({ more: true, cursor: { after: { level: 0 } }, batchSize: 2 });
    const dry = await runPlaceOperations(servers, {
      state: { ...state, cursor: first.cursor, dryRun: true },
    });
    expect(dry.cursor).toEqual(first.cursor);
    expect(dry.report['upsert-locations']!.warnings).toEqual([
      expect.stringContaining('larger than one run'),
    ]);
    const second = await runPlaceOperations(servers, { state: { ...state, cursor: first.cursor } });
    expect(second).toMatchObject({ more: true, cursor: { closing: [SOUTH] } });
    expect(second.report['upsert-locations']).toMatchObject({ deactivated: 0 });
    const third = await runPlaceOperations(servers, { state: { ...state, cursor: second.cursor } });
    expect(third).toMatchObject({ more: true });
    expect(at(NEW)).toBeDefined();
    expect(at(SOUTH)!.active).toBe(true);
    const last = await runPlaceOperations(servers, { state: { ...state, cursor: third.cursor } });
    expect(last).toMatchObject({ more: false });
    // Only which DHIS2 it belongs to: the next run reads the whole tree.
    expect(last.cursor).toEqual({ boundTo: { dhis2: expect.anything() } });
    expect(last.report['upsert-locations']).toMatchObject({ deactivated: 3 });
    expect([SOUTH, COLL, ACRE].map(id => at(id)!.active)).toEqual([false, false, false]);
    await expectNothingToChange();
  });

  it('treats all parts as read on the given day', async () => {
    await start([...tree(), aUnit(NEW, 'New', SOUTH, { closedDate: '2030-01-01' })]);
    await drainPlaceOperations(servers, { state: { batchSize: 1, today: '2030-01-01' } });
    expect(at(NEW)!.active).toBe(false);
  });
});

describe('a write that fails', () => {
  it.each([
    ['location_import', []],
    ['location_modify', ['location_import']],
  ])('names the permission %s when the account lacks it', async (permission, permissions) => {
    await start(tree(), [byHand(NORTH, 'Old North', null)], { permissions });
    const { exitStatus, errors } = await runPlaceWorkflow(servers);
    expect(errors).toEqual([
      expect.objectContaining({
        step: 'upsert-locations',
        code: 'MISSING_PERMISSION',
        message: expect.stringContaining(permission),
      }),
    ]);
    expect(exitStatus).toBe(1);
  });

  it.each([
    // The check of the whole file names it; before 2.49 it is found by halving.
    ['2.50.3', 4, 'LNG_PAGE_IMPORT_DATA_ERROR_DUPLICATE_DB_NAME'],
    ['2.48', 2 + 2 * Math.ceil(Math.log2(500)), 'MODEL_IDENTIFIERS_ARE_NOT_UNIQUE_IN_CONTEXT'],
  ])(
    'rejects the one of 500 new locations that is refused, with all below it (Go.Data %s)',
    async (godata, most, code) => {
      const units = Array.from({ length: 490 }, (_, n) =>
        aUnit(`Child${String(n).padStart(6, '0')}`, `Child ${n}`, n < 100 ? SOUTH : NORTH),
      );
      const bad = 'Child000333';
      await start([...tree(), ...units, aUnit(NEW, 'Below', bad)], [], { godata });
      await run({ fetch: { level: 2 } });
      servers.goData.requests.reset();
      const route = 'POST /api/locations/import';
      // During the import of the chunk, a user creates a location with the same name.
      servers.goData.faults.add({ kind: 'slow', route, at: 1, delayMs: 300 });
      const running = run();
      while (!servers.goData.requests.byRoute()[route]) await new Promise(r => setTimeout(r, 5));
      servers.goData.store.locations.put(byHand('uuid-race', 'CHILD 333', NORTH));
      const report = await running;
      expect(report.rejected!.map(one => [one.id, one.code])).toEqual([
        [bad, code],
        [NEW, 'PARENT_NOT_THERE'],
      ]);
      expect(report).toMatchObject({ created: 492 });
      expect(servers.goData.requests.byRoute()[route]).toBeLessThanOrEqual(most);
      // The next run links it.
      expect(await run()).toMatchObject({ created: 1, updated: 1 });
      expect(places()['Country/North/Child 333/Below']).toBe(NEW);
    },
  );

  it('survives connections that are lost at any point', async () => {
    await start(tree());
    servers.dhis2.faults.add(
      { kind: 'cut', route: 'GET /api/organisationUnits', at: 1, when: 'during' },
      { kind: 'status', status: 503, route: 'GET /api/organisationUnits', at: 3 },
    );
    servers.goData.faults.add(
      { kind: 'cut', route: 'GET /api/locations', at: 1, when: 'during' },
      { kind: 'cut', route: 'POST /api/locations/import', at: 1, when: 'after' },
      { kind: 'expire-token', route: 'POST /api/locations/import', at: 2 },
    );
    expect(await run()).toMatchObject({ created: 6 });
    put(aUnit(ACRE, 'Acres', NORTH, { code: 'A' }));
    servers.goData.faults.add({ kind: 'cut', route: /^PUT/, at: 1, when: 'after' });
    expect(await run()).toMatchObject({ updated: 1 });
    expect(places()['Country/North/Acres']).toBe(ACRE);
    await expectNothingToChange();
  });
});

describe('the command line', () => {
  const godata = (...args: string[]) => runCommand(['run', 'org-units-to-locations', ...args]);

  it('shows a dry run as an indented tree of changes, and writes nothing', async () => {
    await start(tree(), [byHand('uuid-north', 'north', COUNTRY)]);
    servers.goData.store.locations.put(byHand(COUNTRY, 'Country', null));
    servers.goData.store.locations.put(
      byHand('OrgUnitGone', 'Gone', COUNTRY, {
        identifiers: [{ code: 'OrgUnitGone', description: 'DHIS2 id' }],
      }),
    );
    const credentials = temporaryJson('credentials.json', servers.credentials);
    servers.goData.requests.reset();
    const { status, stdout, stderr } = await godata('--credentials', credentials, '--dry-run');
    expect(stderr).toContain('upsert-locations: done');
    expect(status).toBe(0);
    expect(servers.goData.requests.writes()).toBe(0);
    const lines = stdout.split('\n').map(line => line.trimEnd().replace(/(\S) +/g, '$1 '));
    expect(lines.slice(0, 12)).toEqual([
      'Would make 7 changes:',
      '',
      '  location change what id',
      `  Country update level; identifiers ${COUNTRY}`,
      '    Gone deactivate - OrgUnitGone',
      '    North link name: north → North; level; identifiers uuid-north',
      `      Acre create - ${ACRE}`,
      `      Bren create - ${BREN}`,
      `    South create - ${SOUTH}`,
      `      Coll create - ${COLL}`,
      expect.stringMatching(/They are in .*changes\.csv$/),
      '',
    ]);
    expect(stdout).toContain(
      '6 read, 4 would be created, 2 would be updated, 0 unchanged, 1 would be deactivated',
    );
  });

  it('ends with status 3 while something is rejected, and with 0 after the cause is removed', async () => {
    await start(tree(), [byHand('uuid-1', 'Acre', NORTH)]);
    servers.goData.store.locations.put(byHand(COUNTRY, 'Country', null));
    servers.goData.store.locations.put(byHand(NORTH, 'North', COUNTRY));
    servers.goData.store.locations.put(byHand(ACRE, 'Old Acre', NORTH));
    const credentials = temporaryJson('credentials.json', servers.credentials);
    const first = await godata('--credentials', credentials);
    expect(first.status).toBe(3);
    expect(first.stdout).toMatch(
      new RegExp(`rejected location ${ACRE}: NAME_TAKEN Location uuid-1, made by hand`),
    );
    expect(at(COLL)).toBeDefined();
    servers.goData.store.locations.update('uuid-1', { name: 'Acre Market' });
    const second = await godata('--credentials', credentials);
    expect(second.status).toBe(0);
    expect(second.stdout).toContain('name: Old Acre → Acre');
    const third = await godata('--credentials', credentials);
    expect(third.stdout).toContain('Nothing had to change.');
    expect(third.status).toBe(0);
  });
});
