import { afterEach, expect, it } from 'vitest';
import { aCrowd, at, drain, peopleIn, startTracker, type TrackerServer, WHO } from './support.js';

let server: TrackerServer;
afterEach(() => server?.close());

it('5,000 people with eight events each pass in states below 8 MB', async () => {
  server = await startTracker({
    seed: aCrowd(peopleIn(WHO.cases, 5000, n => at(n * 60_000, '2026-01-01'), 8)),
  });
  let cursor: object | undefined;
  let people = 0;
  for (let more = true; more; ) {
    const state = await server.run({ cursor });
    expect(JSON.stringify(state).length).toBeLessThan(8_000_000);
    people += state.data.entities.length;
    expect(
      state.data.entities.every(({ enrollments }) => enrollments[0]!.events.length === 8),
    ).toBe(true);
    ({ more, next: cursor } = state.data);
  }
  expect(people).toBe(5000);
  // Pages of a hundred, a list for each of three batches and one to see the end of cases and
  // contacts; and links in other programs, for every 250 people in each batch.
  expect(server.lists.length).toBeLessThanOrEqual(50 + 8 + 22);
}, 240_000);

it('however many changes are within the overlap, none is read again', async () => {
  server = await startTracker({
    seed: aCrowd(peopleIn(WHO.cases, 10_500, n => at(n))),
  });
  const options = { pageSize: 250, contactProgram: undefined };
  const first = await drain(server, undefined, options);
  expect(first.batches.flatMap(batch => batch.entities)).toHaveLength(10_500);
  const second = await drain(server, first.next, { ...options, batchSize: 300 });
  expect(second.batches.map(batch => batch.entities.length)).toEqual([0]);
  expect(second.next.cases!.updatedAt).toBe(first.next.cases!.updatedAt);
}, 240_000);

it('people with one time are all remembered, however many they are', async () => {
  server = await startTracker({
    seed: aCrowd(peopleIn(WHO.cases, 10_500, () => at(0))),
  });
  const options = { pageSize: 250, batchSize: 2500, contactProgram: undefined };
  const { batches, next } = await drain(server, undefined, options);
  expect(batches.map(batch => batch.entities.length)).toEqual([2500, 2500, 2500, 2500, 500]);
  expect((await server.run({ cursor: next }, options)).data.entities).toEqual([]);
}, 240_000);
