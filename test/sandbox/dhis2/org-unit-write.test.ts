import { describe, expect, it } from 'vitest';
import { aServer } from './support/client.js';
import { aSeed, aUser, ID } from './support/seed.js';

const CLASS = 'org.hisp.dhis.organisationunit.OrganisationUnit';

const WARD = {
  id: 'WardAAAAAAA',
  code: 'WARD_A',
  name: 'Ward A',
  shortName: 'Ward A',
  openingDate: '2020-01-15T00:00:00.000',
  parent: { id: ID.district },
  geometry: { type: 'Point', coordinates: [-13.2, 8.4] },
};

async function serve(version = '2.42') {
  const seed = aSeed();
  const authorities = ['F_ORGANISATIONUNIT_ADD', 'F_ORGANISATIONUNIT_MOVE'];
  const inDistrict = { organisationUnits: [{ id: ID.district }] };
  seed.users.push(
    aUser({ username: 'planner', authorities }),
    aUser({ username: 'keeper', authorities: authorities.slice(0, 1) }),
    aUser({ username: 'local', authorities, ...inDistrict }),
  );
  const server = await aServer({ version, seed });
  const put = (id: string, unit: object, user = 'planner') => {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'PUT', headers, body: JSON.stringify(unit) };
    return server.request(`/api/organisationUnits/${id}`, init, user);
  };
  const patch = (
    id: string,
    operations: unknown,
    user = 'planner',
    type = 'application/json-patch+json',
  ) => {
    const headers = { 'content-type': type };
    const init = { method: 'PATCH', headers, body: JSON.stringify(operations) };
    return server.request(`/api/organisationUnits/${id}`, init, user);
  };
  return {
    ...server,
    put,
    patch,
    create: (unit: object | string, user = 'planner') =>
      server.post('/api/organisationUnits', unit, user),
    read: async (id: string) => {
      const fields = 'fields=:owner,!created,!lastUpdated,!access,!displayName,!displayShortName';
      const { status, body } = await server.get(`/api/organisationUnits/${id}?${fields}`);
      return status === 200 ? body : undefined;
    },
  };
}

/** The codes and properties of the errors in a report. */
function problemsOf({ response }: { response: { errorReports: Record<string, string>[] } }) {
  return response.errorReports.map(one => [one.errorCode, one.errorProperty]);
}

describe('an org unit', () => {
  it('is created, and the answer contains its UID', async () => {
    const { create, read, url } = await serve();
    const { status, headers, body } = await create(WARD);
    expect(status).toBe(201);
    expect(body).toEqual({
      httpStatus: 'Created',
      httpStatusCode: 201,
      status: 'OK',
      response: { responseType: 'ObjectReport', uid: WARD.id, klass: CLASS, errorReports: [] },
    });
    expect(headers.get('location')).toBe(`${url}/api/organisationUnits/${WARD.id}`);
    expect(await read(WARD.id)).toMatchObject({
      ...WARD,
      level: 3,
      path: `/${ID.root}/${ID.district}/${WARD.id}`,
    });
  });

  it('gets a UID when it has none', async () => {
    const { create, read } = await serve();
    const { id: _id, code: _code, parent: _parent, ...unit } = WARD;
    const { body } = await create({ ...unit, path: '/nowhere', level: 9, children: [] });
    expect(body.response.uid).toMatch(/^[a-zA-Z][a-zA-Z0-9]{10}$/);
    expect(await read(body.response.uid)).toMatchObject({ level: 1 });
  });

  it('is replaced, and keeps no value that is not sent', async () => {
    const { create, put, read } = await serve();
    await create(WARD);
    const unit = { name: 'Ward B', shortName: 'B', openingDate: '2021-02-03' };
    const { status, body } = await put(WARD.id, { ...unit, parent: { id: ID.otherDistrict } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'OK', response: { uid: WARD.id, errorReports: [] } });
    expect(await read(WARD.id)).toEqual({
      id: WARD.id,
      ...unit,
      openingDate: '2021-02-03T00:00:00.000',
      parent: { id: ID.otherDistrict },
      path: `/${ID.root}/${ID.otherDistrict}/${WARD.id}`,
      level: 3,
      leaf: true,
      children: [],
      ancestors: [{ id: ID.root }, { id: ID.otherDistrict }],
      attributeValues: [],
      dataSets: [],
      translations: [],
    });
  });

  it('keeps its own code and its creation time', async () => {
    const { put, get } = await serve();
    const { status } = await put(ID.facility, { ...WARD, id: 'ignored', code: 'FA' });
    expect(status).toBe(200);
    const { body } = await get(`/api/organisationUnits/${ID.facility}?fields=*`);
    expect(body).toMatchObject({
      code: 'FA',
      created: '2024-01-15T08:00:00.000',
      lastUpdated: '2026-08-19T10:00:00.000',
    });
  });

  it.each<[string, object, (string | undefined)[][]]>([
    [
      'lacks required properties',
      {},
      ['name', 'shortName', 'openingDate'].map(name => ['E4000', name]),
    ],
    ['has a long short name', { ...WARD, shortName: 'x'.repeat(51) }, [['E4001', 'shortName']]],
    [
      'has an invalid UID',
      { ...WARD, id: 'ward-1' },
      [
        ['E4002', 'id'],
        ['E4014', undefined],
      ],
    ],
    ['closes before it opens', { ...WARD, closedDate: '2019-12-31' }, [['E4013', undefined]]],
    ['has the code of another org unit', { ...WARD, code: 'DB' }, [['E5003', 'code']]],
    ['has an unknown parent', { ...WARD, parent: { id: 'Nowhere0001' } }, [['E5002', 'parent']]],
    ['exists already', { ...WARD, id: ID.district }, [['E5000', undefined]]],
  ])('is refused when it %s', async (_, unit, problems) => {
    const { create, read } = await serve();
    const { status, body } = await create(unit);
    expect(status).toBe(409);
    expect(body).toMatchObject({
      httpStatus: 'Conflict',
      status: 'ERROR',
      message: 'One or more errors occurred, please see full details in import report.',
      response: { responseType: 'ObjectReport', klass: CLASS },
    });
    expect(problemsOf(body)).toEqual(problems);
    for (const { message } of body.response.errorReports) expect(message).not.toMatch(/[{}]/);
    expect(await read(WARD.id)).toBeUndefined();
  });

  it('is not replaced by an invalid one', async () => {
    const { put, read } = await serve();
    const before = await read(ID.facility);
    const { status, body } = await put(ID.facility, { ...WARD, code: 'DB' });
    expect([status, problemsOf(body)]).toEqual([409, [['E5003', 'code']]]);
    expect(body.response.errorReports[0]).toEqual({
      message: `Property \`code\` with value \`DB\` on object Ward A [${ID.facility}] (OrganisationUnit) already exists on object ${ID.otherDistrict}`,
      args: ['code', 'DB', `Ward A [${ID.facility}] (OrganisationUnit)`, ID.otherDistrict],
      mainKlass: CLASS,
      mainId: ID.otherDistrict,
      errorCode: 'E5003',
      errorProperty: 'code',
      errorProperties: [
        'code',
        'DB',
        `Ward A [${ID.facility}] (OrganisationUnit)`,
        ID.otherDistrict,
      ],
    });
    expect(await read(ID.facility)).toEqual(before);
  });

  it.each([
    ['by a user without the right to create', 403, WARD, 'entry'],
    ['from text that is not JSON', 409, '{', 'planner'],
    ['with an invalid date', 500, { ...WARD, openingDate: 'soon' }, 'planner'],
    [
      'with a date that the calendar does not have',
      500,
      { ...WARD, openingDate: '2020-02-30' },
      'planner',
    ],
    ['with a property that is not stored', 400, { ...WARD, description: 'x' }, 'planner'],
  ])('cannot be created %s', async (_, expected, unit, user) => {
    const { create } = await serve();
    expect((await create(unit, user)).status).toBe(expected);
  });

  it('is not replaced when it does not exist or without the right, but can be moved below itself', async () => {
    const { put } = await serve();
    const inner = { ...WARD, parent: { id: ID.facility } };
    expect((await put('Nowhere0001', WARD)).status).toBe(404);
    // It is accepted, and can no longer be reached from any root (dhis2 LIVE, "Moves of org
    // units").
    expect((await put(ID.district, inner)).status).toBe(200);
    expect((await put(ID.facility, WARD, 'entry')).status).toBe(403);
  });
});

describe('a JSON patch of an org unit', () => {
  it.each(['2.42', '2.43'])(
    'accepts no empty name, and treats an empty code as absent (%s)',
    async version => {
      const { create, patch, read } = await serve(version);
      await create(WARD);
      for (const property of ['name', 'shortName']) {
        const operation = { op: 'add', path: `/${property}`, value: '' };
        const { status, body } = await patch(WARD.id, [operation]);
        expect([status, problemsOf(body)]).toEqual([409, [['E4000', property]]]);
      }
      expect(await read(WARD.id)).toMatchObject({ name: WARD.name });
      expect((await patch(WARD.id, [{ op: 'add', path: '/code', value: '' }])).status).toBe(200);
      expect(await read(WARD.id)).not.toHaveProperty('code');
    },
  );

  it.each(['2.38', '2.41', '2.44'])(
    'changes only the properties that it names (%s)',
    async version => {
      const { create, patch, read, store } = await serve(version);
      await create(WARD);
      // A property that a server stores and that is unknown here.
      const stored = store.metadata.get('organisationUnits', WARD.id)!;
      store.metadata.put('organisationUnits', { ...stored, description: 'By the river' } as never);
      const { status, body } = await patch(WARD.id, [
        { op: 'add', path: '/name', value: 'Ward B' },
        { op: 'add', path: '/closedDate', value: '2026-02-03' },
        { op: 'add', path: '/parent', value: { id: ID.otherDistrict } },
        { op: 'remove', path: '/code' },
        { op: 'remove', path: '/geometry' },
        { op: 'add', path: '/id', value: 'AnotherId01' },
      ]);
      expect([status, body.response.uid]).toEqual([200, WARD.id]);
      const { code: _code, geometry: _geometry, ...rest } = WARD;
      expect(await read(WARD.id)).toMatchObject({
        ...rest,
        name: 'Ward B',
        closedDate: '2026-02-03T00:00:00.000',
        parent: { id: ID.otherDistrict },
      });
      expect(await read(WARD.id)).not.toHaveProperty('code');
      expect(store.metadata.get('organisationUnits', WARD.id)).toMatchObject({
        description: 'By the river',
      });
      // Removing an absent value succeeds silently.
      expect((await patch(WARD.id, [{ op: 'remove', path: '/code' }])).status).toBe(200);
    },
  );

  it.each<[string, unknown, number, string | undefined]>([
    ['removes a required property', [{ op: 'remove', path: '/name' }], 409, 'E4000'],
    [
      'sets the code of another org unit',
      [{ op: 'add', path: '/code', value: 'DB' }],
      409,
      'E5003',
    ],
    [
      'sets an unknown parent',
      [{ op: 'add', path: '/parent', value: { id: 'Nowhere0001' } }],
      409,
      'E5002',
    ],
    ['is not a list', { name: 'Ward B' }, 400, undefined],
    [
      'has an operation that the sandbox does not support',
      [{ op: 'copy', path: '/name' }],
      400,
      undefined,
    ],
    [
      'has a path deeper than the sandbox supports',
      [{ op: 'add', path: '/parent/id', value: 'x' }],
      400,
      undefined,
    ],
  ])('is refused when it %s', async (_, operations, expected, code) => {
    const { patch, read } = await serve();
    const before = await read(ID.facility);
    const { status, body } = await patch(ID.facility, operations);
    expect([status, body.response?.errorReports[0].errorCode]).toEqual([expected, code]);
    expect(await read(ID.facility)).toEqual(before);
  });

  it('requires the right to change it, its own content type, and an existing org unit', async () => {
    const { patch } = await serve();
    const operations = [{ op: 'add', path: '/name', value: 'Ward B' }];
    expect((await patch(ID.facility, operations, 'entry')).status).toBe(403);
    expect((await patch(ID.facility, operations, 'planner', 'application/json')).status).toBe(415);
    expect((await patch('Nowhere0001', operations)).status).toBe(404);
  });
});

describe('moving an org unit', () => {
  const below = (id: string) => [{ op: 'add', path: '/parent', value: { id } }];

  it.each([
    ['keeper', ID.facility, ID.otherDistrict, 'E1520'],
    ['local', ID.closed, ID.district, 'E1522'],
    ['local', ID.facility, ID.otherDistrict, 'E1523'],
  ])('is refused: %s, %s to %s', async (user, id, to, code) => {
    const { patch, read, put } = await serve();
    const { status, body } = await patch(id, below(to), user);
    expect([status, problemsOf(body)]).toEqual([409, [[code, undefined]]]);
    expect(body.response.errorReports[0].message).not.toMatch(/[{}]/);
    const { parent } = await read(id);
    const replaced = await put(id, { ...WARD, id, code: undefined, parent: { id: to } }, user);
    expect(problemsOf(replaced.body)).toEqual([[code, undefined]]);
    expect((await read(id)).parent).toEqual(parent);
  });

  it('is allowed to users with the right to move, and to superusers', async () => {
    const { patch, read } = await serve();
    expect((await patch(ID.facility, below(ID.root), 'planner')).status).toBe(200);
    expect((await patch(ID.facility, below(ID.otherDistrict), 'admin')).status).toBe(200);
    expect((await read(ID.facility)).parent).toEqual({ id: ID.otherDistrict });
    // A new name is not a move.
    const renamed = [{ op: 'add', path: '/name', value: 'Post' }];
    expect((await patch(ID.facility, renamed, 'local')).status).toBe(200);
  });
});

it('of 2.43 uses another word in the error about an existing org unit', async () => {
  for (const [version, word] of [
    ['2.42', 'mode'],
    ['2.43', 'strategy'],
  ]) {
    const { create } = await serve(version);
    const { body } = await create({ ...WARD, id: ID.district });
    expect(body.response.errorReports[0].message).toBe(
      `Found matching object for reference, but import ${word} is CREATE. Identifier was UID, and object was Ward A [${ID.district}] (OrganisationUnit).`,
    );
  }
});
