import { describe, expect, it } from 'vitest';
import { aServer } from './support/client.js';
import { ID } from './support/seed.js';
import { aTrackedEntity, aTrackerSeed, PEOPLE, WHO } from './support/tracker-seed.js';
import { TRACKER_VERSIONS } from './support/tracker-versions.js';

const LIST = '/api/tracker/trackedEntities';

describe.each(Object.entries(TRACKER_VERSIONS))('Tracker of %s', (version, expected) => {
  const { orgUnits, mode, separator, key, pager, bad, forbidden } = expected;
  const inDistrict = `${orgUnits}=${ID.district}&${mode}=DESCENDANTS`;
  const inCountry = `${orgUnits}=${ID.root}&${mode}=DESCENDANTS`;

  async function serve(seed = aTrackerSeed()) {
    const server = await aServer({ version, seed });
    return {
      ...server,
      /** The UIDs of a list. */
      async uids(path: string, user?: string): Promise<string[]> {
        const { status, body } = await server.get(`/api/tracker/${path}`, user);
        expect(status, JSON.stringify(body)).toBe(200);
        const kind = path.slice(0, path.indexOf('?'));
        const uid =
          { trackedEntities: 'trackedEntity', enrollments: 'enrollment' }[kind] ?? 'event';
        return body[key(kind)].map((one: Record<string, string>) => one[uid]);
      },
    };
  }

  it('answers with its key and its pager, and with totals only on request', async () => {
    const { get, url } = await serve();
    const path = `${LIST}?program=${WHO.cases}&${inCountry}&pageSize=1`;
    const { body } = await get(`${path}&totalPages=true&page=2`, 'admin');
    const place = { page: 2, pageSize: 1, total: 2, pageCount: 2 };
    expect(body[key('trackedEntities')]).toHaveLength(1);
    expect(pager(body)).toMatchObject(place);
    const isNested = !['2.38', '2.40', '2.41'].includes(version);
    const prevPage = `${url}${path}&totalPages=true&page=1`;
    const ways = {
      '2.38': place,
      '2.40': place,
      '2.41': { ...place, pager: place },
      nested: { pager: { ...place, prevPage } },
    };
    const { [key('trackedEntities')]: _list, ...rest } = body;
    expect(rest).toEqual(ways[isNested ? 'nested' : (version as '2.41')]);
    const first = await get(path, 'admin');
    expect(pager(first.body)).not.toHaveProperty('total');
    expect('nextPage' in pager(first.body)).toBe(isNested);
  });

  it('returns pages of 50, or all objects without paging', async () => {
    const seed = aTrackerSeed();
    for (let i = 0; i < 60; i += 1) {
      const trackedEntity = `PersonMo${String(i).padStart(3, '0')}`;
      seed.trackedEntities!.push(aTrackedEntity({ trackedEntity }));
    }
    const { get } = await serve(seed);
    const path = `${LIST}?trackedEntityType=${WHO.person}&${inDistrict}&fields=trackedEntity`;
    const page = await get(path);
    expect(page.body[key('trackedEntities')]).toHaveLength(50);
    expect(pager(page.body)).toMatchObject({ page: 1, pageSize: 50 });
    const { body } = await get(`${path}&${expected.pagingOff}`);
    expect(Object.keys(body)).toEqual([key('trackedEntities')]);
    expect(body[key('trackedEntities')]).toHaveLength(62);
  });

  it('accepts org units and ids with its separator, and statuses by its name', async () => {
    const { uids } = await serve();
    const both = `${orgUnits}=${[ID.facility, ID.otherDistrict].join(separator)}`;
    const inCases = `trackedEntities?program=${WHO.cases}`;
    const order = 'order=updatedAt:asc';
    expect(await uids(`${inCases}&${both}&${order}`, 'admin')).toEqual([
      PEOPLE.elsewhere,
      PEOPLE.case,
    ]);
    const ids = `${expected.trackedEntities}=${[PEOPLE.case, PEOPLE.contact].join(separator)}`;
    const path = `trackedEntities?${ids}&trackedEntityType=${WHO.person}`;
    expect(await uids(`${path}&${order}`)).toEqual([PEOPLE.case, PEOPLE.contact]);
    const cancelled = `${expected.status}=CANCELLED`;
    expect(await uids(`${inCases}&${inCountry}&${cancelled}`, 'admin')).toEqual([PEOPLE.elsewhere]);
    const other = separator === ';' ? ',' : ';';
    const wrong = `${orgUnits}=${[ID.facility, ID.otherDistrict].join(other)}`;
    const { get } = await serve();
    expect((await get(`${LIST}?program=${WHO.cases}&${wrong}`, 'admin')).status).toBe(bad);
  });

  it('lists what the user can reach without org units, or refuses', async () => {
    const { get, uids } = await serve();
    const path = `trackedEntities?program=${WHO.cases}`;
    if (expected.hasDefaultScope) {
      expect(await uids(path)).toEqual([PEOPLE.case]);
      expect(await uids(path, 'admin')).toEqual([PEOPLE.elsewhere, PEOPLE.case]);
    } else {
      const { status, body } = await get(`/api/tracker/${path}`);
      expect(status).toBe(409);
      expect(body.message).toBe('At least one organisation unit must be specified');
      expect(await uids(`${path}&ouMode=ACCESSIBLE`)).toEqual([PEOPLE.case]);
    }
  });

  it('refuses parameters that only other versions have, and unknown ones', async () => {
    const { get } = await serve();
    const foreign: Record<string, string[]> = {
      '2.38': [`orgUnits=${ID.facility}`, 'paging=false', 'enrollmentStatus=ACTIVE'],
      '2.40': [`trackedEntities=${PEOPLE.case}`, 'orgUnitMode=ALL'],
      '2.41': ['enrollmentStatus=ACTIVE'],
      '2.42': [`orgUnit=${ID.facility}`, 'ouMode=ALL', 'skipPaging=true'],
      '2.43': [`trackedEntity=${PEOPLE.case}`],
      '2.44': [`orgUnit=${ID.facility}`],
    };
    for (const param of [...foreign[version]!, 'pagesize=10', 'updatedSince=2026-01-01']) {
      const { status, body } = await get(`${LIST}?program=${WHO.cases}&${param}`);
      expect(status).toBe(400);
      const name = param.slice(0, param.indexOf('='));
      expect(body.message).toContain(`the parameter "${name}" of GET ${LIST} in DHIS2 ${version}`);
    }
  });

  it('refuses invalid requests, and requests for what the user may not see', async () => {
    const { get } = await serve();
    const statusOf = async (query: string, user?: string) =>
      (await get(`${LIST}?${query}`, user)).status;
    expect(await statusOf(`program=NobodyThere&${inDistrict}`)).toBe(bad);
    const both = `program=${WHO.cases}&trackedEntityType=${WHO.person}`;
    expect(await statusOf(`${both}&${inDistrict}`)).toBe(bad);
    const typed = `trackedEntityType=${WHO.person}`;
    expect(await statusOf(`${typed}&${inDistrict}&${expected.status}=ACTIVE`)).toBe(bad);
    expect(await statusOf(`program=${WHO.cases}&${orgUnits}=NobodyThere`)).toBe(bad);
    expect(await statusOf(`program=${WHO.cases}&${inCountry}`)).toBe(forbidden);
    expect(await statusOf(`program=${WHO.cases}&${mode}=ALL`)).toBe(forbidden);
    expect(await statusOf(`program=${WHO.cases}&${mode}=ALL`, 'admin')).toBe(200);
    expect(await statusOf(`program=${WHO.cases}&${inDistrict}&order=name:asc`)).toBe(bad);
  });

  it('reads events of one org unit, and enrollments of several', async () => {
    const { get, uids } = await serve();
    const program = `program=${WHO.cases}`;
    const descendants = `${mode}=DESCENDANTS`;
    expect(
      await uids(`events?${program}&order=event:asc&orgUnit=${ID.district}&${descendants}`),
    ).toEqual(['EventClin01', 'EventLab001']);
    const enrollments = `enrollments?${program}&order=enrolledAt:asc&${inCountry}`;
    expect(await uids(enrollments, 'admin')).toEqual(['EnrolCase01', 'EnrolElse01']);
    const status = expected.status === 'enrollmentStatus' ? 'status' : 'programStatus';
    expect(await uids(`${enrollments}&${status}=CANCELLED`, 'admin')).toEqual(['EnrolElse01']);
    for (const kind of ['events', 'enrollments']) {
      const answer = await get(`/api/tracker/${kind}?${mode}=ACCESSIBLE`);
      expect(answer.status).toBe(['2.43', '2.44'].includes(version) ? 400 : 200);
    }
  });

  it('reads the relationships of a tracked entity at either end', async () => {
    const { get } = await serve();
    const name = ['2.38', '2.40'].includes(version) ? 'tei' : 'trackedEntity';
    for (const person of [PEOPLE.case, PEOPLE.contact]) {
      const { body } = await get(`/api/tracker/relationships?${name}=${person}`);
      expect(body[key('relationships')]).toEqual([
        {
          relationship: 'Relation001',
          relationshipType: WHO.inContact,
          from: { trackedEntity: { trackedEntity: PEOPLE.case } },
          to: { trackedEntity: { trackedEntity: PEOPLE.contact } },
        },
      ]);
    }
    expect((await get('/api/tracker/relationships')).status).toBe(bad);
    expect((await get(`/api/tracker/relationships?${name}=NobodyThere`)).status).toBe(404);
  });
});

it('refuses a parameter under both its names in 2.41', async () => {
  const { get } = await aServer({ version: '2.41', seed: aTrackerSeed() });
  const { status, body } = await get(
    `${LIST}?program=${WHO.cases}&orgUnit=${ID.facility}&orgUnits=${ID.facility}`,
  );
  expect(status).toBe(400);
  expect(body.message).toMatch(/^Only one parameter of 'orgUnit' and 'orgUnits'/);
});

it.each([
  ['2.40', `orgUnit=${ID.root}&ouMode=ACCESSIBLE`, 200],
  ['2.41', `orgUnits=${ID.facility}&orgUnitMode=ACCESSIBLE`, 400],
  ['2.43', `orgUnits=${ID.facility}&orgUnitMode=ALL`, 400],
  ['2.42', `orgUnits=${ID.facility}&orgUnitMode=NEARBY`, 400],
  ['2.42', 'orgUnitMode=SELECTED', 400],
])('of %s answers %s with %i', async (version, query, status) => {
  const { get } = await aServer({ version, seed: aTrackerSeed() });
  expect((await get(`${LIST}?program=${WHO.cases}&${query}`, 'admin')).status).toBe(status);
});

it.each([
  ['2.41', 'pageSize=11', 200],
  ['2.42', 'pageSize=10', 200],
  ['2.42', 'pageSize=11', 400],
  ['2.41', 'paging=false&pageSize=5', 200],
  ['2.42', 'paging=false&pageSize=5', 400],
  ['2.43', 'paging=false&totalPages=true', 400],
])('of %s, with a limit of 10, answers %s with %i', async (version, query, status) => {
  const seed = aTrackerSeed({ systemSettings: { KeyTrackedEntityMaxLimit: 10 } });
  const { get } = await aServer({ version, seed });
  expect((await get(`${LIST}?program=${WHO.cases}&${query}`)).status).toBe(status);
});

it.each([
  ['2.41', '', 200],
  ['2.42', '', 400],
  ['2.42', `trackedEntities=${PEOPLE.case}`, 200],
])(
  'of %s requires a program, a type or ids: "%s" is answered with %i',
  async (version, query, status) => {
    const { get } = await aServer({ version, seed: aTrackerSeed() });
    expect((await get(`${LIST}?${query}`)).status).toBe(status);
  },
);
