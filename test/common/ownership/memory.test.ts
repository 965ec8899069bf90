import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Both,
  fingerprint,
  openKeptMemory,
  openMemory,
  openMemoryKey,
  type StoredMemory,
} from '#common/ownership/index.js';
import { readMemoryText } from '#common/ownership/memory-text.js';
import { MEMORY_KEY } from '../../support/both-servers.js';
import { type FakeApi, startFakeApi } from '../../support/fake-api.js';

const KEY = openMemoryKey(MEMORY_KEY);

const print = fc.string({ minLength: 5, maxLength: 5, unit: fc.constantFrom('a', 'B', '7', '_') });
const field = fc.constantFrom('lastName', 'gender', 'addresses.phoneNumber');
const fact = fc.record({
  person: fc.constantFrom('Person00001', 'Person00002', 'Person00003'),
  field,
  both: fc.record({ dhis2: print, godata: print }),
});

/** Tracked entity id → text. */
function peopleOf({ people }: StoredMemory): Record<string, unknown> {
  return Object.fromEntries(readMemoryText(people));
}

describe('a memory', () => {
  it('is restored from JSON unchanged, completely or by its changes', () => {
    fc.assert(
      fc.property(fc.array(fact), fc.array(fact), (before, after) => {
        const known = new Map<string, unknown>();
        const first = openMemory(undefined, KEY);
        for (const { person, field, both } of before) {
          first.remember(person, field, both);
          known.set(`${person} ${field}`, both);
        }
        const carried = JSON.parse(JSON.stringify(first.all())) as StoredMemory;
        const second = openMemory(carried, KEY);
        for (const { person, field, both } of after) {
          second.remember(person, field, both);
          known.set(`${person} ${field}`, both);
        }
        const changes = second.changes();
        const merged = {
          ...changes,
          lists: { ...carried.lists, ...changes.lists },
          people: { ...peopleOf(carried), ...changes.people },
        };
        for (const memory of [openMemory(second.all(), KEY), openMemory(merged, KEY)]) {
          for (const [key, both] of known) {
            const [person, name] = key.split(' ') as [string, string];
            expect(memory.recall(person, name)).toEqual(memory.seal(person, name, both as Both));
          }
        }
      }),
    );
  });

  it('has no changes to save if nothing changed', () => {
    const memory = openMemory(undefined, KEY);
    memory.remember('Person00001', 'lastName', { dhis2: 'aaaaa', godata: 'bbbbb' });
    const again = openMemory(memory.all(), KEY);
    again.remember('Person00001', 'lastName', { dhis2: 'aaaaa', godata: 'bbbbb' });
    expect(again.changes()).toMatchObject({ lists: {}, people: {} });
  });

  it('of an earlier version, a table of people, is read as before', () => {
    const memory = openMemory(undefined, KEY);
    memory.remember('Person00001', 'lastName', { dhis2: 'aaaaa', godata: 'bbbbb' });
    memory.remember('Person00002', 'gender', { dhis2: 'ccccc', godata: 'ddddd' });
    const all = memory.all();
    const old = openMemory({ ...all, people: peopleOf(all) }, KEY);
    expect(old.recall('Person00002', 'gender')).toEqual(memory.recall('Person00002', 'gender'));
    expect(old.all()).toEqual(all);
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'broken'],
    ['missing lists', { lists: {}, people: { Person00001: 'abcdef:aaaaabbbbb' } }],
    [
      'a line that is too short',
      { lists: { abcdef: ['lastName'] }, people: { Person00001: 'abcdef:a' } },
    ],
  ])('that cannot be read (%s) is discarded', (_, stored) => {
    expect(openMemory(stored, KEY).recall('Person00001', 'lastName')).toBeUndefined();
  });

  it('keeps as it is stored the person in whom nothing changes', () => {
    const both = { dhis2: 'aaaaa', godata: 'bbbbb' };
    const people = { Person00001: 'anyName:bbbbbaaaaa', Person00002: 'anyName:cccccddddd' };
    const memory = openMemory({ key: KEY.id, lists: { anyName: ['lastName'] }, people }, KEY);
    memory.remember('Person00002', 'lastName', memory.recall('Person00002', 'lastName')!);
    memory.remember('Person00003', 'lastName', both);
    const all = memory.all();
    expect(peopleOf(all)).toMatchObject(people);
    expect(Object.keys(peopleOf(all))).toEqual(['Person00001', 'Person00002', 'Person00003']);
    expect(all.lists.anyName).toEqual(['lastName']);
    expect(Object.keys(memory.changes().people)).toEqual(['Person00003']);
  });

  it('is small: 5,000 people with 20 fields need less than 1.5 MB', () => {
    const memory = openMemory(undefined, KEY);
    for (let person = 0; person < 5000; person += 1) {
      for (let n = 0; n < 20; n += 1) {
        const both = {
          dhis2: fingerprint(`d${person}${n}`),
          godata: fingerprint(`g${person}${n}`),
        };
        memory.remember(`Person${String(person).padStart(5, '0')}`, `field${n}`, both);
      }
    }
    expect(JSON.stringify(memory.all()).length).toBeLessThan(1_500_000);
  });

  it.each([25, 60])('of 50,000 people with %i fields has at most 5.6 MB, of those seen last', n => {
    const fields = Array.from({ length: n }, (_, field) => `field${field}`);
    const people = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, person) => [
        `P${String(person).padStart(10, '0')}`,
        `abcdef:${'x'.repeat(n * 10)}`,
      ]),
    );
    const all = openMemory({ key: KEY.id, lists: { abcdef: fields }, people }, KEY).all();
    const kept = Object.keys(peopleOf(all));
    const bytes = JSON.stringify(all).length;
    expect(bytes).toBeLessThan(5_601_000);
    expect(kept.length === 20_000 || bytes > 5_590_000).toBe(true);
    expect(kept.at(-1)).toBe('P0000049999');
  });

  it('of people who each have other fields has at most 5.6 MB with their lists', () => {
    const lists: Record<string, string[]> = {};
    const people: Record<string, string> = {};
    for (let n = 0; n < 20_000; n += 1) {
      const list = `l${n}`;
      lists[list] = Array.from({ length: 25 }, (_, field) => `field${n}of${field}`);
      people[`P${String(n).padStart(10, '0')}`] = `${list}:${'x'.repeat(250)}`;
    }
    const all = openMemory({ key: KEY.id, lists, people }, KEY).all();
    const kept = Object.keys(peopleOf(all));
    expect(JSON.stringify(all).length).toBeLessThan(5_601_000);
    expect(Object.keys(all.lists)).toHaveLength(kept.length);
    expect(kept.length).toBeGreaterThan(5000);
    expect(kept.at(-1)).toBe('P0000019999');
  });

  it('discards the people that were seen longest ago, beyond 20,000', () => {
    const memory = openMemory(undefined, KEY);
    const both = { dhis2: 'aaaaa', godata: 'bbbbb' };
    for (let n = 0; n < 20_001; n += 1) memory.remember(`P${n}`, 'lastName', both);
    memory.remember('P0', 'lastName', both);
    const kept = openMemory(memory.all(), KEY);
    expect(kept.recall('P0', 'lastName')).toEqual(kept.seal('P0', 'lastName', both));
    expect(kept.recall('P1', 'lastName')).toBeUndefined();
  });
});

describe('a fingerprint', () => {
  it('is the same for the same meaning, and has five letters', () => {
    const same = [
      [undefined, null, '', '  ', [], {}, [null], { a: null }],
      ['2026-03-01', '2026-03-01T00:00:00.000Z'],
      [34, '34'],
      [
        { b: 1, a: [' x'] },
        { a: ['x'], b: '1', c: undefined },
      ],
    ];
    for (const values of same) expect(new Set(values.map(fingerprint)).size).toBe(1);
    expect(fingerprint('x')).toMatch(/^[\w-]{5}$/);
    expect(
      new Set([...same.map(([value]) => value), ['', 'x'], ['x', '']].map(fingerprint)).size,
    ).toBe(6);
  });

  it('differs for ten thousand different values', () => {
    const prints = Array.from({ length: 10_000 }, (_, n) => fingerprint(`value ${n}`));
    expect(new Set(prints).size).toBe(10_000);
  });
});

describe('a memory in a collection', () => {
  const open: FakeApi[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map(api => api.close()));
  });

  /** Collections as the platform serves them: values are texts, and lists have pages. */
  async function startCollections(items: Map<string, string>, limit = 2) {
    const api = await startFakeApi({
      'GET /collections/:name': ({ query }) => {
        const from = Number(query.cursor?.[0] ?? 0);
        const all = [...items].map(([key, value]) => ({ key, value }));
        const next = from + limit < all.length ? String(from + limit) : null;
        return { body: { items: all.slice(from, from + limit), cursor: next } };
      },
      'POST /collections/:name': ({ body }) => {
        const sent = (body as { items: { key: string; value: string }[] }).items;
        for (const { key, value } of sent) items.set(key, value);
        return { body: { upserted: sent.length, errors: [] } };
      },
    });
    open.push(api);
    return api;
  }

  const stateWith = ({ url }: FakeApi) => ({
    configuration: {
      collections_endpoint: `${url}/collections`,
      collections_token: 'token-1',
      memoryKey: MEMORY_KEY,
    },
  });

  it('is read in pages, and its changes are written back', async () => {
    const items = new Map([['something else', 'no JSON']]);
    const api = await startCollections(items);
    const place = { collection: 'two-way' };
    const both = { dhis2: 'aaaaa', godata: 'bbbbb' };
    const first = await openKeptMemory(stateWith(api), place, {});
    for (const person of ['P1', 'P2', 'P3']) first.memory.remember(person, 'lastName', both);
    expect(await first.keep(undefined)).toEqual({});
    const second = await openKeptMemory(stateWith(api), place, {});
    for (const person of ['P1', 'P2', 'P3']) {
      expect(second.memory.recall(person, 'lastName')).toEqual(
        second.memory.seal(person, 'lastName', both),
      );
    }
    second.memory.remember('P2', 'lastName', { ...both, godata: 'ccccc' });
    api.calls.length = 0;
    await second.keep(undefined);
    const { body, headers } = api.calls[0]!;
    const keys = (body as { items: { key: string }[] }).items.map(({ key }) => key);
    expect(keys.filter(key => key.startsWith('person:'))).toEqual(['person:P2']);
    expect(headers.authorization).toBe('Bearer token-1');
  });

  it('keeps the people of workflows that share it apart, by their part', async () => {
    const items = new Map<string, string>();
    const api = await startCollections(items);
    const place = { collection: 'two-way' };
    const open = (part?: string) =>
      openKeptMemory({ ...stateWith(api), ...(part && { memoryPart: part }) }, place, {});
    for (const part of [undefined, 'north', 'south']) {
      const { memory, keep } = await open(part);
      expect(memory.recall('P1', 'lastName')).toBeUndefined();
      memory.remember('P1', 'lastName', { dhis2: 'aaaaa', godata: part ?? 'bbbbb' });
      await keep(undefined);
    }
    const { memory } = await open('north');
    expect(memory.recall('P1', 'lastName')).toEqual(
      memory.seal('P1', 'lastName', { dhis2: 'aaaaa', godata: 'north' }),
    );
    expect([...items.keys()]).toEqual(expect.arrayContaining(['person:P1', 'south/person:P1']));
  });

  it('that was not created is named, with advice', async () => {
    const api = await startFakeApi({ 'GET /collections/:name': { status: 404, body: {} } });
    open.push(api);
    await expect(
      openKeptMemory(stateWith(api), { collection: 'two-way' }, {}),
    ).rejects.toMatchObject({
      code: 'NO_COLLECTION',
      fix: expect.stringContaining('settings'),
    });
  });

  it('is kept in the state, where there is no access to collections', async () => {
    const configuration = { memoryKey: MEMORY_KEY };
    const place = { collection: 'two-way' };
    const both = { dhis2: 'aaaaa', godata: 'bbbbb' };
    const { memory, keep } = await openKeptMemory({ configuration }, place, {});
    memory.remember('P1', 'lastName', both);
    const { memory: stored } = await keep(undefined);
    const again = await openKeptMemory({ configuration, memory: stored }, place, {});
    expect(again.memory.recall('P1', 'lastName')).toEqual(memory.seal('P1', 'lastName', both));
  });

  it.each([{ collection: '' }, { collection: 1 }, { name: 'x' }])(
    'with an invalid name (%j) is refused',
    async place => {
      const state = { configuration: { collections_endpoint: 'x', collections_token: 'y' } };
      await expect(openKeptMemory(state, place as never, {})).rejects.toMatchObject({
        code: 'BAD_OPTION',
      });
    },
  );
});
