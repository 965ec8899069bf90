import { describe, expect, it } from 'vitest';
import { aServer } from './support/client.js';
import { aUser, ID } from './support/seed.js';
import {
  anEnrollment,
  anEvent,
  aRelationship,
  aTrackedEntity,
  aTrackerSeed,
  PEOPLE,
  WHO,
} from './support/tracker-seed.js';

const LIST = '/api/tracker/trackedEntities';
const CASES = `program=${WHO.cases}`;
const CLOCK = () => new Date('2026-08-19T10:00:00.000Z');

async function serve(options: Parameters<typeof aServer>[0] = {}) {
  const server = await aServer({ version: '2.42', seed: aTrackerSeed(), clock: CLOCK, ...options });
  const list = async (query: string, user = 'admin') => {
    const { status, body } = await server.get(`${LIST}?${query}`, user);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.trackedEntities;
  };
  const people = async (query: string, user?: string): Promise<string[]> =>
    uidsOf(await list(`${query}&fields=trackedEntity`, user));
  return { ...server, list, people };
}

const uidsOf = (list: { trackedEntity: string }[]) => list.map(one => one.trackedEntity);

describe('a tracked entity', () => {
  it('has its own fields and attributes by default', async () => {
    const { list } = await serve();
    const [one] = await list(`trackedEntities=${PEOPLE.contact}`);
    expect(one).toEqual({
      trackedEntity: PEOPLE.contact,
      trackedEntityType: WHO.person,
      orgUnit: ID.facility,
      createdAt: '2026-08-01T08:00:00.000',
      updatedAt: '2026-08-11T08:00:00.000',
      inactive: false,
      deleted: false,
      potentialDuplicate: false,
      attributes: [
        {
          attribute: WHO.firstName,
          code: 'FIRST_NAME',
          displayName: 'first_name',
          valueType: 'TEXT',
          value: 'Chidi',
          createdAt: '2026-08-01T08:00:00.000',
          updatedAt: '2026-08-01T08:00:00.000',
        },
      ],
    });
  });

  it('contains its enrollments, their events and its relationships', async () => {
    const { list } = await serve();
    const fields =
      'trackedEntity,updatedAt,deleted,orgUnit,attributes[attribute,code,value],' +
      'enrollments[*,!notes,!attributes,!createdAt,!updatedAt,events[event,program,trackedEntity,dataValues[dataElement,value]]],' +
      'relationships[relationship,from[trackedEntity[trackedEntity,orgUnit]],bidirectional,relationshipName],' +
      'programOwners,unknownField';
    const [one] = await list(
      `${CASES}&trackedEntities=${PEOPLE.case}&fields=${encodeURIComponent(fields)}`,
    );
    const enrollment = {
      trackedEntity: PEOPLE.case,
      orgUnit: ID.facility,
      enrolledAt: '2026-08-01T00:00:00.000',
      followUp: false,
      deleted: false,
      relationships: [],
    };
    expect(one).toEqual({
      trackedEntity: PEOPLE.case,
      updatedAt: '2026-08-10T08:00:00.000',
      deleted: false,
      orgUnit: ID.facility,
      attributes: [
        { attribute: WHO.firstName, code: 'FIRST_NAME', value: 'Ada' },
        { attribute: WHO.surname, code: 'SURNAME', value: 'Obi' },
        { attribute: WHO.age, code: 'PATINFO_AGEONSET', value: '41' },
        { attribute: WHO.systemId, code: 'SYSTEM_GENERATED_ID', value: 'COVID19_0000001' },
      ],
      enrollments: [
        {
          ...enrollment,
          enrollment: 'EnrolCase01',
          program: WHO.cases,
          status: 'ACTIVE',
          occurredAt: '2026-07-30T00:00:00.000',
          events: [
            {
              event: 'EventClin01',
              program: WHO.cases,
              trackedEntity: PEOPLE.case,
              dataValues: [{ dataElement: WHO.onset, value: '2026-07-30' }],
            },
            {
              event: 'EventLab001',
              program: WHO.cases,
              trackedEntity: PEOPLE.case,
              dataValues: [{ dataElement: WHO.labResult, value: 'POSITIVE' }],
            },
          ],
        },
      ],
      relationships: [
        {
          relationship: 'Relation001',
          relationshipName: 'Has Been in Contact with',
          bidirectional: true,
          from: { trackedEntity: { trackedEntity: PEOPLE.case, orgUnit: ID.facility } },
        },
      ],
      programOwners: [{ orgUnit: ID.facility, trackedEntity: PEOPLE.case, program: WHO.cases }],
    });
  });

  it('shows what belongs to the program of the request, or to its type without a program', async () => {
    const { list, get } = await serve();
    const fields = `fields=${encodeURIComponent('attributes[attribute],enrollments[program,attributes[attribute]],programOwners[program]')}`;
    const [typed] = await list(`trackedEntities=${PEOPLE.case}&${fields}`);
    const ofType = [{ attribute: WHO.firstName }, { attribute: WHO.surname }];
    const ofCases = [...ofType, { attribute: WHO.age }, { attribute: WHO.systemId }];
    expect(typed.attributes).toEqual(ofType);
    expect(typed.enrollments).toEqual([
      { program: WHO.cases, attributes: expect.arrayContaining(ofCases) },
      { program: WHO.contacts, attributes: expect.anything() },
    ]);
    expect(typed.programOwners).toHaveLength(2);
    const inCases = {
      attributes: ofCases,
      enrollments: [{ program: WHO.cases, attributes: ofCases }],
      programOwners: [{ program: WHO.cases }],
    };
    expect(await list(`${CASES}&trackedEntities=${PEOPLE.case}&${fields}`)).toEqual([inCases]);
    const single = await get(`${LIST}/${PEOPLE.case}?${CASES}&${fields}`);
    expect(single.body).toEqual(inCases);
  });

  it('is written in full at the ends of a relationship, but without its relationships', async () => {
    const { list } = await serve();
    const [one] = await list(`trackedEntities=${PEOPLE.case}&fields=relationships[*]`);
    const { to } = one.relationships[0];
    expect(to.trackedEntity).toMatchObject({
      trackedEntity: PEOPLE.contact,
      attributes: [{ value: 'Chidi' }],
      enrollments: [{ enrollment: 'EnrolCont01', events: [{ event: 'EventFoll01' }] }],
    });
    expect(to.trackedEntity).not.toHaveProperty('relationships');
    expect(Object.keys(to)).toEqual(['trackedEntity']);
  });

  it('shows as a single object the attributes of its type, and of the program of the request', async () => {
    const { get } = await serve();
    const codes = async (query: string) => {
      const { body } = await get(`${LIST}/${PEOPLE.case}?${query}`);
      return body.attributes.map(({ code }: { code: string }) => code);
    };
    expect(await codes('')).toEqual(['FIRST_NAME', 'SURNAME']);
    expect(await codes(CASES)).toEqual([
      'FIRST_NAME',
      'SURNAME',
      'PATINFO_AGEONSET',
      'SYSTEM_GENERATED_ID',
    ]);
    const { body } = await get(`${LIST}/${PEOPLE.case}?fields=enrollments[attributes[value]]`);
    expect(body.enrollments).toEqual([
      { attributes: ['Ada', 'Obi', '41', 'COVID19_0000001'].map(value => ({ value })) },
      { attributes: ['Ada', 'Obi'].map(value => ({ value })) },
    ]);
  });

  it.each([
    ['trackedEntities', PEOPLE.case],
    ['enrollments', 'EnrolCase01'],
    ['events', 'EventLab001'],
    ['relationships', 'Relation001'],
  ] as const)('or another object exists until it is deleted: %s', async (kind, id) => {
    const { get, store } = await serve();
    const path = `/api/tracker/${kind}/${id}`;
    expect((await get(path)).status).toBe(200);
    store.tracker.delete(kind, id);
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).toMatchObject({ errorCode: 'E1005' });
    expect((await get(`/api/tracker/${kind}/NobodyThere`)).status).toBe(404);
  });

  it('shows who stored it until 2.43', async () => {
    const seed = aTrackerSeed();
    seed.trackedEntities![0]!.storedBy = 'importer';
    const path = `${LIST}/${PEOPLE.case}?fields=storedBy`;
    expect((await (await serve({ version: '2.43', seed })).get(path)).body).toEqual({
      storedBy: 'importer',
    });
    expect((await (await serve({ version: '2.44', seed })).get(path)).body).toEqual({});
  });
});

describe('lists of tracked entities', () => {
  const typed = `trackedEntityType=${WHO.person}`;

  it.each([
    ['updatedAfter=2026-08-10T08:00:00.000', [PEOPLE.case, PEOPLE.contact]],
    ['updatedAfter=2026-08-10T08:00:00.001', [PEOPLE.contact]],
    ['updatedAfter=2026-08-10', [PEOPLE.case, PEOPLE.contact]],
    // Ten past eight in Lagos is ten past seven in UTC.
    ['updatedAfter=2026-08-11T07:00:00.000Z', [PEOPLE.contact]],
    ['updatedAfter=2026-08-11T07:00:00.001Z', []],
    ['updatedAfter=2026-08-11T09:00:00%2B0200', [PEOPLE.contact]],
    ['updatedBefore=2026-08-09T08:00:00.000', [PEOPLE.elsewhere]],
    ['updatedBefore=2026-08-10', [PEOPLE.elsewhere, PEOPLE.case]],
    // In Lagos it is eleven, on the 19th.
    ['updatedWithin=195h', [PEOPLE.contact]],
    ['updatedWithin=194h', []],
    ['updatedAfter=2026-08-09T09:00&updatedBefore=2026-08-10T09:00', [PEOPLE.case]],
  ])('select by %s', async (query, expected) => {
    const { people } = await serve();
    expect(await people(`${typed}&order=updatedAt:asc&${query}`)).toEqual(expected);
  });

  it.each([
    [`filter=${WHO.firstName}:eq:ada`, [PEOPLE.case]],
    [`filter=${WHO.firstName}:like:I`, [PEOPLE.contact]],
    [`filter=${WHO.firstName}:sw:b`, [PEOPLE.elsewhere]],
    [`filter=${WHO.firstName}:ew:o`, [PEOPLE.elsewhere]],
    [`filter=${WHO.firstName}:in:Ada;Bello`, [PEOPLE.case, PEOPLE.elsewhere]],
    [`filter=${WHO.firstName}:ne:Ada`, [PEOPLE.contact, PEOPLE.elsewhere]],
    [`filter=${WHO.age}:gt:7`, [PEOPLE.case]],
    [`filter=${WHO.age}:ge:7:lt:41`, [PEOPLE.elsewhere]],
    [`filter=${WHO.age}`, [PEOPLE.case, PEOPLE.elsewhere]],
    [`filter=${WHO.age}:null`, [PEOPLE.contact]],
    [`filter=${WHO.age}:!null`, [PEOPLE.case, PEOPLE.elsewhere]],
    [`filter=${WHO.firstName}:eq:Ada&filter=${WHO.age}:le:7`, []],
    [`filter=${WHO.firstName}:in:Ada;Bello,${WHO.age}:le:7`, [PEOPLE.elsewhere]],
  ])('select by %s', async (query, expected) => {
    const { people } = await serve();
    expect(await people(`${typed}&order=trackedEntity:asc&${query}`)).toEqual(expected);
  });

  it('accept a slash as escape before a separator of filters', async () => {
    const { people, store } = await serve();
    const value = 'a/b:c,d';
    store.tracker.put(
      'trackedEntities',
      aTrackedEntity({
        trackedEntity: PEOPLE.contact,
        attributes: [{ attribute: WHO.firstName, value }],
      }),
    );
    expect(await people(`${typed}&filter=${WHO.firstName}:eq:a//b/:c/,d`)).toEqual([
      PEOPLE.contact,
    ]);
  });

  it.each([
    'filter=NobodyThere:eq:1',
    `filter=${WHO.age}:near:7`,
    `filter=${WHO.age}:eq`,
    'updatedAfter=yesterday',
    'updatedWithin=P1D',
    'updatedWithin=1d&updatedAfter=2026-08-10',
    'updatedAfter=2026-13-01',
    'order=updatedAt:down',
    'order=updatedAt:asc,updatedAt:desc',
    'page=0',
    'fields=trackedEntity[',
  ])('refuse %s', async query => {
    const { get } = await serve();
    expect((await get(`${LIST}?${typed}&${query}`)).status).toBe(400);
  });

  it('select by the enrollment in the program', async () => {
    const { people, store } = await serve();
    const order = 'order=trackedEntity:asc';
    expect(await people(`${CASES}&${order}`)).toEqual([PEOPLE.case, PEOPLE.elsewhere]);
    expect(await people(`${CASES}&enrollmentStatus=ACTIVE`)).toEqual([PEOPLE.case]);
    expect(await people(`${CASES}&enrollmentEnrolledAfter=2026-08-05`)).toEqual([PEOPLE.elsewhere]);
    expect(await people(`${CASES}&enrollmentEnrolledBefore=2026-08-04`)).toEqual([PEOPLE.case]);
    expect(await people(`${CASES}&enrollmentOccurredAfter=2026-07-01`)).toEqual([PEOPLE.case]);
    expect(await people(`${CASES}&followUp=true`)).toEqual([]);
    store.tracker.delete('enrollments', 'EnrolCase01');
    expect(await people(`${CASES}&${order}`)).toEqual([PEOPLE.elsewhere]);
  });

  it('are ordered by UID or time, the newest of equal ones first', async () => {
    const { people } = await serve();
    expect(await people(`${typed}&order=updatedAt:desc`)).toEqual([
      PEOPLE.contact,
      PEOPLE.case,
      PEOPLE.elsewhere,
    ]);
    expect(await people(`${typed}&order=trackedEntity:desc`)).toEqual([
      PEOPLE.elsewhere,
      PEOPLE.contact,
      PEOPLE.case,
    ]);
    expect(await people(`${typed}&order=createdAt:desc`)).toEqual(Object.values(PEOPLE).reverse());
    expect(await people(`${typed}&order=createdAt,updatedAt`)).toEqual([
      PEOPLE.elsewhere,
      PEOPLE.case,
      PEOPLE.contact,
    ]);
  });

  it.each([
    ['2.40', 'ouMode', Object.values(PEOPLE)],
    ['2.42', 'orgUnitMode', Object.values(PEOPLE).reverse()],
    ['2.43', 'orgUnitMode', Object.values(PEOPLE)],
  ])(
    'of %s keep the order of the server if they are equal in the given order (LIVE 228)',
    async (version, mode, expected) => {
      const { get } = await serve({ version });
      const { body } = await get(`${LIST}?${typed}&${mode}=ALL&order=createdAt:asc`, 'admin');
      expect(uidsOf(body.instances ?? body.trackedEntities)).toEqual(expected);
    },
  );

  it.each([
    ['2.42', 'trackedEntities', `${typed}&order=updatedAt:asc,trackedEntity:asc`, 200, undefined],
    // Recordings 281, 283, 279 and 308.
    ['2.43', 'trackedEntities', `${typed}&order=updatedAt:asc,trackedEntity:asc`, 409, 'E7145'],
    ['2.44', 'trackedEntities', `${typed}&order=trackedEntity:asc`, 409, 'E7145'],
    ['2.43', 'trackedEntities', `${typed}&order=updatedAt:asc`, 200, undefined],
    ['2.42', 'trackedEntities', `${typed}&includeDeleted=true`, 409, 'E7145'],
    ['2.42', 'trackedEntities', `${CASES}&includeDeleted=true`, 200, undefined],
    ['2.43', 'trackedEntities', `${typed}&includeDeleted=true`, 200, undefined],
    ['2.42', 'enrollments', `${CASES}&order=createdAt:asc`, 409, undefined],
    ['2.42', 'enrollments', `${CASES}&order=updatedAt:asc`, 409, undefined],
    ['2.42', 'enrollments', `${CASES}&order=enrolledAt:asc`, 200, undefined],
    ['2.43', 'enrollments', `${CASES}&order=createdAt:asc`, 200, undefined],
    ['2.43', 'events', `${CASES}&order=program:asc`, 409, 'E7145'],
    ['2.42', 'events', `${CASES}&events=EventLab001&filter=${WHO.labResult}:eq:x`, 400, 'E1003'],
  ])('of %s, of %s, by %s, are answered with %i', async (version, kind, query, status, code) => {
    const { get } = await serve({ version });
    const { status: actual, body } = await get(`/api/tracker/${kind}?${query}`, 'admin');
    expect([actual, body.errorCode]).toEqual([status, code]);
  });

  it.each([
    ['2.40', 200],
    ['2.41', 404],
    ['2.42', 200],
    ['2.43', 200],
  ])(
    'of %s with deleted ones and a relationship with one of them is %i',
    async (version, status) => {
      const { get, store } = await serve({ version });
      store.tracker.delete('trackedEntities', PEOPLE.contact);
      const list = (fields: string, more = '') => {
        const name = version === '2.40' ? 'trackedEntity' : 'trackedEntities';
        return get(`${LIST}?${name}=${PEOPLE.case}${more}&fields=${encodeURIComponent(fields)}`);
      };
      const refused = await list('relationships[relationship]', '&includeDeleted=true');
      expect(refused.status).toBe(status);
      if (status === 404) {
        expect(refused.body).toMatchObject({
          message: `TrackedEntity with id ${PEOPLE.contact} could not be found.`,
          errorCode: 'E1005',
        });
      }
      // Each of the two works without the other.
      expect((await list('relationships[relationship]')).status).toBe(200);
      expect((await list('trackedEntity', '&includeDeleted=true')).status).toBe(200);
    },
  );

  it('are not found by the attributes of a deleted tracked entity', async () => {
    const { list, store } = await serve();
    store.tracker.delete('trackedEntities', PEOPLE.case);
    const deleted = `${CASES}&includeDeleted=true&fields=trackedEntity,attributes`;
    expect(await list(`${deleted}&filter=${WHO.firstName}:eq:Ada`)).toEqual([]);
    expect(await list(`${deleted}&trackedEntities=${PEOPLE.case}`)).toEqual([
      { trackedEntity: PEOPLE.case, attributes: [] },
    ]);
  });

  it('compare numbers as numbers, and refuse texts that are not numbers', async () => {
    const { get, people } = await serve();
    expect(await people(`${CASES}&filter=${WHO.age}:in:041;5`)).toEqual([PEOPLE.case]);
    const refused = await get(`${LIST}?${CASES}&filter=${WHO.age}:in:41;forty`);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ errorCode: 'E1003' });
    expect(refused.body.message).toContain('forty');
  });

  it.each([
    ['2.40', 'ouMode', 'instances', Object.values(PEOPLE)],
    ['2.41', 'orgUnitMode', 'trackedEntities', Object.values(PEOPLE).reverse()],
  ])('of %s without an order are ordered by creation', async (version, mode, key, expected) => {
    const { get } = await serve({ version });
    const { body } = await get(`${LIST}?${typed}&${mode}=ALL`, 'admin');
    expect(uidsOf(body[key])).toEqual(expected);
  });

  it('can be paged without loss', async () => {
    const { get, url } = await serve();
    const seen: string[] = [];
    let path: string | undefined =
      `${LIST}?${typed}&order=updatedAt:asc&pageSize=2&fields=trackedEntity`;
    while (path) {
      const { body } = await get(path, 'admin');
      seen.push(...uidsOf(body.trackedEntities));
      path = body.pager.nextPage?.replace(url, '');
    }
    expect(seen).toEqual([PEOPLE.elsewhere, PEOPLE.case, PEOPLE.contact]);
  });

  it('show deleted objects only on request, and then as changed at their deletion', async () => {
    const { people, list, store } = await serve();
    store.tracker.delete('trackedEntities', PEOPLE.case);
    const since = 'updatedAfter=2026-08-19T11:00:00.000';
    // The relationship was deleted too, which changes the contact at its other end.
    expect(await people(`${typed}&${since}`)).toEqual([PEOPLE.contact]);
    const fields = 'trackedEntity,deleted,updatedAt,enrollments[deleted,events[deleted]]';
    const [one, ...others] = await list(
      `${CASES}&includeDeleted=true&${since}&fields=${encodeURIComponent(fields)}`,
    );
    expect(others).toEqual([]);
    expect(one).toEqual({
      trackedEntity: PEOPLE.case,
      deleted: true,
      updatedAt: '2026-08-19T11:00:00.000',
      enrollments: [{ deleted: true, events: [{ deleted: true }, { deleted: true }] }],
    });
  });

  it('omit deleted enrollments, events and relationships', async () => {
    const { list, store } = await serve();
    store.tracker.delete('events', 'EventLab001');
    store.tracker.delete('enrollments', 'EnrolCase02');
    store.tracker.delete('relationships', 'Relation001');
    const fields = 'enrollments[enrollment,events[event]],relationships[relationship]';
    const query = `trackedEntities=${PEOPLE.case}&fields=${encodeURIComponent(fields)}`;
    expect(await list(query)).toEqual([
      {
        enrollments: [{ enrollment: 'EnrolCase01', events: [{ event: 'EventClin01' }] }],
        relationships: [],
      },
    ]);
    const [one] = await list(`${query}&includeDeleted=true`);
    expect(one.enrollments).toHaveLength(2);
    expect(one.enrollments[0].events).toHaveLength(2);
    expect(one.relationships).toHaveLength(1);
  });
});

describe('what a user may see', () => {
  const searching = () => {
    const seed = aTrackerSeed();
    for (const program of seed.programs!) program.minAttributesRequiredToSearch = 0;
    seed.users.push(
      aUser({
        username: 'searcher',
        organisationUnits: [{ id: ID.district }],
        teiSearchOrganisationUnits: [{ id: ID.root }],
      }),
    );
    return seed;
  };

  it('is what lies in the search scope or the capture scope', async () => {
    const { people } = await serve({ seed: searching() });
    const order = 'order=trackedEntity:asc';
    expect(await people(`${CASES}&${order}`, 'entry')).toEqual([PEOPLE.case]);
    expect(await people(`${CASES}&${order}`, 'searcher')).toEqual([PEOPLE.case, PEOPLE.elsewhere]);
  });

  it.each([
    [`orgUnits=${ID.district}`, []],
    [`orgUnits=${ID.district}&orgUnitMode=CHILDREN`, [PEOPLE.case]],
    [`orgUnits=${ID.root}&orgUnitMode=CHILDREN`, [PEOPLE.elsewhere]],
    [`orgUnits=${ID.root}&orgUnitMode=DESCENDANTS`, [PEOPLE.case, PEOPLE.elsewhere]],
    [`orgUnits=${ID.facility},${ID.otherDistrict}`, [PEOPLE.case, PEOPLE.elsewhere]],
    ['orgUnitMode=ACCESSIBLE', [PEOPLE.case, PEOPLE.elsewhere]],
    ['orgUnitMode=CAPTURE', [PEOPLE.case]],
  ])('is limited to the org units of the request: %s', async (query, expected) => {
    const { people } = await serve({ seed: searching() });
    expect(await people(`${CASES}&order=trackedEntity:asc&${query}`, 'searcher')).toEqual(expected);
  });

  it('is found outside the capture scope by searchable attributes only', async () => {
    const seed = searching();
    const [cases] = seed.programs!;
    delete cases!.minAttributesRequiredToSearch;
    cases!.programTrackedEntityAttributes.find(
      part => part.trackedEntityAttribute.id === WHO.firstName,
    )!.searchable = true;
    const { get } = await serve({ seed });
    const answer = async (query: string, user = 'searcher') => {
      const { status, body } = await get(`${LIST}?${CASES}&${query}`, user);
      return [status, body.message ?? body.trackedEntities.length];
    };
    // Recording 300.
    const tooFew = 'At least 1 attributes should be mentioned in the search criteria.';
    expect(await answer(`orgUnits=${ID.otherDistrict}`)).toEqual([409, tooFew]);
    expect(await answer('orgUnitMode=ACCESSIBLE')).toEqual([409, tooFew]);
    expect(await answer(`filter=${WHO.firstName}:eq:Bello`)).toEqual([200, 1]);
    const others = `Non-searchable attribute(s) can not be used during global search:  [${WHO.age}]`;
    expect(await answer(`filter=${WHO.age}:eq:7`)).toEqual([409, others]);
    // Not in the capture scope, by ids, or with every authority.
    expect(await answer('orgUnitMode=CAPTURE')).toEqual([200, 1]);
    expect(await answer(`trackedEntities=${PEOPLE.elsewhere}`)).toEqual([200, 1]);
    expect(await answer(`filter=${WHO.age}:eq:7`, 'admin')).toEqual([200, 1]);
  });

  it('of a protected program is only what an org unit of the capture scope owns', async () => {
    const seed = searching();
    seed.programs![0]!.accessLevel = 'PROTECTED';
    const { people, list } = await serve({ seed });
    expect(await people(CASES, 'searcher')).toEqual([PEOPLE.case]);
    const typed = `trackedEntities=${PEOPLE.elsewhere}&fields=enrollments[enrollment]`;
    expect(await list(typed, 'searcher')).toEqual([{ enrollments: [] }]);
    expect(await people(`${CASES}&order=trackedEntity:asc`)).toHaveLength(2);
  });

  it('excludes single objects elsewhere, and relationships to them', async () => {
    const seed = aTrackerSeed();
    seed.relationships!.push(aRelationship('Relation002', PEOPLE.elsewhere, PEOPLE.case));
    const { get, list } = await serve({ seed });
    for (const path of [
      `trackedEntities/${PEOPLE.elsewhere}`,
      'enrollments/EnrolElse01',
      'events/EventElse01',
      'relationships/Relation002',
    ]) {
      // As if it did not exist (recording 306).
      expect((await get(`/api/tracker/${path}`)).status).toBe(404);
      expect((await get(`/api/tracker/${path}`, 'admin')).status).toBe(200);
    }
    const query = `trackedEntities=${PEOPLE.case}&fields=relationships[relationship]`;
    expect((await list(query, 'entry'))[0].relationships).toHaveLength(1);
    expect((await list(query))[0].relationships).toHaveLength(2);
  });

  it('excludes a program without read access', async () => {
    const seed = aTrackerSeed();
    seed.programs![1]!.readAccess = [];
    const { get, list } = await serve({ seed });
    expect((await get(`${LIST}?program=${WHO.contacts}`)).status).toBe(403);
    const query = `trackedEntities=${PEOPLE.case}&fields=enrollments[enrollment]`;
    expect((await list(query, 'entry'))[0].enrollments).toEqual([{ enrollment: 'EnrolCase01' }]);
  });

  it('follows the owner of a tracked entity in a program, not its place of registration', async () => {
    const { people, store } = await serve();
    store.tracker.put(
      'enrollments',
      anEnrollment({
        enrollment: 'EnrolElse02',
        trackedEntity: PEOPLE.contact,
        orgUnit: ID.otherDistrict,
      }),
    );
    expect(await people(`${CASES}&orgUnits=${ID.otherDistrict}&order=trackedEntity:asc`)).toEqual([
      PEOPLE.contact,
      PEOPLE.elsewhere,
    ]);
    expect(await people(CASES, 'entry')).toEqual([PEOPLE.case]);
  });
});

describe('lists of events and enrollments', () => {
  const events = async (query: string) => {
    const { get } = await serve({ version: '2.43' });
    const path = `/api/tracker/events?orgUnitMode=ALL&order=event:asc&${query}&fields=event`;
    const { status, body } = await get(path, 'admin');
    expect(status, JSON.stringify(body)).toBe(200);
    return body.events.map(({ event }: { event: string }) => event);
  };

  it.each([
    [CASES, ['EventClin01', 'EventElse01', 'EventLab001']],
    [`${CASES}&programStage=${WHO.labResults}`, ['EventElse01', 'EventLab001']],
    [`${CASES}&status=COMPLETED`, ['EventClin01']],
    [`${CASES}&enrollmentStatus=CANCELLED`, ['EventElse01']],
    [`${CASES}&trackedEntity=${PEOPLE.elsewhere}`, ['EventElse01']],
    [`${CASES}&enrollments=EnrolCase01`, ['EventClin01', 'EventLab001']],
    [`${CASES}&events=EventLab001,EventFoll01`, ['EventLab001']],
    [`${CASES}&occurredAfter=2026-08-04&occurredBefore=2026-08-04`, ['EventLab001']],
    [`program=${WHO.contacts}&scheduledAfter=2026-08-20`, ['EventFoll01']],
    [`program=${WHO.contacts}&occurredAfter=2000-01-01`, []],
    [`${CASES}&filter=${WHO.labResult}:eq:positive`, ['EventLab001']],
  ])('select by %s', async (query, expected) => {
    expect(await events(query)).toEqual(expected);
  });

  it("contain an event's data values, program and tracked entity", async () => {
    const { get } = await serve();
    const { body } = await get('/api/tracker/events/EventLab001');
    expect(body).toEqual({
      event: 'EventLab001',
      enrollment: 'EnrolCase01',
      trackedEntity: PEOPLE.case,
      program: WHO.cases,
      programStage: WHO.labResults,
      orgUnit: ID.facility,
      status: 'ACTIVE',
      occurredAt: '2026-08-04T09:30:00.000',
      followUp: false,
      deleted: false,
      createdAt: '2026-08-01T08:00:00.000',
      updatedAt: '2026-08-01T08:00:00.000',
      attributeOptionCombo: ID.default,
      dataValues: [
        {
          dataElement: WHO.labResult,
          value: 'POSITIVE',
          providedElsewhere: false,
          createdAt: '2026-08-01T08:00:00.000',
          updatedAt: '2026-08-01T08:00:00.000',
        },
      ],
      notes: [],
    });
  });

  it('show changes and deletions of events since a given time', async () => {
    const { get, store } = await serve();
    store.tracker.put(
      'events',
      anEvent({ event: 'EventClin01', enrollment: 'EnrolCase01', programStage: WHO.clinical }),
    );
    store.tracker.delete('events', 'EventLab001');
    const path = `/api/tracker/events?${CASES}&updatedAfter=2026-08-19T11:00&fields=event,deleted&order=event:asc`;
    expect((await get(path)).body.events).toEqual([{ event: 'EventClin01', deleted: false }]);
    expect((await get(`${path}&includeDeleted=true`)).body.events).toEqual([
      { event: 'EventClin01', deleted: false },
      { event: 'EventLab001', deleted: true },
    ]);
  });

  it('omit attributes and events of enrollments by default', async () => {
    const { get } = await serve();
    const path = `/api/tracker/enrollments?${CASES}&enrollments=EnrolCase01`;
    const { body } = await get(path);
    expect(body.enrollments).toMatchObject([{ enrollment: 'EnrolCase01', status: 'ACTIVE' }]);
    for (const field of ['attributes', 'events', 'relationships']) {
      expect(body.enrollments[0]).not.toHaveProperty(field);
    }
    const full = await get(`${path}&fields=*`);
    expect(full.body.enrollments[0]).toMatchObject({
      attributes: [{}, {}, {}, {}],
      events: [{}, {}],
    });
  });
});

it('has no old endpoints', async () => {
  const { get } = await serve({ version: '2.40' });
  const { status, body } = await get('/api/trackedEntityInstances');
  expect(status).toBe(501);
  expect(body.message).toMatch(/^The sandbox does not support GET/);
});
