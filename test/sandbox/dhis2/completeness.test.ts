import { expect, it } from 'vitest';
import { aServer } from './support/client.js';
import { ID } from './support/seed.js';

const PATH = '/api/completeDataSetRegistrations';
const REGISTRATION = {
  dataSet: ID.dataSet,
  period: '2026W33',
  organisationUnit: ID.facility,
  attributeOptionCombo: ID.default,
  date: '2026-08-18',
  completed: true,
};
const QUERY = `?dataSet=${ID.dataSet}&period=2026W33&orgUnit=${ID.facility}`;
const body = (...registrations: object[]) => ({ completeDataSetRegistrations: registrations });

it('registers, shows and deletes that a data set is complete', async () => {
  const server = await aServer();
  expect((await server.get(PATH + QUERY)).body).toEqual({});
  const created = await server.post(PATH, body(REGISTRATION));
  expect(created.status).toBe(200);
  expect(created.body.response.importCount).toMatchObject({ imported: 1, updated: 0 });
  const again = await server.post(PATH, body(REGISTRATION));
  expect(again.body.response.importCount).toMatchObject({ imported: 0, updated: 1 });
  expect((await server.get(PATH + QUERY)).body).toEqual(
    body({ ...REGISTRATION, storedBy: 'entry' }),
  );
  const gone = await server.request(
    `${PATH}?ds=${ID.dataSet}&pe=2026W33&ou=${ID.district}&multiOu=true`,
    { method: 'DELETE' },
  );
  expect(gone.status).toBe(204);
  expect((await server.get(PATH + QUERY)).body).toEqual({});
});

it('includes the org units below with children=true', async () => {
  const server = await aServer();
  await server.post(PATH, body(REGISTRATION));
  const days = `?dataSet=${ID.dataSet}&startDate=2026-08-01&endDate=2026-08-31&orgUnit=${ID.root}`;
  expect((await server.get(PATH + days)).body).toEqual({});
  const { body: found } = await server.get(`${PATH}${days}&children=true`);
  expect(found.completeDataSetRegistrations).toHaveLength(1);
});

it.each(['2.42', '2.43'])(
  'of %s ignores the wrong registrations among correct ones and answers SUCCESS',
  async version => {
    const server = await aServer({ version });
    const rows = body(
      { ...REGISTRATION, dataSet: 'UnknownSet0' },
      { ...REGISTRATION, organisationUnit: 'UnknownUnit' },
      { dataSet: ID.dataSet, period: '2026W32', organisationUnit: ID.facility },
    );
    if (version === '2.43') await server.post(PATH, rows);
    const answer = await server.post(PATH, rows);
    expect(answer.status).toBe(200);
    expect(answer.body.response).toMatchObject({
      status: 'SUCCESS',
      importCount: { imported: 1, ignored: 2 },
      conflicts: [
        { object: 'UnknownSet0', value: 'Data set not found or not accessible' },
        { object: 'UnknownUnit', value: 'Organisation unit not found or not accessible' },
      ],
      rejectedIndexes: [],
    });
    expect(server.store.completeness.list()).toMatchObject([
      { period: '2026W32', date: '2026-08-19', attributeOptionCombo: ID.default },
    ]);
  },
);

it('of 2.43 fails once for a period that the database has not stored yet', async () => {
  const server = await aServer({ version: '2.43' });
  const first = await server.post(PATH, body(REGISTRATION));
  expect(first.status).toBe(409);
  expect(first.body.response.description).toBe(
    'The import process failed: Failed to flush BatchHandler',
  );
  expect(server.store.completeness.list()).toEqual([]);
  expect((await server.post(PATH, body(REGISTRATION))).status).toBe(200);
});

it.each([
  ['2.42', 200, 'Import process complete.'],
  [
    '2.43',
    409,
    'The import process failed: java.lang.IllegalArgumentException: Invalid Period `never`, failed to create date interval',
  ],
])('of %s answers an invalid period', async (version, status, description) => {
  const server = await aServer({ version });
  const rows = body(REGISTRATION, { ...REGISTRATION, period: 'never' });
  const answer = await server.post(PATH, rows);
  expect([answer.status, answer.body.response.description]).toEqual([status, description]);
});

it('refuses an empty list', async () => {
  const server = await aServer();
  const answer = await server.post(PATH, body());
  expect([answer.status, answer.body.response.status]).toEqual([409, 'ERROR']);
});

it('keeps registrations of different weeks separate', async () => {
  const server = await aServer();
  await server.post(PATH, body(REGISTRATION, { ...REGISTRATION, period: '2026W32' }));
  expect((await server.get(PATH + QUERY)).body.completeDataSetRegistrations).toHaveLength(1);
  expect(server.store.completeness.list()).toHaveLength(2);
});

it('writes nothing in a dry run', async () => {
  const server = await aServer();
  const answer = await server.post(`${PATH}?dryRun=true`, body(REGISTRATION));
  expect(answer.body.response.importCount.imported).toBe(1);
  expect(server.store.completeness.list()).toEqual([]);
});

it.each([
  ['?period=2026W33&orgUnit=FacilityAAA', 'E2013'],
  [`?dataSet=${ID.dataSet}&orgUnit=FacilityAAA`, 'E2002'],
  [`?dataSet=${ID.dataSet}&period=2026W33`, 'E2006'],
])('refuses to read %s', async (query, errorCode) => {
  const server = await aServer();
  const answer = await server.get(PATH + query);
  expect([answer.status, answer.body.errorCode]).toEqual([409, errorCode]);
});
