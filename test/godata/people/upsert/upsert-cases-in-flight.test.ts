import { expect, it, onTestFinished } from 'vitest';
import type { MappedRelationship } from '#common/handover/mapped-people-batch.js';
import {
  aBatch,
  aPerson,
  ref,
  startPeopleServer,
  upsertPeopleBatch,
} from '#test/support/people.js';
import { startProxy } from '#test/support/proxy.js';
import { IS_DEEP, stops } from '#test/support/runs.js';

const CASES = 6;
const CONTACTS = 16;
const caseId = (n: number) => `CaseNumb${String(n).padStart(3, '0')}`;
const contactId = (n: number) => `ContactN${String(n).padStart(3, '0')}`;

/** Contacts have two exposures, cases have the case before, and each has two lab results. */
function batch() {
  const cases = Array.from({ length: CASES }, (_, n) =>
    aPerson(
      caseId(n),
      {},
      {
        labResults: [1, 2].map(k => ({
          key: `Lab${n}Event${k}`.padEnd(11, '0'),
          fields: { dateOfResult: '2026-02-05', result: ref('LAB_TEST_RESULT', 'POSITIVE') },
        })),
      },
    ),
  );
  const contacts = Array.from({ length: CONTACTS }, (_, n) =>
    aPerson(contactId(n), { classification: undefined }, { kind: 'contact' }),
  );
  const pairs = [
    ...Array.from({ length: CASES - 1 }, (_, n) => [caseId(n), caseId(n + 1)] as const),
    ...Array.from({ length: CONTACTS }, (_, n) => [caseId(n % CASES), contactId(n)] as const),
    ...Array.from({ length: CONTACTS }, (_, n) => [caseId((n + 1) % CASES), contactId(n)] as const),
  ];
  const relationships = pairs.map(([source, target], n): MappedRelationship => {
    const key = `Relat${String(n).padStart(6, '0')}`;
    const origin = { id: key, type: 'RelatType01', from: source, to: target };
    return { key, source, target, origin, fields: { contactDate: '2026-02-01' } };
  });
  return aBatch([...cases, ...contacts], relationships);
}

const start = async () => {
  const server = await startPeopleServer({ mask: 'P-9999' });
  onTestFinished(() => server.close());
  return server;
};

/** What Go.Data stores, without ids and times of the server's own. */
const contentOf = ({ store }: Awaited<ReturnType<typeof start>>) => ({
  people: store.people
    .all()
    .map(({ id, visualId, numberOfContacts, numberOfExposures }) => [
      id,
      visualId,
      numberOfContacts,
      numberOfExposures,
    ])
    .sort(),
  relationships: store.relationships
    .list()
    .map(({ comment, persons }) => [comment, persons.map(({ id }) => id).sort()])
    .sort(),
  labResults: store.labResults
    .list()
    .map(({ personId, notes }) => [personId, notes])
    .sort(),
});

it('sends four requests at a time where the order does not matter', async () => {
  const server = await start();
  server.faults.add({ kind: 'slow', delayMs: 20 });
  await upsertPeopleBatch(server, batch(), { visualIds: true });
  expect(server.requests.mostInFlight()).toBe(4);
});

it('asks for the reference data and the locations at a time', async () => {
  const server = await start();
  server.faults.add({ kind: 'slow', delayMs: 20 });
  await upsertPeopleBatch(server, aBatch([aPerson(caseId(0))]), {}, { dryRun: true });
  expect(server.requests.byRoute()['GET /api/locations']).toBe(1);
  expect(server.requests.mostInFlight()).toBe(2);
});

it('never changes one person by two requests at a time', async () => {
  const server = await start();
  server.faults.add({ kind: 'slow', delayMs: 5 });
  const begun = new Map<string, number>();
  const sent: { from: number; to: number; people: string[]; path: string }[] = [];
  let moment = 0;
  const { url } = await startProxy(server.url, {
    onRequest: ({ pathname }) => {
      moment += 1;
      begun.set(pathname, moment);
    },
    onAnswer: (body, { pathname }, method) => {
      moment += 1;
      const people = [...(/cases\/([^/]+)/.exec(pathname)?.slice(1) ?? []), ...peopleOf(body)];
      const isCreate = method === 'POST' && /(relationships|contacts|lab-results)$/.test(pathname);
      if (isCreate) sent.push({ from: begun.get(pathname)!, to: moment, people, path: pathname });
      return body;
    },
  });
  await upsertPeopleBatch({ ...server, url }, batch(), { visualIds: true });
  const together = sent.flatMap((one, n) =>
    sent.slice(n + 1).flatMap(other => (other.from < one.to ? [[one, other] as const] : [])),
  );
  expect(together.length).toBeGreaterThan(10);
  for (const [one, other] of together)
    expect(
      one.people.filter(id => other.people.includes(id)),
      `${one.path} with ${other.path}`,
    ).toEqual([]);
  const { people } = contentOf(server);
  expect(new Set(people.map(([, visualId]) => visualId)).size).toBe(CASES + CONTACTS);
});

/** The people of a created relationship, alone or with a contact. */
function peopleOf(body: unknown): string[] {
  const rows = (Array.isArray(body) ? body : [{ relationship: body }]) as {
    relationship?: { persons?: { id: string }[] };
  }[];
  return rows.flatMap(({ relationship }) => relationship?.persons ?? []).map(({ id }) => id);
}

it('writes nothing twice when the answers of any four requests that create are lost', async () => {
  const route = /^POST .*(relationships|contacts|lab-results)$/;
  const undisturbed = await start();
  await upsertPeopleBatch(undisturbed, batch(), { visualIds: true });
  const wanted = contentOf(undisturbed);
  const creating = Object.entries(undisturbed.requests.byRoute())
    .filter(([path]) => route.test(path))
    .reduce((sum, [, count]) => sum + count, 0);
  expect(creating).toBeGreaterThan(25);
  for (const k of IS_DEEP ? stops(creating) : [3, 14, 25]) {
    const server = await start();
    const at = Array.from({ length: 4 }, (_, n) => k + n);
    server.faults.add({ kind: 'cut', when: 'after', route, at });
    await expect(upsertPeopleBatch(server, batch(), { visualIds: true })).rejects.toThrow();
    server.faults.clear();
    await upsertPeopleBatch(server, batch(), { visualIds: true });
    expect(contentOf(server).relationships, `lost from ${k}`).toEqual(wanted.relationships);
    expect(contentOf(server).labResults, `lost from ${k}`).toEqual(wanted.labResults);
    server.requests.reset();
    await upsertPeopleBatch(server, batch(), { visualIds: true });
    expect(server.requests.writes(), `after loss from ${k}`).toBe(0);
  }
});
