import { afterEach, expect, it } from 'vitest';
import type { Operation } from '#common/operations/operation.js';
import type { State } from '#common/reporting/report.js';
import * as dhis2 from '#dhis2/Adaptor.js';
import * as godata from '#godata/Adaptor.js';
import { OUTBREAK, PROGRAMS, startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel } from './support/people-model.js';

// A platform runs one job after the other and knows of no texts of jobs: only the mapping step sees
// that the mapping is another one, when people have been read already.

let world: TwoWay;
afterEach(() => world?.close());

/** Runs operations as a platform does: the state of one run is the input of the next. */
async function run(operations: Steps, input: State): Promise<State> {
  let state = input;
  for (const [system, operation] of operations) {
    const configuration = world.credentials[system];
    const { configuration: _, ...next } = await operation({ ...state, configuration });
    state = JSON.parse(JSON.stringify(next));
  }
  return state;
}

type Way = 'from DHIS2' | 'from Go.Data';
type Steps = readonly (readonly ['dhis2' | 'godata', Operation])[];

/** @param place the field, or the attribute, that gets a new value: the mapping is corrected there */
function operationsFor(way: Way, place: string): Steps {
  const { row, attribute, enrolledAt, orgUnit } = godata;
  const rows = [
    row('firstName', attribute('sB1IHYu2xQT')),
    way === 'from DHIS2'
      ? row(place as 'riskReason', { toGoData: () => 'new' })
      : row('lastName', attribute(place), { toDhis2: () => '5550101' }),
    row('dateOfReporting', enrolledAt()),
    row('addresses.locationId', orgUnit(), { owner: 'dhis2' }),
  ];
  const mapping = { case: { program: PROGRAMS.case, rows } };
  return way === 'from DHIS2'
    ? [
        ['dhis2', dhis2.fetchTrackedEntities({ program: PROGRAMS.case })],
        ['godata', godata.mapPeople(mapping) as never],
        ['godata', godata.upsertCases({ outbreak: { id: OUTBREAK } })],
      ]
    : [
        ['godata', godata.fetchPeople({ outbreak: { id: OUTBREAK } })],
        ['dhis2', dhis2.mapPeople(mapping) as never],
        ['dhis2', dhis2.upsertTrackedEntities()],
      ];
}

it.each([
  ['from DHIS2', ['riskReason', 'occupation'], 'map-cases', 'fetch-tracked-entities'],
  ['from Go.Data', ['ENRjVGxVL6l', 'fctSQp5nAYl'], 'map-tracked-entities', 'fetch-people'],
] as const)(
  'a mapping that was corrected is applied to everybody by the run after the next (%s)',
  async (way, [old, corrected], mapStep, fetchStep) => {
    world = await startTwoWay();
    const model = createModel(world);
    for (const n of [0, 1, 2]) {
      if (way === 'from DHIS2') model.addToDhis2('case', n);
      else model.addToGoData('case', n);
    }
    const before = operationsFor(way, old);
    const first = await run(before, {});
    expect(first.more).toBe(false);
    const rest = await run(before, first);
    expect(rest.report![fetchStep]!.read).toBe(0);
    expect(rest.report![mapStep]!.warnings).toBeUndefined();

    const after = operationsFor(way, corrected);
    const noticing = await run(after, rest);
    expect(noticing.report![mapStep]!.warnings!.join()).toMatch(/mapping is not the one/);
    expect(noticing.more).toBe(true);
    const applying = await run(after, noticing);
    expect(applying.report![fetchStep]!.read).toBe(3);
    expect(applying.report![fetchStep]!.warnings!.join()).toMatch(/everybody is read again/);
    expect(applying.data.plan.total).toBe(3);
    expect(applying.more).toBe(false);

    world.writes();
    const last = await run(after, applying);
    expect(last.report![fetchStep]!.read).toBe(0);
    expect(world.writes()).toBe(0);
  },
);
