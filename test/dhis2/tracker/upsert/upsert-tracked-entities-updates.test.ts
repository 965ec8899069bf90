import { describe, expect, it } from 'vitest';
import type { RunningDhis2 } from '#sandbox/dhis2/index.js';
import {
  aBatch,
  aCase,
  aContact,
  attributesOf,
  clinical,
  closeServers,
  enrollmentOf,
  exposure,
  FEMALE,
  ID,
  labResult,
  living,
  MALE,
  made,
  NEGATIVE,
  NO_SEX,
  POSITIVE,
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
const POINT = { type: 'Point', coordinates: [3, 7] };

/** A person whom DHIS2 had first, with values that the mapping does not name. */
function enter(server: RunningDhis2): void {
  const { tracker } = server.store;
  tracker.put('trackedEntities', {
    trackedEntity: X,
    trackedEntityType: WHO.person,
    orgUnit: ID.otherDistrict,
    inactive: true,
    potentialDuplicate: true,
    geometry: POINT,
    createdAtClient: '2026-08-01T07:00:00.000',
    attributes: [
      { attribute: WHO.firstName, value: 'Ada' },
      { attribute: WHO.surname, value: 'Bello' },
      { attribute: WHO.sex, value: 'MALE' },
      { attribute: WHO.age, value: '41' },
      { attribute: WHO.systemId, value: 'COVID19_0000099' },
    ],
  });
  tracker.put('enrollments', {
    enrollment: 'EnrolOld001',
    trackedEntity: X,
    program: WHO.cases,
    orgUnit: ID.otherDistrict,
    status: 'COMPLETED',
    enrolledAt: '2026-07-01T13:45:00.000',
    occurredAt: '2026-06-30',
    completedAt: '2026-07-09T10:00:00.000',
    followUp: true,
    notes: [{ note: 'NoteByHand1', value: 'call back' }],
  });
  tracker.put('events', {
    event: 'EventClin01',
    enrollment: 'EnrolOld001',
    programStage: WHO.clinical,
    orgUnit: ID.otherDistrict,
    status: 'COMPLETED',
    occurredAt: '2026-07-02T08:30:00.000',
    scheduledAt: '2026-07-01',
    completedAt: '2026-07-03T10:00:00.000',
    dataValues: [
      { dataElement: WHO.onset, value: '2026-06-29' },
      { dataElement: WHO.admitted, value: 'YES' },
    ],
  });
  tracker.put('events', {
    event: 'EventLab001',
    enrollment: 'EnrolOld001',
    programStage: WHO.labResult,
    orgUnit: ID.otherDistrict,
    occurredAt: '2026-07-04',
    dataValues: [{ dataElement: WHO.result, value: 'INVALID' }],
  });
}

/** An object without the stamps that every write changes. */
function without<T extends object>(object: T | undefined, ...names: string[]) {
  return Object.fromEntries(
    Object.entries(object ?? {}).filter(([name]) => !['updatedAt', ...names].includes(name)),
  );
}

/** Assigned by a rule to completed events of the clinical stage. */
const CASE_DATE = 'PFXeJV8d7ja';

const known = (more: Parameters<typeof aCase>[1] = {}) =>
  aCase(X, { location: undefined, enrolledAt: undefined, attributes: {}, ...more });
const only = (values: object, more: object = {}) => {
  const person = known({ ...more });
  return { ...person, attributes: values as typeof person.attributes };
};

describe.each(VERSIONS)('a value that the mapping omits, on DHIS2 %s', version => {
  it('stays as it is, whatever else is written', async () => {
    const server = await startProgram({ version });
    enter(server);
    const { tracker } = server.store;
    const before = {
      entity: tracker.get('trackedEntities', X),
      enrollment: tracker.get('enrollments', 'EnrolOld001'),
      event: tracker.get('events', 'EventClin01'),
      lab: tracker.get('events', 'EventLab001'),
    };
    const batch = aBatch([
      only(
        { [WHO.firstName]: 'Adaeze', [WHO.age]: '42' },
        { events: [clinical({ [WHO.fever]: 'YES' }), labResult('lab-1')] },
      ),
    ]);
    const ran = await upsert(server, batch);
    expect(reportOf(ran)).toMatchObject({ created: 1, updated: 3 });
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(without(tracker.get('trackedEntities', X), 'attributes')).toEqual(
      without(before.entity, 'attributes'),
    );
    expect(attributesOf(server, X)).toEqual({
      [WHO.firstName]: 'Adaeze',
      [WHO.surname]: 'Bello',
      [WHO.sex]: 'MALE',
      [WHO.age]: '42',
      [WHO.systemId]: 'COVID19_0000099',
    });
    expect(without(tracker.get('enrollments', 'EnrolOld001'))).toEqual(without(before.enrollment));
    expect(without(tracker.get('events', 'EventClin01'), 'dataValues')).toEqual(
      without(before.event, 'dataValues'),
    );
    expect(valuesOf(server, 'EventClin01')).toEqual({
      [WHO.onset]: '2026-06-29',
      [WHO.admitted]: 'YES',
      [WHO.fever]: 'YES',
      // A rule computes it from the onset, which is sent along.
      [CASE_DATE]: '2026-06-29',
    });
    expect(tracker.get('events', 'EventLab001')).toEqual(before.lab);
    server.requests.reset();
    await upsert(server, batch);
    expect(server.requests.writes()).toBe(0);
  });
});

describe.each(VERSIONS)('what DHIS2 %s requires in an update', version => {
  it('is repeated: mandatory attributes, compulsory values, the attribute option combo', async () => {
    const server = await startProgram({
      version,
      seed: seed => {
        const parts = [
          ...seed.trackedEntityTypes![0]!.trackedEntityTypeAttributes,
          ...programIn(seed, WHO.cases).programTrackedEntityAttributes,
        ];
        for (const part of parts) {
          const { id } = part.trackedEntityAttribute;
          part.mandatory = [WHO.surname, WHO.age].some(one => one === id);
        }
        programIn(seed, WHO.cases).categoryCombo = { id: 'ComboAgeAAA' };
        const { programStageDataElements } = stageIn(seed, WHO.clinical);
        programStageDataElements.find(one => one.dataElement.id === WHO.onset)!.compulsory = true;
      },
    });
    enter(server);
    const { tracker } = server.store;
    const event = tracker.get('events', 'EventClin01')!;
    tracker.put('events', { ...event, attributeOptionCombo: ID.young });
    const person = only(
      {
        [WHO.surname]: 'Bello',
        [WHO.age]: '41',
        [WHO.firstName]: 'New',
        [WHO.phone]: '+999 1',
      },
      {
        events: [
          clinical({ [WHO.onset]: '2026-06-29', [WHO.fever]: 'NO' }, { status: 'COMPLETED' }),
        ],
      },
    );
    const ran = await upsert(server, aBatch([person]));
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(reportOf(ran)).toMatchObject({ updated: 3 });
    expect(tracker.get('events', 'EventClin01')).toMatchObject({ attributeOptionCombo: ID.young });
    expect(attributesOf(server, X)).toMatchObject({
      [WHO.firstName]: 'New',
      [WHO.phone]: '+999 1',
      [WHO.surname]: 'Bello',
    });
  });
});

describe('for a person whom DHIS2 has', () => {
  it('a value that DHIS2 generates is not removed', async () => {
    const server = await startProgram();
    enter(server);
    const nobody = { [WHO.systemId]: null };
    await upsert(server, aBatch([only(nobody), aCase('p', { attributes: nobody })]));
    expect(attributesOf(server, X)[WHO.systemId]).toBe('COVID19_0000099');
    expect(attributesOf(server, teOf('p'))[WHO.systemId]).toBe('COVID19_0000001');
  });

  it('null clears, and different values are written; nothing else is sent', async () => {
    const server = await startProgram();
    enter(server);
    const ran = await upsert(
      server,
      aBatch([
        only(
          { [WHO.surname]: null, [WHO.age]: null, [WHO.firstName]: 'Ada' },
          { events: [clinical({ [WHO.onset]: null })] },
        ),
      ]),
    );
    expect(ran.data.plan).toEqual({
      columns: ['program', 'record', 'id', 'change', 'fields'],
      rows: [
        ['Demonstration: cases', 'tracked entity', X, 'update', 'Surname'],
        ['Demonstration: cases', 'enrollment', X, 'update', 'Patinfo ageonset'],
        ['Demonstration: cases', 'event: Clinical', X, 'update', 'Patcourse dateonset'],
      ],
      total: 3,
    });
    expect(attributesOf(server, X)).toEqual({
      [WHO.firstName]: 'Ada',
      [WHO.sex]: 'MALE',
      [WHO.systemId]: 'COVID19_0000099',
    });
    // Without an onset a rule takes the day of enrollment.
    expect(valuesOf(server, 'EventClin01')).toEqual({
      [WHO.admitted]: 'YES',
      [CASE_DATE]: '2026-07-01',
    });
  });

  it('an option code is compared by its meaning', async () => {
    const server = await startProgram();
    const person = (value: typeof FEMALE | typeof NO_SEX, result = POSITIVE) =>
      aBatch([
        aCase('p', {
          attributes: { [WHO.sex]: value },
          events: [labResult('lab', { [WHO.result]: result })],
        }),
      ]);
    await upsert(server, person(MALE));
    const lab = made('event', 'lab-result lab');
    const write = (attribute: string, value: string, result: string) => {
      const { tracker } = server.store;
      const entity = tracker.get('trackedEntities', teOf('p'))!;
      const others = entity.attributes.filter(one => one.attribute !== attribute);
      tracker.put('trackedEntities', { ...entity, attributes: [...others, { attribute, value }] });
      tracker.put('events', {
        ...tracker.get('events', lab)!,
        dataValues: [{ dataElement: WHO.result, value: result }],
      });
      server.requests.reset();
    };
    // Two codes for one id; a code that Go.Data has no item for, and no value.
    write(WHO.sex, 'OTHER', 'INVALID');
    await upsert(server, person(NO_SEX, NEGATIVE));
    expect(server.requests.writes()).toBe(0);
    write(WHO.sex, 'constructor', 'INVALID');
    await upsert(server, person(NO_SEX, NEGATIVE));
    expect(server.requests.writes()).toBe(0);
    write(WHO.sex, 'OTHER', 'INVALID');
    await upsert(server, person(FEMALE, POSITIVE));
    expect(attributesOf(server, teOf('p'))[WHO.sex]).toBe('FEMALE');
    expect(valuesOf(server, lab)).toEqual({ [WHO.result]: 'POSITIVE' });
    await upsert(server, person(NO_SEX));
    expect(attributesOf(server, teOf('p'))).not.toHaveProperty(WHO.sex);
  });

  it('reference data without an option code is counted, and leaves DHIS2 as it is', async () => {
    const server = await startProgram();
    enter(server);
    const batch = aBatch([only({ [WHO.sex]: { table: 'sex', id: 'LNG_GENDER_NEW' } })]);
    const ran = await upsert(server, batch);
    expect(reportOf(ran).leftOut).toEqual([
      { reason: 'no-option-code', subject: 'sex=LNG_GENDER_NEW', count: 1 },
    ]);
    expect(attributesOf(server, X)[WHO.sex]).toBe('MALE');
  });

  it('a planned event takes place when there are values for it, and not before', async () => {
    const server = await startProgram();
    enter(server);
    server.store.tracker.put('events', {
      event: 'EventOutc01',
      enrollment: 'EnrolOld001',
      programStage: WHO.outcome,
      orgUnit: ID.otherDistrict,
      status: 'SCHEDULE',
      scheduledAt: '2026-09-01',
    });
    const outcome = (value: string | null) =>
      aBatch([
        only(
          {},
          {
            events: [
              {
                key: WHO.outcome,
                stage: WHO.outcome,
                occurredAt: '2026-08-15',
                values: { [WHO.outcomeStatus]: value },
              },
            ],
          },
        ),
      ]);
    server.requests.reset();
    await upsert(server, outcome(null));
    expect(server.requests.writes()).toBe(0);
    await upsert(server, outcome('RECOVERED'));
    expect(server.store.tracker.get('events', 'EventOutc01')).toMatchObject({
      status: 'ACTIVE',
      occurredAt: '2026-08-15T00:00:00.000',
      scheduledAt: '2026-09-01T00:00:00.000',
    });
    expect(valuesOf(server, 'EventOutc01')).toEqual({ [WHO.outcomeStatus]: 'RECOVERED' });
  });

  it('an event that was created from a record follows it: day, status, place and values', async () => {
    const server = await startProgram();
    const visit = (status: string, more: object = {}) => ({
      key: 'follow-up visit-1',
      stage: WHO.followUp,
      scheduledAt: '2026-08-15',
      status,
      values: {},
      ...more,
    });
    const batch = (event: ReturnType<typeof visit>) => aBatch([aContact('c', { events: [event] })]);
    await upsert(server, batch(visit('SCHEDULE')));
    const id = made('event', 'follow-up visit-1');
    expect(server.store.tracker.get('events', id)).toMatchObject({ status: 'SCHEDULE' });
    await upsert(
      server,
      batch(
        visit('COMPLETED', {
          occurredAt: '2026-08-16',
          location: 'by-code',
          values: { [WHO.fever]: 'NO' },
        }),
      ),
    );
    expect(server.store.tracker.get('events', id)).toMatchObject({
      status: 'COMPLETED',
      occurredAt: '2026-08-16T00:00:00.000',
      orgUnit: ID.otherDistrict,
      dataValues: [{ dataElement: WHO.fever, value: 'NO' }],
    });
    const ran = await upsert(server, batch(visit('COMPLETED', { occurredAt: '2026-08-17' })));
    expect(ran.data.plan.rows).toEqual([
      ['Demonstration: contacts', 'event: Followup', 'c', 'update', 'occurredAt'],
    ]);
  });

  it('days and org unit of the enrollment are written; the org unit moves with the person', async () => {
    const server = await startProgram();
    enter(server);
    const batch = aBatch([
      only({}, { enrolledAt: '2026-07-05', occurredAt: '2026-06-28', location: ID.facility }),
    ]);
    await upsert(server, batch);
    expect(server.store.tracker.get('enrollments', 'EnrolOld001')).toMatchObject({
      enrolledAt: '2026-07-05T00:00:00.000',
      occurredAt: '2026-06-28T00:00:00.000',
      orgUnit: ID.facility,
      status: 'COMPLETED',
      followUp: true,
    });
    expect(server.store.tracker.get('trackedEntities', X)).toMatchObject({ orgUnit: ID.facility });
    expect(server.store.tracker.get('events', 'EventClin01')).toMatchObject({
      orgUnit: ID.otherDistrict,
    });
  });

  it('the latest enrollment that was not cancelled is used; without one, the latest that was', async () => {
    const server = await startProgram();
    enter(server);
    const { tracker } = server.store;
    tracker.put('enrollments', {
      enrollment: 'EnrolNewest',
      trackedEntity: X,
      program: WHO.cases,
      orgUnit: ID.facility,
      status: 'CANCELLED',
      enrolledAt: '2026-08-01',
    });
    const events = [clinical({ [WHO.fever]: 'YES' })];
    await upsert(server, aBatch([known({ events, attributes: {} })]));
    expect(valuesOf(server, 'EventClin01')).toHaveProperty(WHO.fever, 'YES');
    tracker.put('enrollments', {
      ...tracker.get('enrollments', 'EnrolOld001')!,
      status: 'CANCELLED',
    });
    const batch = aBatch([known({ events, enrolledAt: '2026-08-10', location: ID.facility })]);
    await upsert(server, batch);
    expect(tracker.get('enrollments', enrollmentOf(X))).toBeUndefined();
    expect(tracker.get('enrollments', 'EnrolNewest')).toMatchObject({ status: 'CANCELLED' });
    expect(valuesOf(server, made('event', `${X} EnrolNewest ${WHO.clinical}`))).toEqual({
      [WHO.fever]: 'YES',
    });
    server.requests.reset();
    await upsert(server, batch);
    expect(server.requests.writes()).toBe(0);
  });
});

describe('a contact who becomes a case', () => {
  it('keeps its tracked entity and its enrollment as a contact', async () => {
    const server = await startProgram();
    const visit = { key: 'follow-up v', stage: WHO.followUp, occurredAt: '2026-08-11', values: {} };
    await upsert(
      server,
      aBatch([aCase('case'), aContact('p', { events: [visit] })], [exposure('e', 'case', 'p')]),
    );
    const ran = await upsert(
      server,
      aBatch([aCase('p', { events: [labResult('lab')] })], [exposure('e', 'case', 'p')], {
        others: { case: { kind: 'case', links: [], program: WHO.cases } },
      }),
    );
    expect(reportOf(ran)).toMatchObject({ created: 2, updated: 0 });
    const { tracker } = server.store;
    expect(tracker.enrollmentsOf(teOf('p'))).toMatchObject([
      { program: WHO.contacts, status: 'ACTIVE' },
      { program: WHO.cases, status: 'ACTIVE', notes: [{ value: 'Go.Data p' }] },
    ]);
    expect(attributesOf(server, teOf('p'))).toHaveProperty(WHO.systemId);
    expect(living(server, 'trackedEntities')).toHaveLength(2);
    expect(living(server, 'relationships')).toHaveLength(1);
  });

  it('whose lab result both programs have keeps the one event, and gets the other', async () => {
    const server = await startProgram();
    const asContact = labResult('lab', {}, { stage: WHO.followUp });
    await upsert(server, aBatch([aContact('p', { events: [asContact] })]));
    await upsert(server, aBatch([aCase('p', { events: [labResult('lab')] })]));
    expect(living(server, 'events')).toMatchObject([
      { event: made('event', 'lab-result lab'), programStage: WHO.followUp },
      { event: made('event', 'lab-result lab', 2), programStage: WHO.labResult },
    ]);
    const batch = aBatch([aCase('p', { events: [labResult('lab')] })]);
    server.requests.reset();
    await upsert(server, batch);
    expect(server.requests.writes()).toBe(0);
  });
});

describe('relationships', () => {
  it('that DHIS2 already has between the same two are used', async () => {
    const server = await startProgram();
    await upsert(server, aBatch([aCase('a'), aCase('b'), aContact('c')]));
    server.store.tracker.put('relationships', {
      relationship: 'RelByHand01',
      relationshipType: WHO.inContact,
      from: { trackedEntity: { trackedEntity: teOf('b') } },
      to: { trackedEntity: { trackedEntity: teOf('a') } },
    });
    const batch = aBatch(
      [aCase('a'), aCase('b'), aContact('c')],
      [exposure('1', 'a', 'b'), exposure('2', 'a', 'c'), exposure('3', 'c', 'a')],
    );
    const ran = await upsert(server, batch);
    expect(reportOf(ran)).toMatchObject({ created: 1 });
    expect(living(server, 'relationships').map(one => one.relationship)).toEqual([
      'RelByHand01',
      made('relationship', '2'),
    ]);
    server.requests.reset();
    await upsert(server, batch);
    expect(server.requests.writes()).toBe(0);
  });

  it('are replaced when Go.Data has deleted one and has another between the same two', async () => {
    const server = await startProgram();
    const people = [aCase('a'), aContact('c')];
    await upsert(server, aBatch(people, [exposure('1', 'a', 'c')]));
    const batch = aBatch(
      people,
      [exposure('2', 'a', 'c'), exposure('1', 'a', 'c', { deleted: true })],
      { whenDeleted: 'cancel' },
    );
    const dry = await upsert(server, batch, {}, { dryRun: true });
    expect(reportOf(dry)).toMatchObject({ created: 1, deleted: 1, validated: { notAsked: 1 } });
    expect(reportOf(dry).rejected).toBeUndefined();
    const ran = await upsert(server, batch);
    expect(reportOf(ran)).toMatchObject({ created: 1, deleted: 1 });
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(living(server, 'relationships').map(one => one.relationship)).toEqual([
      made('relationship', '2'),
    ]);
    server.requests.reset();
    await upsert(server, batch);
    expect(server.requests.writes()).toBe(0);
  });

  it('whose other end is already in DHIS2 are created; the others wait for it', async () => {
    const server = await startProgram();
    await upsert(server, aBatch([aCase('a')]));
    const others = {
      a: { kind: 'case' as const, links: [], program: WHO.cases },
      b: { kind: 'case' as const, links: [], program: WHO.cases },
    };
    const ran = await upsert(
      server,
      aBatch([aContact('c')], [exposure('1', 'a', 'c'), exposure('2', 'b', 'c')], { others }),
    );
    expect(reportOf(ran).leftOut).toEqual([
      { reason: 'waiting-for-other-person', subject: '', count: 1 },
    ]);
    expect(living(server, 'relationships')).toHaveLength(1);
    const later = aBatch([aCase('b')], [exposure('2', 'b', 'c')], {
      others: { c: { kind: 'contact', links: [], program: WHO.contacts } },
    });
    await upsert(server, later);
    expect(living(server, 'relationships')).toHaveLength(2);
  });
});

describe.each(VERSIONS)('a person who moves to another district, on DHIS2 %s', version => {
  const moved = (more: object = {}) =>
    aBatch([aCase('p', { location: ID.otherDistrict, ...more })], []);

  it('is moved once; the old district still owns the person in the program', async () => {
    const server = await startProgram({ version });
    await upsert(server, aBatch([aCase('p')]));
    const ran = await upsert(server, moved());
    expect(reportOf(ran).rejected).toBeUndefined();
    const { tracker } = server.store;
    expect(tracker.get('trackedEntities', teOf('p'))!.orgUnit).toBe(ID.otherDistrict);
    expect(tracker.get('enrollments', enrollmentOf('p'))!.orgUnit).toBe(ID.otherDistrict);
    expect(tracker.ownerOf(teOf('p'), WHO.cases)).toBe(ID.facility);
    server.requests.reset();
    await upsert(server, moved());
    expect(server.requests.writes()).toBe(0);
  });

  it('is refused to the account of the new one, and the reason is reported in every run', async () => {
    const server = await startProgram({ version });
    await upsert(server, aBatch([aCase('p')]));
    await upsert(server, moved());
    const change = moved({ occurredAt: '2026-08-09', events: [labResult('lab')] });
    for (const _ of ['once', 'and again']) {
      server.requests.reset();
      const ran = await upsert(server, change, {}, { username: 'district' });
      const codes = reportOf(ran).rejected!.map(({ code }) => code);
      expect(codes).toContain('E1102');
      expect(reportOf(ran)).toMatchObject({ created: 0, updated: 0 });
      expect(server.requests.writes()).toBeLessThanOrEqual(2);
    }
    const told = await upsert(server, change, {}, { username: 'integration' });
    expect(reportOf(told).rejected).toBeUndefined();
    expect(living(server, 'events')).toHaveLength(1);
  });
});
