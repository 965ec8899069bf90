import { afterEach, describe, expect, it } from 'vitest';
import type { State } from '#common/reporting/report.js';
import { OUTBREAK, ref, startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

const NAME = FIELDS[0]!;
const MERGED = 'merged-record';

let world: TwoWay;
let model: ReturnType<typeof createModel>;
afterEach(() => world?.close());

async function start(deletes = false): Promise<void> {
  world = await startTwoWay({ deletes });
  model = createModel(world);
}

const told = (states: readonly State[]) =>
  states.flatMap(({ report = {} }) =>
    Object.values(report).flatMap(({ rejected = [], adjusted = [] }) =>
      [...rejected, ...adjusted].map(({ id, code }) => ({ id, code })),
    ),
  );

/**
 * As Go.Data merges duplicates: it deletes them and makes a new record, with the fields of one and
 * the documents of all (GoDataSource-API, controllers/outbreak.js, mergePeople; its front end,
 * case-merge-duplicate-records). It copies their lab results and relationships under new ids.
 */
function mergeInGoData(
  ids: readonly string[],
  tests = ids.flatMap(id => world.goData.store.labResults.of(id)),
): void {
  const { people, labResults, relationships } = world.goData.store;
  const exposed = model.relationshipsInGoData().flatMap(({ persons }) => {
    const [source, target] = [persons[0]!.id, persons[1]!.id];
    return ids.includes(source) ? [target] : [];
  });
  const records = ids.map(id => people.get(id)!);
  for (const id of ids) people.delete(id);
  const { createdAt: _created, updatedAt: _updated, ...first } = records[0]!;
  people.create(OUTBREAK, ref('PERSON_TYPE_CASE'), {
    ...first,
    id: MERGED,
    deleted: false,
    deletedAt: null,
    documents: records.flatMap(({ documents }) => (documents ?? []) as object[]),
    mergedDuplicatesIds: ids,
  });
  for (const { id: _id, createdAt: _of, updatedAt: _at, ...test } of tests) {
    labResults.create({ ...test, personId: MERGED });
  }
  for (const { id } of relationships.list()) relationships.delete(id);
  for (const target of exposed) model.relateInGoData(MERGED, target);
}

/** The tracked entity that was created from a person. */
const madeFrom = (id: string) =>
  model.entities().find(({ trackedEntity }) => {
    const [enrollment] = model.enrollmentsOf(trackedEntity);
    return enrollment?.notes.some(({ value }) => value.includes(id));
  })!.trackedEntity;

/** Two people who were entered in Go.Data, and their tracked entities. */
async function startWithTwo(deletes = false) {
  await start(deletes);
  const ids = [model.addToGoData('case', 0), model.addToGoData('case', 0)] as const;
  await world.cycle();
  await world.cycle();
  return { ids, entities: [madeFrom(ids[0]), madeFrom(ids[1])] as const };
}

const entityIds = () => model.entities().map(({ trackedEntity }) => trackedEntity);

describe('duplicates that are merged in Go.Data', () => {
  it('are the new record for DHIS2, also if they were first entered in Go.Data', async () => {
    await start();
    const [one, other] = [model.addToGoData('case', 0), model.addToGoData('case', 0)];
    await world.run('dhis2');
    await world.cycle();
    const known = madeFrom(one);
    // The first change from DHIS2 brings the documents, by which the new record is found.
    model.editDhis2(known, NAME, 'Bello');
    await world.cycle();
    world.dhis2.store.tracker.delete(
      'trackedEntities',
      model.entities().find(({ trackedEntity }) => trackedEntity !== known)!.trackedEntity,
    );
    mergeInGoData([one, other]);
    await world.cycle();
    model.editDhis2(known, NAME, 'Amari');
    expect(told(await world.cycle())).toEqual([]);
    expect(model.readGoData(MERGED, NAME)).toBe('Amari');
    expect(model.entities()).toHaveLength(1);
  });

  it('keep both tracked entities until somebody merges these, also where deletions are passed on', async () => {
    await start(true);
    const both = [model.addToDhis2('case', 0), model.addToDhis2('case', 0)];
    await world.cycle();
    mergeInGoData(both);
    expect(told([await world.run('dhis2')])).toEqual([{ id: MERGED, code: 'AMBIGUOUS_PERSON' }]);
    expect(
      model
        .entities()
        .map(({ trackedEntity }) => trackedEntity)
        .sort(),
    ).toEqual(both);
  });

  it('bring lab results that keep their ids to the new record in DHIS2, which does not move events (E1128)', async () => {
    await start();
    const both = [model.addToGoData('case', 0), model.addToGoData('case', 0)];
    for (const id of both) model.addLabToGoData(id, 'POSITIVE');
    await world.run('dhis2');
    const tests = both.flatMap(id => world.goData.store.labResults.of(id));
    mergeInGoData(both, []);
    for (const { id } of tests) world.goData.store.labResults.update(id, { personId: MERGED });
    expect(told([await world.run('dhis2')])).toEqual([]);
    expect(model.labResultsInDhis2(madeFrom(both[0]!))).toHaveLength(2);
    world.writes();
    await world.cycle();
    world.state = {};
    await world.cycle();
    expect(world.writes()).toBe(0);
  });

  it('take over the tracked entity of the first, if they were only in Go.Data', async () => {
    const { ids, entities } = await startWithTwo();
    model.addLabToGoData(ids[0], 'POSITIVE');
    model.relateInGoData(ids[0], model.addToGoData('contact', 0));
    await world.cycle();
    const before = [entityIds(), model.relationshipsInDhis2()];
    expect(before.map(({ length }) => length)).toEqual([3, 1]);
    mergeInGoData(ids);
    model.editGoData(MERGED, NAME, 'Bello');
    expect(told([await world.run('dhis2')])).toEqual([]);
    expect([entityIds(), model.relationshipsInDhis2()]).toEqual(before);
    expect(model.readDhis2(entities[0], NAME)).toBe('Bello');
    expect(model.labResultsInDhis2(entities[0])).toHaveLength(1);
    await world.cycle();
    world.writes();
    await world.cycle();
    expect(world.writes()).toBe(0);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ])('receive what changed in that tracked entity %s it was taken over', async (_, cycles) => {
    const { ids, entities } = await startWithTwo();
    mergeInGoData(ids);
    for (let n = 0; n < cycles; n += 1) await world.cycle();
    model.editDhis2(entities[0], NAME, 'Amari');
    await world.cycle();
    expect(told(await world.cycle())).toEqual([]);
    expect(model.readGoData(MERGED, NAME)).toBe('Amari');
    expect(model.readDhis2(entities[0], NAME)).toBe('Amari');
    expect(model.records().map(({ id }) => id)).toEqual([MERGED]);
    await world.cycle();
    world.writes();
    await world.cycle();
    expect(world.writes()).toBe(0);
  });

  it('have only that tracked entity when everybody is read again, and the report names the other', async () => {
    const { ids, entities } = await startWithTwo();
    mergeInGoData(ids);
    await world.cycle();
    model.editDhis2(entities[1], NAME, 'Cissé');
    world.state = {};
    const states = [...(await world.cycle()), ...(await world.cycle())];
    expect(told(states)).toEqual([{ id: entities[1], code: 'DELETED_IN_GODATA' }]);
    expect(model.readGoData(MERGED, NAME)).toBeUndefined();
    expect(entityIds().sort()).toEqual([...entities].sort());
  });

  it('keep it when the deletion of a duplicate is read later, until they are deleted', async () => {
    const { ids, entities } = await startWithTwo(true);
    mergeInGoData(ids);
    await world.cycle();
    expect(entityIds()).toEqual([entities[0]]);
    world.goData.store.people.update(ids[0], {});
    expect(told(await world.cycle())).toEqual([]);
    expect(entityIds()).toEqual([entities[0]]);
    world.goData.store.people.delete(MERGED);
    await world.cycle();
    expect(entityIds()).toEqual([]);
  });

  it('leave it to a duplicate that is restored', async () => {
    const { ids, entities } = await startWithTwo();
    mergeInGoData(ids);
    world.goData.store.people.update(ids[0], { deleted: false, deletedAt: null });
    await world.cycle();
    model.editGoData(MERGED, NAME, 'Bello');
    await world.cycle();
    expect(model.readDhis2(entities[1], NAME)).toBe('Bello');
    expect(model.readDhis2(entities[0], NAME)).not.toBe('Bello');
  });
});
