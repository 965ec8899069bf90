import { describe, expect, it } from 'vitest';
import { ID } from './support/seed.js';
import {
  anImporter,
  aPerson,
  contactOf,
  enrolment,
  importSeed,
  labResult,
  NEW,
} from './support/tracker-import.js';
import { PEOPLE, WHO } from './support/tracker-seed.js';

/** The current time of the server, in Lagos. */
const NOW = '2026-08-19T11:00:00.000';

const counts = ({ stats }: { stats: Record<string, number> }) => [
  stats.created,
  stats.updated,
  stats.deleted,
  stats.ignored,
];

const FLAT = { trackedEntities: [aPerson()], enrollments: [enrolment()], events: [labResult()] };

describe('a new person', () => {
  it('is created from an enrollment and an event in flat lists', async () => {
    const { send, read } = await anImporter();
    const { status, body } = await send(FLAT);
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'OK',
      validationReport: { errorReports: [], warningReports: [] },
      stats: { created: 3, updated: 0, deleted: 0, ignored: 0, total: 3 },
      bundleReport: {
        typeReportMap: {
          TRACKED_ENTITY: typeReport('TRACKED_ENTITY', NEW.person),
          ENROLLMENT: typeReport('ENROLLMENT', NEW.enrollment),
          EVENT: typeReport('EVENT', NEW.event),
          RELATIONSHIP: typeReport('RELATIONSHIP'),
        },
      },
    });
    expect(await read(`trackedEntities/${NEW.person}`)).toMatchObject({
      orgUnit: ID.facility,
      createdAt: NOW,
      updatedAt: NOW,
      inactive: false,
      potentialDuplicate: false,
      attributes: [{ attribute: WHO.firstName, value: 'Ngozi', createdAt: NOW, updatedAt: NOW }],
      enrollments: [
        {
          enrollment: NEW.enrollment,
          status: 'ACTIVE',
          enrolledAt: '2026-08-10T00:00:00.000',
          // An object without a day of its own gets that of the enrollment.
          occurredAt: '2026-08-10T00:00:00.000',
          events: [
            {
              event: NEW.event,
              program: WHO.cases,
              trackedEntity: NEW.person,
              status: 'ACTIVE',
              occurredAt: '2026-08-11T00:00:00.000',
              attributeOptionCombo: ID.default,
              dataValues: [
                { dataElement: WHO.labResult, value: 'POSITIVE', providedElsewhere: false },
              ],
            },
          ],
        },
      ],
      programOwners: [{ program: WHO.cases, orgUnit: ID.facility }],
    });
  });

  it('is created from nested objects, with UIDs that the server generates', async () => {
    const { send, read } = await anImporter();
    const event = { ...labResult(), event: undefined, enrollment: PEOPLE.case };
    const inside = { ...enrolment({ trackedEntity: PEOPLE.case }), enrollment: undefined };
    const { body } = await send({
      trackedEntities: [{ ...aPerson({ enrollments: [{ ...inside, events: [event] }] }) }],
    });
    expect(counts(body)).toEqual([3, 0, 0, 0]);
    const { ENROLLMENT, EVENT } = body.bundleReport.typeReportMap;
    const uids = [ENROLLMENT, EVENT].map(({ objectReports }) => objectReports[0].uid);
    for (const uid of uids) expect(uid).toMatch(/^[a-zA-Z][a-zA-Z0-9]{10}$/);
    // Its own statements about its parents are ignored.
    expect(await read(`enrollments/${uids[0]}`)).toMatchObject({ trackedEntity: NEW.person });
    expect(await read(`events/${uids[1]}`)).toMatchObject({ enrollment: uids[0] });
  });

  it('has the attributes of its enrollments', async () => {
    const { send, read } = await anImporter();
    const attributes = [{ attribute: WHO.age, value: 41 }];
    await send({ trackedEntities: [aPerson()], enrollments: [enrolment({ attributes })] });
    const { attributes: all } = await read(`enrollments/${NEW.enrollment}`);
    expect(all.map(({ value }: { value: string }) => value)).toEqual(['Ngozi', '41']);
  });

  it('has relationships from every nested object, each once', async () => {
    const { send, read } = await anImporter();
    const again = contactOf(PEOPLE.case, NEW.person, { relationship: 'RelationTwo' });
    const { body } = await send({
      trackedEntities: [aPerson({ relationships: [contactOf(NEW.person, PEOPLE.case)] })],
      // The same from the other end: the type is bidirectional.
      relationships: [again],
    });
    expect(counts(body)).toEqual([2, 0, 0, 0]);
    expect(body.bundleReport.typeReportMap.RELATIONSHIP.stats).toMatchObject({
      created: 1,
      ignored: 1,
    });
    expect(await read('relationships/RelationTwo')).toBeUndefined();
    expect(await read(`relationships/${NEW.relationship}`)).toMatchObject({
      from: { trackedEntity: { trackedEntity: NEW.person } },
      createdAt: NOW,
    });
  });
});

it('omits a repeated relationship of a unidirectional type, but not its reverse', async () => {
  const seed = importSeed();
  seed.relationshipTypes![0]!.bidirectional = false;
  const { save } = await anImporter('2.42', seed);
  const { body } = await save({
    relationships: ['RelationOne', 'RelationTwo', 'RelationBck'].map(relationship =>
      relationship === 'RelationBck'
        ? contactOf(PEOPLE.elsewhere, PEOPLE.case, { relationship })
        : contactOf(PEOPLE.case, PEOPLE.elsewhere, { relationship }),
    ),
  });
  expect(body.bundleReport.typeReportMap.RELATIONSHIP.objectReports).toMatchObject([
    { uid: 'RelationOne' },
    { uid: 'RelationBck' },
  ]);
});

function typeReport(trackerType: string, ...uids: string[]) {
  const created = uids.length;
  return {
    trackerType,
    stats: { created, updated: 0, deleted: 0, ignored: 0, total: created },
    objectReports: uids.map(uid => ({ trackerType, uid, errorReports: [] })),
  };
}

describe('an update', () => {
  it('replaces fields, and merges attributes', async () => {
    const { save, read } = await anImporter();
    await save({ trackedEntities: [aPerson({ inactive: true, potentialDuplicate: true })] });
    const { body } = await save({
      trackedEntities: [
        {
          trackedEntity: PEOPLE.case,
          trackedEntityType: WHO.person,
          orgUnit: ID.otherDistrict,
          attributes: [
            { attribute: WHO.surname, value: 'Okafor' },
            { attribute: WHO.age, value: null },
            { attribute: WHO.sex, value: 'FEMALE' },
          ],
        },
        aPerson({ attributes: [] }),
      ],
    });
    expect(counts(body)).toEqual([0, 2, 0, 0]);
    const { attributes, ...one } = await read(`trackedEntities/${PEOPLE.case}`);
    expect(one).toMatchObject({ orgUnit: ID.otherDistrict, createdAt: '2026-08-01T08:00:00.000' });
    expect(one.updatedAt).toBe(NOW);
    const { attributes: ofProgram } = one.enrollments[0];
    expect(Object.fromEntries(ofProgram.map(valueAndStamp))).toEqual({
      [WHO.firstName]: ['Ada', '2026-08-01T08:00:00.000'],
      [WHO.surname]: ['Okafor', NOW],
      [WHO.sex]: ['FEMALE', NOW],
      [WHO.systemId]: ['COVID19_0000001', '2026-08-01T08:00:00.000'],
    });
    expect(attributes).toHaveLength(3);
    expect(await read(`trackedEntities/${NEW.person}`)).toMatchObject({
      inactive: false,
      potentialDuplicate: false,
      attributes: [{ value: 'Ngozi' }],
    });
  });

  it('of an event merges data values, and clears fields that it does not name', async () => {
    const { save, read } = await anImporter();
    const clinical = {
      event: 'EventClin01',
      enrollment: 'EnrolCase01',
      programStage: WHO.clinical,
      orgUnit: ID.facility,
      occurredAt: '2026-08-03',
      dataValues: [{ dataElement: WHO.onset, value: '' }],
    };
    const { codes } = await save({ events: [clinical] }, '', 'admin');
    expect(codes).toEqual([]);
    const event = await read('events/EventClin01');
    // An empty text is no value; an event that is not completed has no completion day.
    expect(event).toMatchObject({ status: 'ACTIVE', dataValues: [] });
    expect(event).not.toHaveProperty('completedAt');
  });

  it('completes and reopens', async () => {
    const { save, read } = await anImporter();
    await save({ ...FLAT, events: [labResult({ status: 'COMPLETED' })] });
    await save({ enrollments: [enrolment({ status: 'COMPLETED' })] });
    expect(await read(`enrollments/${NEW.enrollment}`)).toMatchObject({
      status: 'COMPLETED',
      completedAt: NOW,
      events: [{ status: 'COMPLETED', completedAt: NOW }],
    });
    await save({ enrollments: [enrolment()] });
    const reopened = await read(`enrollments/${NEW.enrollment}`);
    expect(reopened.status).toBe('ACTIVE');
    expect(reopened).not.toHaveProperty('completedAt');
  });

  it('never removes notes', async () => {
    const { save, read } = await anImporter();
    const first = { note: 'NoteAAAAAAA', value: 'called' };
    await save({ ...FLAT, enrollments: [enrolment({ notes: [first] })] });
    const notes = [{ note: 'NoteAAAAAAA', value: 'never mind' }, { value: 'visited' }, {}];
    const { body } = await save(
      { enrollments: [enrolment({ notes })], events: [labResult({ notes: [first] })] },
      'reportMode=WARNINGS',
    );
    expect(body.validationReport.warningReports).toEqual([
      {
        message: 'A Note with UID `NoteAAAAAAA` already exists.',
        warningCode: 'E1119',
        trackerType: 'ENROLLMENT',
        uid: NEW.enrollment,
      },
      expect.objectContaining({ trackerType: 'EVENT', warningCode: 'E1119' }),
    ]);
    const enrollment = await read(`enrollments/${NEW.enrollment}`);
    expect(enrollment.notes).toEqual([
      { ...first, storedAt: NOW },
      { note: expect.stringMatching(/^\w{11}$/), value: 'visited', storedAt: NOW },
    ]);
    expect(enrollment.events[0].notes).toEqual([]);
  });

  it('keeps the user who first stored an object, and accepts the times of its client', async () => {
    const { save, read } = await anImporter();
    const client = { createdAtClient: '2026-08-10T09:00:00.000' };
    await save({ ...FLAT, events: [labResult({ storedBy: 'ada', ...client })] });
    await save({
      events: [labResult({ storedBy: 'obi', updatedAtClient: '2026-08-18T09:00:00.000Z' })],
    });
    const event = await read(`events/${NEW.event}`);
    expect(event).toMatchObject({ storedBy: 'ada', updatedAtClient: '2026-08-18T10:00:00.000' });
    expect(event).not.toHaveProperty('createdAtClient');
  });

  it('treats an event with the status VISITED as active', async () => {
    const { save, read } = await anImporter();
    await save({ ...FLAT, events: [labResult({ status: 'VISITED' })] });
    expect(await read(`events/${NEW.event}`)).toMatchObject({ status: 'ACTIVE' });
  });

  it('keeps the geometry, the option combo and the scheduled day of an event', async () => {
    const seed = importSeed();
    seed.programStages![0]!.featureType = 'POINT';
    seed.programs![0]!.categoryCombo = { id: 'ComboAgeAAA' };
    const { save, read } = await anImporter('2.42', seed);
    const fields = {
      geometry: { type: 'Point', coordinates: [-13.2, 8.4] },
      scheduledAt: '2026-08-09T00:00:00.000',
    };
    const events = [labResult({ ...fields, attributeCategoryOptions: 'OptionYoung' })];
    expect((await save({ ...FLAT, events })).codes).toEqual([]);
    expect(await read(`events/${NEW.event}`)).toMatchObject({
      ...fields,
      attributeOptionCombo: ID.young,
    });
  });

  it('warns that no user can be assigned to an event, and continues', async () => {
    const { save } = await anImporter();
    const events = [labResult({ assignedUser: { username: 'entry' } })];
    const { status, body } = await save({ ...FLAT, events }, 'reportMode=WARNINGS');
    expect([status, counts(body)]).toEqual([200, [3, 0, 0, 0]]);
    expect(body.validationReport.warningReports).toMatchObject([{ warningCode: 'E1120' }]);
  });

  it('of a tracked entity leaves the objects that belong to it unchanged', async () => {
    const { save, read } = await anImporter();
    await save(FLAT);
    await save({ trackedEntities: [aPerson()] });
    const { enrollments } = await read(`trackedEntities/${NEW.person}`);
    expect(enrollments[0].events).toHaveLength(1);
  });

  it('of an event changes the updatedAt of its tracked entity', async () => {
    const { save, read } = await anImporter();
    await save({
      events: [labResult({ event: 'EventLab001', enrollment: 'EnrolCase01' })],
    });
    expect(await read(`trackedEntities/${PEOPLE.case}`)).toMatchObject({ updatedAt: NOW });
  });
});

function withoutTimes({ updatedAt: _, scheduledAt: __, ...rest }: Record<string, unknown>) {
  return rest;
}

function valueAndStamp(one: { attribute: string; value: string; updatedAt: string }) {
  return [one.attribute, [one.value, one.updatedAt]];
}

describe('a relationship', () => {
  it('that is sent again is unchanged, with a warning and no error', async () => {
    const { save, read } = await anImporter();
    const changed = contactOf(PEOPLE.case, PEOPLE.elsewhere, { relationship: 'Relation001' });
    const { status, body } = await save({ relationships: [changed] }, 'reportMode=FULL');
    expect([status, body.status]).toEqual([200, 'OK']);
    expect(body.validationReport.warningReports).toMatchObject([
      { warningCode: 'E4015', uid: 'Relation001', trackerType: 'RELATIONSHIP' },
    ]);
    expect(counts(body)).toEqual([0, 0, 0, 1]);
    expect(await read('relationships/Relation001')).toMatchObject({
      to: { trackedEntity: { trackedEntity: PEOPLE.contact } },
    });
  });

  it('warns only if the request asks for warnings', async () => {
    const { save } = await anImporter();
    const again = contactOf(PEOPLE.case, PEOPLE.contact, { relationship: 'Relation001' });
    const { body } = await save({ relationships: [again] });
    expect(body.validationReport).toEqual({ errorReports: [], warningReports: [] });
    expect(body.stats.ignored).toBe(1);
  });
});

describe('a deletion', () => {
  it('also deletes all that belongs to a tracked entity, but counts only the requested objects', async () => {
    const { send, read, get } = await anImporter();
    const { body } = await send(
      { trackedEntities: [{ trackedEntity: PEOPLE.case }] },
      'importStrategy=DELETE',
      'keeper',
    );
    expect(counts(body)).toEqual([0, 0, 1, 0]);
    for (const path of [
      `trackedEntities/${PEOPLE.case}`,
      'enrollments/EnrolCase01',
      'events/EventLab001',
      'relationships/Relation001',
    ]) {
      expect(await read(path), path).toBeUndefined();
    }
    const list = `/api/tracker/trackedEntities?trackedEntities=${PEOPLE.case}&includeDeleted=true`;
    const { body: all } = await get(list, 'admin');
    expect(all.trackedEntities).toMatchObject([{ deleted: true, updatedAt: NOW }]);
  });

  it('counts every requested object, even one deleted together with another', async () => {
    const { send } = await anImporter();
    const { body } = await send(
      {
        trackedEntities: [
          {
            trackedEntity: PEOPLE.case,
            enrollments: [{ enrollment: 'EnrolCase01', events: [{ event: 'EventLab001' }] }],
          },
        ],
        relationships: [{ relationship: 'Relation001' }],
      },
      'importStrategy=DELETE',
      'keeper',
    );
    expect(counts(body)).toEqual([0, 0, 4, 0]);
  });

  it('makes a unique value available to another person', async () => {
    const { send, save } = await anImporter();
    const attributes = [{ attribute: WHO.systemId, value: 'COVID19_0000001' }];
    expect((await save({ trackedEntities: [aPerson({ attributes })] })).codes).toEqual(['E1064']);
    const payload = { trackedEntities: [{ trackedEntity: PEOPLE.case }] };
    await send(payload, 'importStrategy=DELETE', 'keeper');
    expect((await save({ trackedEntities: [aPerson({ attributes })] })).codes).toEqual([]);
  });
});

describe('an import with an error', () => {
  const broken = aPerson({ trackedEntity: 'PersonBad01', orgUnit: 'NobodyThere' });
  const payload = {
    trackedEntities: [aPerson(), broken],
    enrollments: [
      enrolment(),
      enrolment({ enrollment: 'EnrolBad001', trackedEntity: 'PersonBad01' }),
    ],
    events: [labResult(), labResult({ event: 'EventBad001', enrollment: 'EnrolBad001' })],
    relationships: [contactOf(PEOPLE.case, 'PersonBad01')],
  };

  it('writes nothing, and ignores all of it', async () => {
    const { send, read } = await anImporter();
    const { status, body, errors } = await send(payload);
    expect([status, body.status]).toEqual([409, 'ERROR']);
    expect(counts(body)).toEqual([0, 0, 0, 7]);
    expect(body).not.toHaveProperty('bundleReport');
    expect(errors[0]).toEqual({
      message: 'Could not find OrganisationUnit: `NobodyThere` linked to TrackedEntity.',
      errorCode: 'E1049',
      trackerType: 'TRACKED_ENTITY',
      uid: 'PersonBad01',
      args: ['NobodyThere'],
    });
    expect(await read(`trackedEntities/${NEW.person}`)).toBeUndefined();
  });

  it('writes the correct objects one by one, and ignores the children of the others', async () => {
    const { send, read } = await anImporter();
    const { status, body, errors } = await send(payload, 'atomicMode=OBJECT');
    // OK, although it is not: errors show only in the list of errors.
    expect([status, body.status]).toEqual([200, 'OK']);
    expect(errors.map(one => [one.errorCode, one.uid])).toEqual([
      ['E1049', 'PersonBad01'],
      ['E5000', 'EnrolBad001'],
      ['E5000', NEW.relationship],
    ]);
    expect(errors[1].args).toEqual(['enrollment', 'EnrolBad001', 'trackedEntity', 'PersonBad01']);
    // The event of the enrollment is lost silently; only the count of its kind includes it.
    expect(counts(body)).toEqual([3, 0, 0, 3]);
    expect(body.bundleReport.typeReportMap.EVENT.stats).toMatchObject({ created: 1, ignored: 1 });
    expect(await read(`events/${NEW.event}`)).toBeDefined();
    expect(await read('events/EventBad001')).toBeUndefined();
  });

  it('writes nothing below a deleted object', async () => {
    const { send, save } = await anImporter();
    const trackedEntity = PEOPLE.elsewhere;
    const gone = { trackedEntities: [{ trackedEntity }] };
    await send(gone, 'importStrategy=DELETE', 'keeper');
    const inside = [enrolment({ events: [labResult()] })];
    const { codes, body } = await save(
      { trackedEntities: [aPerson({ trackedEntity, enrollments: inside })] },
      'atomicMode=OBJECT',
    );
    expect(codes).toEqual(['E1114', 'E5000']);
    expect(counts(body)).toEqual([0, 0, 0, 2]);
  });

  it('reports the same error of an object once', async () => {
    const { send } = await anImporter();
    const value = { attribute: 'Nowhere', value: 'x' };
    const { codes } = await send({ trackedEntities: [aPerson({ attributes: [value, value] })] });
    expect(codes).toEqual(['E1006']);
  });

  it('updates the children of an existing object that has an error', async () => {
    const { save, read } = await anImporter();
    const { codes, body } = await save(
      {
        trackedEntities: [aPerson({ trackedEntity: PEOPLE.case, orgUnit: 'NobodyThere' })],
        enrollments: [
          enrolment({
            enrollment: 'EnrolCase01',
            trackedEntity: PEOPLE.case,
            occurredAt: '2026-07-29',
          }),
        ],
      },
      'atomicMode=OBJECT',
    );
    expect(codes).toEqual(['E1049']);
    expect(counts(body)).toEqual([0, 1, 0, 1]);
    expect(await read('enrollments/EnrolCase01')).toMatchObject({
      occurredAt: '2026-07-29T00:00:00.000',
    });
  });

  it('stops at the first error with validationMode=FAIL_FAST', async () => {
    const { send } = await anImporter();
    const two = { trackedEntities: [broken, aPerson({ trackedEntityType: undefined })] };
    expect((await send(two)).codes).toEqual(['E1049', 'E1121']);
    expect((await send(two, 'validationMode=FAIL_FAST')).codes).toEqual(['E1049']);
  });
});

describe('an import that only validates', () => {
  it('writes nothing, and does not report what it would write', async () => {
    const { send, read } = await anImporter();
    const { status, body } = await send(FLAT, 'importMode=VALIDATE');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'OK', bundleReport: { typeReportMap: {} } });
    expect(counts(body)).toEqual([0, 0, 0, 0]);
    expect(await read(`trackedEntities/${NEW.person}`)).toBeUndefined();
  });

  it('finds errors', async () => {
    const { send } = await anImporter();
    const { status, codes } = await send(
      { trackedEntities: [aPerson({ orgUnit: 'NobodyThere' })] },
      'importMode=VALIDATE',
    );
    expect([status, codes]).toEqual([409, ['E1049']]);
  });
});

describe('an asynchronous import', () => {
  it('answers with a job, and has its report when the job is done', async () => {
    const { post, get, url, read } = await anImporter();
    const started = await post('/api/tracker', FLAT);
    expect(started.status).toBe(200);
    const { id } = started.body.response;
    const location = `${url}/tracker/jobs/${id}`;
    expect(started.body).toEqual({
      httpStatus: 'OK',
      httpStatusCode: 200,
      status: 'OK',
      message: 'Tracker job added',
      response: { responseType: 'TrackerJob', id, location },
    });

    const path = `/api/tracker/jobs/${id}`;
    expect((await get(path)).body).toEqual([]);
    const done = await get(path);
    expect(done.body[0]).toMatchObject({
      level: 'INFO',
      category: 'TRACKER_IMPORT_JOB',
      message: 'Import complete with status OK, 3 created, 0 updated, 0 deleted, 0 ignored',
      completed: true,
    });
    expect(done.body.at(-1)).toMatchObject({ message: 'Tracker import started', completed: false });
    const { status, body } = await get(`${path}/report`);
    expect([status, counts(body)]).toEqual([200, [3, 0, 0, 0]]);
    expect(await read(`events/${NEW.event}`)).toBeDefined();
  });

  it('has no report until it is done, even if only the report is requested', async () => {
    const { post, get } = await anImporter();
    const { body } = await post('/api/tracker', FLAT);
    const path = `/api/tracker/jobs/${body.response.id}/report`;
    expect((await get(path)).status).toBe(404);
    expect((await get(path)).status).toBe(200);
    expect((await get('/api/tracker/jobs/NobodyThere/report')).status).toBe(404);
  });

  it('reports only that it failed, after an unexpected error', async () => {
    const { post, get } = await anImporter();
    const { body } = await post('/api/tracker', { enrollments: [enrolment(), enrolment()] });
    const path = `/api/tracker/jobs/${body.response.id}`;
    await get(path);
    expect((await get(path)).body[0]).toMatchObject({ level: 'ERROR', completed: true });
    expect((await get(`${path}/report`)).body).toEqual({
      status: 'ERROR',
      validationReport: { errorReports: [], warningReports: [] },
      message: expect.stringMatching(/^Exception:The sandbox does not support two/),
    });
  });

  it('reports errors with a success status, and warnings on request', async () => {
    const { post, get } = await anImporter();
    const again = contactOf(PEOPLE.case, PEOPLE.contact, { relationship: 'Relation001' });
    const payload = { trackedEntities: [aPerson({ orgUnit: 'Nowhere' })], relationships: [again] };
    const { body } = await post('/api/tracker?async=FALSE', payload);
    const path = `/api/tracker/jobs/${body.response.id}/report`;
    await get(path);
    const short = await get(path);
    expect([short.status, short.body.status]).toEqual([200, 'ERROR']);
    expect(short.body.validationReport.warningReports).toEqual([]);
    const full = await get(`${path}?reportMode=full`);
    expect(full.body.validationReport.warningReports).toHaveLength(1);
  });
});

describe('a request', () => {
  it.each([
    ['importStrategy=NEW', /'NEW' is not valid for parameter importStrategy.*CREATE_AND_UPDATE/],
    ['atomicMode=NONE', /'NONE' is not valid for parameter atomicMode/],
    ['importMode=DRY', /parameter importMode/],
    ['reportMode=SOME', /parameter reportMode/],
    ['validationMode=LAX', /parameter validationMode/],
    ['flushMode=NEVER', /parameter flushMode/],
    ['skipRuleEngine=maybe', /parameter skipRuleEngine/],
    ['idScheme=ATTRIBUTE:AttributeAA', /sandbox does not support idScheme=ATTRIBUTE/],
    ['orgUnitIdScheme=ATTRIBUTE:AttributeAA', /sandbox does not support orgUnitIdScheme/],
    ['validationMode=FAIL_FAST&atomicMode=OBJECT', /sandbox does not support/],
  ])('with %s is refused', async (query, message) => {
    const { send } = await anImporter();
    const { status, body } = await send(FLAT, query);
    expect(status).toBe(400);
    expect(body.message).toMatch(message);
  });

  it('may have unknown parameters, and values in lower case', async () => {
    const { send } = await anImporter();
    const query = 'importStrategy=create&idScheme=uid&skipRuleEngine=true&dryRun=true';
    expect((await send(FLAT, query)).status).toBe(200);
  });

  it('without validation is allowed to superusers on a real server, and to nobody in the sandbox', async () => {
    const { send } = await anImporter();
    const broken = { trackedEntities: [aPerson({ orgUnit: 'NobodyThere' })] };
    expect((await send(broken, 'validationMode=SKIP')).codes).toEqual(['E1049']);
    expect((await send(broken, 'validationMode=SKIP', 'admin')).status).toBe(400);
  });

  it.each<[string, unknown, RegExp]>([
    ['text that is not JSON', '{', /^JSON parse error: /],
    ['a list', [], /from Array value/],
    ['a value in place of objects', { events: 'x' }, /events is not a list/],
    ['a text in place of a person', { trackedEntities: ['x'] }, /trackedEntities\[0\]/],
    ['an invalid value', { trackedEntities: [aPerson({ orgUnit: {} })] }, /orgUnit is not text/],
    ['an invalid flag', { trackedEntities: [aPerson({ inactive: null })] }, /not a boolean/],
    ['an invalid time', { events: [labResult({ occurredAt: 'soon' })] }, /Invalid date format/],
    ['an invalid status', { events: [labResult({ status: 'DONE' })] }, /"DONE": not one of/],
    ['invalid geometry', { trackedEntities: [aPerson({ geometry: {} })] }, /not a geometry/],
    ['one UID twice', { enrollments: [enrolment(), enrolment()] }, /two enrollments/],
  ])('with %s is refused', async (_, payload, message) => {
    const { send } = await anImporter();
    const { status, body } = await send(payload);
    expect(status).toBe(400);
    expect(body.message).toMatch(message);
  });

  it.each([
    ['text/csv', 501],
    ['text/plain', 415],
  ])('of %s is refused with %i', async (type, expected) => {
    const { request } = await anImporter();
    const headers = { 'content-type': type };
    const answer = await request('/api/tracker', { method: 'POST', headers, body: 'x' });
    expect(answer.status).toBe(expected);
  });

  it('may send back what was read, including read-only properties', async () => {
    const { read, save } = await anImporter('2.42', importSeed());
    const before = await read(`trackedEntities/${PEOPLE.case}`);
    const { status, body } = await save({ trackedEntities: [before] });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(counts(body)).toEqual([0, 5, 0, 1]);
    const after = await read(`trackedEntities/${PEOPLE.case}`);
    expect(after.attributes).toEqual(before.attributes);
    expect(after.relationships).toHaveLength(1);
    const events = ({ enrollments }: typeof after) =>
      enrollments.flatMap((one: { events: Record<string, unknown>[] }) =>
        one.events.map(withoutTimes),
      );
    expect(events(after)).toEqual(events(before));
  });
});
