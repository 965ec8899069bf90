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
 * As Go.Data merges duplicates: it deletes them and makes a new record, with the fields of one,
 * the documents of all and what belongs to them (GoDataSource-API, controllers/outbreak.js, mergePeople; its front end,
 * case-merge-duplicate-records).
 */
function mergeInGoData(ids: readonly string[]): void {
  const { people } = world.goData.store;
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
  const { labResults } = world.goData.store;
  for (const { id } of ids.flatMap(one => labResults.of(one))) {
    labResults.update(id, { personId: MERGED });
  }
}

describe('duplicates that are merged in Go.Data', () => {
  it('are the new record for DHIS2, also if they were first entered in Go.Data', async () => {
    await start();
    const [one, other] = [model.addToGoData('case', 0), model.addToGoData('case', 0)];
    await world.run('dhis2');
    await world.cycle();
    const known = model.entities().find(({ trackedEntity }) => {
      const [enrollment] = model.enrollmentsOf(trackedEntity);
      return enrollment!.notes.some(({ value }) => value.includes(one));
    })!.trackedEntity;
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

  it('bring their lab results to the new record in DHIS2, which does not move events (E1128)', async () => {
    await start();
    const both = [model.addToGoData('case', 0), model.addToGoData('case', 0)];
    for (const id of both) model.addLabToGoData(id, 'POSITIVE');
    await world.run('dhis2');
    const former = model.entities().map(({ trackedEntity }) => trackedEntity);
    mergeInGoData(both);
    expect(told([await world.run('dhis2')])).toEqual([]);
    const merged = model.entities().find(({ trackedEntity }) => !former.includes(trackedEntity))!;
    expect(model.labResultsInDhis2(merged.trackedEntity)).toHaveLength(2);
    world.writes();
    await world.cycle();
    world.state = {};
    await world.cycle();
    expect(world.writes()).toBe(0);
  });
});
