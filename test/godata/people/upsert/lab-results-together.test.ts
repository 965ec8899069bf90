import { expect, it, onTestFinished } from 'vitest';
import {
  aBatch,
  aPerson,
  ref,
  startPeopleServer,
  upsertPeopleBatch,
} from '#test/support/people.js';

const ROUTE = 'POST /api/outbreaks/{id}/cases/{nk}/lab-results';
const OTHER = 'POST /api/outbreaks/{id}/contacts/{nk}/lab-results';
const caseId = (n: number) => `CaseNumb${String(n).padStart(3, '0')}`;
const keyOf = (n: number, k: number) => `Lab${n}Event${k}`.padEnd(11, '0');

/** So many cases with so many lab results each. */
function batch(cases: number, each: number, change: (k: number) => object = () => ({})) {
  return aBatch(
    Array.from({ length: cases }, (_, n) =>
      aPerson(
        caseId(n),
        {},
        {
          labResults: Array.from({ length: each }, (_, k) => ({
            key: keyOf(n, k),
            fields: {
              dateOfResult: '2026-02-05',
              result: ref('LAB_TEST_RESULT', 'POSITIVE'),
              ...change(k),
            },
          })),
        },
      ),
    ),
  );
}

const start = async () => {
  const server = await startPeopleServer();
  onTestFinished(() => server.close());
  return server;
};
type Server = Awaited<ReturnType<typeof start>>;
const marksIn = ({ store }: Server) =>
  store.labResults
    .list()
    .map(({ notes }) => notes)
    .sort();
const requestsOf = ({ requests }: Server) => requests.byRoute()[ROUTE] ?? 0;

it('sends the lab results of a person in one request', async () => {
  const server = await start();
  await upsertPeopleBatch(server, batch(20, 3));
  expect(marksIn(server)).toHaveLength(60);
  expect(requestsOf(server)).toBe(20);
  expect(server.requests.byRoute()[OTHER]).toBeUndefined();
  server.requests.reset();
  await upsertPeopleBatch(server, batch(20, 3));
  expect(server.requests.writes()).toBe(0);
});

it('reports the one that is refused, and writes the others once', async () => {
  const server = await start();
  const withBadDate = batch(2, 3, k => (k === 1 ? { dateOfResult: 'no date' } : {}));
  const { report } = await upsertPeopleBatch(server, withBadDate);
  const rejected = report['upsert-cases']!.rejected!;
  expect(rejected.map(({ kind, id }) => [kind, id])).toEqual([
    ['lab result', keyOf(0, 1)],
    ['lab result', keyOf(1, 1)],
  ]);
  expect(marksIn(server)).toHaveLength(4);
  // A list, and the one that it lacked, for each of two people.
  expect(requestsOf(server)).toBe(4);
});

it('sends them one by one to a server that refuses lists', async () => {
  const server = await start();
  server.faults.add({ kind: 'status', status: 400, route: ROUTE, times: 4, body: {} });
  await upsertPeopleBatch(server, batch(20, 2));
  expect(new Set(marksIn(server)).size).toBe(40);
  expect(marksIn(server)).toHaveLength(40);
  // Those lists that were under way when the first was refused.
  expect(requestsOf(server)).toBe(4 + 40);
});

it('writes none twice when the answer to a list is lost', async () => {
  for (const at of [1, 3, 5]) {
    const server = await start();
    server.faults.add({ kind: 'cut', when: 'after', route: ROUTE, at });
    await expect(upsertPeopleBatch(server, batch(5, 3))).rejects.toThrow();
    server.faults.clear();
    await upsertPeopleBatch(server, batch(5, 3));
    expect(marksIn(server)).toHaveLength(15);
    expect(new Set(marksIn(server)).size).toBe(15);
  }
});
