import { afterEach, describe, expect, it } from 'vitest';
import { ref, STAGES, startTwoWay, type TwoWay, type TwoWayOptions } from '../support/two-way.js';
import { createModel, type TestField } from './support/people-model.js';

interface Dose {
  vaccine: string;
  status: string;
}

const VACCINE: TestField = {
  name: 'vaccinesReceived',
  event: [STAGES.clinical, 'fL5NtssTKPq'],
  values: [],
  read: ({ vaccinesReceived }) => (vaccinesReceived as Dose[] | undefined)?.map(one => one.vaccine),
  write: (_, vaccine) => ({
    vaccinesReceived: [{ vaccine, status: ref('VACCINE_STATUS_VACCINATED') }],
  }),
};

const MMR = ref('VACCINE_MEASLES_MUMPS_RUBELLA');
const MR = ref('VACCINE_MEASLES_RUBELLA');

let world: TwoWay;
let model: ReturnType<typeof createModel>;
afterEach(() => world?.close());

async function start(options: TwoWayOptions): Promise<void> {
  world = await startTwoWay(options);
  model = createModel(world);
}

describe('a vaccine that options-to-reference-data created', () => {
  it('with any name is found by the code of its option, in both directions', async () => {
    await start({ vaccines: [] });
    await world.run('options');
    const fromDhis2 = model.addToDhis2('case', 0);
    model.editDhis2(fromDhis2, VACCINE, 'VACC_TYPE_MMR');
    const fromGoData = model.addToGoData('case', 0);
    model.editGoData(fromGoData, VACCINE, MR);
    const states = await world.cycle();
    expect(states.map(({ report }) => report?.['upsert-cases']?.leftOut ?? [])).toEqual([[], []]);
    expect(model.readGoData(fromDhis2, VACCINE)).toEqual([MMR]);
    const other = model.entities().find(({ trackedEntity }) => trackedEntity !== fromDhis2)!;
    expect(model.readDhis2(other.trackedEntity, VACCINE)).toBe('VACC_TYPE_MR');
    model.editDhis2(fromDhis2, VACCINE, 'VACC_TYPE_MR');
    model.editGoData(fromGoData, VACCINE, MMR);
    await world.cycle();
    expect(model.readGoData(fromDhis2, VACCINE)).toEqual([MR]);
    expect(model.readDhis2(other.trackedEntity, VACCINE)).toBe('VACC_TYPE_MMR');
    await world.cycle();
    world.writes();
    await world.cycle();
    expect(world.writes()).toBe(0);
  });

  it('is preferred to one that was made by hand under the id of the table', async () => {
    await start({ vaccines: ['MMR'] });
    await world.run('options');
    const person = model.addToDhis2('case', 0);
    model.editDhis2(person, VACCINE, 'VACC_TYPE_MMR');
    await world.cycle();
    expect(model.readGoData(person, VACCINE)).toEqual([MMR]);
  });
});

it('vaccinations of 300 people all arrive after options-to-reference-data', async () => {
  await start({ people: 300, vaccines: [] });
  await world.run('options');
  const { report } = await world.run('godata');
  const given = world.dhis2.store.tracker
    .list('events')
    .flatMap(({ dataValues = [] }) => dataValues)
    .filter(({ dataElement, value }) => dataElement === 'fL5NtssTKPq' && value);
  expect(given.filter(({ value }) => value === 'VACC_TYPE_MMR').length).toBeGreaterThan(5);
  const leftOut = report?.['upsert-cases']?.leftOut ?? [];
  expect(leftOut.filter(({ reason }) => reason === 'unknown-reference')).toEqual([]);
  const unmapped = (report?.['map-cases']?.leftOut ?? []).filter(({ subject }) =>
    subject.startsWith('vaccinesReceived='),
  );
  expect(unmapped.map(({ subject }) => subject)).toEqual(['vaccinesReceived=VACC_TYPE_BCG']);
  const arrived = model.records().flatMap(record => VACCINE.read(record) ?? []);
  expect(arrived.flat().filter(id => id === MMR).length).toBeGreaterThan(5);
});
