import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { element, row } from '#common/people-mapping/index.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { type Measles, NOTIFICATION, PERSON_ROWS, startMeasles } from '../support/measles.js';

// Go.Data has false in a flag that nobody has set; DHIS2 has nothing there, and a field of the type
// TRUE_ONLY cannot have false at all.

const SAFE = 'RgDeEnterr0';
const REFUSED = 'RgDeTransf0';
const elements = [
  { id: SAFE, valueType: 'TRUE_ONLY' },
  { id: REFUSED, valueType: 'BOOLEAN' },
];

const mapping = {
  case: {
    program: 'RgPrgCas000',
    rows: [
      ...PERSON_ROWS,
      row('safeBurial', element(NOTIFICATION, SAFE)),
      row('transferRefused', element(NOTIFICATION, REFUSED)),
    ],
  },
} as PeopleMapping;

const ANN = 'Person001';
let world: Measles;
beforeEach(async () => {
  world = await startMeasles(mapping, { elements });
});
afterEach(() => world.close());

const flagsInGoData = async () => {
  const { safeBurial, transferRefused } = await world.inGoData(ANN);
  return { safeBurial, transferRefused };
};
const flagsInDhis2 = () => {
  const { [SAFE]: safeBurial, [REFUSED]: transferRefused } = world.inDhis2(ANN);
  return { safeBurial, transferRefused };
};

describe('a flag that nobody has set', () => {
  beforeEach(async () => {
    await world.enter(ANN, {});
    await world.run('godata');
  });

  it('is not written again, and does not say no in DHIS2', async () => {
    expect(await flagsInGoData()).toEqual({ safeBurial: false, transferRefused: false });
    const back = await world.run('dhis2');
    expect(back).toMatchObject({ updated: 0 });
    expect(back.adjusted).toBeUndefined();
    expect(flagsInDhis2()).toEqual({ safeBurial: undefined, transferRefused: undefined });
    world.forget();
    expect(await world.run('godata')).toMatchObject({ updated: 0, unchanged: 1 });
  });

  it('may be set in DHIS2, although Go.Data has had false from the start', async () => {
    await world.editDhis2(ANN, { [SAFE]: 'true', [REFUSED]: 'true' });
    const report = await world.run('godata');
    expect(report.rejected).toBeUndefined();
    expect(await flagsInGoData()).toEqual({ safeBurial: true, transferRefused: true });
  });
});

describe('a flag that is taken back in Go.Data', () => {
  it('is no in DHIS2, and empty in a field that is ticked or left empty', async () => {
    await world.enter(ANN, { [SAFE]: 'true', [REFUSED]: 'true' });
    await world.run('godata');
    await world.run('dhis2');
    await world.editGoData(ANN, { safeBurial: false, transferRefused: false });
    await world.run('godata');
    const report = await world.run('dhis2');
    expect(report).toMatchObject({ updated: 1 });
    expect(report.adjusted).toBeUndefined();
    expect(flagsInDhis2()).toEqual({ safeBurial: undefined, transferRefused: 'false' });
    await world.run('godata');
    expect(await world.run('dhis2')).toMatchObject({ updated: 0 });
    expect(await flagsInGoData()).toEqual({ safeBurial: false, transferRefused: false });
  });
});
