import { expect, it, onTestFinished } from 'vitest';
import type { GoDataCost } from '#sandbox/godata/index.js';
import { begin } from './client.js';

const COST = {
  request: 0,
  read: 0.01,
  case: 0.1,
  contact: 1,
  relationship: 2,
  labResult: 3,
  update: 4,
  visualId: 5,
};
const exposure = { contactDate: '2026-01-02', certaintyLevelId: 'X' };

const start = async (cost?: GoDataCost) => {
  const godata = await begin({}, cost ? { cost } : {});
  onTestFinished(() => godata.close());
  await godata.call('POST', '/outbreaks/OB/cases', { id: 'known' });
  const before = { ...godata.work };
  /** What the requests of `act` have cost, by kind; what is 0 is omitted. */
  const costOf = async (act: () => Promise<unknown>) => {
    Object.assign(before, godata.work);
    await act();
    return Object.fromEntries(
      Object.entries(godata.work)
        .map(([kind, ms]) => [kind, ms - (before[kind as keyof GoDataCost] ?? 0)] as const)
        .filter(([, ms]) => ms > 0.001)
        .map(([kind, ms]) => [kind, Number(ms.toFixed(3))]),
    );
  };
  const post = (path: string, body: unknown) => godata.call('POST', `/outbreaks/OB/${path}`, body);
  return { ...godata, costOf, post };
};

it.each([
  ['cases', [{ id: 'a' }, { id: 'b' }], { case: 0.2 }],
  ['cases', { id: 'a' }, { case: 0.1 }],
  ['cases', { id: 'a', visualId: 'CASE-9999' }, { case: 0.1, visualId: 5 }],
  ['contacts', [{ id: 'a' }, { id: 'b' }, { id: 'c' }], { contact: 3 }],
  [
    'cases/known/contacts',
    [
      { contact: { id: 'a', visualId: 'K' }, relationship: exposure },
      { contact: { id: 'b' }, relationship: exposure },
    ],
    { contact: 2, relationship: 4, visualId: 5 },
  ],
  ['cases/known/relationships', { persons: [{ id: 'other' }], ...exposure }, { relationship: 2 }],
  ['cases/known/lab-results', [{ outbreakId: 'OB' }, { outbreakId: 'OB' }], { labResult: 6 }],
  ['cases/filter', { filter: {} }, {}],
] as const)('a POST to %s costs what its records do', async (path, body, expected) => {
  const { post, costOf } = await start(COST);
  await post('cases', { id: 'other' });
  expect(
    await costOf(async () => {
      expect(await post(path, body)).toMatchObject({ status: 200 });
    }),
  ).toEqual(expected);
});

it('changes cost by records and visual ids, reading by rows of the answer', async () => {
  const { call, cases, costOf, post } = await start(COST);
  await post('cases', [{ id: 'other' }]);
  const bulk = [{ id: 'known', visualId: 'CASE-9999' }, { id: 'other' }];
  const update = () => call('PUT', '/outbreaks/OB/cases/bulk', bulk);
  expect(await costOf(update)).toEqual({ update: 8, visualId: 5 });
  expect(await costOf(() => cases())).toEqual({ read: 0.02 });
  expect(await costOf(() => cases({ where: { id: 'known' } }))).toEqual({ read: 0.01 });
});

it('is worked on one request after the other: a cheap one waits for a dear one before it', async () => {
  const { cases, post, work } = await start({ case: 300 });
  const order: string[] = [];
  const dear = post('cases', { id: 'dear' }).then(() => order.push('dear'));
  while (work.case !== 600) await new Promise(resolve => setTimeout(resolve, 1));
  await cases().then(() => order.push('cheap'));
  await dear;
  expect(order).toEqual(['dear', 'cheap']);
});

it('is nothing unless asked for', async () => {
  expect((await start()).work).toEqual({});
});
