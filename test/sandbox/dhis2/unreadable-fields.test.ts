import { describe, expect, it } from 'vitest';
import { aServer } from './support/client.js';
import { aTrackerSeed, PEOPLE, WHO } from './support/tracker-seed.js';

// dhis2 LIVE, "Master (2.44 ...) and branch 2.43 after 2.43.1": values of attributes and data elements
// that the account may not read.

async function serve(version: string) {
  const seed = aTrackerSeed();
  seed.trackedEntityAttributes!.find(({ id }) => id === WHO.firstName)!.readAccess = ['other'];
  seed.dataElements.find(({ id }) => id === WHO.labResult)!.readAccess = ['other'];
  return aServer({ version, seed, clock: () => new Date('2026-08-19T10:00:00.000Z') });
}

const CASE = `/api/tracker/trackedEntities?program=${WHO.cases}&trackedEntities=${PEOPLE.case}`;
const FIELDS = `fields=${encodeURIComponent(
  'attributes[attribute],enrollments[attributes[attribute],events[event,dataValues[dataElement]]]',
)}`;

describe.each([
  ['2.42', true],
  ['2.43.1', true],
  ['2.43.2', false],
  ['2.44', false],
])('what the account may not read, in DHIS2 %s', (version, isShown) => {
  it('appears in the metadata that refers to it, but not as a single object', async () => {
    const { get } = await serve(version);
    const part = 'trackedEntityAttribute[id,access[read]]';
    const fields = encodeURIComponent(
      `programTrackedEntityAttributes[${part}],programStages[programStageDataElements[dataElement[id,access[read]]]]`,
    );
    const { body } = await get(`/api/programs/${WHO.cases}?fields=${fields}`);
    const attributes = body.programTrackedEntityAttributes.map(
      (one: { trackedEntityAttribute: object }) => one.trackedEntityAttribute,
    );
    expect(attributes).toContainEqual({ id: WHO.firstName, access: { read: false } });
    expect(attributes).toContainEqual({ id: WHO.age, access: { read: true } });
    const elements = body.programStages.flatMap(
      (stage: { programStageDataElements: { dataElement: object }[] }) =>
        stage.programStageDataElements.map(({ dataElement }) => dataElement),
    );
    expect(elements).toContainEqual({ id: WHO.labResult, access: { read: false } });
    expect((await get(`/api/trackedEntityAttributes/${WHO.firstName}`)).status).toBe(404);
    expect((await get(`/api/dataElements/${WHO.labResult}`)).status).toBe(404);
  });

  it(isShown ? 'shows in people' : 'is left out of people without a word', async () => {
    const { get } = await serve(version);
    const { status, body } = await get(`${CASE}&${FIELDS}`);
    expect(status).toBe(200);
    const [{ attributes, enrollments }] = body.trackedEntities;
    for (const list of [attributes, enrollments[0].attributes]) {
      const ids = list.map(({ attribute }: { attribute: string }) => attribute);
      expect(ids.includes(WHO.firstName)).toBe(isShown);
      expect(ids).toContain(WHO.age);
    }
    const values = enrollments[0].events.flatMap(
      (event: { dataValues: object[] }) => event.dataValues,
    );
    expect(values).toContainEqual({ dataElement: WHO.onset });
    expect(JSON.stringify(values).includes(WHO.labResult)).toBe(isShown);
    // A user with read access sees it.
    const admin = await get(`${CASE}&${FIELDS}`, 'admin');
    expect(JSON.stringify(admin.body)).toContain(WHO.labResult);
  });

  it(isShown ? 'can be searched for' : 'is nothing to search for', async () => {
    const { get } = await serve(version);
    const { status, body } = await get(`${CASE}&filter=${WHO.firstName}:eq:Ada`);
    expect([status, body.errorCode]).toEqual(isShown ? [200, undefined] : [400, 'E1003']);
  });
});

describe('what the account may not read, on import into DHIS2 2.44', () => {
  it('is refused as if it did not exist', async () => {
    const { post } = await serve('2.44');
    const { status, body } = await post('/api/tracker?async=false&reportMode=FULL', {
      trackedEntities: [
        {
          trackedEntity: PEOPLE.case,
          trackedEntityType: WHO.person,
          orgUnit: 'FacilityAAA',
          attributes: [{ attribute: WHO.firstName, value: 'Ada' }],
        },
      ],
      events: [
        {
          event: 'EventLab001',
          program: WHO.cases,
          programStage: WHO.labResults,
          enrollment: 'EnrolCase01',
          orgUnit: 'FacilityAAA',
          occurredAt: '2026-08-04',
          dataValues: [{ dataElement: WHO.labResult, value: 'POSITIVE' }],
        },
      ],
    });
    expect(status).toBe(409);
    const codes = body.validationReport.errorReports.map(
      ({ errorCode }: { errorCode: string }) => errorCode,
    );
    expect([...new Set(codes)].sort()).toEqual(['E1006', 'E1304', 'E1305']);
  });
});
