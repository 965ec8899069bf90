import { describe, expect, it } from 'vitest';
import type { MappedEntity } from '#common/handover/mapped-tracked-entity-batch.js';
import type { Dhis2Seed, RunningDhis2 } from '#sandbox/dhis2/index.js';
import { startProxy } from '#test/support/proxy.js';
import {
  aBatch,
  aCase,
  aContact,
  attributeIn,
  attributesOf,
  clinical,
  closeServers,
  enrollmentOf,
  exposure,
  ID,
  labResult,
  living,
  made,
  programIn,
  reportOf,
  stageIn,
  startProgram,
  teOf,
  upsert,
  VERSIONS,
  valuesOf,
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

const X = 'PersonDhis2';

function enter(
  { store: { tracker } }: RunningDhis2,
  attributes: Record<string, string> = {},
): void {
  tracker.put('trackedEntities', {
    trackedEntity: X,
    trackedEntityType: WHO.person,
    orgUnit: ID.facility,
    attributes: Object.entries(attributes).map(([attribute, value]) => ({ attribute, value })),
  });
  tracker.put('enrollments', {
    enrollment: 'EnrolDhis21',
    trackedEntity: X,
    program: WHO.cases,
    orgUnit: ID.facility,
    enrolledAt: '2026-07-01',
  });
}

/** A person of whom DHIS2 refuses something. */
interface Refusal {
  code: string;
  says: RegExp;
  person: Partial<MappedEntity>;
  /** A value that is omitted, an event that is left out, or the whole person. */
  what: 'value' | 'event' | 'person';
  /** Objects that are written. */
  taken: number;
  /** Rows that follow from it. */
  orphans?: number;
  seed?: (seed: Dhis2Seed) => void;
  prepare?: (server: RunningDhis2) => void;
  username?: string;
  versions?: string[];
}

const SECRET = 'Secretvalue';
const compulsory =
  (id: string, stage: string) =>
  (seed: Dhis2Seed): void => {
    const { programStageDataElements } = stageIn(seed, stage);
    programStageDataElements.find(one => one.dataElement.id === id)!.compulsory = true;
  };
const mandatory =
  (id: string) =>
  (seed: Dhis2Seed): void => {
    const parts = [
      ...seed.trackedEntityTypes![0]!.trackedEntityTypeAttributes,
      ...programIn(seed, WHO.cases).programTrackedEntityAttributes,
    ];
    for (const part of parts) if (part.trackedEntityAttribute.id === id) part.mandatory = true;
  };
const ofType = (id: string, valueType: string) => (seed: Dhis2Seed) => {
  attributeIn(seed, id).valueType = valueType;
};
const displayed = (seed: Dhis2Seed) => {
  programIn(seed, WHO.cases).displayIncidentDate = true;
};
const SINCE_2_41 = ['2.41', '2.42', '2.43', '2.44'];

const REFUSALS: Refusal[] = [
  {
    code: 'E1000',
    says: /^tracked entity: the account may not enter data at its org unit\. Give/,
    person: {},
    what: 'person',
    taken: 0,
    username: 'district',
  },
  {
    code: 'E1007',
    says: /^enrollment in the program "Demonstration: cases", Patinfo ageonset: the value is not of/,
    person: { attributes: { [WHO.age]: SECRET }, events: [labResult('lab')] },
    what: 'value',
    taken: 3,
  },
  {
    code: 'E1007',
    says: /^enrollment .*, Patinfo ageonset: .* Until then nothing of this person is written\.$/,
    person: { attributes: { [WHO.age]: SECRET }, events: [labResult('lab')] },
    what: 'person',
    taken: 0,
    orphans: 1,
    seed: mandatory(WHO.age),
  },
  {
    code: 'E1007',
    says: /^enrollment .*, Phone local: the value is not of/,
    person: { attributes: { [WHO.phone]: SECRET } },
    what: 'value',
    taken: 2,
    seed: ofType(WHO.phone, 'PHONE_NUMBER'),
  },
  {
    code: 'E1007',
    says: /^enrollment .*, Phone local: the value is not of/,
    person: { attributes: { [WHO.phone]: 'https://Secret' } },
    what: 'value',
    taken: 2,
    // This type is not checked before it is sent.
    seed: ofType(WHO.phone, 'URL'),
    versions: SINCE_2_41,
  },
  {
    code: 'E1077',
    says: /^enrollment .*, Phone local: the value is too long/,
    person: { attributes: { [WHO.phone]: SECRET.repeat(200) } },
    what: 'value',
    taken: 2,
  },
  {
    code: 'E1125',
    says: /^tracked entity, Patinfo sex: the value is not a code of the option set\. Correct the table/,
    person: { attributes: { [WHO.sex]: SECRET } },
    what: 'value',
    taken: 2,
  },
  {
    code: 'E1125',
    says: /^tracked entity, Patinfo sex: the value is not a code of the option set\. Correct the table/,
    person: { attributes: { [WHO.sex]: SECRET } },
    what: 'person',
    taken: 0,
    orphans: 1,
    seed: mandatory(WHO.sex),
  },
  {
    code: 'E1064',
    says: /^tracked entity, Patinfo id: another tracked entity has this value/,
    person: { attributes: { [WHO.localId]: SECRET } },
    what: 'person',
    taken: 0,
    orphans: 1,
    seed: seed => {
      attributeIn(seed, WHO.localId).unique = true;
    },
    prepare: server => enter(server, { [WHO.localId]: SECRET }),
  },
  {
    code: 'E1020',
    says: /^enrollment in the program "Demonstration: cases": the day of enrollment is in the future/,
    person: { enrolledAt: '2026-09-30', events: [labResult('lab')] },
    what: 'person',
    taken: 0,
    orphans: 1,
  },
  {
    code: 'E1021',
    says: /^enrollment .*, occurredAt: the day of the incident is in the future/,
    person: { occurredAt: '2026-09-30' },
    what: 'value',
    taken: 2,
  },
  {
    code: 'E1021',
    says: /^enrollment .*: the day of the incident is in the future/,
    person: { occurredAt: '2026-09-30' },
    what: 'person',
    taken: 0,
    seed: displayed,
  },
  {
    code: 'E1023',
    says: /^enrollment .*: the program requires a day of the incident/,
    person: {},
    what: 'person',
    taken: 0,
    seed: displayed,
  },
  {
    code: 'E1031',
    says: /^event of the stage "Labresult": it has no day on which it took place/,
    person: { events: [labResult('lab', {}, { occurredAt: undefined }), labResult('lab-2')] },
    what: 'event',
    taken: 3,
  },
  {
    code: 'E1050',
    says: /^event of the stage "Labresult": it is planned without a day/,
    person: { events: [labResult('lab', {}, { occurredAt: undefined, status: 'SCHEDULE' })] },
    what: 'event',
    taken: 2,
  },
  {
    code: 'E1302',
    says: /^event of the stage "Clinical", Patcourse preshcf: the value is not of the data element's type/,
    person: { events: [clinical({ wvSTTknCxfK: SECRET, [WHO.fever]: 'YES' }), labResult('lab')] },
    what: 'value',
    taken: 4,
  },
  {
    code: 'E1302',
    says: /^event of the stage "Clinical", Patcourse preshcf: the value is not of the data element's type/,
    person: { events: [clinical({ wvSTTknCxfK: SECRET, [WHO.fever]: 'YES' }), labResult('lab')] },
    what: 'person',
    taken: 0,
    seed: compulsory('wvSTTknCxfK', WHO.clinical),
  },
  {
    code: 'E1302',
    says: /^event of the stage "Clinical", Patcourse preshcf: the value is not of the data element's type/,
    person: {
      events: [clinical({ wvSTTknCxfK: 'https://Secret', [WHO.fever]: 'YES' }), labResult('lab')],
    },
    what: 'value',
    taken: 4,
    // This type is not checked before it is sent.
    seed: seed => {
      seed.dataElements.find(({ id }) => id === 'wvSTTknCxfK')!.valueType = 'URL';
    },
  },
  {
    code: 'E1302',
    says: /^event of the stage "Clinical", Patcourse preshcf: the value is not of the data element's type/,
    // Nothing of the event remains: there is none.
    person: { events: [clinical({ wvSTTknCxfK: SECRET }), labResult('lab')] },
    what: 'value',
    taken: 3,
  },
  {
    code: 'E1303',
    says: /^event of the stage "Clinical", Signsymp fever: a compulsory data element has no value/,
    person: {
      events: [clinical({ [WHO.onset]: 'a', [WHO.fever]: null }, { status: 'COMPLETED' })],
    },
    what: 'event',
    taken: 2,
    seed: compulsory(WHO.fever, WHO.clinical),
  },
  {
    code: 'E1315',
    says: /^event of the stage "Labresult": an event that has not taken place accepts no values/,
    person: { events: [labResult('lab', undefined, { status: 'SKIPPED' })] },
    what: 'event',
    taken: 2,
    versions: ['2.40', '2.41', '2.42', '2.43', '2.44'],
  },
];

/** Everything that a server stores of Tracker. */
const contents = ({ store }: RunningDhis2) =>
  JSON.stringify(
    (['trackedEntities', 'enrollments', 'events', 'relationships'] as const).map(kind =>
      store.tracker.list(kind),
    ),
  );

const HAPPENS = {
  value: 'is omitted, and the rest of the person is written',
  event: 'is left out, and the rest of the person is written',
  person: 'holds back the whole person',
};

describe('something that DHIS2 refuses', () => {
  for (const { versions = VERSIONS, ...refusal } of REFUSALS) {
    it.each(versions)(
      `${HAPPENS[refusal.what]}, which is reported without values: ${refusal.code}, on %s`,
      async version => {
        const { seed, prepare, code, says, username = 'integration', person } = refusal;
        const server = await startProgram({ version, seed });
        prepare?.(server);
        const before = living(server, 'trackedEntities').length;
        const batch = aBatch([aCase('p', person)]);
        server.requests.reset();
        const ran = await upsert(server, batch, {}, { username });
        expect(server.requests.byRoute()['POST /api/tracker'] ?? 0).toBeLessThanOrEqual(2);
        const { created, rejected = [], adjusted = [] } = reportOf(ran);
        expect(created).toBe(refusal.taken);
        const isOmitted = refusal.what === 'value';
        const rows = (isOmitted ? adjusted : rejected).filter(one => one.code === code);
        expect(rows[0]).toMatchObject({
          kind: 'case',
          id: 'p',
          message: expect.stringMatching(says),
        });
        if (isOmitted) expect(rows[0]!.message).toMatch(/It is omitted, and the rest/);
        expect(rejected.filter(one => one.code === 'E5000')).toHaveLength(refusal.orphans ?? 0);
        expect(JSON.stringify(ran.report)).not.toMatch(/Secret|Obi/);
        expect(ran.cursor!.people!.retry).toEqual(isOmitted ? undefined : ['p']);
        // Nobody is half-written.
        const [people, enrollments] = [
          living(server, 'trackedEntities'),
          living(server, 'enrollments'),
        ];
        expect(new Set(enrollments.map(one => one.trackedEntity)).size).toBe(people.length);
        expect(people.length - before).toBe(refusal.what === 'person' ? 0 : 1);
        const stored = contents(server);
        server.requests.reset();
        const again = await upsert(server, batch, {}, { username, cursor: ran.cursor });
        expect(contents(server)).toBe(stored);
        expect(reportOf(again)).toMatchObject({ created: 0, updated: 0 });
        expect(reportOf(again).rejected).toEqual(reportOf(ran).rejected);
      },
    );
  }

  it('is not sent again: a second run asks DHIS2 about those it rejected, and stores nothing', async () => {
    const server = await startProgram({
      seed: seed => {
        attributeIn(seed, WHO.localId).unique = true;
        mandatory(WHO.age)(seed);
      },
    });
    enter(server, { [WHO.localId]: SECRET });
    const old = { attributes: { [WHO.age]: '140' } };
    const batch = aBatch([
      aCase('taken', { attributes: { [WHO.localId]: SECRET, [WHO.age]: '30' } }),
      // A program rule refuses this age.
      aCase('old', old),
      aCase('closed', {
        attributes: { [WHO.age]: '30' },
        events: [labResult('lab', {}, { occurredAt: undefined, status: 'SCHEDULE' })],
      }),
      aCase('omitted', {
        attributes: { [WHO.age]: '30', [WHO.phone]: SECRET.repeat(200), [WHO.sex]: 'X' },
      }),
    ]);
    const ran = await upsert(server, batch);
    expect(ran.cursor!.people!.retry!.sort()).toEqual(['closed', 'old', 'taken']);
    server.requests.reset();
    const again = await upsert(server, batch, {}, { cursor: ran.cursor });
    expect(server.requests.writes()).toBe(0);
    expect(server.requests.byRoute()['POST /api/tracker']).toBe(1);
    expect(reportOf(again).rejected).toEqual(reportOf(ran).rejected);
    expect(reportOf(again).adjusted).toEqual(reportOf(ran).adjusted);
    // After a correction the person is written, once more asked about before.
    batch.entities[1] = aCase('old', { attributes: { [WHO.age]: '41' } });
    const last = await upsert(server, batch, {}, { cursor: ran.cursor });
    expect(reportOf(last)).toMatchObject({ created: 2 });
  });

  it.each(['2.40', '2.42'])(
    'is found among several values of one type: the others are written, on %s',
    async version => {
      const server = await startProgram({
        version,
        seed: seed => {
          for (const id of [WHO.phone, WHO.localId]) ofType(id, 'URL')(seed);
        },
      });
      const values = { [WHO.phone]: 'https://example.org/a', [WHO.localId]: 'https://b' };
      const ran = await upsert(server, aBatch([aCase('p', { attributes: values })]));
      const messages = reportOf(ran).adjusted!.map(({ message }) => message);
      expect(messages.every(text => text.includes('Patinfo id'))).toBe(true);
      expect(attributesOf(server, teOf('p'))).toHaveProperty(WHO.phone, values[WHO.phone]);
      expect(attributesOf(server, teOf('p'))).not.toHaveProperty(WHO.localId);
    },
  );

  it('costs one more request for each one of several in which something is refused', async () => {
    const server = await startProgram({ seed: ofType(WHO.phone, 'URL') });
    const people = [true, true, false, false, true, false].map((isBad, n) =>
      aCase(`p${n}`, {
        attributes: { [WHO.phone]: isBad ? 'https://b' : 'https://example.org/a' },
      }),
    );
    // A tracked entity and an enrollment each: three requests, the first and the last with bad ones.
    const ran = await upsert(server, aBatch(people), { chunkSize: 4 });
    expect(server.requests.byRoute()['POST /api/tracker']).toBe(3 + 2);
    expect(reportOf(ran)).toMatchObject({ created: 12, adjustedCount: 3 });
    expect(living(server, 'enrollments')).toHaveLength(6);
    const phones = people.map(({ id }) => attributesOf(server, teOf(id))[WHO.phone]);
    const good = 'https://example.org/a';
    expect(phones).toEqual([undefined, undefined, good, good, undefined, good]);
  });

  it('leaves a person whom an earlier run wrote in part without change, until it is corrected', async () => {
    const server = await startProgram();
    const orphan = () => {
      server.store.tracker.put('trackedEntities', {
        trackedEntity: teOf('p'),
        trackedEntityType: WHO.person,
        orgUnit: ID.facility,
        attributes: [{ attribute: WHO.surname, value: 'Before' }],
      });
    };
    orphan();
    const before = contents(server);
    await upsert(server, aBatch([aCase('p', { enrolledAt: '2099-01-05' })]));
    expect(contents(server)).toBe(before);
    const ran = await upsert(server, aBatch([aCase('p', { attributes: { [WHO.age]: SECRET } })]));
    expect(reportOf(ran).adjusted).toMatchObject([{ code: 'E1007' }]);
    expect(living(server, 'enrollments')).toMatchObject([{ trackedEntity: teOf('p') }]);
    expect(attributesOf(server, teOf('p'))[WHO.surname]).toBe('Obi');
  });

  it('of an existing person is left as it is in DHIS2; a bad value does not clear a good one', async () => {
    const server = await startProgram({ seed: ofType(WHO.phone, 'PHONE_NUMBER') });
    const person = (phone: string, more = {}) =>
      aCase('p', {
        occurredAt: '2026-08-01',
        attributes: { [WHO.phone]: phone, ...more },
        events: [clinical({ [WHO.fever]: 'YES', wvSTTknCxfK: '2026-08-02' })],
      });
    await upsert(server, aBatch([person('5550100')]));
    const bad = {
      ...person(SECRET, { [WHO.surname]: 'New' }),
      occurredAt: '2026-09-30',
      events: [clinical({ [WHO.fever]: 'NO', wvSTTknCxfK: 'never' })],
    };
    const ran = await upsert(server, aBatch([bad]));
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(
      reportOf(ran)
        .adjusted!.map(({ code }) => code)
        .sort(),
    ).toEqual(['E1007', 'E1021', 'E1302']);
    expect(attributesOf(server, teOf('p'))).toMatchObject({
      [WHO.phone]: '5550100',
      [WHO.surname]: 'New',
    });
    expect(living(server, 'enrollments')[0]!.occurredAt).toMatch(/^2026-08-01/);
    const [event] = living(server, 'events');
    expect(valuesOf(server, event!.event)).toEqual({
      [WHO.fever]: 'NO',
      wvSTTknCxfK: '2026-08-02',
    });
    server.requests.reset();
    await upsert(server, aBatch([bad]));
    expect(server.requests.writes()).toBe(0);
  });

  it('holds back the deletions of a person too', async () => {
    const server = await startProgram({ seed: mandatory(WHO.age) });
    const person = (age: string, deleted: boolean) =>
      aCase('p', {
        attributes: { [WHO.age]: age },
        events: [labResult('lab', deleted ? {} : undefined, deleted ? { deleted } : {})],
      });
    const batch = (age: string, deleted: boolean) =>
      aBatch([person(age, deleted)], [], { whenDeleted: 'delete' });
    await upsert(server, batch('30', false));
    const before = contents(server);
    const ran = await upsert(server, batch(SECRET, true));
    expect(reportOf(ran)).toMatchObject({ updated: 0, deleted: 0 });
    expect(contents(server)).toBe(before);
    await upsert(server, batch('31', true));
    expect(living(server, 'events')).toEqual([]);
  });

  it.each(VERSIONS)('affects no other person, on %s', async version => {
    const server = await startProgram({ version, seed: mandatory(WHO.sex) });
    const bad = aCase('bad', { attributes: { [WHO.sex]: SECRET }, events: [labResult('x')] });
    const people = [aCase('p'), bad, aCase('q', { events: [labResult('lab')] })];
    const ran = await upsert(
      server,
      aBatch(people, [exposure('1', 'p', 'q'), exposure('2', 'p', 'bad')]),
    );
    expect(reportOf(ran)).toMatchObject({ created: 6 });
    expect(reportOf(ran).rejected!.map(({ kind, id, code }) => [kind, id, code])).toEqual([
      ['case', 'bad', 'E1125'],
      ['case', 'bad', 'E5000'],
      ['case', 'bad', 'E5000'],
      ['relationship', '2', 'E5000'],
    ]);
    expect(ran.cursor!.people!.retry).toEqual(['bad', 'p']);
    // Only what DHIS2 confirmed counts as created.
    expect(ran.data.plan).toMatchObject({ total: 6, refused: 4 });
    expect(ran.data.plan.rows.map(([, , id]) => id)).not.toContain('bad');
    // Everything that was sent was accepted or reported.
    expect(reportOf(ran).created! + reportOf(ran).rejectedCount!).toBe(10);
    const corrected = people.map(one =>
      one.id === 'bad' ? aCase('bad', { events: one.events }) : one,
    );
    const next = await upsert(
      server,
      aBatch(corrected, [exposure('1', 'p', 'q'), exposure('2', 'p', 'bad')]),
    );
    expect(reportOf(next)).toMatchObject({ created: 4 });
    expect(reportOf(next).rejected).toBeUndefined();
  });

  it('is the change, not the stored value: a mandatory value is kept, and reported', async () => {
    const server = await startProgram({
      seed: seed => {
        const type = seed.trackedEntityTypes![0]!;
        const part = type.trackedEntityTypeAttributes.find(
          one => one.trackedEntityAttribute.id === WHO.surname,
        )!;
        part.mandatory = true;
      },
    });
    await upsert(server, aBatch([aCase('p')]));
    const ran = await upsert(
      server,
      aBatch([
        aCase('p', { attributes: { [WHO.surname]: null, [WHO.firstName]: 'New' } }),
        aCase('q', { attributes: { [WHO.surname]: null } }),
      ]),
    );
    expect(reportOf(ran).rejected).toEqual([
      {
        kind: 'case',
        id: 'p',
        code: 'MISSING_VALUE',
        message: expect.stringMatching(/^Surname: Go\.Data no longer has a value/),
      },
      {
        kind: 'case',
        id: 'q',
        code: 'MISSING_VALUE',
        message: expect.stringMatching(/^Go\.Data has no value for Surname, which the program/),
      },
    ]);
    expect(attributesOf(server, teOf('p'))).toMatchObject({
      [WHO.surname]: 'Obi',
      [WHO.firstName]: 'New',
    });
    expect(living(server, 'trackedEntities')).toHaveLength(1);
  });

  it.each([
    ['BAD_DATE', { enrolledAt: '2026-02-30' }],
    ['BAD_DATE', { events: [labResult('lab', {}, { occurredAt: 'yesterday' })] }],
    ['NO_DATE', { enrolledAt: undefined }],
  ])('before it is sent: %s %j', async (code, person) => {
    const server = await startProgram();
    const ran = await upsert(server, aBatch([aCase('p', person), aCase('q')]));
    expect(reportOf(ran)).toMatchObject({ created: 2 });
    expect(reportOf(ran).rejected).toMatchObject([{ id: 'p', code }]);
  });

  it('of a completed event is reported with the missing permission', async () => {
    const server = await startProgram({
      seed: seed => {
        seed.users[0]!.authorities = [];
      },
    });
    const event = (status: string) => clinical({ [WHO.fever]: 'YES' }, { status });
    await upsert(server, aBatch([aCase('p', { events: [event('COMPLETED')] })]));
    const ran = await upsert(server, aBatch([aCase('p', { events: [event('ACTIVE')] })]));
    expect(reportOf(ran).rejected).toMatchObject([
      { code: 'E1083', message: expect.stringContaining('F_UNCOMPLETE_EVENT') },
    ]);
  });

  it('completely, because it cannot read it, is found among the others', async () => {
    const server = await startProgram();
    let isOver = false;
    const { url } = await startProxy(server.url, {
      onRequest: (address, method) => {
        // The server accepts what it gets; the proxy reports what it cannot read.
        if (method === 'POST' && isOver) address.searchParams.set('flushMode', 'NEVER');
      },
    });
    isOver = true;
    const ran = await upsert({ url }, aBatch([aCase('p'), aCase('q'), aCase('r')]));
    expect(reportOf(ran)).toMatchObject({ created: 0 });
    expect(new Set(reportOf(ran).rejected!.map(({ code }) => code))).toEqual(
      new Set(['REFUSED_AS_A_WHOLE']),
    );
    isOver = false;
    const again = await upsert({ url }, aBatch([aCase('p'), aCase('q'), aCase('r')]));
    expect(reportOf(again)).toMatchObject({ created: 6 });
  });
});

describe('something that changed after it was read', () => {
  /** Runs with a change between the reading and the first import. */
  async function runWith(
    server: RunningDhis2,
    batch: ReturnType<typeof aBatch>,
    meanwhile: () => void,
    options = {},
  ) {
    let isFirst = true;
    const { url } = await startProxy(server.url, {
      onRequest: (_, method) => {
        if (method === 'POST' && isFirst) {
          isFirst = false;
          meanwhile();
        }
      },
    });
    return upsert({ url }, batch, options);
  }

  it('is planned again: an enrollment that somebody created', async () => {
    const server = await startProgram();
    const { tracker } = server.store;
    tracker.put('trackedEntities', {
      trackedEntity: X,
      trackedEntityType: WHO.person,
      orgUnit: ID.facility,
    });
    const batch = aBatch([aCase(X, { events: [labResult('lab')] })]);
    const ran = await runWith(server, batch, () => {
      tracker.put('enrollments', {
        enrollment: 'EnrolNewone',
        trackedEntity: X,
        program: WHO.cases,
        orgUnit: ID.facility,
        enrolledAt: '2026-08-18',
      });
    });
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(living(server, 'enrollments')).toHaveLength(1);
    expect(living(server, 'events')).toMatchObject([{ enrollment: 'EnrolNewone' }]);
    expect(attributesOf(server, X)[WHO.firstName]).toBe(`Secretname${X}`);
  });

  it('is planned again: an event that somebody created', async () => {
    const server = await startProgram();
    enter(server);
    const person = aCase(X, {
      enrolledAt: undefined,
      events: [clinical({ [WHO.fever]: 'YES' })],
    });
    const ran = await runWith(server, aBatch([person]), () => {
      server.store.tracker.put('events', {
        event: 'EventByHand',
        enrollment: 'EnrolDhis21',
        programStage: WHO.clinical,
        orgUnit: ID.facility,
        occurredAt: '2026-08-18',
        dataValues: [{ dataElement: WHO.onset, value: '2026-08-01' }],
      });
    });
    expect(reportOf(ran)).toMatchObject({ created: 0, updated: 2 });
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(valuesOf(server, 'EventByHand')).toEqual({
      [WHO.onset]: '2026-08-01',
      [WHO.fever]: 'YES',
    });
  });

  it('is planned again: a tracked entity that somebody deleted', async () => {
    const server = await startProgram();
    await upsert(server, aBatch([aCase('p')]));
    const changed = aBatch([aCase('p', { attributes: { [WHO.surname]: 'New' } })]);
    const remove = () => server.store.tracker.delete('trackedEntities', teOf('p'));
    const ran = await runWith(server, changed, remove);
    expect(reportOf(ran)).toMatchObject({ created: 0, updated: 0 });
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(reportOf(ran).adjusted).toMatchObject([{ id: 'p', code: 'DELETED_IN_DHIS2' }]);
    const again = await upsert(server, changed, { recreate: true });
    expect(reportOf(again)).toMatchObject({ created: 2 });
  });

  it('counts as existing: a relationship that somebody created', async () => {
    const server = await startProgram();
    const people = [aCase('p'), aContact('c')];
    await upsert(server, aBatch(people));
    const ran = await runWith(server, aBatch(people, [exposure('e', 'p', 'c')]), () => {
      server.store.tracker.put('relationships', {
        relationship: 'RelByHand01',
        relationshipType: WHO.inContact,
        from: { trackedEntity: { trackedEntity: teOf('c') } },
        to: { trackedEntity: { trackedEntity: teOf('p') } },
      });
    });
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(reportOf(ran)).toMatchObject({ created: 0 });
    expect(living(server, 'relationships')).toHaveLength(1);
  });

  it('is requested again: a value that DHIS2 gave twice', async () => {
    const server = await startProgram();
    const ran = await runWith(server, aBatch([aCase('p')]), () => {
      enter(server, { [WHO.systemId]: 'COVID19_0000001' });
    });
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(attributesOf(server, teOf('p'))[WHO.systemId]).toBe('COVID19_0000002');
  });
});

describe.each(VERSIONS)('UIDs that DHIS2 does not report as used up, on %s', version => {
  /** A server that never shows what is deleted. */
  const hide = (server: RunningDhis2) =>
    startProxy(server.url, {
      onRequest: url => url.searchParams.delete('includeDeleted'),
    });

  async function deleteAll() {
    const server = await startProgram({ version });
    const batch = aBatch(
      [aCase('p', { events: [labResult('lab')] }), aCase('q', { events: [labResult('lab-2')] })],
      [exposure('e', 'p', 'q'), exposure('f', 'q', 'p', { type: WHO.inContact })],
    );
    await upsert(server, batch);
    const { tracker } = server.store;
    tracker.delete('trackedEntities', teOf('p'));
    tracker.delete('events', made('event', 'lab-result lab-2'));
    return { server, batch, ...(await hide(server)) };
  }

  it('stay deleted, and are reported, unless the job says otherwise', async () => {
    const { server, batch, url } = await deleteAll();
    const ran = await upsert({ url }, batch);
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(reportOf(ran).adjusted).toMatchObject([
      { id: 'p', code: 'DELETED_IN_DHIS2' },
      { id: 'q', code: 'DELETED_IN_DHIS2' },
    ]);
    expect(reportOf(ran)).toMatchObject({ created: 0 });
    expect(living(server, 'trackedEntities')).toHaveLength(1);
  });

  it('are found by trying, in the same run', async () => {
    const { server, batch, url } = await deleteAll();
    const ran = await upsert({ url }, batch, { recreate: true });
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(living(server, 'trackedEntities').map(one => one.trackedEntity)).toEqual([
      teOf('q'),
      teOf('p', 2),
    ]);
    expect(living(server, 'enrollments').map(one => one.enrollment)).toEqual([
      enrollmentOf('q'),
      enrollmentOf('p', WHO.cases, 2),
    ]);
    expect(
      living(server, 'events')
        .map(one => one.event)
        .sort(),
    ).toEqual([made('event', 'lab-result lab', 2), made('event', 'lab-result lab-2', 2)].sort());
    expect(living(server, 'relationships')).toHaveLength(1);
    const again = await upsert({ url }, batch);
    expect(reportOf(again)).toMatchObject({ created: 0, updated: 0, unchanged: 8 });
    expect(reportOf(again).adjusted).toBeUndefined();
  });
});

describe('a UID that another object has used up', () => {
  it('is skipped in the same run, and each object is counted once', async () => {
    const server = await startProgram();
    await upsert(server, aBatch([aCase('p', { events: [labResult('lab')] })]));
    server.store.tracker.delete('events', made('event', 'lab-result lab'));
    // The record was moved to another person in Go.Data.
    const ran = await upsert(server, aBatch([aCase('q', { events: [labResult('lab')] })]));
    expect(reportOf(ran)).toMatchObject({ created: 3, updated: 0, unchanged: 0 });
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(reportOf(ran).adjusted).toBeUndefined();
    expect(ran.data.plan.total).toBe(3);
    expect(living(server, 'events')).toMatchObject([
      { event: made('event', 'lab-result lab', 2), enrollment: enrollmentOf('q') },
    ]);
  });
});

describe('a report that does not mention everything', () => {
  it('is compared with what DHIS2 has: stored objects were accepted, the others are rejected', async () => {
    const server = await startProgram();
    const { url } = await startProxy(server.url, {
      onAnswer: (body, address, method) => {
        if (method !== 'POST' || !address.pathname.endsWith('/tracker')) return body;
        const { bundleReport: _bundle, ...rest } = body as { bundleReport: object };
        return rest;
      },
    });
    const batch = aBatch(
      [aCase('p', { events: [labResult('lab')] }), aCase('q')],
      [exposure('e', 'p', 'q')],
    );
    const ran = await upsert({ url }, batch);
    expect(reportOf(ran)).toMatchObject({ created: 6 });
    expect(reportOf(ran).rejected).toBeUndefined();

    const { tracker } = server.store;
    const lossy = await startProxy(server.url, {
      onRequest: (address, method) => {
        // It reports success, and writes nothing.
        if (method === 'POST') address.searchParams.set('importMode', 'VALIDATE');
      },
    });
    const changed = aBatch([aCase('p', { events: [labResult('lab', { [WHO.result]: null })] })]);
    const lost = await upsert(lossy, changed);
    expect(reportOf(lost)).toMatchObject({ updated: 0 });
    expect(reportOf(lost).rejected).toMatchObject([{ id: 'p', code: 'NOT_STORED' }]);
    expect(tracker.get('events', made('event', 'lab-result lab'))!.dataValues).toHaveLength(1);
  });
});

describe('a warning of DHIS2 about an object that it accepts', () => {
  it('is reported with code and object, without values', async () => {
    const server = await startProgram();
    await upsert(server, aBatch([aCase('p')]));
    const note = made('note', `p ${enrollmentOf('p')}`);
    // Another object's note has the UID of the note that links the person.
    server.store.tracker.put('enrollments', {
      ...server.store.tracker.get('enrollments', enrollmentOf('p'))!,
      notes: [{ note, value: 'Secretvalue', storedAt: '2026-08-19T10:00:00.000' }],
    });
    const ran = await upsert(server, aBatch([aCase('p')]));
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(reportOf(ran)).toMatchObject({
      adjustedCount: 1,
      adjusted: [
        {
          kind: 'case',
          id: 'p',
          code: 'E1119',
          message: expect.stringContaining(enrollmentOf('p')),
        },
      ],
    });
    expect(JSON.stringify(ran.report)).not.toContain('Secret');
  });
});
