import { describe, expect, it } from 'vitest';
import {
  aBatch,
  aCase,
  aContact,
  attributesOf,
  clinical,
  closeServers,
  enrollmentOf,
  exposure,
  ID,
  labResult,
  living,
  made,
  reportOf,
  startProgram,
  teOf,
  upsert,
  VERSIONS,
  valuesOf,
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

describe.each(VERSIONS)('people of a batch, on DHIS2 %s', version => {
  it('are created with what belongs to them, and nothing is written the second time', async () => {
    const server = await startProgram({ version });
    const batch = aBatch(
      [
        aCase('case-1', {
          events: [clinical({ [WHO.onset]: '2026-08-09', [WHO.fever]: 'YES' }), labResult('lab-1')],
        }),
        aContact('contact-1'),
      ],
      [exposure('exposure-1', 'case-1', 'contact-1')],
    );
    const first = await upsert(server, batch);
    expect(reportOf(first)).toMatchObject({ read: 2, created: 7, updated: 0, unchanged: 0 });
    expect(reportOf(first).rejected).toBeUndefined();
    expect(attributesOf(server, teOf('case-1'))).toMatchObject({
      [WHO.firstName]: 'Secretnamecase-1',
      [WHO.sex]: 'FEMALE',
      [WHO.systemId]: 'COVID19_0000001',
    });
    expect(server.store.tracker.get('enrollments', enrollmentOf('case-1'))).toMatchObject({
      trackedEntity: teOf('case-1'),
      program: WHO.cases,
      orgUnit: ID.facility,
      enrolledAt: '2026-08-10T00:00:00.000',
      notes: [{ value: 'Go.Data case-1' }],
    });
    const clinicalId = made('event', `case-1 ${enrollmentOf('case-1')} ${WHO.clinical}`);
    expect(valuesOf(server, clinicalId)).toEqual({
      [WHO.onset]: '2026-08-09',
      [WHO.fever]: 'YES',
    });
    expect(valuesOf(server, made('event', 'lab-result lab-1'))).toEqual({
      [WHO.result]: 'POSITIVE',
    });
    const lab = server.store.tracker.get('events', made('event', 'lab-result lab-1'));
    expect(lab!.notes).toMatchObject([{ value: 'Go.Data lab-1' }]);
    expect(living(server, 'relationships')).toMatchObject([
      { relationship: made('relationship', 'exposure-1'), relationshipType: WHO.inContact },
    ]);
    server.requests.reset();
    const second = await upsert(server, batch, {}, first);
    expect(reportOf(second)).toMatchObject({ created: 0, updated: 0, unchanged: 7 });
    expect(server.requests.writes()).toBe(0);
  });
});
