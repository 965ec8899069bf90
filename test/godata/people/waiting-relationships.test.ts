import { expect, it, onTestFinished } from 'vitest';
import { toStoredRelationships } from '#common/handover/waiting-relationships.js';
import * as people from '#test/support/people.js';
import { aBatch, aRelationship, runMapCases } from './support.js';

const mapping = {
  case: () => ({}),
  contact: () => ({}),
  relationship: () => ({
    contactDate: '2026-03-02',
    certaintyLevelId: people.ref('CERTAINTY_LEVEL', '3_HIGH'),
  }),
};
const nobody = (n: number) => `Nobody${String(n).padStart(5, '0')}`;

it('of many waiting relationships each run tries a thousand, and the next one those behind', async () => {
  const server = await people.startPeopleServer();
  onTestFinished(() => server.close());
  const [one, other] = ['Person00001', 'Person00002'].map(id => people.aPerson(id));
  await people.upsertPeopleBatch(server, people.aBatch([one!, other!]));
  // Both people of the last one are in Go.Data.
  const waiting = [
    ...Array.from({ length: 1100 }, (_, n) =>
      aRelationship(nobody(2 * n), nobody(2 * n + 1), { id: `Relat${1e5 + n}` }),
    ),
    aRelationship(one!.id, other!.id, { id: 'RelationNew' }),
  ];
  const run = (next: object) =>
    people.upsertPeopleBatch(server, runMapCases(mapping, aBatch([], { next })).data);
  const waitingIn = ({ report }: Awaited<ReturnType<typeof run>>) =>
    report['upsert-cases']!.leftOut!.map(({ count }) => count);

  const first = await run({ waiting: toStoredRelationships(waiting) });
  expect(waitingIn(first)).toEqual([1101]);
  expect(server.store.relationships.list()).toHaveLength(0);
  const second = await run(first.cursor as object);
  expect(waitingIn(second)).toEqual([1100]);
  expect(server.store.relationships.list()).toHaveLength(1);
  // Those that were tried last are behind the others.
  const { waiting: left, retry } = second.cursor as { waiting: string; retry: string[] };
  expect(left.startsWith('Relat100899 ')).toBe(true);
  // Nobody is read again because of those that were waiting before.
  expect(retry).toEqual([other!.id]);
});
