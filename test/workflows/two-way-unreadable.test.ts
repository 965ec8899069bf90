import { afterEach, describe, expect, it } from 'vitest';
import { STAGES, startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel, type TestField } from './support/people-model.js';

const ONSET = 's3eoonJ8OJb';
const SURNAME: TestField = {
  name: 'lastName',
  attribute: 'ENRjVGxVL6l',
  values: [],
  read: ({ lastName }) => lastName ?? undefined,
  write: (_, value) => ({ lastName: value }),
};

let world: TwoWay;
afterEach(() => world?.close());

describe.each([
  ['a stage', '2.42', 'programStages', STAGES.clinical],
  ['a stage', '2.44', 'programStages', STAGES.clinical],
  ['a data element', '2.44', 'dataElements', ONSET],
] as const)('where the sharing of %s is taken away on %s', (_, dhis2, collection, id) => {
  it('both ways stop, and nothing is emptied in Go.Data', async () => {
    world = await startTwoWay({ dhis2 });
    const model = createModel(world);
    const person = model.addToGoData('case', 0);
    world.goData.store.people.update(person, { dateOfOnset: '2026-11-01T00:00:00.000Z' });
    await world.cycle();
    await world.cycle();
    const before = world.goData.store.people.get(person)!;
    expect(before.dateOfOnset).toMatch(/^2026-11-01/);

    const { metadata } = world.dhis2.store;
    const shared = { ...metadata.get(collection, id)!, readAccess: ['admin'] };
    metadata.put(collection, shared as never);
    model.editDhis2(model.entities()[0]!.trackedEntity, SURNAME, 'Changed');
    world.writes();
    await expect(world.run('godata')).rejects.toMatchObject({ code: 'UNREADABLE_FIELDS' });
    model.editGoData(person, SURNAME, 'Edited');
    await expect(world.run('dhis2')).rejects.toMatchObject({
      code: 'BAD_MAPPING',
      message: expect.stringContaining(id),
    });
    expect(world.goData.store.people.get(person)).toMatchObject({
      dateOfOnset: before.dateOfOnset,
      lastName: 'Edited',
    });
    expect(world.writes()).toBe(0);
  });
});
