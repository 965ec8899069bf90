import { expect, it } from 'vitest';
import { aServer } from './support/client.js';
import { aSeed, ID } from './support/seed.js';

const CELL = {
  dataElement: ID.deaths,
  period: '2026W33',
  orgUnit: ID.facility,
  categoryOptionCombo: ID.default,
  attributeOptionCombo: ID.default,
  value: '3',
};
const SINGLE = `dataSet=${ID.dataSet}&period=2026W33&orgUnit=${ID.facility}`;
const read = (query: string) => `/api/dataValueSets?${query}`;

async function withValues(version: string, ...values: object[]) {
  const server = await aServer({ version });
  await server.importValues({ dataSet: ID.dataSet, dataValues: values });
  return server;
}

it('writes every part of every value up to 2.42', async () => {
  const server = await withValues('2.42', { ...CELL, comment: 'late' });
  const { body } = await server.get(read(SINGLE));
  expect(body).toEqual({
    dataSet: ID.dataSet,
    completeDate: null,
    period: '2026W33',
    orgUnit: ID.facility,
    dataValues: [
      {
        ...CELL,
        storedBy: 'entry',
        created: '2026-08-19T10:00:00.000+0000',
        lastUpdated: '2026-08-19T10:00:00.000+0000',
        comment: 'late',
        followup: false,
      },
    ],
  });
});

it('does not repeat the fields of the header in the rows since 2.43', async () => {
  const server = await withValues('2.43', CELL);
  const { body } = await server.get(read(`${SINGLE}&attributeOptionCombo=${ID.default}`));
  expect(body).toMatchObject({
    dataSet: ID.dataSet,
    period: '2026W33',
    orgUnit: ID.facility,
    attributeOptionCombo: ID.default,
  });
  expect(Object.keys(body.dataValues[0])).toEqual([
    'dataElement',
    'categoryOptionCombo',
    'value',
    'storedBy',
    'created',
    'lastUpdated',
  ]);
  const { orgUnit, ...row } = CELL;
  const several = await server.get(read(`${SINGLE}&period=2026W32`));
  expect(several.body).toMatchObject({ orgUnit, dataValues: [row] });
  expect(several.body.dataValues[0]).not.toHaveProperty('orgUnit');
  const below = await server.get(read(`${SINGLE}&children=true`));
  expect(below.body).toMatchObject({ period: '2026W33', dataValues: [{ orgUnit }] });
  expect(below.body.dataValues[0]).not.toHaveProperty('period');
});

it('answers an empty selection with an empty list', async () => {
  const server = await aServer();
  const { status, body } = await server.get(read(`${SINGLE}&period=2026W32`));
  expect(status).toBe(200);
  expect(body).toEqual({ dataValues: [] });
});

it('includes the org units below with children=true only', async () => {
  const server = await withValues('2.42', CELL);
  const query = `dataSet=${ID.dataSet}&period=2026W33&orgUnit=${ID.root}`;
  expect((await server.get(read(query))).body.dataValues).toEqual([]);
  expect((await server.get(read(`${query}&children=true`))).body.dataValues).toHaveLength(1);
  const other = `dataSet=${ID.dataSet}&period=2026W33&orgUnit=${ID.otherDistrict}&children=true`;
  expect((await server.get(read(other))).body.dataValues).toEqual([]);
});

it('accepts a start and an end day, and selects periods that lie completely between them', async () => {
  const server = await withValues('2.42', CELL, { ...CELL, period: '2026W32' });
  const between = async (startDate: string, endDate: string) => {
    const query = `dataSet=${ID.dataSet}&startDate=${startDate}&endDate=${endDate}&orgUnit=${ID.facility}`;
    const { body } = await server.get(read(query));
    return body.dataValues.map((value: { period: string }) => value.period);
  };
  expect(await between('2026-08-03', '2026-08-16')).toEqual(['2026W33', '2026W32']);
  expect(await between('2026-08-04', '2026-08-16')).toEqual(['2026W33']);
  expect(await between('2026-08-03', '2026-08-15')).toEqual(['2026W32']);
});

it('selects the data elements of the data set, including values that were sent for another set', async () => {
  const server = await withValues('2.42', CELL, { ...CELL, dataElement: ID.orphan });
  expect(server.store.dataValues.list()).toHaveLength(2);
  expect((await server.get(read(SINGLE))).body.dataValues).toHaveLength(1);
});

it('shows soft-deleted values only when asked', async () => {
  const server = await withValues('2.42', CELL);
  await server.importValues({ dataSet: ID.dataSet, dataValues: [CELL] }, '?importStrategy=DELETE');
  expect((await server.get(read(SINGLE))).body.dataValues).toEqual([]);
  const { body } = await server.get(read(`${SINGLE}&includeDeleted=true`));
  expect(body.dataValues).toMatchObject([{ value: '3', deleted: true }]);
});

it('reads the values that changed since a given time', async () => {
  const server = await withValues('2.42', CELL);
  const query = `dataSet=${ID.dataSet}&orgUnit=${ID.facility}`;
  const changed = async (since: string) =>
    (await server.get(read(`${query}&${since}`))).body.dataValues.length;
  expect(await changed('lastUpdated=2026-08-19T09:59:59')).toBe(1);
  expect(await changed('lastUpdated=2026-08-19T10:00:01')).toBe(0);
  expect(await changed('lastUpdatedDuration=1d')).toBe(1);
});

it.each([
  ['no data set', `period=2026W33&orgUnit=${ID.facility}`, 'E2001'],
  ['an unknown data set', `dataSet=Unknown1234&period=2026W33&orgUnit=${ID.facility}`, 'E2001'],
  ['no period', `dataSet=${ID.dataSet}&orgUnit=${ID.facility}`, 'E2002'],
  ['periods and days', `${SINGLE}&startDate=2026-01-01&endDate=2026-02-01`, 'E2003'],
  [
    'days in the wrong order',
    `dataSet=${ID.dataSet}&orgUnit=${ID.facility}&startDate=2026-02-01&endDate=2026-01-01`,
    'E2004',
  ],
  ['no org unit', `dataSet=${ID.dataSet}&period=2026W33`, 'E2006'],
])('refuses %s with 409', async (_, query, errorCode) => {
  const server = await aServer();
  const { status, body } = await server.get(read(query));
  expect(status).toBe(409);
  expect(body).toMatchObject({ httpStatus: 'Conflict', status: 'ERROR', errorCode });
});

it('returns nothing for org units outside the capture hierarchy up to 2.42', async () => {
  const server = await aServer({ seed: elsewhere() });
  const answer = await server.get(read(SINGLE));
  expect([answer.status, answer.body]).toEqual([200, '']);
});

it('refuses them since 2.43', async () => {
  const server = await aServer({ seed: elsewhere(), version: '2.43' });
  const { status, body } = await server.get(read(SINGLE));
  expect(status).toBe(409);
  expect(body).toMatchObject({
    errorCode: 'E2012',
    message: `User is not allowed to view org unit(s): \`[${ID.facility}]\``,
  });
});

it.each([
  ['an unknown org unit', `dataSet=${ID.dataSet}&period=2026W33&orgUnit=NoSuchUnit1`, 200],
  ['an unknown data set', `dataSet=NoSuchSet01&period=2026W33&orgUnit=${ID.facility}`, 200],
  ['an invalid period', `dataSet=${ID.dataSet}&period=2026W99&orgUnit=${ID.facility}`, 400],
])('of 2.43 answers %s', async (_, query, status) => {
  const server = await aServer({ version: '2.43' });
  const answer = await server.get(read(query));
  expect(answer.status).toBe(status);
  if (status === 200) expect(answer.body.dataValues).toEqual([]);
  else expect(answer.body.message).toMatch(/^Invalid Period `2026W99`/);
});

it.each([
  ['2.42', 200],
  ['2.43', 409],
  ['2.44', 200],
])('of %s selects by the last change alone with %i', async (version, status) => {
  const server = await withValues(version, CELL);
  const query = `dataSet=${ID.dataSet}&orgUnit=${ID.facility}&lastUpdated=2020-01-01`;
  const answer = await server.get(read(query));
  expect(answer.status).toBe(status);
  if (status === 409) expect(answer.body.errorCode).toBe('E2002');
});

it('identifies objects by their codes', async () => {
  const row = { ...CELL, dataElement: ID.cases, categoryOptionCombo: ID.young };
  const server = await withValues('2.43', row);
  const { body } = await server.get(read(`${SINGLE}&dataElementIdScheme=code`));
  expect(body).toMatchObject({
    dataElementIdScheme: 'CODE',
    dataValues: [{ dataElement: 'CASES' }],
  });
});

it.each([
  ['2.42', 'false,null'],
  ['2.43', ',false'],
])('of %s writes CSV', async (version, end) => {
  const server = await withValues(version, CELL);
  const { body } = await server.get(read(SINGLE).replace('dataValueSets', 'dataValueSets.csv'));
  const [head, row] = body.split('\n');
  expect(head).toMatch(/^dataelement,period,orgunit,.*,followup,deleted$/);
  expect(row.startsWith(`${ID.deaths},2026W33,${ID.facility},`)).toBe(true);
  expect(row.endsWith(end)).toBe(true);
});

/** Data with the integration account in another district. */
function elsewhere() {
  const seed = aSeed();
  seed.users[0]!.organisationUnits = [{ id: ID.otherDistrict }];
  return seed;
}

it('refuses unknown parameters', async () => {
  const server = await aServer();
  const unknown = await server.get(read(`${SINGLE}&orgUnitGroup=x`));
  expect(unknown.status).toBe(400);
  expect(unknown.body.message).toMatch(
    /^The sandbox does not support the parameter "orgUnitGroup"/,
  );
});
