import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dhis2Client } from '#dhis2/client/client.js';
import { type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { readWorld } from '../dhis2/replay/recordings.js';
import { worldToSeed } from '../dhis2/replay/to-seed.js';
import { checkWitnesses } from './check.js';
import type { SeenRequest } from './seen.js';
import { shapeOf } from './shape.js';
import { WITHOUT_WITNESS } from './without-witness.js';

const PEOPLE = '/api/tracker/trackedEntities';

function seen(version: string, method: string, target: string, body?: unknown): SeenRequest {
  return { version, ...shapeOf(method, target, body) };
}

describe('a request that the check refuses', () => {
  it.each([
    [
      seen('2.43.1', 'GET', `${PEOPLE}?order=updatedAt:asc,trackedEntity:asc`),
      [
        '2.43.1: GET /tracker/trackedEntities ?order=updatedAt:asc,trackedEntity:asc',
        '2.43.1: GET /tracker/trackedEntities: an order with trackedEntity is 409 E7145',
      ],
    ],
    [
      seen('2.42.5', 'GET', `${PEOPLE}?order=updatedAt:asc,trackedEntity:asc`),
      ['2.43.1: GET /tracker/trackedEntities ?order=updatedAt:asc,trackedEntity:asc'],
    ],
    [
      seen('2.41.9', 'GET', `${PEOPLE}?includeDeleted=true&fields=trackedEntity,relationships[*]`),
      [expect.stringMatching(/^2\.41\.9: .* includeDeleted with relationships is 404/)],
    ],
    [
      seen('2.42.5', 'GET', `${PEOPLE}?trackedEntityType=TetPerson01&includeDeleted=true`),
      [expect.stringMatching(/^2\.42\.5: .* a type with includeDeleted is 409/)],
    ],
    [
      seen('2.42.5', 'GET', '/api/programs?filter=id:in:[A,B]&fields=id,trackedEntityType[id]'),
      [
        expect.stringMatching(
          /^2\.42\.5: GET \/programs: pages of 2\.44 omit objects without a ref/,
        ),
      ],
    ],
    [
      seen('2.42.5', 'GET', '/dhis/api/42/noSuchThings/ImspTQPwCqd'),
      ['2.42.5.2: GET /noSuchThings/{id}', '2.43.1: GET /noSuchThings/{id}'],
    ],
    [
      seen('2.43.1', 'GET', `${PEOPLE}?program=PrgTrack001&noSuchParameter=1`),
      ['2.43.1: GET /tracker/trackedEntities ?noSuchParameter=number'],
    ],
    [
      seen('2.43.1', 'POST', '/api/tracker?async=false', {
        trackedEntities: [{ trackedEntity: 'TeAnna00001', enrollments: [{ noSuchKey: 1 }] }],
      }),
      ['2.43.1: POST /tracker enrollments[].noSuchKey number'],
    ],
    [
      seen('2.43.1', 'PATCH', '/api/organisationUnits/ImspTQPwCqd', [
        { op: 'replace', path: '/noSuch', value: 1 },
      ]),
      ['2.43.1: PATCH /organisationUnits/{id} [] /noSuch'],
    ],
  ])('%j', (request, objections) => {
    expect(checkWitnesses([request])).toEqual(objections);
  });
});

describe('a request that the check accepts', () => {
  it.each([
    // Ids, one of them in capitals only.
    seen('2.43.1', 'GET', `${PEOPLE}?trackedEntities=NIZXPBGBTIO,TePage00001`),
    seen(
      '2.43.1',
      'GET',
      `${PEOPLE}?program=PrgTrack001&orgUnitMode=ACCESSIBLE&order=updatedAt:asc`,
    ),
    seen('2.40.12', 'GET', `${PEOPLE}?order=updatedAt:asc,trackedEntity:asc`),
    seen('2.42.5', 'GET', '/api/dataSets?filter=code:in:[A,B]&fields=id&paging=false'),
    seen('2.42.5', 'GET', '/api/programs?fields=id,trackedEntityType[id]&paging=false'),
    seen('2.42.5', 'PATCH', '/api/organisationUnits/ImspTQPwCqd', [
      { op: 'add', path: '/closedDate', value: '2026-01-01' },
      { op: 'add', path: '/shortName', value: 'Clinic' },
      { op: 'remove', path: '/closedDate' },
    ]),
  ])('%j', request => {
    expect(checkWitnesses([request])).toEqual([]);
  });
});

it('knows at most ten requests without a witness, each with its reason', () => {
  expect(WITHOUT_WITNESS.length).toBeLessThanOrEqual(10);
  for (const { why } of WITHOUT_WITNESS) expect(why.length).toBeGreaterThan(30);
});

/** The requests that this process has recorded. */
function readNoted(): SeenRequest[] {
  const file = path.join(process.env.WITNESS_FOLDER!, `${process.pid}.jsonl`);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map(line => JSON.parse(line) as SeenRequest);
}

describe('the requests of adaptors during the tests', () => {
  /**
   * No other test has a server of this version: the requests recorded for it are those of this
   * test.
   */
  const VERSION = '2.43.77';
  let server: RunningDhis2;

  beforeAll(async () => {
    server = await startDhis2({ seed: worldToSeed(readWorld()), version: VERSION });
  });
  afterAll(() => server.close());

  it('are recorded with the version of the server, without the requests of tests', async () => {
    const admin = { username: 'admin', password: 'district' };
    const client = new Dhis2Client({ hostUrl: server.url, ...admin });
    await client.systemInfo();
    await client.get('/organisationUnits', { filter: 'code:eq:EX', fields: 'id' });
    const authorization = `Basic ${Buffer.from('admin:district').toString('base64')}`;
    const headers = { authorization, 'x-requested-with': 'XMLHttpRequest' };
    await fetch(`${server.url}/api/optionSets?fields=id`, { headers });
    const noted = readNoted().filter(({ version }) => version === VERSION);
    expect(noted).toContainEqual({
      version: VERSION,
      route: 'GET /organisationUnits',
      params: ['fields=…', 'filter=…:eq'],
      body: [],
    });
    expect(noted.map(({ route }) => route)).not.toContain('GET /optionSets');
  });

  it('are not recorded with the version of an earlier server on the same port', async () => {
    const port = Number(new URL(server.url).port);
    const admin = { username: 'admin', password: 'district' };
    await new Dhis2Client({ hostUrl: server.url, ...admin }).systemInfo();
    await server.close();
    server = await startDhis2({ seed: worldToSeed(readWorld()), version: VERSION, port });
    const client = new Dhis2Client({ hostUrl: server.url, ...admin });
    await client.get('/dataElements', { filter: 'code:eq:EX', fields: 'id' });
    const noted = readNoted().filter(({ route }) => route === 'GET /dataElements');
    expect(noted).toContainEqual(expect.objectContaining({ version: '' }));
    expect(noted).not.toContainEqual(expect.objectContaining({ version: VERSION }));
  });
});
