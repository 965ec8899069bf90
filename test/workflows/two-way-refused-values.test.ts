import { afterEach, describe, expect, it } from 'vitest';
import type { State } from '#common/reporting/report.js';
import { startTwoWay, type TwoWay, type TwoWayOptions } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

const PHONE = FIELDS.find(({ name }) => name === 'addresses.phoneNumber')!;
const SURNAME = FIELDS.find(({ name }) => name === 'lastName')!;

let world: TwoWay;
let model: ReturnType<typeof createModel>;
afterEach(() => world?.close());

/** DHIS2 accepts only telephone numbers, as in WHO's packages. */
async function start(options: TwoWayOptions = {}): Promise<void> {
  world = await startTwoWay(options);
  model = createModel(world);
  const { metadata } = world.dhis2.store;
  const phone = metadata.get('trackedEntityAttributes', PHONE.attribute!)!;
  metadata.put('trackedEntityAttributes', { ...phone, valueType: 'PHONE_NUMBER' });
}

const told = (states: readonly State[]) =>
  states.flatMap(({ report = {} }) =>
    Object.values(report).flatMap(({ rejected = [], adjusted = [] }) =>
      [...rejected, ...adjusted].map(({ id, code }) => [id, code]),
    ),
  );

/** Runs both flows until everybody was read, then once more: that run writes and reports nothing. */
async function settle(): Promise<void> {
  for (let n = 0; n < 3; n += 1) await world.cycle();
  world.writes();
  expect(told(await world.cycle())).toEqual([]);
  expect(world.writes()).toBe(0);
}

const onlyEntity = () => model.entities()[0]!.trackedEntity;
const enrollments = () => world.dhis2.store.tracker.list('enrollments');

describe('a telephone number that DHIS2 refuses', () => {
  it('stays in Go.Data, and the person arrives with everything else', async () => {
    await start();
    const person = model.addToGoData('case', 0);
    model.editGoData(person, SURNAME, 'Bello');
    model.editGoData(person, PHONE, 'not known');
    expect(told(await world.cycle())).toContainEqual([person, 'E1007']);
    await settle();
    expect(model.entities()).toHaveLength(1);
    expect(enrollments()).toHaveLength(1);
    expect(model.readDhis2(onlyEntity(), SURNAME)).toBe('Bello');
    expect(model.readDhis2(onlyEntity(), PHONE)).toBeUndefined();
    expect(model.readGoData(person, PHONE)).toBe('not known');
    model.editGoData(person, PHONE, '5550101');
    await settle();
    expect(model.readDhis2(onlyEntity(), PHONE)).toBe('5550101');
  });

  it('does not replace a good one, in either system', async () => {
    await start();
    const person = model.addToDhis2('case', 0);
    model.editDhis2(person, PHONE, '5550101');
    await settle();
    expect(model.readGoData(person, PHONE)).toBe('5550101');
    model.editGoData(person, PHONE, 'not known');
    model.editGoData(person, SURNAME, 'Amari');
    expect(told(await world.cycle()).map(([, code]) => code)).toContain('E1007');
    await settle();
    expect(model.readDhis2(person, PHONE)).toBe('5550101');
    expect(model.readDhis2(person, SURNAME)).toBe('Amari');
    expect(model.readGoData(person, PHONE)).toBe('not known');
    model.editGoData(person, PHONE, '5550102');
    await settle();
    expect(model.readDhis2(person, PHONE)).toBe('5550102');
  });
});

/** Only the server can see that it refuses: this type is not checked before something is sent. */
function onlyServerSees(): void {
  const { metadata } = world.dhis2.store;
  const phone = metadata.get('trackedEntityAttributes', PHONE.attribute!)!;
  metadata.put('trackedEntityAttributes', { ...phone, valueType: 'URL' });
}

/** What DHIS2 has of people, with the times of their changes. */
const stored = () => {
  const { tracker } = world.dhis2.store;
  const kinds = ['trackedEntities', 'enrollments', 'events'] as const;
  return structuredClone(kinds.map(kind => tracker.list(kind)));
};

describe('a value that only DHIS2 itself refuses', () => {
  it.each(['2.41', '2.44'])(
    'changes nothing when everybody is read again: one import, refused as a whole, on %s',
    async dhis2 => {
      await start({ dhis2 });
      onlyServerSees();
      const person = model.addToGoData('case', 0);
      model.editGoData(person, SURNAME, 'Bello');
      model.editGoData(person, PHONE, 'https://not known');
      expect(told(await world.cycle())).toContainEqual([person, 'E1007']);
      await settle();
      const before = stored();
      const withoutCursor = () => {
        const { cursor: _cursor, ...kept } = world.state;
        return kept;
      };
      for (const state of [withoutCursor, withoutCursor, () => ({})]) {
        world.state = state();
        world.writes();
        expect(told(await world.cycle())).toEqual([[person, 'E1007']]);
        expect(stored()).toEqual(before);
        expect(world.goData.requests.writes()).toBe(0);
        const { entries } = world.dhis2.requests;
        const imports = entries.filter(({ method }) => method === 'POST');
        expect(imports.map(({ status }) => status)).toEqual([409]);
        expect(model.readGoData(person, PHONE)).toBe('https://not known');
      }
    },
  );
});

describe('a day of reporting in the future', () => {
  it('holds back the whole person until it is corrected', async () => {
    await start();
    const person = model.addToGoData('case', 0);
    const { people } = world.goData.store;
    people.update(person, { dateOfReporting: '2099-01-05T00:00:00.000Z' });
    for (let n = 0; n < 2; n += 1) {
      world.writes();
      expect(told(await world.cycle())).toContainEqual([person, 'E1020']);
      expect(world.writes()).toBe(0);
      expect(model.entities()).toEqual([]);
    }
    people.update(person, { dateOfReporting: '2026-11-01T00:00:00.000Z' });
    await settle();
    expect(model.entities()).toHaveLength(1);
    expect(enrollments()).toHaveLength(1);
  });
});
