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

it('aborts on a header with unknown identifiers, and reports all of them', async () => {
  const server = await aServer();
  const summary = await server.importValues({
    dataSet: 'UnknownSet1',
    orgUnit: 'UnknownUnit',
    attributeOptionCombo: 'UnknownCoc1',
    dataValues: [CELL],
  });
  expect(summary).toMatchObject({
    http: 409,
    status: 'ERROR',
    description: 'Import process was aborted',
    message: 'An error occurred, please check import summary.',
  });
  expect(codes(summary)).toEqual(['E7600', 'E7603', 'E7604']);
  expect(counts(summary)).toEqual([0, 0, 0, 0]);
});

it('words E7641 as each version does', async () => {
  const row = { ...CELL, period: '2026W35' };
  const texts = ['2.38', '2.42'].map(async version => {
    const server = await aServer({ version });
    return (await server.importValues(set(row))).conflicts[0]!.value;
  });
  const after =
    'Period: `2026W35` is after latest open future period: `2026W33` for data element: ';
  expect(await Promise.all(texts)).toEqual([
    `${after}\`${ID.deaths}\``,
    `${after}\`${ID.deaths}\` and data set: \`${ID.dataSet}\``,
  ]);
});

it('checks the periods of every data set with the data element when the header names no data set', async () => {
  const seed = aSeed({ openFuturePeriods: 1 });
  const server = await aServer({ seed });
  const row = { ...CELL, dataElement: ID.shared, period: '2026W34' };
  const summary = await server.importValues({ dataValues: [row] });
  expect(summary.conflicts.map(({ objects }) => objects?.dataSet)).toEqual([ID.monthlySet]);
  expect((await server.importValues(set(row))).status).toBe('SUCCESS');
});

it('uses the default combo for an absent one, unless combos are required', async () => {
  const server = await aServer();
  const { categoryOptionCombo: _coc, attributeOptionCombo: _aoc, ...row } = CELL;
  expect((await server.importValues(set(row))).status).toBe('SUCCESS');
  expect(server.store.dataValues.get(CELL)?.value).toBe('3');
  const refused = await server.importValues(set(row), '?requireCategoryOptionCombo=true');
  expect(codes(refused)).toEqual(['E7630']);
});

it('also applies the strict checks of the system settings', async () => {
  const seed = aSeed({}, { systemSettings: { dataImportStrictOrganisationUnits: true } });
  const server = await aServer({ seed });
  const summary = await server.importValues(set({ ...CELL, orgUnit: ID.unassigned }));
  expect(codes(summary)).toEqual(['E7636']);
});

it('refuses a value that is not an option, and an absent value', async () => {
  const server = await aServer();
  const row = { ...CELL, dataElement: ID.outcome };
  const summary = await server.importValues(
    set({ ...row, value: 'LOST' }, { ...row, value: '' }, { ...row, value: 'CURED' }),
  );
  expect(codes(summary)).toEqual(['E7621', 'E7618']);
  expect(counts(summary)).toEqual([1, 0, 0, 2]);
});

it('ignores a deletion of a value that never existed, and rejects a value that its strategy does not cover', async () => {
  const server = await aServer();
  const gone = await server.importValues(set({ ...CELL, value: undefined, deleted: true }));
  expect(counts(gone)).toEqual([0, 0, 0, 1]);
  expect(gone.status).toBe('SUCCESS');
  await server.importValues(set(CELL));
  const summary = await server.importValues(set({ ...CELL, value: '4' }), '?importStrategy=CREATE');
  expect(summary).toMatchObject({ status: 'SUCCESS', rejectedIndexes: [0] });
  expect(counts(summary)).toEqual([0, 0, 0, 1]);
  expect(server.store.dataValues.get(CELL)?.value).toBe('3');
});

it('prefers the strategy of the payload to that of the request', async () => {
  const server = await aServer();
  await server.importValues(set(CELL));
  const summary = await server.importValues({ ...set(CELL), strategy: 'DELETE' });
  expect(counts(summary)).toEqual([0, 0, 1, 0]);
});

it('registers the data set as complete before the values, with a date no later than today', async () => {
  const server = await aServer();
  const header = { ...set({ ...CELL, value: 'x' }), period: '2026W33', orgUnit: ID.facility };
  const summary = await server.importValues({ ...header, completeDate: '2030-01-01' });
  expect(summary).toMatchObject({ status: 'WARNING', dataSetComplete: '2026-08-19' });
  expect(server.store.completeness.list()).toMatchObject([
    { dataSet: ID.dataSet, period: '2026W33', organisationUnit: ID.facility, date: '2026-08-19' },
  ]);
  const today = await server.importValues({ ...header, completeDate: 'true' });
  expect(today.dataSetComplete).toBe('2026-08-19');
  const never = await server.importValues({ ...header, completeDate: 'false' });
  expect(never.dataSetComplete).toBe('false');
});

it('reads followup in its own spelling only', async () => {
  const server = await aServer();
  await server.importValues(set({ ...CELL, followUp: true }));
  expect(server.store.dataValues.get(CELL)?.followup).toBe(false);
  await server.importValues(set({ ...CELL, followup: true }));
  expect(server.store.dataValues.get(CELL)?.followup).toBe(true);
});

it('lets a superuser write to a closed period with force', async () => {
  const server = await aServer();
  const row = set({ ...CELL, period: '2026W35' });
  expect(codes(await server.importValues(row, '?force=true', 'entry'))).toEqual(['E7641']);
  expect((await server.importValues(row, '?force=true', 'admin')).status).toBe('SUCCESS');
});
