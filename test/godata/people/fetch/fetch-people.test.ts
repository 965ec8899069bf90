import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PeopleCursor } from '#common/handover/fetched-people-batch.js';
import {
  aLink,
  aPerson,
  aRelated,
  drain,
  idsOf,
  minute,
  OUTBREAK,
  type PeopleServer,
  startPeople,
  TYPE,
} from './support.js';

let server: PeopleServer;
afterEach(() => server?.close());

const start = async (traits?: Parameters<typeof startPeople>[0]) => {
  server = await startPeople(traits);
  return server;
};
const then = async (people: PeopleCursor, options = {}) =>
  (await server.run({ cursor: { people } }, options)).data;

const DOCUMENT = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_EXTERNAL_ID';
const LOCATIONS = [
  { id: 'country', name: 'Country', parentLocationId: null },
  {
    id: 'district',
    name: 'District',
    parentLocationId: 'country',
    identifiers: [{ code: 'D-1', description: 'DHIS2' }],
  },
  { id: 'village', name: 'Village', parentLocationId: 'district' },
  { id: 'clinic', name: 'Clinic', parentLocationId: 'district' },
  { id: 'elsewhere', name: 'Elsewhere', parentLocationId: 'country' },
];

/** A case with a contact, an event, and a person of another outbreak. */
const SMALL = {
  locations: LOCATIONS,
  people: [
    aPerson('case-1', TYPE.case, minute(0), {
      visualId: 'CASE-1',
      lastName: '',
      dateOfOnset: '2026-08-01',
      dob: null,
      age: { years: 4, months: 0 },
      addresses: [{ typeId: 'HOME', locationId: 'village', city: '', geoLocationAccurate: false }],
      documents: [{ type: DOCUMENT, number: 'PersonUid01' }],
      vaccinesReceived: [],
      questionnaireAnswers: { fever: [{ value: 'YES' }] },
      relationshipsRepresentation: [{ id: 'link-1' }],
      hasRelationships: true,
      numberOfContacts: 1,
      duplicateKeys: { name: ['x'] },
      classificationHistory: [{ startDate: '2026-08-01' }],
    }),
    aPerson('contact-1', TYPE.contact, minute(1)),
    aPerson('event-1', TYPE.event, minute(2)),
    { ...aPerson('stranger', TYPE.case, minute(3)), outbreakId: 'outbreak-2' },
  ],
  labResults: [
    aRelated('lab-1', 'case-1', minute(4), { personType: TYPE.case, result: 'POSITIVE' }),
  ],
  followUps: [
    aRelated('visit-1', 'contact-1', minute(5), {
      date: '2026-08-05',
      index: 3,
      address: { locationId: 'clinic' },
    }),
  ],
  relationships: [
    aLink('link-1', 'case-1', 'contact-1', minute(6), { contactDate: '2026-08-02', comment: '' }),
    {
      ...aLink('link-2', 'event-1', 'contact-1', minute(7)),
      persons: [
        { id: 'event-1', type: TYPE.event, source: true as const },
        { id: 'contact-1', type: TYPE.contact, target: true as const },
      ],
    },
  ],
};

describe.each(['2.46', '2.50'])('from Go.Data %s', version => {
  it('everybody is read with all that a mapping needs, and without what the server computes', async () => {
    await start({ version, seed: SMALL });
    const { data, report } = await server.run();
    expect(data.outbreak).toEqual({ id: OUTBREAK, name: 'Cholera' });
    expect(data.people).toEqual([
      {
        id: 'case-1',
        kind: 'case',
        record: {
          visualId: 'CASE-1',
          firstName: 'Secretname case-1',
          dateOfOnset: '2026-08-01T00:00:00.000Z',
          age: { years: 4, months: 0 },
          addresses: [{ typeId: 'HOME', locationId: 'village', geoLocationAccurate: false }],
          documents: [{ type: DOCUMENT, number: 'PersonUid01' }],
          questionnaireAnswers: { fever: [{ value: 'YES' }] },
          createdAt: minute(0),
          updatedAt: minute(0),
        },
        labResults: [
          { id: 'lab-1', result: 'POSITIVE', createdAt: minute(4), updatedAt: minute(4) },
        ],
        followUps: [],
      },
      {
        id: 'contact-1',
        kind: 'contact',
        record: {
          firstName: 'Secretname contact-1',
          createdAt: minute(1),
          updatedAt: minute(1),
        },
        labResults: [],
        followUps: [
          {
            id: 'visit-1',
            date: '2026-08-05T00:00:00.000Z',
            index: 3,
            address: { locationId: 'clinic' },
            createdAt: minute(5),
            updatedAt: minute(5),
          },
        ],
      },
    ]);
    expect(data.relationships).toEqual([
      {
        id: 'link-1',
        source: 'case-1',
        target: 'contact-1',
        record: {
          active: true,
          contactDate: '2026-08-02T00:00:00.000Z',
          createdAt: minute(6),
          updatedAt: minute(6),
        },
      },
    ]);
    expect(data.locations).toEqual({
      village: { name: 'Village', parent: 'district' },
      clinic: { name: 'Clinic', parent: 'district' },
      district: { name: 'District', parent: 'country', identifiers: ['D-1'] },
      country: { name: 'Country' },
    });
    expect([data.others, data.more]).toEqual([{}, false]);
    expect(report['fetch-people']).toMatchObject({ read: 2 });
  });

  it('a second run passes on no people, and later runs only people who changed or have changed related records', async () => {
    await start({ version, seed: SMALL });
    let { next } = (await server.run()).data;
    const changed = async (change: () => unknown) => {
      server.clock.ms += 1;
      change();
      const data = await then(next);
      ({ next } = data);
      return data;
    };
    const { people, labResults, followUps, relationships } = server.store;
    expect(idsOf(await changed(() => {}))).toEqual([]);
    expect(idsOf(await changed(() => people.update('case-1', { lastName: 'B' })))).toEqual([
      'case-1',
    ]);
    expect(idsOf(await changed(() => labResults.update('lab-1', { result: 'X' })))).toEqual([
      'case-1',
    ]);
    expect(idsOf(await changed(() => followUps.update('visit-1', { index: 4 })))).toEqual([
      'contact-1',
    ]);
    const linked = await changed(() => relationships.update('link-1', { comment: 'x' }));
    expect(idsOf(linked)).toEqual(['case-1', 'contact-1']);
    expect(linked.relationships).toMatchObject([{ id: 'link-1', record: { comment: 'x' } }]);
    expect(idsOf(await changed(() => people.update('event-1', { name: 'C' })))).toEqual([]);
    // The person who was exposed at the event has changed. The event is not a person.
    expect(idsOf(await changed(() => relationships.update('link-2', { comment: 'x' })))).toEqual([
      'contact-1',
    ]);
    expect(idsOf(await changed(() => {}))).toEqual([]);
  });

  it('deleted records are passed on as deleted', async () => {
    await start({ version, seed: SMALL });
    const { next } = (await server.run()).data;
    server.clock.ms += 1;
    const { people, labResults, followUps, relationships } = server.store;
    labResults.delete('lab-1');
    followUps.delete('visit-1');
    relationships.delete('link-1');
    const gone = await then(next);
    expect(gone.people).toMatchObject([
      { id: 'case-1', labResults: [{ id: 'lab-1', deleted: true }] },
      { id: 'contact-1', followUps: [{ id: 'visit-1', deleted: true }] },
    ]);
    expect(gone.people[0]!.labResults).toEqual([{ id: 'lab-1', deleted: true }]);
    expect(gone.relationships).toEqual([
      { id: 'link-1', source: 'case-1', target: 'contact-1', deleted: true, record: {} },
    ]);
    server.clock.ms += 1;
    const deletedAt = new Date(server.clock.ms).toISOString();
    people.delete('case-1');
    const last = await then(gone.next);
    expect(last.people).toEqual([
      {
        id: 'case-1',
        kind: 'case',
        deleted: true,
        deletedAt,
        record: {},
        labResults: [],
        followUps: [],
      },
    ]);
    expect(last.relationships).toEqual([]);
    server.clock.ms += 1;
    people.restore('case-1');
    const back = await then(last.next);
    expect(back.people).toMatchObject([
      { id: 'case-1', record: { firstName: 'Secretname case-1' } },
    ]);
    expect(back.people[0]!.deleted).toBeUndefined();
  });

  it('people deleted with all their related records are passed on once', async () => {
    await start({ version, seed: SMALL });
    const { next } = (await server.run()).data;
    server.clock.ms += 1;
    const { people, labResults, relationships } = server.store;
    people.delete('case-1');
    labResults.delete('lab-1');
    relationships.delete('link-1');
    const { batches } = await drain(server, next, { batchSize: 1, overlapMinutes: 0 });
    expect(idsOf(...batches)).toEqual(['case-1', 'contact-1']);
    expect(batches[0]!.people[0]).toMatchObject({ deleted: true });
    expect(batches[1]!.relationships).toMatchObject([{ id: 'link-1', deleted: true }]);
  });

  it('no person is lost among many records with the same time, even with small pages', async () => {
    const people = Array.from({ length: 9 }, (_, n) => aPerson(`p${n}`, TYPE.case, minute(0)));
    const labResults = people.map(({ id }, n) => aRelated(`l${9 - n}`, id, minute(1)));
    await start({ version, seed: { people, labResults } });
    for (const pageSize of [1, 2, 4, 9]) {
      for (const batchSize of [1, 3, 9]) {
        const { batches, next } = await drain(server, undefined, { pageSize, batchSize });
        expect([...new Set(idsOf(...batches))].sort()).toEqual(people.map(({ id }) => id));
        expect(idsOf(await then(next, { pageSize }))).toEqual([]);
        for (const batch of batches) expect(batch.people.length).toBeLessThanOrEqual(batchSize);
      }
    }
  });
});

describe('the other ends of relationships', () => {
  it('have what is needed to find their tracked entities', async () => {
    await start({ seed: SMALL });
    const { next } = (await server.run()).data;
    server.clock.ms += 1;
    server.store.people.update('contact-1', { lastName: 'B' });
    const data = await then(next);
    expect(idsOf(data)).toEqual(['contact-1']);
    expect(data.others).toEqual({
      'case-1': { kind: 'case', documents: [{ type: DOCUMENT, number: 'PersonUid01' }] },
    });
  });
});

describe('lab results of contacts', () => {
  it.each([
    [true, ['lab-2']],
    [false, []],
  ])(
    'are read when the outbreak has them switched on (%s)',
    async (isContactLabResultsActive, expected) => {
      const labResults = [aRelated('lab-2', 'contact-1', minute(4), { personType: TYPE.contact })];
      await start({ seed: { ...SMALL, labResults }, outbreak: { isContactLabResultsActive } });
      const { data } = await server.run();
      expect(data.people[1]!.labResults.map(({ id }) => id)).toEqual(expected);
    },
  );
});

describe('locations', () => {
  it('are read as a whole tree when people have many different ones', async () => {
    const locations = Array.from({ length: 260 }, (_, n) => ({
      id: `l${n}`,
      name: `Location ${n}`,
      parentLocationId: n === 0 ? null : `l${Math.floor(n / 2)}`,
    }));
    const people = locations
      .slice(1)
      .map(({ id }) =>
        aPerson(`p-${id}`, TYPE.case, minute(0), { addresses: [{ locationId: id }] }),
      );
    await start({ seed: { people, locations: [...locations, ...LOCATIONS] } });
    const { data } = await server.run();
    expect(Object.keys(data.locations).sort()).toEqual(locations.map(({ id }) => id).sort());
    expect(server.log.filter(path => path === '/locations')).toHaveLength(1);
  });

  it('are asked for beside the reference data and the questionnaires', async () => {
    await start({ seed: SMALL });
    const { requests, faults } = server.goData;
    faults.add({ kind: 'slow', delayMs: 30 });
    // What was in flight before the last list of the outbreak does not count.
    server.onRequest = () => requests.reset();
    await server.run();
    expect(requests.mostInFlight()).toBe(3);
  });

  it('that have no place in the tree are named too, and those above them', async () => {
    const broken = [
      { id: 'camp', name: 'Camp', parentLocationId: 'deleted' },
      { id: 'tent', name: 'Tent', parentLocationId: 'camp' },
    ];
    const people = ['tent', 'village', 'unknown'].map((locationId, n) =>
      aPerson(`case-${n}`, TYPE.case, minute(n), { addresses: [{ typeId: 'HOME', locationId }] }),
    );
    await start({ seed: { people, locations: [...broken, ...LOCATIONS] } });
    const { data } = await server.run();
    expect(Object.keys(data.locations).sort()).toEqual([
      ...['camp', 'country', 'district', 'tent', 'village'],
    ]);
  });
});

describe('several runs', () => {
  const hour = (hours: number) => minute(hours * 60);
  /** Each person changed at a different hour, and a related record some hours later. */
  const crowd = (count: number) => {
    const numbers = Array.from({ length: count }, (_, n) => n);
    return {
      people: numbers.map(n => aPerson(`p${n}`, TYPE.case, hour(n))),
      labResults: numbers.map(n => aRelated(`l${n}`, `p${n}`, hour(n + 2))),
      followUps: numbers.map(n => aRelated(`f${n}`, `p${n}`, hour(n + 4))),
      relationships: numbers.map(n => aLink(`r${n}`, `p${n}`, `p${(n + 1) % count}`, hour(n + 1))),
    };
  };

  it('pass everybody on once, with all related records, although each has four changes', async () => {
    await start({ seed: crowd(7) });
    const options = { batchSize: 2, overlapMinutes: 0 };
    const { batches, next } = await drain(server, undefined, options);
    expect(idsOf(...batches)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6']);
    expect(batches.at(-1)!.people[0]!.followUps).toHaveLength(1);
    // Not only in a first run.
    const { batches: again } = await drain(
      server,
      { people: { updatedAt: '2026-01-01T00:00:00.000Z', seen: {} } },
      options,
    );
    expect(idsOf(...again).sort()).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6']);
    expect(next.passed).toBeUndefined();
  });

  it('with a first day pass on once those who changed since, or whose related records changed', async () => {
    await start({ seed: crowd(30) });
    // The day begins at the 16th hour, at which the last record of p12 was changed.
    const state = { since: '2026-08-11' };
    const { batches } = await drain(server, undefined, { batchSize: 4, overlapMinutes: 0 }, state);
    const expected = [...Array.from({ length: 18 }, (_, n) => `p${n + 12}`), 'p0'].sort();
    expect(idsOf(...batches).sort()).toEqual(expected);
  });

  it('skip only what was passed on: a change between two runs is passed on too', async () => {
    await start({ seed: crowd(6) });
    const options = { batchSize: 2, overlapMinutes: 0 };
    const first = (await server.run({ batchSize: 2 }, options)).data;
    server.clock.ms += 1;
    server.store.labResults.update('l0', { result: 'X' });
    const { batches } = await drain(server, first.next, options);
    expect(idsOf(first, ...batches)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p0']);
    expect(batches.at(-1)!.people.at(-1)!.labResults).toMatchObject([{ result: 'X' }]);
  });

  it('that read everybody for the first time remember no people: their other lists begin at the time of that read', async () => {
    await start({ seed: crowd(5) });
    const { next } = (await server.run({ batchSize: 2 })).data;
    expect(next.passed).toBeUndefined();
    expect(next).toMatchObject({
      people: { updatedAt: hour(1), after: 'p1', underWay: true },
      relationships: { updatedAt: minute(5 * 60 - 65), underWay: true },
    });
  });

  it('pass on changes that are made during the read, in the newest version', async () => {
    await start({ seed: crowd(3) });
    server.onRequest = (path, { order = [] }) => {
      // The lab results are listed and the people were read.
      if (!path.endsWith('/aggregate') || !(order as string[]).includes('dbUpdatedAt ASC')) return;
      server.onRequest = () => {};
      server.clock.ms += 1;
      server.store.labResults.update('l0', { result: 'X' });
      server.clock.ms += 1;
      server.store.labResults.update('l1', { result: 'Y' });
    };
    const { data } = await server.run({}, { overlapMinutes: 0 });
    const results = data.people.map(({ id, labResults }) => [id, labResults[0]!.result]);
    expect(results.sort()).toEqual([
      ['p0', 'X'],
      ['p1', 'Y'],
      ['p2', undefined],
    ]);
    expect(idsOf(await then(data.next, { overlapMinutes: 0 }))).toEqual([]);
  });

  it('begin again where the last run ended, after they were killed', async () => {
    await start({ seed: crowd(5) });
    const first = (await server.run({ batchSize: 2 })).data;
    const killed = await server.run({ cursor: { people: first.next }, batchSize: 2 });
    const again = await server.run({ cursor: { people: first.next }, batchSize: 2 });
    expect(idsOf(again.data)).toEqual(['p2', 'p3']);
    const withoutClocks = (run: unknown) =>
      JSON.parse(JSON.stringify(run, (key, value) => (key === 'clocks' ? undefined : value)));
    expect(withoutClocks(again)).toEqual(withoutClocks(killed));
  });

  it('end early when a state would become too large', async () => {
    const answers = { text: [{ value: 'x'.repeat(3_000_000) }] };
    const people = ['a', 'b', 'c', 'd'].map((id, n) =>
      aPerson(id, TYPE.case, hour(n), { questionnaireAnswers: answers }),
    );
    await start({ seed: { people } });
    const { batches } = await drain(server);
    expect(batches.map(batch => idsOf(batch).join(''))).toEqual(['ab', 'cd']);
  });

  it('leave room for what the state remembers', async () => {
    const answers = { text: [{ value: 'x'.repeat(1_400_000) }] };
    const people = ['a', 'b', 'c', 'd'].map((id, n) =>
      aPerson(id, TYPE.case, hour(n), { questionnaireAnswers: answers }),
    );
    await start({ seed: { people } });
    const memory = { lists: {}, people: { Person00001: 'x'.repeat(4_500_000) } };
    const { batches } = await drain(server, undefined, {}, { memory });
    expect(batches.map(batch => idsOf(batch).join(''))).toEqual(['ab', 'cd']);
  });

  it('pass on both people of a relationship together, even with a limit of one', async () => {
    await start({ seed: SMALL });
    const { next } = (await server.run()).data;
    server.clock.ms += 1;
    server.store.relationships.update('link-1', { comment: 'x' });
    const { data } = await server.run({ cursor: { people: next }, batchSize: 1 });
    expect([idsOf(data), data.more]).toEqual([['case-1', 'contact-1'], false]);
  });
});

describe('a change that becomes visible late', () => {
  const put = (id: string, at: string) => server.store.people.put(aPerson(id, TYPE.case, at));

  it('is passed on when it is within the overlap, and nothing else is', async () => {
    await start({ seed: { people: [aPerson('a', TYPE.case, minute(120))] } });
    const { next } = (await server.run()).data;
    put('late', minute(60));
    put('lost', minute(50));
    expect(idsOf(await then(next))).toEqual(['late']);
  });

  it('may be a week old before 2.47, where records keep the times of their device', async () => {
    const people = [aPerson('a', TYPE.case, minute(0))];
    await start({ version: '2.46', seed: { people } });
    const { next } = (await server.run()).data;
    put('synchronised', '2026-08-04T08:00:00.000Z');
    put('lost', '2026-08-02T08:00:00.000Z');
    expect(idsOf(await then(next))).toEqual(['synchronised']);
    expect(idsOf(await then(next, { overlapMinutes: 0 }))).toEqual([]);
  });

  it('has the time of the database since 2.47, however old it is on the device', async () => {
    await start({ seed: { people: [aPerson('a', TYPE.case, minute(0))] } });
    const { next } = (await server.run()).data;
    server.store.people.put(
      aPerson('synchronised', TYPE.case, minute(1), { updatedAt: '2026-01-01T00:00:00.000Z' }),
    );
    expect(idsOf(await then(next))).toEqual(['synchronised']);
  });

  it('is also passed on when the clock was set back by an hour', async () => {
    await start({ seed: { people: [aPerson('a', TYPE.case, minute(0))] } });
    server.store.people.update('a', { lastName: 'B' });
    const { next } = (await server.run()).data;
    server.clock.ms -= 60 * 60_000;
    server.store.people.update('a', { lastName: 'C' });
    const data = await then(next);
    expect(data.people).toMatchObject([{ id: 'a', record: { lastName: 'C' } }]);
    expect(idsOf(await then(data.next))).toEqual([]);
  });
});

describe('an upgraded server', () => {
  const untimed = (id: string, at: string) => {
    const { dbUpdatedAt: _none, ...person } = aPerson(id, TYPE.case, at);
    return person;
  };
  const people = [
    untimed('old-1', '2020-01-01T00:00:00.000Z'),
    untimed('old-2', '2026-08-01T00:00:00.000Z'),
    untimed('old-3', '2026-08-02T00:00:00.000Z'),
    aPerson('new', TYPE.case, minute(0)),
  ];
  const labResults = [{ ...aRelated('lab', 'old-1', minute(0)), dbUpdatedAt: undefined }];

  it.each([1, 2, 100])(
    'passes on unchanged records once, before the others (pages of %i)',
    async pageSize => {
      await start({ seed: { people, labResults } });
      const { batches, next } = await drain(server, undefined, { pageSize, batchSize: 2 });
      expect(batches.map(batch => idsOf(batch))).toEqual([
        ['old-1', 'old-2'],
        ['old-3', 'new'],
      ]);
      expect(idsOf(await then(next))).toEqual([]);
      server.store.people.update('old-2', { lastName: 'B' });
      expect(idsOf(await then(next))).toEqual(['old-2']);
    },
  );

  it('passes on those of them that changed since a first day', async () => {
    await start({ seed: { people } });
    const { batches } = await drain(server, undefined, { batchSize: 1 }, { since: '2026-08-02' });
    expect(idsOf(...batches)).toEqual(['old-3', 'new']);
  });

  it('is read, with a cursor from before the upgrade, from a week before its end', async () => {
    await start({ version: '2.46', seed: { people: people.slice(0, 2) } });
    const { next } = (await server.run()).data;
    expect(next.people).toMatchObject({ by: 'updatedAt' });
    await server.close();
    await start({ seed: { people, labResults } });
    const { batches, next: last } = await drain(server, next, { batchSize: 1 });
    // The lab result has neither of the two times, so it is unknown when it was changed.
    expect(idsOf(...batches)).toEqual(['old-2', 'old-3', 'new', 'old-1']);
    expect(last.people!.by).toBeUndefined();
    expect(idsOf(await then(last))).toEqual([]);
  });
});

describe('a rejected person', () => {
  it('is read again, changed or not, deleted or not, when there is room', async () => {
    await start({ seed: SMALL });
    const { next } = (await server.run()).data;
    const retry = ['case-1', 'nobody', 'event-1', 'contact-1'];
    const data = await then({ ...next, retry });
    expect(idsOf(data)).toEqual(['case-1', 'contact-1']);
    expect(data.next.retry).toBeUndefined();
    server.store.people.delete('case-1');
    const one = (await server.run({ cursor: { people: { ...next, retry } }, batchSize: 1 })).data;
    expect(one.people).toMatchObject([{ id: 'case-1', deleted: true }]);
    expect(one.next.retry).toEqual(['nobody', 'event-1', 'contact-1']);
    expect(one.more).toBe(false);
  });
});

describe('requests', () => {
  it('are few for many people, and their addresses are short enough', async () => {
    const ids = Array.from({ length: 600 }, () => randomUUID());
    const seed = {
      people: ids.map((id, n) => aPerson(id, TYPE.case, minute(n))),
      labResults: ids.map(id => aRelated(randomUUID(), id, minute(700))),
      relationships: ids.slice(1).map((id, n) => aLink(randomUUID(), ids[n]!, id, minute(700))),
    };
    await start({ seed });
    const { data, report } = await server.run();
    expect(data.people).toHaveLength(600);
    expect(data.relationships).toHaveLength(599);
    // 3 permissions, 3 latest changes, 5 lists, the outbreak, its questionnaires, the reference data,
    // the login; and 4 for each 250 people.
    expect(report['fetch-people']!.requests).toBeLessThanOrEqual(15 + 4 * 3);
    expect(Math.max(...server.lengths)).toBeLessThan(15_500);
    const idle = await server.run({ cursor: { people: data.next } });
    expect(idle.report['fetch-people']!.requests).toBeLessThanOrEqual(9);
  });

  it('are also short with long ids', async () => {
    const ids = Array.from({ length: 200 }, (_, n) => `é"${'ü'.repeat(30)} ${n}`);
    await start({ seed: { people: ids.map(id => aPerson(id, TYPE.case, minute(0))) } });
    const { data } = await server.run();
    expect(idsOf(data).sort()).toEqual([...ids].sort());
    expect(Math.max(...server.lengths)).toBeLessThan(15_500);
  });

  it('only read, so the outbreak need not be the active one', async () => {
    await start({ seed: SMALL, user: { activeOutbreakId: 'outbreak-2' } });
    await server.run();
    expect(server.goData.requests.byRoute()).toMatchObject({ 'POST /api/users/login': 1 });
    const others = Object.keys(server.goData.requests.byRoute()).filter(
      route => !/^GET |\/login$/.test(route),
    );
    expect(others).toEqual([]);
  });
});

describe('an id that Go.Data misreads', () => {
  it('is reported, and does not affect other people', async () => {
    const people = [
      aPerson('2020-01-01', TYPE.case, minute(0)),
      aPerson('a', TYPE.case, minute(1)),
    ];
    await start({ seed: { people } });
    const { data, report } = await server.run();
    expect(idsOf(data)).toEqual(['a']);
    expect(report['fetch-people']!.leftOut).toEqual([
      { reason: 'person-not-found', subject: '2020-01-01', count: 1 },
    ]);
    expect(idsOf(await then(data.next))).toEqual([]);
  });
});

describe('a run is refused', () => {
  const PERMISSIONS = [
    'outbreak_all',
    'location_all',
    'case_list',
    'contact_list',
    'contact_of_contact_list',
    'relationship_list',
    'lab_result_list',
    'follow_up_list',
  ];

  it('not to an account that may list everything', async () => {
    await start({ seed: SMALL, user: { permissions: PERMISSIONS } });
    expect(idsOf((await server.run()).data)).toEqual(['case-1', 'contact-1']);
  });

  it.each(['case_list', 'contact_list', 'relationship_list', 'lab_result_list', 'follow_up_list'])(
    'without %s, because some changes would never be read',
    async missing => {
      const permissions = PERMISSIONS.filter(permission => permission !== missing);
      await start({ seed: SMALL, user: { permissions } });
      await expect(server.run()).rejects.toMatchObject({
        code: 'MISSING_PERMISSION',
        details: { permissions: [missing] },
      });
    },
  );

  it.each([
    [{ outbreak: {} }, {}, 'outbreak'],
    [{ pageSize: 0 }, {}, 'pageSize'],
    [{ overlapMinutes: -1 }, {}, 'overlapMinutes'],
    [{ overlap: 5 }, {}, '"overlap" is not known'],
    [{}, { since: 'yesterday' }, 'since'],
    [{}, { batchSize: '10' }, 'batchSize'],
  ])('for the options %j and the state %j', async (options, state, named) => {
    await start();
    await expect(server.run(state, options as object)).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining(named),
    });
  });

  const position = { updatedAt: minute(0), seen: {} };
  it.each([
    ['cursor', 'x'],
    ['cursor.people', { people: [] }],
    ['cursor.people.people.updatedAt', { people: { people: { updatedAt: 'soon', seen: {} } } }],
    ['cursor.people.labResults.updatedAt', { people: { labResults: { seen: {} } } }],
    ['cursor.people.followUps.seen', { people: { followUps: { ...position, seen: { a: 1 } } } }],
    ['cursor.people.people.after', { people: { people: { ...position, after: 1 } } }],
    ['cursor.people.retry', { people: { retry: 'a' } }],
    ['cursor.people.passed.ids', { people: { passed: { until: minute(0) } } }],
  ])('for a cursor with an invalid %s', async (path, cursor) => {
    await start();
    await expect(server.run({ cursor })).rejects.toMatchObject({
      code: 'BAD_CURSOR',
      kind: 'configuration',
      message: expect.stringContaining(`${path} in the state`),
    });
  });

  it('for an unknown outbreak', async () => {
    await start();
    await expect(server.run({}, { outbreak: { name: 'Other' } })).rejects.toMatchObject({
      code: 'UNKNOWN_OUTBREAK',
    });
  });
});

describe('the state', () => {
  it('keeps its cursor, which a later step moves', async () => {
    await start({ seed: SMALL });
    const cursor = { cases: position('2026-08-01T00:00:00.000'), people: {} };
    const run = await server.run({ cursor });
    expect(run.cursor).toEqual(cursor);
  });

  it('accepts a time that was written by hand', async () => {
    await start({ seed: SMALL });
    const people = { people: { updatedAt: '2026-08-10T09:05:30Z' } } as unknown as PeopleCursor;
    const data = await then(people, { overlapMinutes: 65 });
    expect(idsOf(data)).toContain('contact-1');
  });

  it('and the log have no personal data', async () => {
    const said: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation(text => void said.push(String(text)));
    await start({ seed: SMALL });
    const { report } = await server.run();
    log.mockRestore();
    expect(said.length).toBeGreaterThan(0);
    expect(`${said.join()} ${JSON.stringify(report)}`).not.toMatch(/Secret|PersonUid|CASE-1/);
  });

  const position = (updatedAt: string) => ({ updatedAt, seen: {} });
});
