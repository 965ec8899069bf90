import { afterEach, expect, it } from 'vitest';
import { PLACES, PROGRAMS, startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

// Tracked entities out of an account's reach are not in the lists that it gets (dhis2 LIVE,
// "Tracker objects out of reach"), like those that do not exist.

const SURNAME = FIELDS.find(({ name }) => name === 'lastName')!;

let world: TwoWay;
afterEach(() => world?.close());

const districtOf = (place: string) =>
  world.dhis2.store.metadata.get('organisationUnits', place)!.parent!.id;

it.each(['dhis2', 'godata'] as const)(
  'somebody first entered in %s who moved out of the reach of the account is reported, and not created again',
  async first => {
    world = await startTwoWay();
    const model = createModel(world);
    if (first === 'dhis2') model.addToDhis2('case', 0);
    else model.addToGoData('case', 0);
    await world.cycle();
    const [here] = PLACES;
    const far = PLACES.find(place => districtOf(place) !== districtOf(here!))!;
    const { store } = world.dhis2;
    const [entity] = model.entities();
    store.tracker.put('trackedEntities', { ...entity!, orgUnit: far });
    const { trackedEntity } = entity!;
    store.tracker.owners.transfer({ trackedEntity, program: PROGRAMS.case, orgUnit: far });
    const account = store.users.find(({ username }) => username === 'integration')!;
    store.changeUser(account.id, { organisationUnits: [{ id: districtOf(here!) }] });
    const [record] = model.records();
    model.editGoData(record!.id, SURNAME, 'Amari');
    for (const _ of ['a run', 'the next one']) {
      const { report } = await world.run('dhis2');
      const { rejected = [] } = report!['upsert-tracked-entities']!;
      expect(rejected).toContainEqual({
        kind: 'case',
        id: record!.id,
        code: 'E1102',
        message: expect.stringContaining('another org unit owns it in the program'),
      });
      expect(model.entities().map(one => one.trackedEntity)).toEqual([trackedEntity]);
    }
  },
);
