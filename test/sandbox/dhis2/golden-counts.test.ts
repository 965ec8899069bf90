import { describe, expect, it } from 'vitest';
import { aServer, codes, counts } from './support/client.js';
import { ID } from './support/seed.js';

const WEEKS = ['2026W30', '2026W31', '2026W32', '2026W33'];

/** Twelve values of three cells in four weeks, in the form of the server's own fixtures. */
const TWELVE = WEEKS.flatMap((period, week) =>
  [
    { dataElement: ID.cases, categoryOptionCombo: ID.young },
    { dataElement: ID.cases, categoryOptionCombo: ID.old },
    { dataElement: ID.deaths, categoryOptionCombo: ID.default },
  ].map((cell, i) => ({
    ...cell,
    period,
    orgUnit: ID.facility,
    attributeOptionCombo: ID.default,
    value: String(10 * week + i + 1),
  })),
);
const FOUR_DELETED = TWELVE.map((value, i) => (i % 3 === 0 ? { ...value, deleted: true } : value));
const TWO_NEW_FOUR_CHANGED = [
  ...TWELVE.slice(0, 4).map(value => ({ ...value, value: '99' })),
  { ...TWELVE[0]!, orgUnit: ID.district },
  { ...TWELVE[1]!, orgUnit: ID.district },
];

const set = (dataValues: object[]) => ({ dataSet: ID.dataSet, dataValues });

/** dhis2 FACTS §8: imported, updated, deleted, ignored. */
const GOLDEN = {
  '2.42': {
    created: [12, 0, 0, 0],
    changed: [2, 4, 0, 0],
    deletedOnEmpty: [12, 0, 0, 0],
    deletedOnFull: [0, 0, 4, 8],
    deleteStrategy: [0, 0, 12, 0],
    updateOnEmpty: [0, 0, 0, 12],
  },
  '2.43': {
    created: [0, 12, 0, 0],
    changed: [0, 6, 0, 0],
    deletedOnEmpty: [0, 12, 0, 0],
    deletedOnFull: [0, 12, 0, 0],
    deleteStrategy: [0, 0, 12, 0],
    updateOnEmpty: [0, 12, 0, 0],
  },
} as const;

describe.each(Object.entries(GOLDEN))("the server's own import counts in %s", (version, golden) => {
  it('creates twelve values, then adds two and changes four', async () => {
    const server = await aServer({ version });
    expect(counts(await server.importValues(set(TWELVE)))).toEqual(golden.created);
    expect(counts(await server.importValues(set(TWO_NEW_FOUR_CHANGED)))).toEqual(golden.changed);
  });

  it('accepts deleted values into an empty server and shows the others', async () => {
    const server = await aServer({ version });
    const summary = await server.importValues(set(FOUR_DELETED));
    expect(counts(summary)).toEqual(golden.deletedOnEmpty);
    const query = `dataSet=${ID.dataSet}&startDate=2026-01-01&endDate=2026-12-31&orgUnit=${ID.root}`;
    const visible = await server.get(`/api/dataValueSets?${query}&children=true`);
    expect(visible.body.dataValues).toHaveLength(8);
    const all = await server.get(`/api/dataValueSets?${query}&children=true&includeDeleted=true`);
    expect(all.body.dataValues).toHaveLength(12);
  });

  it('deletes four of twelve stored values', async () => {
    const server = await aServer({ version });
    await server.importValues(set(TWELVE));
    expect(counts(await server.importValues(set(FOUR_DELETED)))).toEqual(golden.deletedOnFull);
  });

  it('deletes all of twelve with the strategy DELETE', async () => {
    const server = await aServer({ version });
    await server.importValues(set(TWELVE));
    const summary = await server.importValues(set(TWELVE), '?importStrategy=DELETE');
    expect(counts(summary)).toEqual(golden.deleteStrategy);
    expect(server.store.dataValues.list().every(({ deleted }) => deleted)).toBe(true);
  });

  it('handles the strategy UPDATE on an empty server as this version does', async () => {
    const server = await aServer({ version });
    const summary = await server.importValues(set(TWELVE), '?importStrategy=UPDATE');
    expect(counts(summary)).toEqual(golden.updateOnEmpty);
  });
});

const MIXED = [
  TWELVE[0]!,
  { ...TWELVE[1]!, dataElement: 'UnknownElmt' },
  { ...TWELVE[2]!, dataElement: 'UnknownElmt' },
  { ...TWELVE[3]!, orgUnit: 'UnknownUnit' },
];

it('imports the one correct value of four in 2.42 and merges equal conflicts', async () => {
  const server = await aServer({ version: '2.42' });
  const summary = await server.importValues(set(MIXED));
  expect(summary).toMatchObject({ http: 409, status: 'WARNING', rejectedIndexes: [1, 2, 3] });
  expect(counts(summary)).toEqual([1, 0, 0, 3]);
  expect(codes(summary)).toEqual(['E7610', 'E7612']);
  expect(summary.conflicts[0]).toEqual({
    object: 'UnknownElmt',
    objects: { dataElement: 'UnknownElmt' },
    value: 'Data element not found or not accessible: `UnknownElmt`',
    errorCode: 'E7610',
    property: 'dataElement',
    indexes: [1, 2],
  });
});

it('imports none of the four in 2.43', async () => {
  const server = await aServer({ version: '2.43' });
  const summary = await server.importValues(set(MIXED), '', 'admin');
  expect(summary).toMatchObject({ http: 409, status: 'ERROR' });
  expect(counts(summary)).toEqual([0, 0, 0, 0]);
  expect(codes(summary)).toEqual(['E8020']);
  expect(server.store.dataValues.list()).toEqual([]);
});
