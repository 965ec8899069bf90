import { describe, expect, it } from 'vitest';
import type { Dhis2Seed, RunningDhis2 } from '#sandbox/dhis2/index.js';
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
  startProgram,
  teOf,
  upsert,
  VERSIONS,
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

const X = 'PersonDhis2';

/** A person whom DHIS2 had first. */
function enter(
  { store: { tracker } }: RunningDhis2,
  id = X,
  attributes: Record<string, string> = {},
  program: string = WHO.cases,
): void {
  tracker.put('trackedEntities', {
    trackedEntity: id,
    trackedEntityType: WHO.person,
    orgUnit: ID.facility,
    attributes: Object.entries({ [WHO.firstName]: 'Ada', ...attributes }).map(
      ([attribute, value]) => ({ attribute, value }),
    ),
  });
  tracker.put('enrollments', {
    enrollment: `Enrol${id.slice(-6)}`,
    trackedEntity: id,
    program,
    orgUnit: ID.facility,
    enrolledAt: '2026-07-01',
  });
}

const notesOf = ({ store }: RunningDhis2, enrollment: string) =>
  store.tracker.get('enrollments', enrollment)!.notes.map(({ value }) => value);
const uniquely =
  (...ids: string[]) =>
  (seed: Dhis2Seed) => {
    for (const id of ids) attributeIn(seed, id).unique = true;
  };

describe('the tracked entity of a person', () => {
  it.each([
    ['with the id that it has, since the person came from DHIS2', X, []],
    ['that its documents name', 'person-1', ['passport-7', X]],
  ])('is the one %s', async (_, id, links) => {
    const server = await startProgram();
    enter(server);
    const ran = await upsert(server, aBatch([aCase(id, { links, enrolledAt: '2026-07-01' })]));
    expect(reportOf(ran)).toMatchObject({ created: 0, updated: 1 });
    expect(attributesOf(server, X)[WHO.firstName]).toBe(`Secretname${id}`);
    expect(living(server, 'trackedEntities')).toHaveLength(1);
    // Go.Data holds the link: no note is needed.
    expect(notesOf(server, 'EnrolnDhis2')).toEqual([]);
  });

  it('is a new one if a document belongs to another system', async () => {
    const server = await startProgram();
    await upsert(server, aBatch([aCase('p', { links: ['NotInDhis2A'] })]));
    expect(living(server, 'trackedEntities')).toMatchObject([{ trackedEntity: teOf('p') }]);
  });

  it.each(VERSIONS)(
    'is the one that a unique attribute finds, and is linked, once, on DHIS2 %s',
    async version => {
      const server = await startProgram({ version, seed: uniquely(WHO.localId) });
      enter(server, X, { [WHO.localId]: 'loc-1/a:b,c' });
      enter(server, 'PersonOther', { [WHO.localId]: 'LOC-2;x' });
      const batch = aBatch(
        [
          aCase('p', { enrolledAt: undefined, attributes: { [WHO.localId]: 'LOC-1/a:b,c' } }),
          aCase('q', { enrolledAt: undefined, attributes: { [WHO.localId]: 'LOC-2;x' } }),
          aCase('r', { attributes: { [WHO.localId]: 'LOC-3' } }),
        ],
        [],
        { findBy: [WHO.localId] },
      );
      const ran = await upsert(server, batch);
      expect(reportOf(ran).rejected).toBeUndefined();
      expect(living(server, 'trackedEntities').map(one => one.trackedEntity)).toEqual([
        X,
        'PersonOther',
        teOf('r'),
      ]);
      expect(notesOf(server, 'EnrolnDhis2')).toEqual(['Linked to Go.Data p']);
      expect(notesOf(server, enrollmentOf('r'))).toEqual(['Go.Data r']);
      server.requests.reset();
      await upsert(server, batch);
      expect(server.requests.writes()).toBe(0);
    },
  );

  it.each(VERSIONS)('is the one that the link attribute names, on DHIS2 %s', async version => {
    const server = await startProgram({ version, seed: uniquely(WHO.localId) });
    enter(server, X, { [WHO.localId]: 'p' });
    enter(server, 'PersonUpper', { [WHO.localId]: 'P' });
    const batch = aBatch([aCase('p', { enrolledAt: undefined }), aCase('q')], [], {
      linkAttribute: WHO.localId,
    });
    const ran = await upsert(server, batch);
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(attributesOf(server, X)[WHO.firstName]).toBe('Secretnamep');
    expect(notesOf(server, 'EnrolnDhis2')).toEqual(['Linked to Go.Data p']);
    expect(attributesOf(server, teOf('q'))[WHO.localId]).toBe('q');
    server.requests.reset();
    await upsert(server, batch);
    expect(server.requests.writes()).toBe(0);
  });

  it('is found by an attribute that only one program has, for people in either program', async () => {
    const server = await startProgram({ seed: uniquely(WHO.phone) });
    enter(server, X, { [WHO.phone]: '+999 1' }, WHO.contacts);
    const person = aCase('p', { attributes: { [WHO.phone]: '+999 1' } });
    const batch = aBatch([person, aContact('c')], [], { findBy: [WHO.phone] });
    const seed = {
      ...batch,
      entities: [person, aContact('c', { attributes: { [WHO.phone]: null } })],
    };
    await upsert(server, seed);
    expect(living(server, 'trackedEntities').map(one => one.trackedEntity)).toEqual([X, teOf('c')]);
    expect(server.store.tracker.enrollmentsOf(X)).toMatchObject([
      { program: WHO.contacts },
      { program: WHO.cases, notes: [{ value: 'Linked to Go.Data p' }] },
    ]);
  });

  it.each([
    ['a document names another one than its values do', { links: ['PersonOther'] }, {}],
    ['its documents name two', { links: ['PersonOther', X] }, {}],
    ['one was created from it, and a document names another', { links: [X] }, { made: true }],
  ])('is not guessed if %s', async (_, more, { made: isMade = false }: { made?: boolean }) => {
    const server = await startProgram({ seed: uniquely(WHO.localId) });
    if (isMade) await upsert(server, aBatch([aCase('p')]));
    enter(server, X, { [WHO.localId]: 'LOC-1' });
    enter(server, 'PersonOther');
    const person = aCase('p', { attributes: { [WHO.localId]: 'LOC-1' }, ...more });
    const batch = aBatch([person, aCase('q')], [exposure('e', 'q', 'p')], {
      findBy: [WHO.localId],
    });
    const ran = await upsert(server, batch);
    expect(reportOf(ran).rejected).toEqual([
      {
        kind: 'case',
        id: 'p',
        code: 'AMBIGUOUS_PERSON',
        message: expect.stringMatching(/^2 tracked entities may be this person: .*PersonDhis2/),
      },
    ]);
    expect(attributesOf(server, X)[WHO.firstName]).toBe('Ada');
    expect(living(server, 'relationships')).toEqual([]);
    expect(ran.cursor!.people!.retry).toEqual(['p']);
  });

  it('belongs to one person', async () => {
    const server = await startProgram();
    enter(server);
    const two = [aCase('p', { links: [X] }), aCase('q', { links: [X] })];
    const ran = await upsert(server, aBatch(two));
    expect(reportOf(ran).rejected).toMatchObject([
      { id: 'q', code: 'DUPLICATE_PERSON', message: expect.stringContaining('the person p') },
    ]);
    expect(attributesOf(server, X)[WHO.firstName]).toBe('Secretnamep');
  });

  it('is not taken from the person that it is linked to', async () => {
    const server = await startProgram({ seed: uniquely(WHO.localId) });
    enter(server, X, { [WHO.localId]: 'somebody' });
    const batch = aBatch([aCase('p', { links: [X] })], [], { linkAttribute: WHO.localId });
    const ran = await upsert(server, batch);
    expect(reportOf(ran).rejected).toMatchObject([
      { id: 'p', code: 'DUPLICATE_PERSON', message: expect.stringContaining('somebody') },
    ]);
  });

  it('is of the type that the program is for', async () => {
    const server = await startProgram({
      seed: seed => {
        seed.trackedEntityTypes!.push({
          id: 'TypeAnimalA',
          name: 'Animal',
          trackedEntityTypeAttributes: [],
        });
      },
    });
    server.store.tracker.put('trackedEntities', {
      trackedEntity: X,
      trackedEntityType: 'TypeAnimalA',
      orgUnit: ID.facility,
    });
    const ran = await upsert(server, aBatch([aCase('p', { links: [X] })]));
    expect(reportOf(ran).rejected).toMatchObject([{ id: 'p', code: 'WRONG_TYPE' }]);
    expect(server.requests.writes()).toBe(0);
  });
});

describe('an object that was deleted in DHIS2', () => {
  it.each(VERSIONS)(
    'stays deleted, and is reported, unless the job says otherwise, on %s',
    async version => {
      const server = await startProgram({ version });
      const batch = aBatch([aCase('p', { events: [labResult('lab')] })]);
      await upsert(server, batch);
      server.store.tracker.delete('trackedEntities', teOf('p'));
      server.requests.reset();
      const ran = await upsert(server, batch);
      expect(reportOf(ran)).toMatchObject({ created: 0, unchanged: 1, adjustedCount: 1 });
      expect(reportOf(ran).adjusted).toEqual([
        {
          kind: 'case',
          id: 'p',
          code: 'DELETED_IN_DHIS2',
          message: `Somebody deleted the tracked entity ${teOf('p')} in DHIS2, and DHIS2 does not bring it back. With recreate: true a new one is created.`,
        },
      ]);
      expect(ran.cursor!.people!.retry).toBeUndefined();
      expect(server.requests.writes()).toBe(0);

      await upsert(server, batch, { recreate: true });
      expect(living(server, 'trackedEntities')).toMatchObject([{ trackedEntity: teOf('p', 2) }]);
      expect(living(server, 'enrollments')).toMatchObject([
        { enrollment: enrollmentOf('p', WHO.cases, 2), trackedEntity: teOf('p', 2) },
      ]);
      expect(living(server, 'events')).toMatchObject([
        { event: made('event', 'lab-result lab', 2) },
      ]);
      server.requests.reset();
      await upsert(server, batch);
      expect(server.requests.writes()).toBe(0);
    },
  );

  it('stays deleted by itself: an enrollment, an event, a relationship', async () => {
    const server = await startProgram();
    const batch = aBatch(
      [
        aCase('p', { events: [labResult('lab'), clinical({ [WHO.fever]: 'YES' })] }),
        aCase('q'),
        aContact('c'),
      ],
      [exposure('e', 'p', 'c')],
    );
    await upsert(server, batch);
    const { tracker } = server.store;
    const clinicalId = made('event', `p ${enrollmentOf('p')} ${WHO.clinical}`);
    tracker.delete('events', made('event', 'lab-result lab'));
    tracker.delete('events', clinicalId);
    tracker.delete('enrollments', enrollmentOf('q'));
    tracker.delete('relationships', made('relationship', 'e'));
    server.requests.reset();
    const ran = await upsert(server, batch);
    expect(
      reportOf(ran).adjusted!.map(({ kind, id, message }) => [kind, id, message.slice(0, 58)]),
    ).toEqual([
      ['case', 'p', 'Somebody deleted an event of the stage "Labresult" in DHIS'],
      ['case', 'p', 'Somebody deleted an event of the stage "Clinical" in DHIS2'],
      ['case', 'q', 'Somebody deleted its enrollment in DHIS2, and DHIS2 does n'],
      ['relationship', 'e', 'Somebody deleted it in DHIS2, and DHIS2 does not bring it '],
    ]);
    expect(server.requests.writes()).toBe(0);
    await upsert(server, batch, { recreate: true });
    expect(living(server, 'enrollments')).toHaveLength(3);
    expect(living(server, 'events').map(({ event }) => event)).toEqual(
      expect.arrayContaining([made('event', 'lab-result lab', 2)]),
    );
    expect(living(server, 'events')).toHaveLength(2);
    expect(living(server, 'relationships')).toMatchObject([
      { relationship: made('relationship', 'e', 2) },
    ]);
    server.requests.reset();
    await upsert(server, batch);
    expect(server.requests.writes()).toBe(0);
  });

  it('and entered there again by a user stays as entered', async () => {
    const server = await startProgram();
    enter(server);
    server.store.tracker.put('events', {
      event: 'EventByHand',
      enrollment: 'EnrolnDhis2',
      programStage: WHO.clinical,
      orgUnit: ID.facility,
      occurredAt: '2026-07-02',
    });
    server.store.tracker.delete('events', 'EventByHand');
    const batch = aBatch([
      aCase(X, { enrolledAt: undefined, events: [clinical({ [WHO.fever]: 'YES' })] }),
    ]);
    const ran = await upsert(server, batch);
    expect(reportOf(ran).adjusted).toMatchObject([{ code: 'DELETED_IN_DHIS2' }]);
    expect(living(server, 'events')).toEqual([]);
    await upsert(server, batch, { recreate: true });
    expect(living(server, 'events')).toHaveLength(1);

    server.store.tracker.delete('enrollments', 'EnrolnDhis2');
    server.requests.reset();
    const again = await upsert(server, aBatch([aCase(X)]));
    expect(reportOf(again).adjusted).toMatchObject([
      { code: 'DELETED_IN_DHIS2', message: expect.stringContaining('its enrollment') },
    ]);
    expect(server.requests.writes()).toBe(0);
    await upsert(server, aBatch([aCase(X)]), { recreate: true });
    expect(living(server, 'enrollments')).toMatchObject([{ enrollment: enrollmentOf(X) }]);
  });

  it('is created again five times, and then rejected', async () => {
    const server = await startProgram();
    const batch = aBatch([aCase('p')]);
    for (let generation = 1; generation <= 5; generation += 1) {
      await upsert(server, batch, { recreate: true });
      expect(living(server, 'trackedEntities')).toMatchObject([
        { trackedEntity: teOf('p', generation) },
      ]);
      server.store.tracker.delete('trackedEntities', teOf('p', generation));
    }
    const ran = await upsert(server, batch, { recreate: true });
    expect(reportOf(ran).rejected).toMatchObject([{ id: 'p', code: 'GENERATIONS_USED_UP' }]);
  });
});

describe('values that DHIS2 generates', () => {
  it('are requested once for all people who need them, by the code of their org unit if it is part of the value', async () => {
    const server = await startProgram({
      seed: seed => {
        Object.assign(attributeIn(seed, WHO.contactId), {
          generated: true,
          pattern: 'ORG_UNIT_CODE(..) + "-" + SEQUENTIAL(###)',
        });
        const { programTrackedEntityAttributes } = programIn(seed, WHO.cases);
        programTrackedEntityAttributes.push({ trackedEntityAttribute: { id: WHO.contactId } });
      },
    });
    enter(server, X, { [WHO.systemId]: 'COVID19_0000001' });
    const people = [
      aCase(X, { enrolledAt: undefined }),
      aCase('p'),
      aCase('q', { location: ID.otherDistrict }),
      aCase('r', { attributes: { [WHO.systemId]: 'BY-HAND' } }),
    ];
    server.requests.reset();
    await upsert(server, aBatch(people));
    const values = ['p', 'q', 'r'].map(id => attributesOf(server, teOf(id)));
    expect(values.map(one => [one[WHO.systemId], one[WHO.contactId]])).toEqual([
      ['COVID19_0000002', 'FA-001'],
      ['COVID19_0000003', 'DB-001'],
      ['BY-HAND', 'FA-002'],
    ]);
    expect(attributesOf(server, X)[WHO.systemId]).toBe('COVID19_0000001');
    const routes = server.requests.byRoute();
    const asked = Object.entries(routes).filter(([route]) => /generateAndReserve/.test(route));
    expect(asked.map(([, count]) => count)).toEqual([3]);
  });

  it('are not requested in a dry run', async () => {
    const server = await startProgram();
    const ran = await upsert(server, aBatch([aCase('p')]), {}, { dryRun: true });
    expect(reportOf(ran)).toMatchObject({ created: 2, dryRun: true });
    expect(Object.keys(server.requests.byRoute()).some(one => /generate/.test(one))).toBe(false);
    expect(server.requests.writes()).toBe(0);
  });
});

describe('a number by which people are found', () => {
  const numeric = (valueType: string) => (seed: Parameters<ReturnType<typeof uniquely>>[0]) => {
    uniquely(WHO.localId)(seed);
    Object.assign(attributeIn(seed, WHO.localId), { valueType, optionSet: undefined });
  };
  const numbered = (id: string, value: string) =>
    aCase(id, { attributes: { [WHO.localId]: value } });

  it.each(
    VERSIONS.flatMap(version =>
      ['INTEGER', 'INTEGER_ZERO_OR_POSITIVE', 'NUMBER'].map(type => [version, type] as const),
    ),
  )('is missing: only that person is rejected (DHIS2 %s, %s)', async (version, valueType) => {
    const server = await startProgram({ version, seed: numeric(valueType) });
    enter(server, X, { [WHO.localId]: '41' });
    const bad = ['Secret41', '4 1', '0x29', '1,5', 'Infinity'];
    const batch = aBatch(
      [
        ...bad.map((value, n) => numbered(`bad${n}`, value)),
        numbered('p', '41'),
        numbered('q', '7'),
      ],
      [exposure('e', 'q', 'bad0')],
      { findBy: [WHO.localId] },
    );
    const ran = await upsert(server, batch);
    const rejected = reportOf(ran).rejected!.filter(({ kind }) => kind === 'case');
    expect(rejected.map(({ id, code }) => [id, code])).toEqual(
      bad.map((_, n) => [`bad${n}`, 'BAD_VALUE']),
    );
    expect(rejected[0]!.message).toContain(`(${WHO.localId})`);
    expect(JSON.stringify(ran.report)).not.toMatch(/Secret|0x29|Infinity/);
    expect(living(server, 'trackedEntities').map(one => one.trackedEntity)).toEqual([X, teOf('q')]);
    expect(notesOf(server, 'EnrolnDhis2')).toEqual(['Linked to Go.Data p']);
    expect(ran.cursor!.people!.retry).toEqual(expect.arrayContaining(['bad0', 'bad4']));
    server.requests.reset();
    await upsert(server, batch);
    expect(server.requests.writes()).toBe(0);
  });

  it('that is too large for a whole number matches no person', async () => {
    const server = await startProgram({ seed: numeric('INTEGER') });
    const batch = aBatch([numbered('p', '2147483648'), numbered('q', '2147483647')], [], {
      findBy: [WHO.localId],
    });
    expect(reportOf(await upsert(server, batch)).rejected).toMatchObject([{ id: 'p' }]);
  });

  it.each([
    ['041', '41'],
    ['41', '041'],
    ['41.0', '41'],
    ['41', '41.00'],
    ['123456789012345678', '0123456789012345678'],
  ])('is compared as a number: %s is %s', async (stored, given) => {
    const server = await startProgram({ seed: numeric('NUMBER') });
    enter(server, X, { [WHO.localId]: stored });
    await upsert(server, aBatch([numbered('p', given)], [], { findBy: [WHO.localId] }));
    expect(living(server, 'trackedEntities').map(one => one.trackedEntity)).toEqual([X]);
  });

  it('keeps every digit: different long numbers are two people', async () => {
    const server = await startProgram({ seed: numeric('NUMBER') });
    enter(server, X, { [WHO.localId]: '123456789012345678' });
    await upsert(
      server,
      aBatch([numbered('p', '123456789012345679')], [], { findBy: [WHO.localId] }),
    );
    expect(living(server, 'trackedEntities')).toHaveLength(2);
  });
});
