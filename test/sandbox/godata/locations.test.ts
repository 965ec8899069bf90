import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { CASE, type JsonObject } from '#sandbox/godata/index.js';
import { LocationStore } from '#sandbox/godata/store/locations.js';
import { dialectFor } from '#sandbox/godata/version.js';
import { begin, type TestGoData } from './client.js';

let godata: TestGoData | undefined;
afterEach(async () => {
  await godata?.close();
  godata = undefined;
});

const LOCATIONS = [
  { id: 'L', name: 'Land', active: true, parentLocationId: null },
  { id: 'N', name: 'North', active: true, parentLocationId: 'L', synonyms: ['Up', 'Top'] },
  { id: 'S', name: 'South', active: true, parentLocationId: 'L', synonyms: ['Down'] },
];
const start = async (version = '2.50') => {
  godata = await begin({ locations: LOCATIONS }, { version });
  return godata;
};

describe.each(['2.48', '2.50'])('siblings, in %s,', version => {
  it.each<[string, JsonObject]>([
    ["A location with name = 'North'", { name: 'NORTH' }],
    ["A location with a 'Up' synonym", { name: 'Other', synonyms: ['up'] }],
    ["A location with name = 'North'", { name: 'north', synonyms: ['Down'] }],
  ])('may not share a name or code: %s', async (message, values) => {
    const { call } = await start(version);
    const reply = await call('POST', '/locations', { ...values, parentLocationId: 'L' });
    expect([reply.status, reply.code]).toEqual([
      400,
      'MODEL_IDENTIFIERS_ARE_NOT_UNIQUE_IN_CONTEXT',
    ]);
    expect(JSON.stringify(reply.body)).toContain(
      `${message} and the same parentLocationId already exists.`,
    );
  });

  it('may have a name that is a synonym of another, and the reverse', async () => {
    const { call } = await start(version);
    for (const values of [{ name: 'Up' }, { name: 'West', synonyms: ['South'] }]) {
      const { status } = await call('POST', '/locations', { ...values, parentLocationId: 'L' });
      expect(status).toBe(200);
    }
  });

  it('may have the name of a location elsewhere, or of a deleted one', async () => {
    const { call } = await start(version);
    expect((await call('POST', '/locations', { name: 'North' })).status).toBe(200);
    await call('DELETE', '/locations/N');
    const again = { name: 'North', synonyms: ['Up'], parentLocationId: 'L' };
    expect((await call('POST', '/locations', again)).status).toBe(200);
  });

  it('keep their own name on a change, and cannot take that of another, here or at a new parent', async () => {
    const { call } = await start(version);
    const own = await call('PUT', '/locations/N', { name: 'NORTH', synonyms: ['top'] });
    expect(own.status).toBe(200);
    for (const changes of [{ name: 'south' }, { synonyms: ['DOWN'] }]) {
      const { code } = await call('PUT', '/locations/N', changes);
      expect(code).toBe('MODEL_IDENTIFIERS_ARE_NOT_UNIQUE_IN_CONTEXT');
    }
    await call('POST', '/locations', { name: 'South' });
    const moved = await call('PATCH', '/locations/S', { parentLocationId: null });
    expect(moved.code).toBe('MODEL_IDENTIFIERS_ARE_NOT_UNIQUE_IN_CONTEXT');
  });
});

describe('a location', () => {
  it('cannot lose its name', async () => {
    const { call } = await start();
    const reply = await call('PUT', '/locations/N', { name: '' });
    expect([reply.status, (reply.body.error as JsonObject).name]).toEqual([422, 'ValidationError']);
  });

  it('can be deactivated only after its children', async () => {
    const { call } = await start();
    const deactivate = (id: string) => call('PUT', `/locations/${id}`, { active: false });
    expect((await deactivate('L')).code).toBe('DEACTIVATE_PARENT_MODEL');
    for (const id of ['N', 'S', 'L']) expect((await deactivate(id)).status).toBe(200);
  });

  it('is deleted with all locations below, unless a person lived, died or was treated there', async () => {
    const { call, store } = await start();
    const places: JsonObject[] = [
      { addresses: [{ locationId: 'S' }] },
      { deathLocationId: 'S' },
      { dateRanges: [{ locationId: 'S' }] },
    ];
    for (const place of places) {
      const { id } = store.people.create('OB', CASE.type, place);
      const reply = await call('DELETE', '/locations/L');
      expect([reply.status, reply.code]).toEqual([422, 'MODEL_IN_USE']);
      expect((await call('GET', '/locations/S/usage/count')).body).toEqual({ count: 1 });
      store.people.delete(id);
    }
    expect((await call('DELETE', '/locations/L')).body).toEqual({ count: 1 });
    expect((await call('GET', '/locations')).body).toEqual([]);
  });

  it('keeps its id reserved after its deletion', async () => {
    const { call } = await start();
    await call('DELETE', '/locations/N');
    const reply = await call('POST', '/locations', [{ id: 'N', name: 'New' }]);
    expect([reply.status, reply.code]).toEqual([500, 'INTERNAL_ERROR']);
    expect((await call('GET', '/locations/N')).code).toBe('MODEL_NOT_FOUND');
  });

  it.each([
    ['GET', '/locations/hierarchical/export', 'location_export'],
    ['GET', '/locations/N/usage/count', 'location_usage'],
    ['POST', '/locations', 'location_create'],
    ['PUT', '/locations/N', 'location_modify'],
    ['DELETE', '/locations/N', 'location_delete'],
    ['GET', '/locations/N', 'location_view'],
  ])('requires a permission: %s %s', async (method, path, permission) => {
    const { call, store } = await start();
    const [user] = store.users.list();
    store.users.update(user?.id ?? '', { permissions: [] });
    const { body } = await call(method, path, method === 'GET' ? undefined : {});
    expect(body.error).toMatchObject({ statusCode: 403, details: { permissions: permission } });
  });
});

describe('the index of locations', () => {
  it('finds the same as a complete search, after any changes', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const values = fc.record({
      name: fc.constantFrom('X', 'x', 'Y'),
      synonyms: fc.subarray(['S', 's', 'T']),
      parentLocationId: fc.constantFrom(null, 'a', 'b'),
    });
    const step = fc.tuple(fc.constantFrom('create', 'update', 'delete', 'restore'), id, values);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), steps => {
        const context = { now: () => new Date(0), dialect: dialectFor('2.50') };
        const store = new LocationStore(context);
        for (const [action, one, change] of steps) {
          const isThere = store.rows.get(one) !== undefined;
          if (action === 'create' && !isThere) store.create({ id: one, ...change });
          else if (action === 'update' && isThere) store.update(one, change);
          else if (action !== 'create' && action !== 'update' && isThere) store[action](one);
        }
        for (const parent of [null, 'a', 'b']) {
          const children = store.list().filter(one => one.parentLocationId === parent);
          const idsOf = (records: { id: string }[]) => records.map(record => record.id).sort();
          expect(idsOf(store.children(parent))).toEqual(idsOf(children));
          const named = children.filter(one => String(one.name).toLowerCase() === 'x');
          expect(idsOf(store.named(parent, 'X'))).toEqual(idsOf(named));
          const synonymous = children.filter(one => /s/i.test(String(one.synonyms)));
          expect(idsOf(store.withSynonym(parent, 'S'))).toEqual(idsOf(synonymous));
        }
      }),
    );
  });

  it('is updated when a test edits the store', async () => {
    const { call, store } = await start();
    store.locations.update('N', { name: 'Elsewhere' });
    store.locations.delete('S');
    for (const name of ['North', 'South']) {
      const { status } = await call('POST', '/locations', { name, parentLocationId: 'L' });
      expect(status).toBe(200);
    }
    const taken = await call('POST', '/locations', { name: 'elsewhere', parentLocationId: 'L' });
    expect(taken.status).toBe(400);
  });
});
