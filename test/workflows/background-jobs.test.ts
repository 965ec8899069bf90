import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { runOperations } from '../support/operations.js';
import { aCase } from '../support/outbreak.js';
import { startTwoWay } from '../support/two-way.js';
import { startServers, valuesInWords } from '../support/workflow.js';
import { createModel } from './support/people-model.js';

/** Milliseconds that a job waits: longer than the run that follows needs. */
const WAIT = 1500;

let open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.map(one => one.close()));
  open = [];
});

/** A run that ends while it asks for its job. */
const stopped = (route: string | RegExp) =>
  ({ kind: 'status', status: 418, body: { message: 'gone' }, route }) as const;

it('counts are there once if a run begins while the job of a stopped run still waits', async () => {
  const servers = await startServers({ people: [aCase(), aCase()], jobWaitMs: WAIT });
  open.push(servers);
  servers.dhis2.faults.add(stopped(/tasks/));
  await expect(runOperations(servers, { upsert: { async: true } })).rejects.toThrow();
  servers.dhis2.faults.clear();
  await runOperations(servers);
  expect(Object.values(valuesInWords(servers.dhis2))).toEqual(['2']);
  await sleep(WAIT);
  servers.dhis2.requests.reset();
  await runOperations(servers);
  expect(servers.dhis2.requests.writes()).toBe(0);
  expect(Object.values(valuesInWords(servers.dhis2))).toEqual(['2']);
});

it('people are there once if a run begins while the job of a stopped run still waits', async () => {
  const world = await startTwoWay({ background: WAIT });
  open.push(world);
  const model = createModel(world);
  const person = model.addToGoData('case', 0);
  model.addLabToGoData(person, 'POSITIVE');
  model.relateInGoData(person, model.addToGoData('contact', 1));
  world.dhis2.faults.add(stopped('GET /api/tracker/jobs/{id}'));
  await expect(world.run('dhis2')).rejects.toThrow();
  world.dhis2.faults.clear();
  await world.run('dhis2');
  await sleep(WAIT);
  await world.run('dhis2');
  world.writes();
  await world.run('dhis2');
  expect(world.writes()).toBe(0);
  expect(model.entities()).toHaveLength(2);
  expect(model.relationshipsInDhis2()).toHaveLength(1);
  for (const { trackedEntity } of model.entities()) {
    expect(model.enrollmentsOf(trackedEntity)).toHaveLength(1);
  }
});
