import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OrgUnitTree } from '#sandbox/dhis2/metadata/org-unit-tree.js';
import { aServer } from './support/client.js';
import { aSeed, ID } from './support/seed.js';

const FIELDS =
  'id,name,shortName,code,level,path,parent[id],openingDate,closedDate,geometry,lastUpdated';

interface Unit {
  id: string;
  level: number;
  path: string;
}

const ids = (units: { id: string }[]) => units.map(({ id }) => id);

const SQUARE = [
  [
    [0, 0],
    [0, 1],
    [1, 1],
    [0, 0],
  ],
];

/** A server with a clock that a test controls. */
async function aServerWithClock() {
  let now = new Date('2026-08-19T10:00:00.000Z');
  const seed = aSeed({}, { systemInfo: { serverTimeZoneId: 'Africa/Lagos' } });
  const server = await aServer({ seed, clock: () => now });
  return {
    ...server,
    turnClockTo: (text: string) => {
      now = new Date(text);
    },
    units: async (query: string): Promise<Unit[]> => {
      const { body } = await server.get(`/api/organisationUnits?paging=false&${query}`);
      return body.organisationUnits;
    },
    unit: async (id: string) =>
      (await server.get(`/api/organisationUnits/${id}?fields=${FIELDS}`)).body,
  };
}

it('adds a time to dates, omits absent properties, and returns geometry unchanged', async () => {
  const server = await aServerWithClock();
  const { metadata } = server.store;
  const point = { type: 'Point', coordinates: [-13.2, 8.4] };
  const polygon = { type: 'Polygon', coordinates: SQUARE };
  const multiPolygon = { type: 'MultiPolygon', coordinates: [SQUARE] };
  const district = metadata.get('organisationUnits', ID.district)!;
  metadata.put('organisationUnits', { ...district, geometry: polygon });
  const facility = metadata.get('organisationUnits', ID.facility)!;
  metadata.put('organisationUnits', { ...facility, geometry: multiPolygon });
  expect(await server.unit(ID.closed)).toEqual({
    id: ID.closed,
    name: 'Facility Old',
    shortName: 'Facility Old',
    code: 'FO',
    level: 3,
    path: `/${ID.root}/${ID.otherDistrict}/${ID.closed}`,
    parent: { id: ID.otherDistrict },
    openingDate: '2000-01-01T00:00:00.000',
    closedDate: '2020-12-31T00:00:00.000',
    geometry: point,
    lastUpdated: '2024-01-15T08:00:00.000',
  });
  const root = await server.unit(ID.root);
  expect(root).not.toHaveProperty('parent');
  expect(root).not.toHaveProperty('closedDate');
  expect(root).not.toHaveProperty('geometry');
  expect((await server.unit(ID.district)).geometry).toEqual(polygon);
  expect((await server.unit(ID.facility)).geometry).toEqual(multiPolygon);
});

it.each([
  [
    `filter=parent.id:in:[${ID.root},${ID.otherDistrict}]`,
    [ID.district, ID.otherDistrict, ID.closed],
  ],
  [`filter=parent.id:eq:${ID.district}`, [ID.facility, ID.unassigned]],
  [`filter=id:in:[${ID.closed},${ID.root},NobodyThere]`, [ID.root, ID.closed]],
  [`filter=path:like:${ID.otherDistrict}`, [ID.otherDistrict, ID.closed]],
  ['filter=level:le:2', [ID.root, ID.district, ID.otherDistrict]],
  [`filter=level:eq:1&filter=id:eq:${ID.facility}&rootJunction=OR`, [ID.root, ID.facility]],
  [`filter=level:eq:1&filter=id:eq:${ID.facility}`, []],
  ['maxLevel=1', [ID.root]],
])('lists units by level and id, and selects them by %s', async (query, expected) => {
  const server = await aServerWithClock();
  const path = `/api/organisationUnits?fields=id,level,path&order=level:asc,id:asc&${query}`;
  const { body } = await server.get(path);
  expect(ids(body.organisationUnits)).toEqual(expected);
  expect(body.pager).toMatchObject({ page: 1, pageSize: 50, total: expected.length });
});

it('keeps the stored order of units that are equal in an explicit order', async () => {
  const server = await aServerWithClock();
  expect(ids(await server.units('order=level:desc&filter=level:ge:2'))).toEqual([
    ID.facility,
    ID.unassigned,
    ID.closed,
    ID.district,
    ID.otherDistrict,
  ]);
});

it('serves pages of 50,000 units of a large tree, each unit once', async () => {
  const seed = aSeed();
  const idOf = (number: number) => `U${String(number).padStart(10, '0')}`;
  for (let i = 0; i < 60_000; i += 1) {
    const parent = i < 10 ? ID.root : idOf(Math.floor(i / 10));
    seed.organisationUnits.push({ id: idOf(i), name: `Unit ${i}`, parent: { id: parent } });
  }
  const { get } = await aServer({ seed });
  const page = async (number: number) =>
    (
      await get(
        `/api/organisationUnits?fields=id,level,path&order=level:asc,id:asc&pageSize=50000&page=${number}`,
      )
    ).body;
  const [first, second, third] = [await page(1), await page(2), await page(3)];
  expect(first.pager).toMatchObject({ total: 60_006, pageCount: 2, pageSize: 50_000 });
  expect(second.pager).not.toHaveProperty('nextPage');
  expect(third.organisationUnits).toEqual([]);
  const units: Unit[] = [...first.organisationUnits, ...second.organisationUnits];
  expect(new Set(ids(units)).size).toBe(60_006);
  const sorted = [...units].sort((a, b) => a.level - b.level || (a.id < b.id ? -1 : 1));
  expect(units).toEqual(sorted);
  expect(units.every(({ id, path }) => path.endsWith(`/${id}`))).toBe(true);
});

it('sets the times of a unit that a test adds or changes, in the time zone of the server', async () => {
  const server = await aServerWithClock();
  const { metadata } = server.store;
  metadata.put('organisationUnits', { id: 'NewFacility', name: 'New', parent: { id: ID.root } });
  expect(await server.unit('NewFacility')).toMatchObject({
    level: 2,
    lastUpdated: '2026-08-19T11:00:00.000',
  });
  server.turnClockTo('2026-08-20T23:30:00.000Z');
  const unit = metadata.get('organisationUnits', 'NewFacility')!;
  metadata.put('organisationUnits', { ...unit, name: 'Renamed' });
  const { body } = await server.get('/api/organisationUnits/NewFacility');
  expect(body).toMatchObject({
    name: 'Renamed',
    created: '2026-08-19T11:00:00.000',
    lastUpdated: '2026-08-21T00:30:00.000',
  });
  const changed = (since: string) => server.units(`fields=id&filter=lastUpdated:ge:${since}`);
  expect(ids(await changed('2026-08-21'))).toEqual(['NewFacility']);
  expect(ids(await changed('2026-08-20T23:30:00.000Z'))).toEqual(['NewFacility']);
  expect(await changed('2026-08-21T00:30:01')).toEqual([]);
  const refused = await server.get('/api/organisationUnits?filter=lastUpdated:ge:yesterday');
  expect(refused.status).toBe(400);
});

it('moves all units below together with a unit', async () => {
  const server = await aServerWithClock();
  const { metadata } = server.store;
  // Read first, so that a result cached before the edit would show.
  await server.units('order=level:asc,id:asc');
  const district = metadata.get('organisationUnits', ID.district)!;
  metadata.put('organisationUnits', { ...district, parent: { id: ID.otherDistrict } });
  expect(await server.unit(ID.facility)).toMatchObject({
    level: 4,
    path: `/${ID.root}/${ID.otherDistrict}/${ID.district}/${ID.facility}`,
    lastUpdated: '2024-01-15T08:00:00.000',
  });
  expect(ids(await server.units('fields=id&order=level:asc,id:asc'))).toEqual([
    ID.root,
    ID.otherDistrict,
    ID.district,
    ID.closed,
    ID.facility,
    ID.unassigned,
  ]);
  const { body } = await server.get(`/api/organisationUnits/${ID.root}?fields=children`);
  expect(body.children).toEqual([{ id: ID.otherDistrict }]);
});

it('refuses a unit below itself or below an unknown parent', async () => {
  const { store } = await aServerWithClock();
  const district = store.metadata.get('organisationUnits', ID.district)!;
  for (const [parent, message] of [
    [ID.facility, /cannot be below itself/],
    [ID.district, /cannot be below itself/],
    ['NobodyThere', /refers to organisationUnits\/NobodyThere/],
  ] as const) {
    const moved = { ...district, parent: { id: parent } };
    expect(() => store.metadata.put('organisationUnits', moved)).toThrow(message);
  }
  expect(store.metadata.orgUnits.level(ID.facility)).toBe(3);
});

it('refuses a seed with units that form a circle', async () => {
  const seed = aSeed();
  seed.organisationUnits[0]!.parent = { id: ID.facility };
  await expect(aServer({ seed })).rejects.toThrow(/is its own ancestor/);
});

it('removes a unit without children and data, also from data sets', async () => {
  const server = await aServerWithClock();
  const { metadata, dataValues } = server.store;
  expect(() => metadata.delete('organisationUnits', ID.district)).toThrow(/E4030/);
  const value = { dataElement: ID.deaths, period: '2026W33', value: '3' };
  await server.importValues({
    dataSet: ID.dataSet,
    dataValues: [{ ...value, orgUnit: ID.facility }],
  });
  expect(dataValues.list()).toHaveLength(1);
  expect(() => metadata.delete('organisationUnits', ID.facility)).toThrow(/E4030/);
  dataValues.delete(dataValues.list()[0]!);
  expect(metadata.delete('organisationUnits', ID.facility)).toBe(true);
  expect(metadata.delete('organisationUnits', ID.facility)).toBe(false);
  expect((await server.get(`/api/organisationUnits/${ID.facility}`)).status).toBe(404);
  expect(ids(await server.units(`filter=path:like:${ID.district}`))).toEqual([
    ID.district,
    ID.unassigned,
  ]);
  const { body } = await server.get(`/api/dataSets/${ID.dataSet}?fields=organisationUnits`);
  expect(ids(body.organisationUnits)).not.toContain(ID.facility);
  const refused = await server.importValues(
    { dataSet: ID.dataSet, dataValues: [{ ...value, orgUnit: ID.facility }] },
    '?strictOrganisationUnits=true',
  );
  expect(refused.conflicts).toMatchObject([{ errorCode: 'E7612' }]);
});

it('refuses to remove other metadata that is in use', async () => {
  const { store } = await aServerWithClock();
  expect(() => store.metadata.delete('dataElements', ID.deaths)).toThrow(/E4030/);
  expect(store.metadata.delete('dataElements', ID.orphan)).toBe(true);
});

it('has the same tree after any edits as a newly built store', () => {
  const size = 6;
  const number = fc.nat({ max: size - 1 });
  const edit = fc.tuple(number, fc.option(number, { nil: undefined }), fc.boolean());
  const edits = fc.array(edit, { minLength: 20, maxLength: 60 });
  fc.assert(
    fc.property(edits, list => {
      const parents = new Map<string, string | undefined>();
      const unitOf = (id: string) => {
        const parent = parents.get(id);
        return { id, name: id, ...(parent === undefined ? {} : { parent: { id: parent } }) };
      };
      const tree = new OrgUnitTree([]);
      for (const [one, other, removes] of list) {
        // Read before each edit, to reveal a cache that an edit does not clear.
        for (let i = 0; i < size; i += 1) tree.path(String(i));
        const [id, parent] = [String(one), other === undefined ? undefined : String(other)];
        if (removes) {
          if (tree.hasChildren(id)) continue;
          parents.delete(id);
          tree.remove(id);
        } else {
          const isAllowed =
            parent === undefined || (parents.has(parent) && !tree.isWithin(parent, [{ id }]));
          if (!isAllowed || parent === id) continue;
          parents.set(id, parent);
          tree.put(unitOf(id));
        }
      }
      const anew = new OrgUnitTree([...parents.keys()].map(unitOf));
      for (let i = 0; i < size; i += 1) {
        const id = String(i);
        expect(tree.path(id)).toBe(anew.path(id));
        expect(tree.level(id)).toBe(anew.level(id));
        expect([...tree.children(id)].sort()).toEqual([...anew.children(id)].sort());
        expect(tree.subtree(id).sort()).toEqual(anew.subtree(id).sort());
      }
    }),
  );
});
