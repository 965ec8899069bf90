import { afterEach, describe, expect, it } from 'vitest';
import { startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

// Without an enrollment DHIS2 does not show an attribute that only the program has (dhis2 LIVE
// 226), although it keeps the value. A value that is not shown must not be treated as removed.

const PHONE = FIELDS.find(({ name }) => name === 'addresses.phoneNumber')!;
const SURNAME = FIELDS.find(({ name }) => name === 'lastName')!;
const [FIRST, CHANGED] = ['+2348010000001', '+2348010000002'];

let world: TwoWay;
afterEach(() => world?.close());

/** A person whose telephone number was changed in DHIS2, and whose enrollment was then deleted there. */
async function start(recreate: boolean) {
  world = await startTwoWay({ recreate });
  const model = createModel(world);
  const person = model.addToGoData('case', 0);
  model.editGoData(person, PHONE, FIRST);
  await world.cycle();
  await world.cycle();
  const { trackedEntity } = model.entities()[0]!;
  expect(model.readDhis2(trackedEntity, PHONE)).toBe(FIRST);
  model.editDhis2(trackedEntity, PHONE, CHANGED);
  const { tracker } = world.dhis2.store;
  for (const { enrollment } of tracker.enrollmentsOf(trackedEntity)) {
    tracker.delete('enrollments', enrollment);
  }
  model.editGoData(person, SURNAME, 'Amari');
  return {
    inDhis2: () => model.readDhis2(trackedEntity, PHONE),
    inGoData: () => model.readGoData(person, PHONE),
  };
}

describe('a value of a program in which somebody is no longer enrolled', () => {
  it('stays in both systems', async () => {
    const { inDhis2, inGoData } = await start(false);
    await world.cycle();
    await world.cycle();
    expect([inDhis2(), inGoData()]).toEqual([CHANGED, FIRST]);
  });

  it('is written to Go.Data when the enrollment is created again', async () => {
    const { inDhis2, inGoData } = await start(true);
    await world.cycle();
    expect([inDhis2(), inGoData()]).toEqual([CHANGED, FIRST]);
    await world.cycle();
    expect([inDhis2(), inGoData()]).toEqual([CHANGED, CHANGED]);
  });
});
