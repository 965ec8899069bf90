import { afterEach, describe, expect, it } from 'vitest';
import {
  anEnrollment,
  anEvent,
  aTrackerSeed,
  PEOPLE,
} from '../../sandbox/dhis2/support/tracker-seed.js';
import {
  aCrowd,
  applied,
  at,
  drain,
  ID,
  idOf,
  PRECISION,
  peopleIn,
  type ServerTraits,
  startTracker,
  type TrackerServer,
  VERSIONS,
  WHO,
} from './support.js';

let server: TrackerServer;
afterEach(() => server?.close());

const start = async (traits?: ServerTraits) => {
  server = await startTracker(traits);
  return server;
};
const ids = (entities: { id: string }[]) => entities.map(({ id }) => id);

describe.each(VERSIONS)('from DHIS2 %s', version => {
  it('everybody is passed on with everything that a mapping needs, cases before contacts', async () => {
    await start({ version });
    const { data, report } = await server.run();
    expect(data.entities.map(({ id, kind }) => [id, kind])).toEqual([
      [PEOPLE.elsewhere, 'case'],
      [PEOPLE.case, 'case'],
      [PEOPLE.contact, 'contact'],
    ]);
    const relationship = {
      id: 'Relation001',
      type: WHO.inContact,
      from: PEOPLE.case,
      to: PEOPLE.contact,
      createdAt: '2026-08-01',
    };
    expect(data.entities[1]).toEqual({
      id: PEOPLE.case,
      kind: 'case',
      orgUnit: ID.facility,
      createdAt: '2026-08-01T08:00:00.000',
      updatedAt: '2026-08-10T08:00:00.000',
      attributes: {
        [WHO.firstName]: 'Ada',
        [WHO.surname]: 'Obi',
        [WHO.age]: '41',
        [WHO.systemId]: 'COVID19_0000001',
      },
      enrollments: [
        {
          id: 'EnrolCase01',
          program: WHO.cases,
          orgUnit: ID.facility,
          status: 'ACTIVE',
          enrolledAt: '2026-08-01',
          occurredAt: '2026-07-30',
          events: [
            {
              id: 'EventClin01',
              stage: WHO.clinical,
              orgUnit: ID.facility,
              status: 'COMPLETED',
              occurredAt: '2026-08-02',
              values: { [WHO.onset]: '2026-07-30' },
            },
            {
              id: 'EventLab001',
              stage: WHO.labResults,
              orgUnit: ID.facility,
              status: 'ACTIVE',
              occurredAt: '2026-08-04',
              values: { [WHO.labResult]: 'POSITIVE' },
            },
          ],
        },
      ],
      relationships: [relationship],
    });
    expect(data.entities[2]).toMatchObject({
      attributes: { [WHO.firstName]: 'Chidi' },
      enrollments: [{ events: [{ id: 'EventFoll01', scheduledAt: '2026-08-20', values: {} }] }],
      relationships: [relationship],
    });
    expect(data.orgUnits).toEqual({
      [ID.facility]: { name: 'Facility A', path: `/${ID.root}/${ID.district}/${ID.facility}` },
      [ID.otherDistrict]: { name: 'District B', path: `/${ID.root}/${ID.otherDistrict}` },
    });
    expect(data.more).toBe(false);
    expect(report['fetch-tracked-entities']).toMatchObject({ read: 3 });
  });

  it('a second run passes on nothing, and a third one only what has changed', async () => {
    await start({ version });
    const first = await server.run();
    const second = await server.run({ cursor: first.data.next });
    expect(second.data.entities).toEqual([]);
    server.store.put('events', anEvent({ event: 'EventLab002', enrollment: 'EnrolCase01' }));
    const third = await server.run({ cursor: second.data.next });
    expect(ids(third.data.entities)).toEqual([PEOPLE.case]);
    expect(third.data.entities[0]!.enrollments[0]!.events).toHaveLength(3);
    expect((await server.run({ cursor: third.data.next })).data.entities).toEqual([]);
  });

  it('deleted parts are left out, and deleted people are passed on as deleted', async () => {
    await start({ version });
    const { data } = await server.run();
    server.store.delete('events', 'EventLab001');
    server.store.delete('relationships', 'Relation001');
    server.store.delete('trackedEntities', PEOPLE.elsewhere);
    server.store.delete('enrollments', 'EnrolCont01');
    const { entities } = (await server.run({ cursor: data.next })).data;
    expect(entities).toMatchObject([
      { id: PEOPLE.case, enrollments: [{ events: [{ id: 'EventClin01' }] }], relationships: [] },
      { id: PEOPLE.elsewhere, kind: 'case', deleted: true, enrollments: [], attributes: {} },
      { id: PEOPLE.contact, kind: 'contact', deleted: true, enrollments: [], attributes: {} },
    ]);
    expect(entities[0]!.deleted).toBeUndefined();
  });

  it('only what belongs below the roots is read', async () => {
    await start({ version });
    const below = async (roots: string[]) => ids((await server.run({}, { roots })).data.entities);
    expect(await below(['DB'])).toEqual([PEOPLE.elsewhere]);
    expect(await below([ID.district])).toEqual([PEOPLE.case, PEOPLE.contact]);
    expect(await below(['DB', ID.facility])).toHaveLength(3);
  });

  it('an account reads what it may see when no roots are named', async () => {
    await start({ version, username: 'entry' });
    expect(ids((await server.run()).data.entities)).toEqual([PEOPLE.case, PEOPLE.contact]);
  });

  it('a person who becomes a case is no longer a contact, and the reverse', async () => {
    await start({ version, username: 'entry' });
    const { next } = (await server.run()).data;
    const becomes = anEnrollment({ enrollment: 'EnrolCont02', trackedEntity: PEOPLE.contact });
    server.store.put('enrollments', becomes);
    const promoted = (await server.run({ cursor: next })).data;
    expect(promoted.entities.map(({ id, kind }) => [id, kind])).toEqual([[PEOPLE.contact, 'case']]);
    server.clock.ms += 1;
    server.store.delete('enrollments', 'EnrolCont02');
    // Not passed on as deleted in between, even if the batch is full of deleted people.
    const back = (await server.run({ cursor: promoted.next, batchSize: 1 })).data;
    expect(back.entities).toMatchObject([{ id: PEOPLE.contact, kind: 'contact' }]);
    expect(back.entities[0]!.deleted).toBeUndefined();
  });

  it('a program or an org unit that the account does not see is reported', async () => {
    await start({ version });
    await expect(server.run({}, { program: 'NOWHERE' })).rejects.toMatchObject({
      code: 'UNKNOWN_PROGRAM',
      kind: 'configuration',
      message: expect.stringContaining(`(COVID19_CBS, ${WHO.cases})`),
    });
    await expect(server.run({}, { roots: ['NOWHERE'] })).rejects.toMatchObject({
      code: 'UNKNOWN_ORG_UNIT',
      kind: 'configuration',
    });
    expect(server.lists).toEqual([]);
  });
});

const HOUR = 3_600_000;

describe('what has changed', () => {
  it("is requested by the server's own times, an overlap before the last change", async () => {
    await start();
    const { next } = (await server.run()).data;
    expect(next.cases!.updatedAt).toBe('2026-08-10T08:00:00.000');
    server.lists.length = 0;
    await server.run({ cursor: next });
    await server.run({ cursor: next }, { overlapMinutes: 0 });
    expect(server.lists.map(query => query.get('updatedAfter'))).toEqual([
      '2026-08-10T06:54:59.999',
      '2026-08-11T06:54:59.999',
      '2026-08-10T07:59:59.999',
      '2026-08-11T07:59:59.999',
    ]);
  });

  it('while the clock is set back by an hour is not lost', async () => {
    await start();
    const touch = (id: string) =>
      server.store.put('events', anEvent({ event: id, enrollment: 'EnrolCase01' }));
    touch('EventAAA001');
    const first = await server.run();
    server.clock.ms += 60_000 - HOUR;
    touch('EventAAA002');
    const second = await server.run({ cursor: first.data.next });
    expect(second.data.entities[0]!.enrollments[0]!.events).toHaveLength(4);
    // The position does not move back with the clock.
    expect(second.data.next.cases!.updatedAt).toBe(first.data.next.cases!.updatedAt);
  });

  it('is not read again because the server takes its times by the day', async () => {
    const seed = aCrowd(peopleIn(WHO.cases, 5, n => at(n * 2 * HOUR)));
    await start({ version: '2.38', precision: PRECISION.day, seed });
    const { next } = (await server.run()).data;
    expect((await server.run({ cursor: next })).data.entities).toEqual([]);
  });

  it('begins on a day that the first run is given, also for contacts, whose turn comes later', async () => {
    const seed = aCrowd(
      peopleIn(WHO.cases, 6, n => at(n, n < 3 ? '2026-08-01' : '2026-08-02')),
      peopleIn(WHO.contacts, 6, n => at(n, n < 3 ? '2026-08-01' : '2026-08-02')),
    );
    await start({ seed });
    const first = await server.run({ since: '2026-08-02', batchSize: 2 });
    const { batches } = await drain(server, first.data.next, { batchSize: 2 });
    const all = [first.data, ...batches].flatMap(batch => ids(batch.entities));
    expect(all).toEqual([3, 4, 5].map(n => idOf('C', n)).concat([3, 4, 5].map(n => idOf('K', n))));
  });

  it('leaves the cursor itself to the last step', async () => {
    await start();
    const { data } = await server.run();
    const { cursor } = await server.run({ cursor: data.next });
    expect(cursor).toEqual(data.next);
  });
});

describe.each(VERSIONS)('a person of Go.Data in DHIS2 %s', version => {
  const note = (id: string) => [{ note: 'NoteOfLink1', value: `Go.Data ${id}` }];

  it('is recognised by a note in any program, whichever request reads it', async () => {
    await start({ version });
    // Entered in Go.Data as a contact; a user has enrolled them among the cases.
    const contacts = server.store.get('enrollments', 'EnrolCase02')!;
    server.store.put('enrollments', { ...contacts, notes: note('person-1') });
    const { data } = await server.run();
    const linkOf = (id: string) => data.entities.find(one => one.id === id)!.link;
    expect(linkOf(PEOPLE.case)).toEqual({ id: 'person-1', isOrigin: true });
    expect(linkOf(PEOPLE.elsewhere)).toBeUndefined();
    const again = await server.run({ cursor: { ...data.next, retry: [PEOPLE.case] } });
    expect(again.data.entities).toMatchObject([{ link: { id: 'person-1' } }]);
  });

  it('is recognised by the note of an enrollment that was deleted in DHIS2, unless Go.Data deleted it', async () => {
    await start({ version });
    const contacts = server.store.get('enrollments', 'EnrolCase02')!;
    server.store.put('enrollments', { ...contacts, notes: note('person-1') });
    const marked = { note: 'NoteOfMark1', value: 'Deleted in Go.Data person-2' };
    const notes = [...note('person-2'), marked];
    const elsewhere = { enrollment: 'EnrolElse02', trackedEntity: PEOPLE.elsewhere, notes };
    server.store.put('enrollments', { ...contacts, ...elsewhere });
    for (const one of ['EnrolCase02', 'EnrolElse02']) server.store.delete('enrollments', one);
    const { data } = await server.run();
    const linkOf = (id: string) => data.entities.find(one => one.id === id)?.link;
    expect(linkOf(PEOPLE.case)).toEqual({ id: 'person-1', isOrigin: true });
    expect(linkOf(PEOPLE.elsewhere)).toBeUndefined();
  });

  it('needs no further request if the program itself has a note for everybody', async () => {
    await start({ version });
    for (const id of ['EnrolCase01', 'EnrolElse01']) {
      const one = server.store.get('enrollments', id)!;
      server.store.put('enrollments', { ...one, notes: note(`person-${id}`) });
    }
    await server.run({}, { contactProgram: undefined });
    expect(server.lists.map(query => query.get('program'))).toEqual([WHO.cases, WHO.cases]);
  });
});

describe('events that are equal in their times', () => {
  it.each(VERSIONS)(
    'come in the order of their ids, whatever order DHIS2 %s has',
    async version => {
      await start({ version });
      const results = ['EventLab009', 'EventLab005', 'EventLab007'];
      for (const event of results) {
        server.store.put(
          'events',
          anEvent({ event, enrollment: 'EnrolCase01', occurredAt: '2026-08-09' }),
        );
      }
      const { data } = await server.run();
      const person = data.entities.find(({ id }) => id === PEOPLE.case)!;
      const events = person.enrollments.flatMap(one => one.events.map(({ id }) => id));
      expect(events.slice(-3)).toEqual([...results].sort());
    },
  );
});

describe('a batch', () => {
  const crowd = () =>
    aCrowd(
      peopleIn(WHO.cases, 25, n => at(n)),
      peopleIn(WHO.contacts, 25, n => at(n)),
    );

  it('says that there is more until both programs are read completely', async () => {
    await start({ seed: crowd() });
    const { batches } = await drain(server, undefined, { batchSize: 20 });
    expect(batches.map(({ entities, more }) => [entities.length, more])).toEqual([
      [20, true],
      [20, true],
      [10, false],
    ]);
    expect(batches.flatMap(batch => batch.entities.map(({ kind }) => kind))).toEqual([
      ...Array(25).fill('case'),
      ...Array(25).fill('contact'),
    ]);
  });

  it('requests no contacts while there are more cases', async () => {
    await start({ seed: crowd() });
    await server.run({ batchSize: 20 });
    const programs = new Set(server.lists.map(query => query.get('program')));
    expect(programs).not.toContain(WHO.contacts);
  });

  it('that is exactly full at the end of a program does not skip the other one', async () => {
    await start({ seed: crowd() });
    const { batches } = await drain(server, undefined, { batchSize: 25 });
    expect(applied(batches).size).toBe(50);
    expect(batches.at(-1)!.more).toBe(false);
  });

  it('is never read with one request for each person', async () => {
    await start({ seed: crowd() });
    const { report } = await server.run({}, { pageSize: 10 });
    // Each kind: one list and three pages; contacts: three times, who of them is a case; and once, whom
    // an enrollment in another program links to Go.Data.
    expect(server.lists).toHaveLength(2 + 3 + 3 + 3 + 1);
    // Version, programs, their rules, which of them and of the relationship types the account may
    // read, option sets, names of org units.
    expect(report['fetch-tracked-entities']).toMatchObject({ read: 50, requests: 13 + 7 });
  });

  it('stays below 8 MB however much a tracked entity holds, and continues', async () => {
    const group = peopleIn(WHO.cases, 40, n => at(n));
    const long = 'x'.repeat(300_000);
    for (const entity of group.trackedEntities) {
      entity.attributes = [{ attribute: WHO.surname, value: long }];
    }
    group.trackedEntities[3]!.attributes = [{ attribute: WHO.surname, value: long.repeat(28) }];
    await start({ seed: aCrowd(group) });
    const { batches } = await drain(server);
    expect(applied(batches).size).toBe(40);
    expect(batches.flatMap(batch => ids(batch.entities))).toHaveLength(40);
    const sizes = batches.map(batch => JSON.stringify(batch).length);
    expect(sizes.filter(size => size > 7_600_000)).toHaveLength(1);
    expect(batches.length).toBeGreaterThan(2);
    // What the state remembers is part of its size.
    const memory = { lists: {}, people: { Person00001: 'x'.repeat(6_000_000) } };
    const { data } = await server.run({ memory });
    expect(JSON.stringify(data).length).toBeLessThan(1_600_000);
    expect(data.more).toBe(true);
  });
});

describe('more people with one time than fit on a page', () => {
  it.each([
    ['2.38', 'time', PRECISION.day, 0],
    ['2.38', 'day', PRECISION.day, 1000],
    ['2.41', 'second', PRECISION.second, 1],
    ['2.43', 'time', PRECISION.millisecond, 0],
  ])('are all passed on, each once (DHIS2 %s, of one %s)', async (version, _, precision, apart) => {
    const seed = aCrowd(peopleIn(WHO.cases, 70, n => at(n * apart)));
    await start({ version, precision, seed });
    const { batches, next } = await drain(server, undefined, { batchSize: 30, pageSize: 1 });
    expect(batches.flatMap(batch => ids(batch.entities)).sort()).toEqual(
      Array.from({ length: 70 }, (_, n) => idOf('C', n)),
    );
    expect((await server.run({ cursor: next }, { pageSize: 1 })).data.entities).toEqual([]);
  });

  it('hide no person when one of them is changed between two pages', async () => {
    await start({ seed: aCrowd(peopleIn(WHO.cases, 60, () => at(0))) });
    let changed = false;
    server.onRequest = query => {
      if (query.get('page') !== '2' || changed) return;
      changed = true;
      server.store.put('trackedEntities', server.store.get('trackedEntities', idOf('C', 0))!);
    };
    const first = await server.run({}, { pageSize: 1, contactProgram: undefined });
    const second = await server.run({ cursor: first.data.next }, { contactProgram: undefined });
    expect(changed).toBe(true);
    expect(applied([first.data, second.data]).size).toBe(60);
  });
});

describe('a person that an earlier run could not write', () => {
  const retry = [PEOPLE.contact, 'PersonGone1', PEOPLE.case];

  it('is read again although it has not changed, and is then no longer tried again', async () => {
    await start({ username: 'entry' });
    const { next } = (await server.run()).data;
    const { data } = await server.run({ cursor: { ...next, retry } });
    expect(data.entities.map(({ id, kind }) => [id, kind])).toEqual([
      [PEOPLE.contact, 'contact'],
      [PEOPLE.case, 'case'],
    ]);
    // The first run has read everybody, this one has not.
    const { isWhole, ...boundTo } = next.boundTo!;
    expect(isWhole).toBe(true);
    expect(data.next).toEqual({ ...next, boundTo });
  });

  it('is passed on as deleted when it was deleted, or its enrollment was', async () => {
    await start();
    server.store.delete('trackedEntities', PEOPLE.case);
    server.store.delete('enrollments', 'EnrolCont01');
    const { next } = (await server.run()).data;
    const { data } = await server.run({ cursor: { ...next, retry } });
    expect(data.entities).toMatchObject([
      { id: PEOPLE.contact, kind: 'contact', deleted: true },
      { id: PEOPLE.case, kind: 'case', deleted: true },
    ]);
  });

  it('waits for its turn when changes fill the batch', async () => {
    await start({ seed: aCrowd(peopleIn(WHO.cases, 5, n => at(n))) });
    const cursor = { retry: [idOf('C', 4), idOf('C', 0), idOf('C', 1)] };
    const first = (await server.run({ cursor, batchSize: 3 })).data;
    expect([ids(first.entities), first.more]).toEqual([[0, 1, 2].map(n => idOf('C', n)), true]);
    // Those that the batch contains anyway have had their turn.
    expect(first.next.retry).toEqual([idOf('C', 4)]);
    const second = (await server.run({ cursor: first.next, batchSize: 3 })).data;
    expect([ids(second.entities), second.more]).toEqual([[3, 4].map(n => idOf('C', n)), false]);
    expect(second.next.retry).toBeUndefined();
  });

  it('is read in requests of a page', async () => {
    await start({ seed: aCrowd(peopleIn(WHO.cases, 25, n => at(n))) });
    const { next } = (await server.run()).data;
    server.lists.length = 0;
    const again = { ...next, retry: Array.from({ length: 25 }, (_, n) => idOf('C', n)) };
    const { data } = await server.run(
      { cursor: again },
      { pageSize: 10, contactProgram: undefined },
    );
    expect(data.entities).toHaveLength(25);
    expect(server.lists).toHaveLength(1 + 3 + 1);
  });

  it('keeps relationships that wait for their other end', async () => {
    await start();
    const waiting = `Relation001 ${WHO.inContact} a b -`;
    expect((await server.run({ cursor: { waiting } })).data.next.waiting).toBe(waiting);
  });
});

describe('something that cannot be read', () => {
  it.each(['2.42', '2.43'])(
    "people outside the account's org units are reported (DHIS2 %s)",
    async version => {
      const [admin] = aTrackerSeed().users;
      const searcher = {
        ...admin!,
        id: 'UserSearch1',
        username: 'searcher',
        authorities: [],
        organisationUnits: [{ id: ID.facility }],
        teiSearchOrganisationUnits: [{ id: ID.root }],
      };
      await start({ version, username: 'searcher', seed: { users: [searcher] } });
      await expect(server.run()).rejects.toMatchObject({
        code: 'SEARCH_LIMITED',
        kind: 'configuration',
        message: expect.stringContaining('At least 1 attributes should be mentioned'),
      });
      const { data } = await server.run({}, { roots: [ID.facility] });
      expect(ids(data.entities)).toContain(PEOPLE.case);
    },
  );

  it.each(VERSIONS)(
    'an org unit that the account may not read is reported (DHIS2 %s)',
    async version => {
      await start({ version, username: 'entry' });
      await expect(server.run({}, { roots: ['DB'] })).rejects.toMatchObject({
        code: 'ORG_UNIT_OUT_OF_REACH',
        kind: 'configuration',
        message: expect.stringContaining(ID.otherDistrict),
      });
    },
  );

  it.each([
    [{ program: '' }, {}, 'program'],
    [{ contactProgram: 7 as never }, {}, 'contactProgram'],
    [{ roots: 'DB' as never }, {}, 'roots'],
    [{ pageSize: 251 }, {}, 'pageSize'],
    [{ overlapMinutes: -1 }, {}, 'overlapMinutes'],
    [{ level: 3 } as never, {}, '"level"'],
    [{}, { batchSize: 0 }, 'batchSize'],
    [{}, { since: '2026-02-30' }, 'since'],
  ])('an invalid option is reported: %j, state %j', async (options, state, word) => {
    await start();
    await expect(server.run(state, options)).rejects.toMatchObject({
      code: 'BAD_OPTION',
      kind: 'configuration',
      message: expect.stringContaining(word),
    });
  });

  it('a cursor without a time is reported', async () => {
    await start();
    const cursor = { cases: { updatedAt: 'yesterday', seen: {} } };
    await expect(server.run({ cursor })).rejects.toMatchObject({ code: 'BAD_CURSOR' });
  });
});
