import { describe, expect, it } from 'vitest';
import { aServer } from './support/client.js';
import { aSeed, ID } from './support/seed.js';

const ids = (objects: { id: string }[]) => objects.map(({ id }) => id);

describe('lists', () => {
  it('come in pages of 50 with id and display name, ordered by name regardless of case', async () => {
    const seed = aSeed();
    for (let i = 0; i < 60; i += 1) {
      const number = String(i).padStart(3, '0');
      seed.organisationUnits.push({ id: `Village${number}A`, name: `Village ${number}` });
    }
    const server = await aServer({ seed });
    const { body } = await server.get('/api/organisationUnits');
    expect(body.pager).toEqual({
      page: 1,
      total: 66,
      pageSize: 50,
      pageCount: 2,
      nextPage: `${server.url}/api/organisationUnits?page=2`,
    });
    expect(body.organisationUnits).toHaveLength(50);
    expect(body.organisationUnits.slice(0, 3)).toEqual([
      { id: ID.root, displayName: 'Country' },
      { id: ID.district, displayName: 'district a' },
      { id: ID.otherDistrict, displayName: 'District B' },
    ]);
    const last = await server.get(body.pager.nextPage.replace(server.url, ''));
    expect(last.body.organisationUnits).toHaveLength(16);
    expect(last.body.pager.nextPage).toBeUndefined();
    const all = await server.get('/api/organisationUnits?paging=false');
    expect(Object.keys(all.body)).toEqual(['organisationUnits']);
    expect(all.body.organisationUnits).toHaveLength(66);
  });

  it('follow the given order', async () => {
    const server = await aServer();
    const { body } = await server.get(
      '/api/organisationUnits?order=level:desc,id:asc&fields=id&paging=false',
    );
    expect(ids(body.organisationUnits)).toEqual([
      ID.facility,
      ID.closed,
      ID.unassigned,
      ID.district,
      ID.otherDistrict,
      ID.root,
    ]);
  });

  it('omit objects that the user may not read', async () => {
    const server = await aServer({ seed: aSeed({ readAccess: [] }) });
    const list = await server.get('/api/dataSets?paging=false');
    expect(ids(list.body.dataSets)).not.toContain(ID.dataSet);
    const { status, body } = await server.get(`/api/dataSets/${ID.dataSet}`);
    expect(status).toBe(404);
    expect(body.message).toBe(`DataSet with id ${ID.dataSet} could not be found.`);
    expect((await server.get(`/api/dataSets/${ID.dataSet}`, 'admin')).status).toBe(200);
  });
});

describe('filters', () => {
  const filtered = async (query: string) => {
    const server = await aServer();
    const { body } = await server.get(`/api/organisationUnits?paging=false&fields=id&${query}`);
    return ids(body.organisationUnits).sort();
  };

  it.each([
    ['code:eq:FA', [ID.facility]],
    ['code:in:[FA,DB]', [ID.otherDistrict, ID.facility]],
    [`path:like:${ID.district}`, [ID.district, ID.facility, ID.unassigned]],
    ['name:ilike:DISTRICT', [ID.district, ID.otherDistrict]],
    ['name:like:District', [ID.otherDistrict]],
    ['level:le:1', [ID.root]],
    ['level:ge:3', [ID.closed, ID.facility, ID.unassigned]],
    ['level:lt:2', [ID.root]],
    ['level:gt:2', [ID.closed, ID.facility, ID.unassigned]],
    ['geometry:!null', [ID.closed]],
    ['parent:null', [ID.root]],
    [`parent.id:eq:${ID.otherDistrict}`, [ID.closed]],
    [`children.code:eq:FO`, [ID.otherDistrict]],
    [`level:!eq:3`, [ID.district, ID.otherDistrict, ID.root]],
  ])('select by %s', async (filter, expected) => {
    expect(await filtered(`filter=${filter}`)).toEqual([...expected].sort());
  });

  it('must all match, or any of them with rootJunction=OR', async () => {
    const both = 'filter=code:eq:FA&filter=id:eq:RootOrgUnit';
    expect(await filtered(both)).toEqual([]);
    expect(await filtered(`${both}&rootJunction=OR`)).toEqual([ID.facility, ID.root]);
  });

  it.each([
    ['nonsense:eq:1', 'Unknown path property: nonsense'],
    ['code:equals:1', '`equals` is not a valid operator.'],
    ['code', 'Invalid filter: code'],
    ['code:in:A', 'Invalid argument for the operator in: `A`'],
  ])('refuse %s', async (filter, message) => {
    const server = await aServer();
    const { status, body } = await server.get(`/api/organisationUnits?filter=${filter}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ message, errorCode: 'E1003', status: 'ERROR' });
  });
});

describe('fields', () => {
  it('reach through references and lists', async () => {
    const server = await aServer();
    const fields =
      'id,code,periodType,expiryDays,openFuturePeriods,categoryCombo[id,isDefault],' +
      'dataSetElements[dataElement[id,zeroIsSignificant,categoryCombo[id]],categoryCombo[id]],' +
      'organisationUnits[id],access[data[write]],unknownField';
    const { body } = await server.get(
      `/api/dataSets?filter=code:eq:MONTHLY&paging=false&fields=${encodeURIComponent(fields)}`,
    );
    expect(body.dataSets).toEqual([
      {
        id: ID.monthlySet,
        code: 'MONTHLY',
        periodType: 'Monthly',
        expiryDays: 0,
        openFuturePeriods: 0,
        categoryCombo: { id: 'bjDvmb4bfuf', isDefault: true },
        dataSetElements: [
          {
            dataElement: {
              id: ID.shared,
              zeroIsSignificant: true,
              categoryCombo: { id: 'bjDvmb4bfuf' },
            },
          },
        ],
        organisationUnits: expect.arrayContaining([{ id: ID.root }]),
        access: { data: { write: true } },
      },
    ]);
  });

  it('return a reference without fields as its id, and all fields of a single object', async () => {
    const server = await aServer();
    const { body } = await server.get(`/api/organisationUnits/${ID.closed}`);
    expect(body).toMatchObject({
      id: ID.closed,
      name: 'Facility Old',
      path: `/${ID.root}/${ID.otherDistrict}/${ID.closed}`,
      level: 3,
      leaf: true,
      openingDate: '2000-01-01T00:00:00.000',
      closedDate: '2020-12-31T00:00:00.000',
      parent: { id: ID.otherDistrict },
      geometry: { type: 'Point' },
    });
    const root = await server.get(`/api/organisationUnits/${ID.root}?fields=*,!children`);
    expect(root.body.parent).toBeUndefined();
    expect(root.body.children).toBeUndefined();
  });

  it('return the combos of a category combo, and the categories with their options', async () => {
    const server = await aServer();
    const fields =
      'categories[id,categoryOptions[id,code]],categoryOptionCombos[id,categoryOptions[id]]';
    const { body } = await server.get(`/api/categoryCombos/ComboAgeAAA?fields=${fields}`);
    expect(body).toEqual({
      categories: [
        {
          id: 'CategoryAge',
          categoryOptions: [
            { id: 'OptionYoung', code: 'YOUNG' },
            { id: 'OptionOldAA', code: 'OLD' },
          ],
        },
      ],
      categoryOptionCombos: [
        { id: ID.young, categoryOptions: [{ id: 'OptionYoung' }] },
        { id: ID.old, categoryOptions: [{ id: 'OptionOldAA' }] },
      ],
    });
  });

  it('show the access of the requesting user', async () => {
    const seed = aSeed({ writeAccess: [] });
    const server = await aServer({ seed });
    const path = `/api/dataSets/${ID.dataSet}?fields=access[data[read,write]]`;
    expect((await server.get(path)).body.access.data).toEqual({ read: true, write: false });
    expect((await server.get(path, 'admin')).body.access.data.write).toBe(true);
  });

  it.each(['id[', 'id]', '[id]', 'name~rename(label)', ':persisted'])(
    'refuse what the sandbox does not support: %s',
    async fields => {
      const server = await aServer();
      const { status, body } = await server.get(
        `/api/dataSets?fields=${encodeURIComponent(fields)}`,
      );
      expect(status).toBe(400);
      expect(body.message).toMatch(/^The sandbox does not support/);
    },
  );
});

it('lists an org unit with its children, descendants or ancestors, including itself', async () => {
  const server = await aServer();
  const relatives = async (id: string, flag: string) => {
    const { body } = await server.get(
      `/api/organisationUnits/${id}?${flag}=true&paging=false&fields=id`,
    );
    return ids(body.organisationUnits).sort();
  };
  expect(await relatives(ID.root, 'includeChildren')).toEqual(
    [ID.root, ID.district, ID.otherDistrict].sort(),
  );
  expect(await relatives(ID.district, 'includeDescendants')).toEqual(
    [ID.district, ID.facility, ID.unassigned].sort(),
  );
  expect(await relatives(ID.facility, 'includeAncestors')).toEqual(
    [ID.root, ID.district, ID.facility].sort(),
  );
});

it.each([
  'potentialDuplicates',
  'dataAnalysis/stdDevOutlier',
  'userLookup',
  'sessions',
  'tracker/singleEvents',
  'programs/UidUidUid01/noSuchPart',
])('answers 501, not 404, for %s, which real servers have', async resource => {
  const server = await aServer();
  expect((await server.get(`/api/${resource}`)).status).toBe(501);
  expect((await server.get('/api/noSuchThing')).status).toBe(404);
});

it('refuses parameters and routes that the sandbox does not support', async () => {
  const server = await aServer();
  const param = await server.get('/api/dataSets?query=x');
  expect(param.status).toBe(400);
  expect(param.body.message).toMatch(/^The sandbox does not support the parameter "query"/);
  const route = await server.get('/api/analytics');
  expect(route.status).toBe(501);
  expect(route.body.message).toBe(
    'The sandbox does not support GET /api/analytics. The real DHIS2 may.',
  );
});
