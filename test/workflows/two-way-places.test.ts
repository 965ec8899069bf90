import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { element, row } from '#common/people-mapping/index.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { type Measles, NOTIFICATION, PERSON_ROWS, startMeasles } from '../support/measles.js';

// A place that is not that of the person, such as the hospital where somebody died. A location that
// Go.Data had first is linked to its org unit, and has another id.

const DIED_AT = 'RgDeMort000';
const mapping = {
  case: {
    program: 'RgPrgCas000',
    rows: [...PERSON_ROWS, row('deathLocationId', element(NOTIFICATION, DIED_AT))],
  },
} as PeopleMapping;

const ANN = 'Person001';
const HOSPITAL = 'RgOuCsMave0';
const OTHER = 'RgOuCsLoma0';

let world: Measles;
beforeEach(async () => {
  world = await startMeasles(mapping, {
    elements: [{ id: DIED_AT, valueType: 'ORGANISATION_UNIT' }],
    locationOf: id => `location-${id}`,
  });
  await world.enter(ANN, { [DIED_AT]: HOSPITAL });
  await world.run('godata');
  await world.run('dhis2');
});
afterEach(() => world.close());

async function cycle() {
  await world.run('godata');
  return world.run('dhis2');
}

describe('a place of a person whose location is linked to its org unit', () => {
  it('is the location in Go.Data, and the org unit in DHIS2, whichever changes', async () => {
    expect(await world.inGoData(ANN)).toMatchObject({ deathLocationId: `location-${HOSPITAL}` });
    expect(world.inDhis2(ANN)).toMatchObject({ [DIED_AT]: HOSPITAL });
    await world.editGoData(ANN, { deathLocationId: `location-${OTHER}` });
    const report = await cycle();
    expect(report).toMatchObject({ updated: 1 });
    expect(report.adjusted).toBeUndefined();
    expect(world.inDhis2(ANN)).toMatchObject({ [DIED_AT]: OTHER });
    expect(await cycle()).toMatchObject({ updated: 0 });
    expect(await world.inGoData(ANN)).toMatchObject({ deathLocationId: `location-${OTHER}` });
  });

  it('stays in Go.Data, and is reported, if it has no org unit', async () => {
    const village = { id: 'village', name: 'Village', parentLocationId: `location-${OTHER}` };
    world.sandbox.goData.store.locations.put({ ...village, active: true });
    await world.editGoData(ANN, { deathLocationId: 'village', firstName: 'Autre' });
    const { adjusted } = await cycle();
    expect(adjusted).toEqual([
      {
        kind: 'case',
        id: `Te${ANN}`,
        code: 'UNKNOWN_ORG_UNIT',
        message: `event of the stage "Notification", ${DIED_AT}: the location village has no org unit. It is omitted, and the rest of the person is written. Run org-units-to-locations or locations-to-org-units.`,
      },
    ]);
    await cycle();
    expect(world.inDhis2(ANN)).toMatchObject({ [DIED_AT]: HOSPITAL });
    expect(await world.inGoData(ANN)).toMatchObject({
      deathLocationId: 'village',
      firstName: 'Autre',
    });
  });
});
