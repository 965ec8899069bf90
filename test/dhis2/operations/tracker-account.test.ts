import { afterEach, describe, expect, it } from 'vitest';
import type { State } from '#common/reporting/report.js';
import { tracker } from '#dhis2/Adaptor.js';
import type { TrackerImportOptions } from '#dhis2/operations/tracker.js';
import type { TrackerPayload } from '#dhis2/tracker/import/payload.js';
import { type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { ID } from '../../sandbox/dhis2/support/seed.js';
import { aTrackerSeed, PEOPLE, WHO } from '../../sandbox/dhis2/support/tracker-seed.js';

const open: RunningDhis2[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()));
});

async function send(
  payload: TrackerPayload,
  options: TrackerImportOptions = {},
  version = '2.42',
): Promise<State> {
  const server = await startDhis2({ seed: aTrackerSeed(), version, jobWaitMs: 0 });
  open.push(server);
  const configuration = { hostUrl: server.url, username: 'admin', password: 'secret' };
  return tracker.import('CREATE_AND_UPDATE', payload, options)({ configuration });
}

const relationship = (uid: string, from: string, to: string) => ({
  relationship: uid,
  relationshipType: WHO.inContact,
  from: { trackedEntity: { trackedEntity: from } },
  to: { trackedEntity: { trackedEntity: to } },
});
const entity = (uid: string, more: object = {}) => ({
  trackedEntity: uid,
  trackedEntityType: WHO.person,
  orgUnit: ID.facility,
  ...more,
});
const enrollment = (uid: string, more: object = {}) => ({
  enrollment: uid,
  program: WHO.contacts,
  orgUnit: ID.facility,
  enrolledAt: '2026-08-01',
  occurredAt: '2026-08-01',
  ...more,
});
const reportOf = ({ report }: State) => report?.['tracker-import'];

describe('tracker.import reports', () => {
  it('an existing relationship, with the code that DHIS2 gives it', async () => {
    const once = relationship('RelationNew', PEOPLE.case, PEOPLE.elsewhere);
    const other = relationship('RelationNew', PEOPLE.elsewhere, PEOPLE.case);
    const first = await send({ relationships: [once] });
    expect(reportOf(first)).toBeUndefined();
    const configuration = first.configuration;
    const again = await tracker.import('CREATE_AND_UPDATE', { relationships: [other] })({
      configuration,
    });
    expect(reportOf(again)).toMatchObject({
      rejectedCount: 1,
      rejected: [{ kind: 'relationship', id: 'RelationNew', code: 'E4015' }],
    });
  });

  it('a pair that is twice in one payload, of which DHIS2 counts only one', async () => {
    const ran = await send({
      relationships: [
        relationship('RelationOne', PEOPLE.case, PEOPLE.elsewhere),
        relationship('RelationTwo', PEOPLE.case, PEOPLE.elsewhere),
      ],
    });
    expect(ran.data).toMatchObject({ stats: { created: 1, total: 1 } });
    expect(reportOf(ran)).toMatchObject({
      created: 1,
      rejectedCount: 1,
      rejected: [{ kind: 'relationship', id: 'RelationTwo', code: 'NOT_STORED' }],
    });
  });

  it('objects that depend on a refused object', async () => {
    const bad = enrollment('EnrollmBad1', {
      enrolledAt: '2099-01-01',
      events: [
        {
          event: 'EventOfBad1',
          program: WHO.contacts,
          programStage: WHO.followUp,
          orgUnit: ID.facility,
          occurredAt: '2026-08-02',
        },
      ],
    });
    const trackedEntities = [entity('PersonNew01', { enrollments: [bad] }), entity('PersonNew02')];
    const ran = await send({ trackedEntities }, { atomicMode: 'OBJECT' });
    const { created, rejectedCount, rejected } = reportOf(ran)!;
    expect(created! + rejectedCount!).toBe(4);
    expect(new Set(rejected!.map(({ id }) => id))).toEqual(new Set(['EnrollmBad1', 'EventOfBad1']));
  });

  it.each(['2.38', '2.40', '2.41', '2.42', '2.43', '2.44'])(
    'all objects, each by itself, as a failure: DHIS2 %s says OK and stores nothing',
    async version => {
      const trackedEntities = [
        entity('PersonNew01', { attributes: [{ attribute: WHO.sex, value: 'Secretname' }] }),
      ];
      const failure = send({ trackedEntities }, { atomicMode: 'OBJECT' }, version);
      await expect(failure).rejects.toMatchObject({
        code: 'IMPORT_REFUSED',
        details: { errors: [{ code: 'E1125', uid: 'PersonNew01' }] },
      });
    },
  );

  it('nothing of a dry run, in which DHIS2 counts nothing', async () => {
    const trackedEntities = [entity('PersonNew01')];
    const ran = await send({ trackedEntities }, { importMode: 'VALIDATE' });
    expect(ran.data).toMatchObject({ stats: { total: 0 } });
    expect(reportOf(ran)).toBeUndefined();
  });
});

describe('tracker.import reports warnings of DHIS2', () => {
  const noted = (uid: string, value: string) =>
    entity('PersonNew01', {
      enrollments: [enrollment(uid, { notes: [{ note: 'NoteOfSome1', value }] })],
    });

  it.each([true, false])('by code and id, without their message: async %s', async async => {
    const first = await send({ trackedEntities: [noted('EnrollmNew1', 'Secretname')] });
    const { configuration } = first;
    const again = await tracker.import(
      'CREATE_AND_UPDATE',
      { trackedEntities: [noted('EnrollmNew1', 'Secretname of another')] },
      { async },
    )({ configuration });
    expect(reportOf(again)).toEqual({
      created: 0,
      updated: 2,
      adjustedCount: 1,
      adjusted: [
        {
          kind: 'enrollment',
          id: 'EnrollmNew1',
          code: 'E1119',
          message: expect.stringMatching(/^DHIS2 has a note with this UID already/),
        },
      ],
    });
    expect(JSON.stringify(again.report)).not.toContain('Secret');
  });

  it('unless a job requests errors only', async () => {
    const { configuration } = await send({ trackedEntities: [noted('EnrollmNew1', 'a')] });
    const again = await tracker.import(
      'CREATE_AND_UPDATE',
      { trackedEntities: [noted('EnrollmNew1', 'b')] },
      { reportMode: 'ERRORS' },
    )({ configuration });
    expect(again.report).toBeUndefined();
  });
});
