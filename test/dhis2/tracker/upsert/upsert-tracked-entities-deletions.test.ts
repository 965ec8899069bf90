import { describe, expect, it } from 'vitest';
import type { RunningDhis2 } from '#sandbox/dhis2/index.js';
import { startProxy } from '#test/support/proxy.js';
import {
  aBatch,
  aCase,
  aContact,
  aGhost,
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
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

const keeper = { username: 'keeper' };
const person = aCase('p', { events: [labResult('lab'), clinical({ [WHO.fever]: 'YES' })] });
const batchOf = (
  whenDeleted: 'leave' | 'cancel' | 'delete',
  ...people: ReturnType<typeof aCase>[]
) => aBatch(people, [], { whenDeleted });
const everything = [person, aContact('c')];
const former = () => aBatch(everything, [exposure('e', 'p', 'c')]);
const countOf = (server: RunningDhis2) => ({
  trackedEntities: living(server, 'trackedEntities').length,
  enrollments: living(server, 'enrollments').length,
  events: living(server, 'events').length,
  relationships: living(server, 'relationships').length,
});

describe.each(VERSIONS)('a person who was deleted in Go.Data, on DHIS2 %s', version => {
  it('stays if the job says so', async () => {
    const server = await startProgram({ version });
    await upsert(server, former());
    server.requests.reset();
    const ran = await upsert(server, batchOf('leave', aGhost('p')));
    expect(reportOf(ran)).toMatchObject({ read: 1, unchanged: 1 });
    expect(server.requests.writes()).toBe(0);
  });

  it('is cancelled, with all its data, and becomes active again when it is restored', async () => {
    const server = await startProgram({ version });
    await upsert(server, former());
    const ran = await upsert(server, batchOf('cancel', aGhost('p')));
    expect(reportOf(ran)).toMatchObject({ updated: 1 });
    expect(ran.data.plan.rows).toEqual([
      ['Demonstration: cases', 'enrollment', 'p', 'cancel', 'status'],
    ]);
    const enrollment = () => server.store.tracker.get('enrollments', enrollmentOf('p'))!;
    expect(enrollment()).toMatchObject({ status: 'CANCELLED', orgUnit: ID.facility });
    expect(countOf(server)).toMatchObject({ trackedEntities: 2, events: 2, relationships: 1 });
    server.requests.reset();
    await upsert(server, batchOf('cancel', aGhost('p')));
    expect(server.requests.writes()).toBe(0);

    await upsert(server, former());
    expect(enrollment()).toMatchObject({ status: 'ACTIVE', enrollment: enrollmentOf('p') });
    expect(countOf(server)).toEqual({
      trackedEntities: 2,
      enrollments: 2,
      events: 2,
      relationships: 1,
    });
    server.requests.reset();
    await upsert(server, former());
    expect(server.requests.writes()).toBe(0);
  });

  it('is deleted, and created again when it is restored, whatever the job says about others', async () => {
    const server = await startProgram({ version });
    await upsert(server, former());
    const ran = await upsert(server, batchOf('delete', aGhost('p')), {}, keeper);
    // The enrollment, then the tracked entity.
    expect(reportOf(ran)).toMatchObject({ deleted: 2, updated: 0 });
    expect(reportOf(ran).rejected).toBeUndefined();
    expect(countOf(server)).toEqual({
      trackedEntities: 1,
      enrollments: 1,
      events: 0,
      relationships: 0,
    });
    server.requests.reset();
    await upsert(server, batchOf('delete', aGhost('p')), {}, keeper);
    expect(server.requests.writes()).toBe(0);

    const back = await upsert(server, former());
    expect(reportOf(back).adjusted).toBeUndefined();
    expect(reportOf(back).rejected).toBeUndefined();
    expect(living(server, 'trackedEntities').map(one => one.trackedEntity)).toEqual([
      teOf('c'),
      teOf('p', 2),
    ]);
    expect(countOf(server)).toEqual({
      trackedEntities: 2,
      enrollments: 2,
      events: 2,
      relationships: 1,
    });
    server.requests.reset();
    await upsert(server, former());
    expect(server.requests.writes()).toBe(0);
  });
});

describe.each(VERSIONS)('what DHIS2 %s requires in a change', version => {
  it('is repeated when people and records are marked for a later restore', async () => {
    const server = await startProgram({
      version,
      seed: seed => {
        for (const part of programIn(seed, WHO.cases).programTrackedEntityAttributes) {
          part.mandatory = part.trackedEntityAttribute.id === WHO.phone;
        }
        for (const part of stageIn(seed, WHO.labResult).programStageDataElements) {
          part.compulsory = part.dataElement.id === WHO.result;
        }
      },
    });
    const lab = labResult('lab', undefined, { status: 'COMPLETED' });
    const known = (...events: (typeof lab)[]) =>
      aCase('p', { attributes: { [WHO.phone]: '+999 1' }, events });
    await upsert(server, aBatch([known(lab)]));
    await upsert(server, batchOf('delete', known({ ...lab, deleted: true })), {}, keeper);
    expect(living(server, 'events')).toEqual([]);
    await upsert(server, aBatch([known(lab)]));
    expect(living(server, 'events')).toHaveLength(1);
    await upsert(server, batchOf('cancel', aGhost('p')), {}, keeper);
    await upsert(server, batchOf('delete', aGhost('p')), {}, keeper);
    expect(living(server, 'trackedEntities')).toEqual([]);
    const back = await upsert(server, aBatch([known(lab)]));
    expect(reportOf(back).adjusted).toBeUndefined();
    expect(living(server, 'events')).toHaveLength(1);
  });
});

describe('deleting', () => {
  it('without the permission is reported, with the missing permission, and tried again', async () => {
    const server = await startProgram();
    await upsert(server, former());
    const ran = await upsert(server, batchOf('delete', aGhost('p')));
    expect(reportOf(ran).rejected).toMatchObject([
      {
        kind: 'case',
        id: 'p',
        code: 'E1103',
        message: expect.stringContaining('F_ENROLLMENT_CASCADE_DELETE'),
      },
      { kind: 'case', id: 'p', code: 'E5000' },
    ]);
    expect(ran.cursor!.people!.retry).toEqual(['p']);
    expect(countOf(server)).toMatchObject({ trackedEntities: 2, events: 2 });
  });

  it('of a person who was never in DHIS2 does nothing', async () => {
    const server = await startProgram();
    const ran = await upsert(server, batchOf('delete', aGhost('p')), {}, keeper);
    expect(reportOf(ran)).toMatchObject({ unchanged: 1, deleted: 0 });
    expect(server.requests.writes()).toBe(0);
  });

  it('keeps a tracked entity that other programs have', async () => {
    const server = await startProgram();
    const { tracker } = server.store;
    await upsert(server, former());
    tracker.put('enrollments', {
      enrollment: 'EnrolOthers',
      trackedEntity: teOf('p'),
      program: WHO.contacts,
      orgUnit: ID.facility,
      enrolledAt: '2026-08-01',
    });
    const refused = await upsert(server, batchOf('delete', aGhost('p')));
    expect(reportOf(refused).rejected).toMatchObject([
      { code: 'E1103', message: expect.stringContaining('F_ENROLLMENT_CASCADE_DELETE') },
    ]);
    await upsert(server, batchOf('delete', aGhost('p')), {}, keeper);
    expect(living(server, 'trackedEntities')).toHaveLength(2);
    expect(tracker.enrollmentsOf(teOf('p')).filter(one => !one.deleted)).toMatchObject([
      { enrollment: 'EnrolOthers', status: 'ACTIVE' },
    ]);
    await upsert(server, former());
    expect(tracker.get('enrollments', enrollmentOf('p', WHO.cases, 2))).toMatchObject({
      deleted: false,
    });
  });

  it('of a case also deletes the enrollment that it had as a contact', async () => {
    const server = await startProgram();
    await upsert(server, aBatch([aContact('p')]));
    await upsert(server, aBatch([aCase('p')]));
    await upsert(server, batchOf('cancel', aGhost('p')));
    expect(living(server, 'enrollments').map(({ status }) => status)).toEqual([
      'CANCELLED',
      'CANCELLED',
    ]);
    await upsert(server, batchOf('delete', aGhost('p')), {}, keeper);
    expect(countOf(server)).toMatchObject({ trackedEntities: 0, enrollments: 0 });
  });

  it('of one of two people with one tracked entity keeps it for the other', async () => {
    const server = await startProgram();
    await upsert(server, former());
    const merged = aBatch([aCase('p'), aGhost('q', { links: [teOf('p')] })], [], {
      whenDeleted: 'delete',
    });
    await upsert(server, merged, {}, keeper);
    expect(living(server, 'trackedEntities')).toHaveLength(2);
  });
});

describe('a record that was deleted in Go.Data', () => {
  const gone = (whenDeleted: 'leave' | 'cancel' | 'delete') =>
    aBatch(
      [
        aCase('p', {
          events: [
            { key: 'lab-result lab', stage: WHO.labResult, deleted: true, values: {} },
            { key: 'lab-result never', stage: WHO.labResult, deleted: true, values: {} },
          ],
        }),
      ],
      [exposure('e', 'p', 'c', { deleted: true }), exposure('never', 'p', 'c', { deleted: true })],
      { whenDeleted, others: { c: { kind: 'contact', links: [], program: WHO.contacts } } },
    );

  it.each(['cancel', 'delete'] as const)('is deleted in DHIS2 if people are (%s)', async mode => {
    const server = await startProgram();
    await upsert(server, former());
    const ran = await upsert(server, gone(mode));
    expect(reportOf(ran)).toMatchObject({ deleted: 2, updated: 0 });
    expect(countOf(server)).toEqual({
      trackedEntities: 2,
      enrollments: 2,
      events: 1,
      relationships: 0,
    });
    server.requests.reset();
    await upsert(server, gone(mode));
    expect(server.requests.writes()).toBe(0);
    // A record that was restored.
    await upsert(server, aBatch([person]));
    expect(living(server, 'events').map(({ event }) => event)).toContain(
      made('event', 'lab-result lab', 2),
    );
  });

  it('stays if people stay, and no person is deleted for not being in a batch', async () => {
    const server = await startProgram();
    await upsert(server, former());
    server.requests.reset();
    await upsert(server, gone('leave'));
    await upsert(server, aBatch([aCase('p')], [], { whenDeleted: 'delete' }));
    expect(server.requests.writes()).toBe(0);
    expect(countOf(server)).toMatchObject({ events: 2, relationships: 1 });
  });

  it('that people entered in DHIS2 is not touched', async () => {
    const server = await startProgram();
    await upsert(server, former());
    const { tracker } = server.store;
    tracker.put('events', {
      event: 'EventByHand',
      enrollment: enrollmentOf('p'),
      programStage: WHO.labResult,
      orgUnit: ID.facility,
      occurredAt: '2026-08-12',
      dataValues: [{ dataElement: WHO.result, value: 'NEGATIVE' }],
    });
    await upsert(server, gone('delete'));
    expect(tracker.get('events', 'EventByHand')).toMatchObject({ deleted: false });
    expect(attributesOf(server, teOf('p'))[WHO.surname]).toBe('Obi');
  });
});

describe('a tracked entity that is in another program too', () => {
  const OTHER = 'EnrolOthers';

  /** A person in the other program, which the integration's accounts may not read. */
  async function startShared(version: string, isHere: boolean) {
    const server = await startProgram({
      version,
      seed: seed => {
        programIn(seed, WHO.contacts).readAccess = [];
      },
    });
    const { tracker } = server.store;
    await upsert(server, aBatch([person]), {}, { username: 'admin' });
    tracker.put('enrollments', {
      enrollment: OTHER,
      trackedEntity: teOf('p'),
      program: WHO.contacts,
      orgUnit: ID.facility,
      enrolledAt: '2026-08-01',
    });
    if (!isHere) tracker.delete('enrollments', enrollmentOf('p'));
    return server;
  }

  const onlyCases = { whenDeleted: 'delete' as const };

  it.each(
    VERSIONS.flatMap(version =>
      ['keeper', 'cascader', 'admin'].flatMap(username =>
        [true, false].map(isHere => [version, username, isHere] as const),
      ),
    ),
  )(
    'stays on %s, deleted by %s, with its own enrollment: %s',
    async (version, username, isHere) => {
      const server = await startShared(version, isHere);
      for (const _ of ['once', 'and again']) {
        const ran = await upsert(server, aBatch([aGhost('p')], [], onlyCases), {}, { username });
        expect(reportOf(ran).rejected).toBeUndefined();
      }
      expect(server.store.tracker.get('trackedEntities', teOf('p'))).toMatchObject({
        deleted: false,
      });
      expect(server.store.tracker.get('enrollments', OTHER)).toMatchObject({ deleted: false });
      expect(living(server, 'enrollments').map(one => one.enrollment)).toEqual([OTHER]);
      // The person is restored: the same tracked entity, a new enrollment.
      const back = await upsert(server, aBatch([person]), {}, { username: 'admin' });
      expect(reportOf(back).rejected).toBeUndefined();
      if (!isHere) return;
      expect(living(server, 'trackedEntities')).toHaveLength(1);
      expect(living(server, 'enrollments').map(one => one.enrollment)).toEqual([
        OTHER,
        enrollmentOf('p', WHO.cases, 2),
      ]);
      expect(living(server, 'events')).toHaveLength(2);
      server.requests.reset();
      await upsert(server, aBatch([person]), {}, { username: 'admin' });
      expect(server.requests.writes()).toBe(0);
    },
  );

  it('is reported: another program has it, or that cannot be known', async () => {
    const told = async (username: string) => {
      const server = await startShared('2.42', true);
      const ran = await upsert(server, aBatch([aGhost('p')], [], onlyCases), {}, { username });
      return reportOf(ran).adjusted;
    };
    expect(await told('keeper')).toMatchObject([
      { code: 'TRACKED_ENTITY_KEPT', message: expect.stringContaining('another program has it') },
    ]);
    expect(await told('cascader')).toMatchObject([
      { code: 'TRACKED_ENTITY_KEPT', message: expect.stringContaining('F_TEI_CASCADE_DELETE') },
    ]);
    expect(await told('admin')).toBeUndefined();
  });
});

describe('a tracked entity without another program', () => {
  it.each([
    ['keeper', 0],
    ['admin', 0],
    ['cascader', 1],
  ])('is deleted with its enrollment if that can be known: %s', async (username, left) => {
    const server = await startProgram();
    await upsert(server, aBatch([person]), {}, { username: 'admin' });
    await upsert(server, batchOf('delete', aGhost('p')), {}, { username });
    expect(countOf(server)).toMatchObject({ trackedEntities: left, enrollments: 0, events: 0 });
  });

  it('is deleted in the second run if the first was stopped in between', async () => {
    const server = await startProgram();
    await upsert(server, aBatch([person]), {}, keeper);
    let deletions = 0;
    const { url } = await startProxy(server.url, {
      onRequest: address => {
        if (address.searchParams.get('importStrategy') !== 'DELETE') return;
        deletions += 1;
        if (deletions > 1) address.pathname = '/api/stopped';
      },
    });
    await expect(upsert({ url }, batchOf('delete', aGhost('p')), {}, keeper)).rejects.toThrow();
    expect(countOf(server)).toMatchObject({ trackedEntities: 1, enrollments: 0 });
    await upsert(server, batchOf('delete', aGhost('p')), {}, keeper);
    expect(countOf(server)).toMatchObject({ trackedEntities: 0, enrollments: 0 });
  });

  it('stays if people have deleted its enrollment', async () => {
    const server = await startProgram();
    await upsert(server, aBatch([person]), {}, keeper);
    server.store.tracker.delete('enrollments', enrollmentOf('p'));
    for (const username of ['keeper', 'admin']) {
      server.requests.reset();
      await upsert(server, batchOf('delete', aGhost('p')), {}, { username });
      expect(server.requests.writes()).toBe(0);
    }
  });
});
