import { afterEach, describe, expect, it } from 'vitest';
import { size } from '../support/runs.js';
import { startTwoWay, type TwoWay, type TwoWayOptions } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

let world: TwoWay;
afterEach(() => world?.close());

async function start(options: TwoWayOptions): Promise<TwoWay> {
  world = await startTwoWay(options);
  return world;
}

/** Everything that DHIS2 has of people. */
const inDhis2 = () => {
  const { tracker } = world.dhis2.store;
  return ['trackedEntities', 'enrollments', 'events', 'relationships'].map(kind =>
    tracker.list(kind as 'events'),
  );
};

/** What the server computes at every write. */
const COMPUTED = [
  'updatedAt',
  'updatedBy',
  'dbUpdatedAt',
  'active',
  'usualPlaceOfResidenceLocationId',
];

/** What users entered in Go.Data. */
const inGoData = (fieldsOf: (id: string) => string[]) =>
  Object.fromEntries(
    world.goData.store.people.all().map(record => {
      const fields = fieldsOf(record.id).filter(field => !COMPUTED.includes(field));
      return [record.id, Object.fromEntries(fields.map(field => [field, record[field]]))];
    }),
  );

const PEOPLE = size(200, 1000);

describe(`the trip of ${PEOPLE} people`, () => {
  it('from DHIS2 to Go.Data and back changes nothing in DHIS2', async () => {
    await start({ people: PEOPLE });
    const before = structuredClone(inDhis2());
    const [toGoData, toDhis2] = await world.cycle();
    expect(toGoData!.report?.['upsert-cases']?.created).toBeGreaterThan(0.9 * PEOPLE);
    expect(toDhis2!.report?.['fetch-people']?.read).toBeGreaterThan(0.9 * PEOPLE);
    expect(world.dhis2.requests.writes()).toBe(0);
    expect(inDhis2()).toEqual(before);
    world.writes();
    await world.cycle();
    expect(world.writes()).toBe(0);
    // A new start, without a cursor and without a memory.
    world.state = {};
    await world.cycle();
    expect(world.writes()).toBe(0);
  });

  it('from Go.Data to DHIS2 and back changes nothing in Go.Data but the id of DHIS2', async () => {
    await start({});
    const model = createModel(world);
    for (let n = 0; n < PEOPLE; n += 1) {
      const id = model.addToGoData(n % 4 === 3 ? 'contact' : 'case', n);
      for (const [i, field] of FIELDS.entries()) {
        if (n % 4 === 3 && !field.attribute) continue;
        model.editGoData(id, field, field.values[(n + i) % field.values.length]![1]);
      }
      if (n % 5 === 0) model.addLabToGoData(id, 'POSITIVE');
    }
    const { people } = world.goData.store;
    const fields = new Map(people.all().map(record => [record.id, Object.keys(record)]));
    const fieldsOf = (id: string) => fields.get(id) ?? [];
    const before = structuredClone(inGoData(fieldsOf));
    world.dhis2.requests.reset();
    await world.run('dhis2');
    expect(model.entities()).toHaveLength(PEOPLE);
    // Reading and writing: at most 3 requests for 100 people, and a constant.
    expect(world.dhis2.requests.count()).toBeLessThanOrEqual(0.03 * PEOPLE + 20);
    await world.cycle();
    expect(inGoData(fieldsOf)).toEqual(before);
    world.writes();
    await world.cycle();
    expect(world.writes()).toBe(0);
    expect(model.records()).toHaveLength(PEOPLE);
    expect(model.entities()).toHaveLength(PEOPLE);
  });
});
