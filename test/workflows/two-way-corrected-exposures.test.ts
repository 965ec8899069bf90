import { afterEach, describe, expect, it } from 'vitest';
import { startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

// Go.Data's users correct who exposed whom: a relationship gets another source or another target,
// or both change places (godata FACTS §2.3). In DHIS2 a relationship never changes (E4015).

const SURNAME = FIELDS.find(({ name }) => name === 'lastName')!;

let world: TwoWay;
let model: ReturnType<typeof createModel>;
afterEach(() => world?.close());

/** Three people in both systems; the first one exposed the second one. */
async function start(): Promise<string[]> {
  world = await startTwoWay();
  model = createModel(world);
  const people = [0, 1, 2].map(place => model.addToGoData('case', place));
  model.relateInGoData(people[0]!, people[1]!);
  await world.cycle();
  await world.cycle();
  return people;
}

const entityOf = (person: string) =>
  model
    .entities()
    .find(({ trackedEntity }) =>
      model
        .enrollmentsOf(trackedEntity)
        .some(({ notes = [] }) => notes.some(({ value }) => value === `Go.Data ${person}`)),
    )!.trackedEntity;

const trackedEntityOf = (person: string) => ({ trackedEntity: entityOf(person) });

function correct(source: string, target: string): void {
  const { people, relationships } = world.goData.store;
  const [{ id }] = relationships.list() as unknown as [{ id: string }];
  const end = (person: string) => ({ id: person, type: people.get(person)!.type });
  relationships.update(id, {
    persons: [
      { ...end(source), source: true },
      { ...end(target), target: true },
    ],
  });
}

const inDhis2 = () =>
  model.relationshipsInDhis2().map(({ from, to }) => [from, to].map(end => Object.values(end)[0]));

const inGoData = () =>
  model
    .relationshipsInGoData()
    .map(({ persons }) => (persons as { id: string }[]).map(({ id }) => id));

describe('an exposure that is corrected in Go.Data', () => {
  it.each([
    ['another source', 2, 1],
    ['another target', 0, 2],
    ['both changing places', 1, 0],
  ])('is replaced in DHIS2, with %s', async (_, source, target) => {
    const people = await start();
    const [from, to] = [people[source]!, people[target]!];
    correct(from, to);
    // The stored relationship of DHIS2 must not come back meanwhile.
    model.editDhis2(entityOf(people[0]!), SURNAME, 'Bello');
    model.editDhis2(entityOf(people[1]!), SURNAME, 'Bello');
    const [, { report }] = (await world.cycle()) as [unknown, Awaited<ReturnType<TwoWay['run']>>];
    expect(report!['upsert-tracked-entities']!.rejected).toBeUndefined();
    expect(inDhis2()).toEqual([[from, to].map(trackedEntityOf)]);
    expect(inGoData()).toEqual([[from, to]]);
    await world.cycle();
    world.writes();
    world.state = {};
    await world.cycle();
    expect(world.writes()).toBe(0);
    expect(inDhis2()).toEqual([[from, to].map(trackedEntityOf)]);
  });
});
