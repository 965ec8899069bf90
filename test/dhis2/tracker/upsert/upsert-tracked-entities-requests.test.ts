import { describe, expect, it } from 'vitest';
import type { MappedEntity } from '#common/handover/mapped-tracked-entity-batch.js';
import type { RunningDhis2 } from '#sandbox/dhis2/index.js';
import { startProxy } from '#test/support/proxy.js';
import {
  aBatch,
  aCase,
  aContact,
  aGhost,
  attributeIn,
  attributesOf,
  clinical,
  closeServers,
  enrollmentOf,
  exposure,
  labResult,
  living,
  POSITIVE,
  reportOf,
  startProgram,
  teOf,
  upsert,
  VERSIONS,
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

const LIST = 'GET /api/tracker/trackedEntities';
const IMPORT = 'POST /api/tracker';
/** As long as Go.Data's own ids. */
const personId = (n: number) => `6f1c2a9e-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (count: number, surname = 'Obi'): MappedEntity[] =>
  Array.from({ length: count }, (_, n) =>
    aCase(personId(n), {
      attributes: { [WHO.surname]: surname },
      events: [clinical({ [WHO.fever]: 'YES' }), labResult(`lab-${n}`)],
    }),
  );
const chain = (count: number) =>
  Array.from({ length: count - 1 }, (_, n) =>
    exposure(`exposure-${n}`, personId(n), personId(n + 1)),
  );
const countOf = (server: RunningDhis2) => ({
  trackedEntities: living(server, 'trackedEntities').length,
  enrollments: living(server, 'enrollments').length,
  events: living(server, 'events').length,
  relationships: living(server, 'relationships').length,
});

describe('requests', () => {
  it.each(['2.38', '2.42'])(
    'are at most three for every 100 people, plus a dozen, on DHIS2 %s',
    async version => {
      const server = await startProgram({
        version,
        seed: seed => {
          for (const id of [WHO.localId, WHO.phone]) attributeIn(seed, id).unique = true;
        },
      });
      const find = { linkAttribute: WHO.localId };
      const count = 1000;
      const limit = (count / 100) * 3 + 12;
      const create = aBatch(people(count), chain(count), find);
      await upsert(server, create);
      const created = server.requests.count();
      expect(countOf(server)).toEqual({
        trackedEntities: count,
        enrollments: count,
        events: 2 * count,
        relationships: count - 1,
      });
      server.requests.reset();
      await upsert(server, aBatch(people(count, 'Eze'), chain(count), find));
      const updated = server.requests.count();
      server.requests.reset();
      await upsert(server, aBatch(people(count, 'Eze'), chain(count), find));
      const unchanged = server.requests.count();
      expect(server.requests.writes()).toBe(0);
      expect(Math.max(created, updated, unchanged)).toBeLessThanOrEqual(limit);
      // With one more for every 250 people whose relationships are read.
      expect(server.requests.byRoute()[LIST]).toBeLessThanOrEqual(2.4 * (count / 100));
    },
    120_000,
  );

  it.each(VERSIONS)(
    'do not name a program or org units if they ask for ids, on %s',
    async version => {
      const server = await startProgram({ version });
      await upsert(server, aBatch(people(3)));
      const lists = server.requests.entries.filter(({ route }) => route === LIST);
      expect(lists.length).toBeGreaterThan(0);
      expect(lists.every(({ url }) => !/orgUnit|ouMode|program=/.test(url))).toBe(true);
    },
  );

  it('contain at most as many objects as the job says; a person is not split', async () => {
    const server = await startProgram();
    await upsert(server, aBatch(people(7), chain(7)), { chunkSize: 9 });
    // Four objects each: two people in one request; six relationships in one.
    expect(server.requests.byRoute()[IMPORT]).toBe(5);
    expect(countOf(server)).toMatchObject({ trackedEntities: 7, events: 14, relationships: 6 });
    const many = aCase('many', {
      events: Array.from({ length: 20 }, (_, n) => labResult(`many-${n}`)),
    });
    await upsert(server, aBatch([many]), { chunkSize: 5 });
    expect(living(server, 'events')).toHaveLength(34);
    const more = aCase('many', {
      events: Array.from({ length: 20 }, (_, n) => labResult(`many-${n}`, { [WHO.result]: null })),
    });
    const ran = await upsert(server, aBatch([more]), { chunkSize: 5 });
    expect(reportOf(ran)).toMatchObject({ updated: 20 });
  });

  it('write a person completely or not at all', async () => {
    const server = await startProgram();
    await upsert(server, aBatch(people(3)));
    const { url } = await startProxy(server.url, {
      stop: (_, method) => (method === 'POST' ? 'after' : undefined),
    });
    const changed = people(3, 'Eze').map(one => ({
      ...one,
      events: [clinical({ [WHO.fever]: 'NO' })],
    }));
    await expect(upsert({ url }, aBatch(changed), { chunkSize: 3 })).rejects.toThrow();
    const isNew = (n: number) => [
      attributesOf(server, teOf(personId(n)))[WHO.surname] === 'Eze',
      living(server, 'events').some(
        ({ enrollment, dataValues }) =>
          enrollment === enrollmentOf(personId(n)) &&
          dataValues.some(({ value }) => value === 'NO'),
      ),
    ];
    expect([0, 1, 2].map(isNew)).toEqual([
      [true, true],
      [false, false],
      [false, false],
    ]);
  });

  it('for an empty batch are only those that inspect the server', async () => {
    const server = await startProgram();
    const ran = await upsert(server, aBatch([]));
    expect(reportOf(ran)).toMatchObject({ read: 0, created: 0, unchanged: 0 });
    expect(server.requests.byRoute()[LIST]).toBeUndefined();
    expect(ran.cursor).toEqual({ people: aBatch([]).next });
  });
});

describe.each(VERSIONS)('an import in the background, on DHIS2 %s', version => {
  it('ends like one that the request waits for', async () => {
    const server = await startProgram({
      version,
      seed: seed => {
        for (const part of seed.trackedEntityTypes![0]!.trackedEntityTypeAttributes) {
          if (part.trackedEntityAttribute.id === WHO.sex) part.mandatory = true;
        }
      },
    });
    const batch = aBatch(
      [
        aCase('p', { events: [labResult('lab')] }),
        aCase('bad', { attributes: { [WHO.sex]: 'X' } }),
        // A program rule refuses this age: DHIS2 tells it only when it is asked.
        aCase('old', { attributes: { [WHO.age]: '140' } }),
      ],
      [exposure('e', 'p', 'bad')],
    );
    const ran = await upsert(server, batch, { async: true });
    expect(reportOf(ran)).toMatchObject({ created: 3 });
    expect(reportOf(ran).rejected!.map(({ code }) => code)).toEqual([
      'E1125',
      'E5000',
      'E1300',
      'E5000',
    ]);
    await upsert(
      server,
      aBatch([aGhost('p')], [], { whenDeleted: 'delete' }),
      { async: true },
      {
        username: 'keeper',
      },
    );
    expect(living(server, 'trackedEntities')).toEqual([]);
  }, 20_000);
});

describe('a lost answer', () => {
  it.each(['before', 'after', 'during'] as const)(
    'is requested again (%s it was handled): nothing is written twice',
    async when => {
      const server = await startProgram();
      server.faults.add({ kind: 'cut', route: IMPORT, at: [1, 3], when });
      const ran = await upsert(server, aBatch(people(6), chain(6)), { chunkSize: 8 });
      expect(reportOf(ran).rejected).toBeUndefined();
      expect(countOf(server)).toEqual({
        trackedEntities: 6,
        enrollments: 6,
        events: 12,
        relationships: 5,
      });
      server.faults.clear();
      server.requests.reset();
      await upsert(server, aBatch(people(6), chain(6)));
      expect(server.requests.writes()).toBe(0);
    },
    30_000,
  );

  it('of a busy server is waited for', async () => {
    const server = await startProgram();
    server.faults.add({ kind: 'status', status: 503, route: IMPORT, at: 1 });
    server.faults.add({ kind: 'status', status: 502, route: LIST, at: 1 });
    await upsert(server, aBatch(people(2)));
    expect(living(server, 'trackedEntities')).toHaveLength(2);
  }, 20_000);
});

describe('the state', () => {
  it("keeps the other way's cursor, and says if that way has more to do", async () => {
    const server = await startProgram();
    const cases = { updatedAt: '2026-08-18T00:00:00.000', seen: {}, underWay: true };
    const former = { cases, retry: ['PersonDhis2'], people: { retry: ['old'] } };
    const ran = await upsert(
      server,
      aBatch([aCase('p')], [], { next: { retry: ['later'] } }),
      {},
      {
        cursor: former,
        report: { 'upsert-cases': {} },
        since: '2026-01-01',
        today: '2026-08-19',
      },
    );
    expect(ran.cursor).toEqual({
      cases,
      retry: ['PersonDhis2'],
      people: { retry: ['later'] },
    });
    expect(ran.more).toBe(true);
    expect(ran).not.toHaveProperty('since');
    expect(ran).not.toHaveProperty('today');
    const last = await upsert(server, aBatch([aCase('p')]), {}, { cursor: {} });
    expect(last.more).toBe(false);
    const more = await upsert(server, aBatch([aCase('p')], [], { more: true }));
    expect(more.more).toBe(true);
  });

  it('of a dry run has the plan, and is otherwise unchanged', async () => {
    const server = await startProgram();
    const cursor = { people: { retry: ['p'] } };
    const batch = aBatch(
      [aCase('p', { events: [labResult('lab')] }), aContact('c')],
      [exposure('e', 'p', 'c')],
    );
    const ran = await upsert(server, batch, {}, { cursor, dryRun: true });
    expect(ran.cursor).toEqual(cursor);
    expect(ran.data.dryRun).toBe(true);
    expect(reportOf(ran)).toMatchObject({ created: 6, dryRun: true });
    expect(ran.data.plan.rows).toEqual([
      ['Demonstration: cases', 'tracked entity', 'p', 'create', 'First name, Surname, Patinfo sex'],
      ['Demonstration: cases', 'enrollment', 'p', 'create', 'enrolledAt'],
      ['Demonstration: cases', 'event: Labresult', 'p', 'create', 'Outcome lab result'],
      [
        'Demonstration: contacts',
        'tracked entity',
        'c',
        'create',
        'First name, Surname, Patinfo sex',
      ],
      ['Demonstration: contacts', 'enrollment', 'c', 'create', 'enrolledAt'],
      [null, 'relationship', 'e', 'create', null],
    ]);
    expect(JSON.stringify(ran.data.plan)).not.toMatch(/Secretname|Obi|POSITIVE/);
    expect(living(server, 'trackedEntities')).toEqual([]);
  });

  it.each([
    [{ chunk: 5 }, '"chunk" is not known'],
    [{ chunkSize: 501 }, 'chunkSize'],
    [{ chunkSize: 0 }, 'chunkSize'],
    [{ async: 'yes' }, 'async'],
    [{ recreate: 1 }, 'recreate'],
  ])('refuses unknown and invalid options: %j', async (options, says) => {
    const server = await startProgram();
    await expect(upsert(server, aBatch([]), options as never)).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining(says),
    });
  });

  it.each([[{ dryRun: 'yes' }, 'BAD_OPTION']])('refuses %j', async (state, code) => {
    const server = await startProgram();
    await expect(upsert(server, aBatch([]), {}, state)).rejects.toMatchObject({ code });
  });

  it('without people comes from another step', async () => {
    const server = await startProgram();
    await expect(upsert(server, { values: POSITIVE } as never)).rejects.toMatchObject({
      code: 'NO_PEOPLE',
      kind: 'configuration',
    });
  });
});
