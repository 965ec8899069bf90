import { expect, it } from 'vitest';
import { aServer, codes, counts } from './support/client.js';
import { aSeed, ID } from './support/seed.js';

const CELL = {
  dataElement: ID.deaths,
  period: '2026W33',
  orgUnit: ID.facility,
  categoryOptionCombo: ID.default,
  attributeOptionCombo: ID.default,
  value: '3',
};
const set = (...dataValues: object[]) => ({ dataSet: ID.dataSet, dataValues });
const version = '2.43';

it('checks access before consistency; for a superuser it checks consistency only', async () => {
  const seed = aSeed();
  seed.users[0]!.organisationUnits = [{ id: ID.district }];
  const server = await aServer({ version, seed });
  const rows = set({ ...CELL, orgUnit: ID.otherDistrict }, { ...CELL, dataElement: ID.orphan });
  expect(codes(await server.importValues(rows))).toEqual(['E8011']);
  expect(codes(await server.importValues(rows, '', 'admin'))).toEqual(['E8020']);
  const unit = set({ ...CELL, orgUnit: 'UnknownUnit' });
  expect(codes(await server.importValues(unit))).toEqual(['E8022']);
  const dataSet = { ...set(CELL), dataSet: 'UnknownSet0' };
  expect(codes(await server.importValues(dataSet))).toEqual(['E8020']);
});

it('checks consistency before it checks whether the period is open', async () => {
  const server = await aServer({ version });
  const rows = set({ ...CELL, period: '2026W40' }, { ...CELL, orgUnit: ID.unassigned });
  expect(codes(await server.importValues(rows))).toEqual(['E8022']);
});

it("names the objects of a conflict in the conflict's arguments", async () => {
  const server = await aServer({ version });
  const summary = await server.importValues(set(CELL, { ...CELL, dataElement: ID.orphan }));
  expect(summary.conflicts).toEqual([
    {
      objects: { args: `${ID.dataSet}-[${ID.orphan}]` },
      value: `Data set ${ID.dataSet} not usable with data element(s): \`[${ID.orphan}]\``,
      errorCode: 'E8020',
      indexes: [0, 1],
    },
  ]);
  expect(summary.rejectedIndexes).toEqual([0, 1]);
});

it('detects the data set when exactly one matches', async () => {
  const server = await aServer({ version });
  const detect = async (...dataElements: string[]) =>
    codes(
      await server.importValues({
        dataValues: dataElements.map(dataElement => ({ ...CELL, dataElement })),
      }),
    );
  expect(await detect(ID.deaths)).toEqual([]);
  expect(await detect(ID.shared)).toEqual(['E8002']);
  expect(await detect(ID.deaths, ID.elsewhere)).toEqual(['E8002']);
  expect(await detect(ID.orphan)).toEqual(['E8003']);
});

it('splits the values by data set when the system setting requires it', async () => {
  const seed = aSeed({}, { systemSettings: { dataEntryAutoGroup: true } });
  const server = await aServer({ version, seed });
  const rows = [CELL, { ...CELL, dataElement: ID.elsewhere }, { ...CELL, dataElement: ID.shared }];
  expect(counts(await server.importValues({ dataValues: rows }))).toEqual([0, 3, 0, 0]);
});

it('reports an identifier that cannot be read with the index -1', async () => {
  const server = await aServer({ version });
  const summary = await server.importValues(set(CELL, { ...CELL, dataElement: 'too-short' }));
  expect(summary).toMatchObject({ http: 409, status: 'ERROR', rejectedIndexes: [] });
  expect(summary.conflicts).toMatchObject([
    {
      errorCode: 'E8104',
      indexes: [-1],
      value: 'Value #1 data element UID not valid: `too-short`',
    },
  ]);
  const byCode = await server.importValues(
    set({ ...CELL, orgUnit: 'NONE' }),
    '?orgUnitIdScheme=code',
  );
  expect(codes(byCode)).toEqual(['E8107']);
});

it('treats periods outside the lifetime of an org unit as closed', async () => {
  const server = await aServer({ version });
  const summary = await server.importValues(set({ ...CELL, orgUnit: ID.closed }));
  expect(codes(summary)).toEqual(['E8031']);
  const early = await server.importValues(set({ ...CELL, orgUnit: ID.closed, period: '1999W50' }));
  expect(codes(early)).toEqual(['E8031']);
  const old = await server.importValues(set({ ...CELL, orgUnit: ID.closed, period: '2020W50' }));
  expect(old.status).toBe('SUCCESS');
  expect((await (await aServer()).importValues(set({ ...CELL, orgUnit: ID.closed }))).status).toBe(
    'SUCCESS',
  );
});

it('answers ERROR when no value is correct', async () => {
  const server = await aServer({ version });
  const summary = await server.importValues(set({ ...CELL, value: '' }));
  expect(summary).toMatchObject({ http: 409, status: 'ERROR' });
  expect(codes(summary)).toEqual(['E8120']);
  expect(counts(summary)).toEqual([0, 0, 0, 1]);
});

it('writes all or nothing in atomic mode', async () => {
  const server = await aServer({ version });
  const rows = set(CELL, {
    ...CELL,
    dataElement: ID.cases,
    categoryOptionCombo: ID.old,
    value: 'x',
  });
  const summary = await server.importValues(rows, '?atomic=true');
  expect(summary.conflicts[0]!.value).toMatch(/only 1\/2 were. First issue: Value #1 value `x`/);
  expect(server.store.dataValues.list()).toEqual([]);
});

it('deletes the values of a scope before it writes', async () => {
  const server = await aServer({ version });
  const other = { ...CELL, orgUnit: ID.district };
  await server.importValues(set(CELL, other));
  const summary = await server.importValues({
    ...set({ ...other, value: '5' }),
    deletion: {
      orgUnits: [ID.facility, ID.district],
      periods: ['2026W33'],
      elements: [{ dataElement: ID.deaths }],
    },
  });
  expect(counts(summary)).toEqual([0, 1, 2, 0]);
  expect(server.store.dataValues.get(CELL)?.deleted).toBe(true);
  expect(server.store.dataValues.get(other)).toMatchObject({ deleted: false, value: '5' });
});

it('finds a category option combo by its options, one per category', async () => {
  const server = await aServer({ version });
  const row = {
    ...CELL,
    dataElement: ID.cases,
    categoryOptionCombo: { CategoryAge: 'OptionOldAA' },
  };
  expect((await server.importValues(set(row))).status).toBe('SUCCESS');
  expect(server.store.dataValues.list()[0]?.categoryOptionCombo).toBe(ID.old);
  expect(codes(await server.importValues({ dataValues: [row] }))).toEqual(['E8101']);
});

it('registers a data set as complete only when every value was correct, and only for a day', async () => {
  const server = await aServer({ version });
  const header = { dataSet: ID.dataSet, period: '2026W33', orgUnit: ID.facility };
  const { period: _pe, orgUnit: _ou, ...row } = CELL;
  const send = async (completeDate: string, value: string) =>
    codes(await server.importValues({ ...header, completeDate, dataValues: [{ ...row, value }] }));
  expect(await send('2026-08-19', 'x')).toEqual(['E8122']);
  expect(server.store.completeness.list()).toEqual([]);
  expect(await send('true', '3')).toEqual(['E8008']);
  expect(await send('2026-08-19', '3')).toEqual([]);
  expect(server.store.completeness.list()).toHaveLength(1);
  const flat = { ...set(CELL), completeDate: '2026-08-19' };
  expect(codes(await server.importValues(flat))).toEqual(['E8009']);
});

it('writes a numeric value as Java does', async () => {
  const server = await aServer({ version });
  const rows = Array.from({ length: 1001 }, () => CELL);
  const summary = await server.importValues(set(...rows.slice(0, 1000), { ...CELL, orgUnit: 'x' }));
  expect(summary.conflicts[0]!.value).toBe('Value #1,000 org unit UID is not valid: `x`');
});

it('reads followUp in its own spelling only', async () => {
  const server = await aServer({ version });
  await server.importValues(set({ ...CELL, followup: true }));
  expect(server.store.dataValues.get(CELL)?.followup).toBeUndefined();
  await server.importValues(set({ ...CELL, followUp: true }));
  expect(server.store.dataValues.get(CELL)?.followup).toBe(true);
});

it.each([
  ['a number as value', { value: 3 }],
  ['a number as period', { period: 2026 }],
  ['an invalid period', { period: '2026W99' }],
  ['a blank behind a period', { period: '2026W33 ' }],
])('fails on %s, and stores nothing from the request', async (_, fields) => {
  const server = await aServer({ version });
  const { status, body } = await server.post(
    '/api/dataValueSets',
    set(CELL, { ...CELL, ...fields }),
  );
  expect(status).toBe(500);
  expect(body.response).toBeUndefined();
  expect(server.store.dataValues.list()).toEqual([]);
});
