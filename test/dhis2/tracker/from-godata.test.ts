import { beforeAll, describe, expect, it } from 'vitest';
import type { FetchedTrackedEntityBatch } from '#common/handover/fetched-tracked-entity-batch.js';
import { fetchTrackedEntities } from '#dhis2/Adaptor.js';
import type { RunningDhis2 } from '#sandbox/dhis2/index.js';
import * as godata from '../../godata/people/support.js';
import {
  closeServers,
  ID,
  startProgram,
  teOf,
  upsert,
  VERSIONS,
  WHO,
} from '../../support/tracked-entities.js';
import {
  aBatch,
  aPerson,
  loadShippedJob,
  RESIDENCE,
  ref,
  runMap,
  type ShippedJob,
} from './map-support.js';

closeServers();

let there: godata.ShippedJob;
let back: ShippedJob;
beforeAll(async () => {
  there = await godata.loadShippedJob();
  back = await loadShippedJob();
});

const addresses = [{ typeId: RESIDENCE, locationId: ID.facility }];
const VISIT = 'LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_SEEN_NOT_OK';

/** People of Go.Data, written to DHIS2 and read from there again. */
async function writeAndRead(version: string) {
  const server = await startProgram({ version });
  const confirmed = aPerson(
    { addresses, classification: ref('CASE_CLASSIFICATION', 'CONFIRMED') },
    {
      labResults: [
        {
          id: 'lab-control',
          dateSampleTaken: '2026-03-20T00:00:00.000Z',
          dateOfResult: '2026-03-21T00:00:00.000Z',
          result: ref('LAB_TEST_RESULT', 'NEGATIVE'),
        },
      ],
    },
  );
  const contact = aPerson(
    { addresses },
    {
      kind: 'contact',
      followUps: [
        {
          id: 'visit-1',
          date: '2026-03-06T00:00:00.000Z',
          statusId: VISIT,
          questionnaireAnswers: { signsymp_fever: [{ value: 'YES' }] },
        },
      ],
    },
  );
  const batch = aBatch([confirmed, contact], {
    locations: { [ID.facility]: { name: 'Facility' } },
  });
  const mapped = runMap(back.mapping, batch, back.options).data;
  const ran = await upsert(server, mapped);
  expect(ran.report['upsert-tracked-entities']).not.toHaveProperty('rejected');
  const { data } = await fetchTrackedEntities({ program: WHO.cases, contactProgram: WHO.contacts })(
    {
      configuration: { hostUrl: server.url, username: 'integration', password: 'secret' },
    },
  );
  return { server, mapped, entities: (data as FetchedTrackedEntityBatch).entities };
}

describe.each(VERSIONS)('what DHIS2 %s has from Go.Data', version => {
  it('is recognised by its notes, and the way back creates nothing from it', async () => {
    const { server, mapped, entities } = await writeAndRead(version);
    const events = entities.flatMap(({ enrollments }) => enrollments.flatMap(one => one.events));
    expect(events.map(({ stage, fromGoData }) => [stage, fromGoData])).toEqual([
      ['iR8O4hSLHnu', true],
      [WHO.labResult, true],
      [WHO.followUp, true],
    ]);
    const { data } = godata.runMapCases(there.mapping, entities, there.options);
    const [person, contact] = data.people;
    expect(person).toMatchObject({ origin: 'godata', labResults: [] });
    // The negative test must not make it a discarded case, nor the request a probable one.
    expect(person!.fields.classification).toBe(ref('CASE_CLASSIFICATION', 'SUSPECT'));
    expect(contact!.fields.questionnaireAnswers).toMatchObject({
      signsymp_fever: [],
      outcome_contacts_followed_unknown: [],
    });
    // A second run writes nothing.
    server.requests.reset();
    await upsert(server, mapped);
    expect(server.requests.writes()).toBe(0);
  });
});

describe.each(VERSIONS)('an exposure between people in DHIS2 %s', version => {
  const CASE = aPerson({ addresses, visualId: 'C-1' }, { id: 'case-1' });
  const CONTACT = aPerson({ addresses }, { id: 'contact-1', kind: 'contact' });
  const exposure = (deleted?: true) => ({
    id: 'exposure-1',
    source: 'case-1',
    target: 'contact-1',
    record: {},
    ...(deleted ? { deleted } : {}),
  });
  const mapped = (whenDeleted: 'leave' | 'delete', deleted?: true) => {
    const batch = aBatch([CASE, CONTACT], {
      locations: { [ID.facility]: { name: 'Facility' } },
      relationships: [exposure(deleted)],
    });
    return runMap(back.mapping, batch, { ...back.options, whenDeleted }).data;
  };
  const living = (server: RunningDhis2) =>
    server.store.tracker.list('relationships').filter(one => !one.deleted);

  it.each([
    ['leave', 1],
    ['delete', 0],
  ] as const)(
    'that was deleted in Go.Data does not stop the way to DHIS2 (%s)',
    async (what, left) => {
      const server = await startProgram({ version });
      await upsert(server, mapped(what));
      expect(living(server)).toHaveLength(1);
      const { report } = await upsert(server, mapped(what, true));
      expect(report['upsert-tracked-entities']).not.toHaveProperty('rejected');
      expect(living(server)).toHaveLength(left);
    },
  );

  it('is written for the others when a contact is deleted in DHIS2', async () => {
    const server = await startProgram({ version });
    await upsert(server, mapped('leave'));
    server.store.tracker.delete('trackedEntities', teOf('contact-1'));
    const changed = mapped('leave');
    const [first] = changed.entities;
    first!.attributes[WHO.firstName] = 'Anew';
    const { report } = await upsert(server, changed);
    expect(report['upsert-tracked-entities']).toMatchObject({ updated: 1 });
    expect(server.store.tracker.get('trackedEntities', teOf('case-1'))!.attributes).toContainEqual(
      expect.objectContaining({ attribute: WHO.firstName, value: 'Anew' }),
    );
    expect(living(server)).toHaveLength(0);
  });

  it('that was deleted in DHIS2 is created again if the job says so, otherwise it stays deleted', async () => {
    const server = await startProgram({ version });
    await upsert(server, mapped('leave'));
    for (const { relationship } of living(server)) {
      server.store.tracker.delete('relationships', relationship);
    }
    const ran = await upsert(server, mapped('leave'));
    expect(ran.report['upsert-tracked-entities']).toMatchObject({
      adjusted: [{ kind: 'relationship', code: 'DELETED_IN_DHIS2' }],
    });
    expect(living(server)).toHaveLength(0);
    await upsert(server, mapped('leave'), { recreate: true });
    expect(living(server)).toHaveLength(1);
  });
});
