import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  CASE,
  CONTACT,
  caseListToSeed,
  type OutbreakRecord,
  type PeopleSource,
  type Person,
} from '#sandbox/godata/index.js';
import { Collection } from '#sandbox/godata/store/collection.js';
import { PersonRecordStore } from '#sandbox/godata/store/person-records.js';
import { dialectFor } from '#sandbox/godata/version.js';
import { begin, type TestGoData } from './client.js';

let godata: TestGoData | undefined;
afterEach(async () => {
  await godata?.close();
  godata = undefined;
});

/** People `p000000`, `p000001`... created on demand; every third was reported in February. */
function numbered(count: number): PeopleSource & { pages: number } {
  const person = (index: number): Person => ({
    id: `p${String(index).padStart(6, '0')}`,
    outbreakId: 'OB',
    type: CASE.type,
    dateOfReporting: `2026-0${index % 3 === 0 ? 2 : 1}-01T00:00:00.000Z`,
  });
  return {
    count,
    pages: 0,
    page(afterId, limit) {
      this.pages += 1;
      let start = 0;
      while (start < count && afterId !== undefined && person(start).id <= afterId) start += 1;
      return Array.from({ length: Math.min(limit, count - start) }, (_, index) =>
        person(start + index),
      );
    },
    skip(afterId, skipped) {
      const first = afterId === undefined ? 0 : Number(afterId.slice(1)) + 1;
      return first + skipped > count ? undefined : person(first + skipped - 1).id;
    },
  };
}

describe('a lazy source', () => {
  it('is paged by id, filtered, counted and read like stored people', async () => {
    const source = numbered(5000);
    godata = await begin({ sources: [{ outbreakId: 'OB', type: CASE.type, source }] });
    const where = { and: [{ id: { gt: 'p004000' } }, { dateOfReporting: { gte: '2026-02-01' } }] };
    const { body } = await godata.cases({ where, order: ['id ASC'], limit: 2, fields: ['id'] });
    expect(body).toEqual([{ id: 'p004002' }, { id: 'p004005' }]);
    expect(source.pages).toBe(1);
    const one = await godata.call('GET', '/outbreaks/OB/cases/p000123');
    expect(one.body.id).toBe('p000123');
    const counted = await godata.call('GET', '/outbreaks/OB/cases/filtered-count');
    expect(counted.body).toEqual({ count: 5000 });
    expect((await godata.call('GET', '/outbreaks/OB/cases/p9')).status).toBe(404);
  });

  it('skips people without making them', async () => {
    const source = numbered(5000);
    godata = await begin({ sources: [{ outbreakId: 'OB', type: CASE.type, source }] });
    const after = { where: { id: { gt: 'p000999' } }, order: ['id ASC'], fields: ['id'] };
    const part = await godata.cases({ ...after, limit: 1, skip: 3500 });
    expect(part.body).toEqual([{ id: 'p004500' }]);
    expect(source.pages).toBe(1);
    expect((await godata.cases({ ...after, limit: 1, skip: 4000 })).body).toEqual([]);
  });
});

describe('a collection', () => {
  it('walks from any id over exactly the higher ids, in order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.string(), (ids, start) => {
        const collection = new Collection();
        for (const id of ids) collection.put({ id });
        const walked = [...collection.after(start)].map(record => record.id);
        const expected = ids.filter(id => id > start).sort((a, b) => (a < b ? -1 : 1));
        expect(walked).toEqual(expected);
      }),
    );
  });
});

describe('records of people', () => {
  const one = fc.record({
    id: fc.constantFrom('r', 's', 't'),
    outbreakId: fc.constantFrom('OB', 'PB'),
    deleted: fc.boolean(),
    persons: fc.uniqueArray(fc.constantFrom<string>('p', 'q', 'r'), { maxLength: 2 }),
  });

  it('are found by person and by outbreak as by a complete search', () => {
    fc.assert(
      fc.property(fc.array(one), records => {
        const context = { now: () => new Date(0), dialect: dialectFor('2.50') };
        const store = new PersonRecordStore<OutbreakRecord>(
          context,
          ({ persons }) => persons as string[],
        );
        const all = new Map<string, (typeof records)[number]>();
        // A record of one outbreak never moves to another.
        for (const record of records) {
          const { outbreakId } = all.get(record.id) ?? record;
          all.set(record.id, { ...record, outbreakId });
          store.put({ ...record, outbreakId });
        }
        const idsOf = (found: readonly { id: string }[]) => found.map(({ id }) => id).sort();
        for (const person of ['p', 'q', 'r']) {
          const own = [...all.values()].filter(({ persons }) => persons.includes(person));
          expect(idsOf(store.allOf(person))).toEqual(idsOf(own));
          expect(idsOf(store.of(person))).toEqual(idsOf(own.filter(({ deleted }) => !deleted)));
        }
        for (const outbreakId of ['OB', 'PB']) {
          const own = [...all.values()].filter(record => record.outbreakId === outbreakId);
          expect(idsOf([...store.rowsOf(outbreakId).after()])).toEqual(idsOf(own));
        }
      }),
    );
  });
});

describe('the store', () => {
  it('is restored from JSON unchanged', async () => {
    godata = await begin();
    godata.store.people.create('OB', CASE.type, { id: 'c', dateOfOnset: '2026-01-01' });
    godata.store.people.delete('c');
    const saved = JSON.parse(JSON.stringify(godata.store.toJSON()));
    await godata.close();
    godata = await begin(saved);
    expect(godata.store.toJSON()).toMatchObject({
      people: saved.people,
      outbreaks: saved.outbreaks,
    });
    expect((await godata.cases({ deleted: true })).body).toHaveLength(1);
    expect((await godata.cases()).body).toHaveLength(0);
  });

  it('is restored from JSON with all records of people', async () => {
    godata = await begin();
    const { call } = godata;
    await call('POST', '/outbreaks/OB/cases', { id: 'c', visualId: 'CASE-9999' });
    await call('POST', '/outbreaks/OB/contacts', { id: 'k' });
    await call('POST', '/outbreaks/OB/contacts/k/relationships', { persons: [{ id: 'c' }] });
    await call('POST', '/outbreaks/OB/contacts/k/follow-ups', { date: '2026-02-01' });
    await call('POST', '/outbreaks/OB/cases/c/lab-results', {});
    await call('POST', '/outbreaks/OB/clusters', { name: 'A' });
    const categoryId = 'LNG_REFERENCE_DATA_CATEGORY_OCCUPATION';
    await call('POST', '/reference-data', { categoryId, value: 'Diver' });
    await call('POST', '/locations', { name: 'Land' });
    const saved = JSON.parse(JSON.stringify(godata.store.toJSON()));
    await godata.close();
    godata = await begin(saved);
    expect(godata.store.toJSON()).toEqual({ ...saved, users: expect.anything() });
    const counts = Object.entries(saved).map(([name, list]) => [name, (list as []).length]);
    expect(Object.fromEntries(counts)).toEqual({
      ...{ users: 1, outbreaks: 1, locations: 1, people: 2, relationships: 1, labResults: 1 },
      ...{ followUps: 1, clusters: 1, referenceData: 1, languages: 1, languageTokens: 1 },
    });
    // The indexes are restored too.
    const lists = ['contacts/k/relationships', 'cases/c/lab-results', 'clusters'];
    for (const path of lists) {
      expect((await godata.call('GET', `/outbreaks/OB/${path}`)).body).toHaveLength(1);
    }
    const { body } = await godata.call('POST', '/outbreaks/OB/cases', { visualId: 'CASE-9999' });
    expect(body.visualId).toBe('CASE-0002');
  });

  it("keeps copies: a later change of a caller's objects changes nothing", async () => {
    godata = await begin();
    const values = { id: 'c', age: { years: 5 } };
    godata.store.people.create('OB', CASE.type, values);
    values.age.years = 99;
    expect((await godata.cases()).body[0]?.age).toEqual({ years: 5 });
  });
});

const CASES = new URL('../../../../shared/data/who-demo-cases.json', import.meta.url);
const CONTACTS = new URL('../../../../shared/data/who-demo-contacts.json', import.meta.url);

describe('a case list as the real API answers it', () => {
  it('becomes a seed with the outbreak, its locations and its people', () => {
    const item = {
      id: 'c',
      outbreakId: 'o',
      addresses: [{ locationId: 'L1' }],
      dateRanges: [{ locationId: 'L2' }],
    };
    const seed = caseListToSeed([item], [{ id: 'k', outbreakId: 'o', address: {} }]);
    expect(seed.outbreaks.map(one => one.id)).toEqual(['o']);
    expect(seed.locations.map(one => one.id)).toEqual(['L1', 'L2']);
    expect(seed.people.map(one => one.type)).toEqual([CASE.type, CONTACT.type]);
    expect(() => caseListToSeed([{ id: 'x' }])).toThrow(TypeError);
  });

  it.skipIf(!existsSync(CASES))(
    'is served again unchanged, from the public demonstration',
    async () => {
      const cases = JSON.parse(readFileSync(CASES, 'utf8'));
      const seed = caseListToSeed(cases, JSON.parse(readFileSync(CONTACTS, 'utf8')));
      godata = await begin(seed);
      await godata.logIn(seed.users[0]?.email, seed.users[0]?.password);
      const path = `/outbreaks/${seed.outbreaks[0]?.id}`;
      const { body } = await godata.call('GET', `${path}/cases`);
      const byId = (a: { id?: unknown }, b: { id?: unknown }) =>
        String(a.id) < String(b.id) ? -1 : 1;
      expect(body.sort(byId)).toEqual([...cases].sort(byId));
      const people = await godata.call('GET', `${path}/people/filtered-count`);
      expect(people.body).toEqual({ count: 110 });
    },
  );
});
