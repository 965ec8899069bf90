import { afterEach, describe, expect, it } from 'vitest';
import type { Rejected, State } from '#common/reporting/report.js';
import { startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel, type TestField } from './support/people-model.js';

type Fields = Record<string, unknown>;

const field = (name: string, attribute: string): TestField => ({
  name,
  attribute,
  values: [],
  read: record => record[name] ?? undefined,
  write: (_, value) => ({ [name]: value ?? null }),
});
const BIRTH_DATE = field('dob', 'NI0QRzJvQ0k');
const AGE: TestField = {
  ...field('age', 'Rv8WM2mTuS5'),
  read: ({ age }) => (age as Fields | undefined)?.years,
  write: (_, value) => ({ age: value === undefined ? null : { years: Number(value), months: 5 } }),
};
const SURNAME = field('lastName', 'ENRjVGxVL6l');

let world: TwoWay;
let model: ReturnType<typeof createModel>;
afterEach(() => world?.close());

async function start(): Promise<void> {
  world = await startTwoWay();
  model = createModel(world);
}

/** What both flows report about records that they did not write as they are. */
const told = (states: readonly State[]): Pick<Rejected, 'id' | 'code' | 'message'>[] =>
  states.flatMap(({ report = {} }) =>
    Object.values(report).flatMap(({ rejected = [] }) =>
      rejected.map(({ id, code, message }) => ({ id, code, message })),
    ),
  );

/** Runs both flows; the third run writes nothing, and no run rejects anybody. */
async function settle(): Promise<void> {
  expect(told(await world.cycle())).toEqual([]);
  expect(told(await world.cycle())).toEqual([]);
  world.writes();
  expect(told(await world.cycle())).toEqual([]);
  expect(world.writes()).toBe(0);
}

/** The tracked entity that was created from the only person. */
const entityId = () => model.entities()[0]!.trackedEntity;

describe('an age that a rule of DHIS2 computes', () => {
  it('is what DHIS2 has next to a date of birth, and changes nothing in Go.Data', async () => {
    await start();
    const id = model.addToGoData('case', 0);
    model.editGoData(id, BIRTH_DATE, '1990-06-01T00:00:00.000Z');
    model.editGoData(id, AGE, '36');

    await settle();

    expect(model.readDhis2(entityId(), AGE)).toBe('36');
    expect(world.goData.store.people.get(id)!.age).toEqual({ years: 36, months: 5 });
  });

  it.each([false, true])(
    'is what Go.Data has once the date of birth is removed there, after a birthday: %s',
    async isOlder => {
      await start();
      const id = model.addToGoData('case', 0);
      model.editGoData(id, BIRTH_DATE, '1990-06-01T00:00:00.000Z');
      model.editGoData(id, AGE, '36');
      await settle();
      model.editGoData(id, BIRTH_DATE, undefined);
      model.editGoData(id, AGE, '12');
      if (isOlder) model.editDhis2(entityId(), AGE, '37');

      await settle();

      expect(model.readDhis2(entityId(), BIRTH_DATE)).toBeUndefined();
      expect(model.readDhis2(entityId(), AGE)).toBe('12');
      expect(world.goData.store.people.get(id)!.age).toMatchObject({ years: 12 });
    },
  );

  it.each(['godata', 'dhis2'] as const)(
    'is removed with a date of birth that is removed in Go.Data without another age, for a person of %s',
    async origin => {
      await start();
      const there = origin === 'dhis2' ? model.addToDhis2('case', 0) : undefined;
      if (there) {
        model.editDhis2(there, BIRTH_DATE, '1990-06-01');
        model.editDhis2(there, AGE, '36');
      }
      const here = there ? undefined : model.addToGoData('case', 0);
      if (here) model.editGoData(here, BIRTH_DATE, '1990-06-01T00:00:00.000Z');
      await settle();
      const id = here ?? model.records()[0]!.id;
      model.editGoData(id, BIRTH_DATE, undefined);

      await settle();

      expect(model.readDhis2(entityId(), BIRTH_DATE)).toBeUndefined();
      const years = model.readGoData(id, AGE);
      expect(model.readDhis2(entityId(), AGE)).toBe(years === undefined ? undefined : `${years}`);
    },
  );

  it('is not a conflict after a birthday, whichever system changes it first', async () => {
    await start();
    const id = model.addToGoData('case', 0);
    model.editGoData(id, BIRTH_DATE, '1990-06-01T00:00:00.000Z');
    model.editGoData(id, AGE, '36');
    await settle();
    // Go.Data's form, and the rule with the next entry in DHIS2, compute it again.
    model.editGoData(id, AGE, '38');
    model.editDhis2(entityId(), AGE, '37');

    await settle();
    model.editGoData(id, SURNAME, 'Amari');
    await settle();

    expect(model.readDhis2(entityId(), SURNAME)).toBe('Amari');
  });

  it('follows a date of birth that is corrected in Go.Data', async () => {
    await start();
    const id = model.addToGoData('case', 0);
    model.editGoData(id, BIRTH_DATE, '1990-06-01T00:00:00.000Z');
    model.editGoData(id, AGE, '36');
    await settle();
    model.editGoData(id, BIRTH_DATE, '1980-06-01T00:00:00.000Z');
    model.editGoData(id, AGE, '46');

    await settle();

    expect(model.readDhis2(entityId(), AGE)).toBe('46');
  });

  it('does not prevent an age without a date of birth', async () => {
    await start();
    const id = model.addToGoData('case', 0);
    model.editGoData(id, AGE, '36');
    await settle();
    model.editGoData(id, AGE, '40');

    await settle();

    expect(model.readDhis2(entityId(), AGE)).toBe('40');
  });

  it('is not overwritten if only DHIS2 has the date of birth', async () => {
    await start();
    const id = model.addToDhis2('case', 0);
    model.editDhis2(id, AGE, '30');
    await settle();
    model.editDhis2(id, BIRTH_DATE, '1990-06-01');
    model.editDhis2(id, AGE, '36');
    model.editGoData(id, AGE, '31');

    await settle();

    expect(model.readDhis2(id, AGE)).toBe('36');
    expect(model.readGoData(id, BIRTH_DATE)).toBe('1990-06-01T00:00:00.000Z');
  });
});
