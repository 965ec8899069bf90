import { expect, it, onTestFinished } from 'vitest';
import type { FetchedPeopleBatch } from '#common/handover/fetched-people-batch.js';
import { IS_DEEP } from '#test/support/runs.js';
import {
  aLink,
  aPerson,
  applied,
  aRelated,
  drain,
  idsOf,
  minute,
  OUTBREAK,
  startPeople,
  TYPE,
} from './support.js';

const PEOPLE = 4500;
const numbers = Array.from({ length: PEOPLE }, (_, n) => n);
const idOf = (n: number) => `person-${n}`;
const isCase = (n: number) => n < PEOPLE / 2;
/** All within fifty minutes. */
const at = (n: number) => minute(n / 90);

/** Cases, then contacts, each with a lab result and a visit; each case exposed a contact. */
async function startCrowd() {
  const server = await startPeople({
    seed: {
      people: numbers.map(n => aPerson(idOf(n), isCase(n) ? TYPE.case : TYPE.contact, at(n))),
      labResults: numbers.map(n => aRelated(`lab-${n}`, idOf(n), at(n))),
      followUps: numbers.map(n => aRelated(`visit-${n}`, idOf(n), at(n))),
      relationships: numbers
        .filter(isCase)
        .map(n => aLink(`link-${n}`, idOf(n), idOf(n + PEOPLE / 2), at(n + PEOPLE / 2))),
    },
  });
  onTestFinished(() => server.close());
  return server;
}

const sizesOf = (batches: FetchedPeopleBatch[]) => batches.map(({ people }) => people.length);

it('a reading of several runs ends, however many records changed in one hour', async () => {
  const server = await startCrowd();
  const { batches, next } = await drain(server, undefined, { batchSize: 1000 });
  const { people, relationships } = applied(batches);
  expect(people.size).toBe(PEOPLE);
  expect(relationships.size).toBe(PEOPLE / 2);
  // Five runs read everybody. Those of a relationship whose people came in two runs come again.
  expect(batches.length).toBeLessThanOrEqual(10);
  expect(sizesOf((await drain(server, next, { batchSize: 300 })).batches)).toEqual([0]);
}, 240_000);

it.each(IS_DEEP ? (['people', 'labResults', 'followUps'] as const) : (['labResults'] as const))(
  'so does the next reading, of %s that were changed since',
  async list => {
    const server = await startCrowd();
    const { next } = await drain(server, undefined, { batchSize: PEOPLE });
    server.clock.ms = Date.parse(minute(0)) + 24 * 60 * 60_000;
    for (const one of server.store[list].all()) {
      server.clock.ms += 600;
      server.store[list].update(one.id, { comment: 'Changed', lastName: 'Changed' });
    }
    const { batches, next: after } = await drain(server, next, { batchSize: 1000 });
    expect(sizesOf(batches)).toEqual([1000, 1000, 1000, 1000, 500]);
    expect(new Set(idsOf(...batches)).size).toBe(PEOPLE);
    expect(sizesOf((await drain(server, after, { batchSize: 300 })).batches)).toEqual([0]);
  },
  240_000,
);

it.skipIf(!IS_DEEP)(
  'and of relationships that are new, whose people are read with them (deep)',
  async () => {
    const server = await startCrowd();
    const { next } = await drain(server, undefined, { batchSize: PEOPLE });
    server.clock.ms = Date.parse(minute(0)) + 24 * 60 * 60_000;
    const { relationships } = server.store;
    for (let n = 0; n < 4500; n += 1) {
      server.clock.ms += 600;
      const id = `new-${n}`;
      relationships.create({
        ...aLink(id, idOf(n % 100), idOf(PEOPLE - 1 - (n % 2000)), ''),
        outbreakId: OUTBREAK,
      });
    }
    const { batches, next: after } = await drain(server, next, { batchSize: 1000 });
    expect(batches.length).toBeLessThanOrEqual(10);
    expect(applied(batches).relationships.size).toBeGreaterThanOrEqual(4500);
    expect(sizesOf((await drain(server, after, { batchSize: 300 })).batches)).toEqual([0]);
  },
  240_000,
);
