import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { State } from '#common/reporting/report.js';
import { runs } from '../support/runs.js';
import { startTwoWay, type Toward, type TwoWay, type TwoWayOptions } from '../support/two-way.js';
import { createModel, FIELDS, type TestField } from './support/people-model.js';

type Model = ReturnType<typeof createModel>;

/** A person of the test, with its ids in both systems as far as it has them. */
interface Person {
  kind: 'case' | 'contact';
  dhis2?: string;
  godata?: string;
  labResults: number;
}

const MINUTE = 60_000;

const anyEdit = fc.record({
  person: fc.nat(20),
  field: fc.nat(FIELDS.length - 1),
  side: fc.constantFrom('dhis2', 'godata', 'both'),
  value: fc.nat(3),
  other: fc.nat(3),
});
const anyThing = fc.record({
  kind: fc.constantFrom('person', 'person', 'lab result', 'relationship'),
  side: fc.constantFrom<Toward>('dhis2', 'godata'),
  isContact: fc.boolean(),
  person: fc.nat(20),
  other: fc.nat(20),
});
const anyRun = fc.record({
  toward: fc.constantFrom<Toward>('dhis2', 'godata'),
  /** Which server stops answering, from which request on; null: none. */
  stop: fc.option(
    fc.record({
      server: fc.constantFrom<Toward>('dhis2', 'godata'),
      at: fc.integer({ min: 1, max: 25 }),
    }),
  ),
});
const anyRound = fc.record({
  edits: fc.array(anyEdit, { maxLength: 6 }),
  things: fc.array(anyThing, { maxLength: 4 }),
  runs: fc.array(anyRun, { maxLength: 4 }),
});
const anyWorld = fc.record({
  skew: fc.constantFrom(0, 7 * MINUTE, -7 * MINUTE),
  batchSize: fc.constantFrom(undefined, 1, 2),
  first: fc.array(anyThing, { minLength: 1, maxLength: 4 }),
  rounds: fc.array(anyRound, { minLength: 1, maxLength: 3 }),
});

type Thing = typeof anyThing extends fc.Arbitrary<infer T> ? T : never;
type Edit = typeof anyEdit extends fc.Arbitrary<infer T> ? T : never;
type Run = typeof anyRun extends fc.Arbitrary<infer T> ? T : never;
type World = typeof anyWorld extends fc.Arbitrary<infer T> ? T : never;

/** What an edited field must be in the end. */
interface Expected {
  person: Person;
  field: TestField;
  dhis2: string | undefined;
  godata: string | undefined;
  isConflict: boolean;
}

/** Users of both systems, and what they want. */
function createUsers(world: TwoWay) {
  const model = createModel(world);
  const people: Person[] = [];
  const related = new Set<string>();
  /** Both systems have the person. */
  const known = () => people.filter(({ dhis2, godata }) => dhis2 && godata);
  const pick = <T>(list: T[], nth: number): T | undefined => list[nth % Math.max(1, list.length)];
  return {
    model,
    people,
    relationships: () => related.size,
    add({ kind, side, isContact, person, other }: Thing): void {
      if (kind === 'person') {
        const who = isContact ? 'contact' : 'case';
        const one: Person = { kind: who, labResults: 0 };
        if (side === 'dhis2') one.dhis2 = model.addToDhis2(who, person);
        else one.godata = model.addToGoData(who, person);
        people.push(one);
        return;
      }
      const cases = known().filter(one => one.kind === 'case');
      const patient = pick(cases, person);
      if (!patient) return;
      if (kind === 'lab result') {
        patient.labResults += 1;
        if (side === 'dhis2') model.addLabToDhis2(patient.dhis2!, 'INCONCLUSIVE');
        else model.addLabToGoData(patient.godata!, 'POSITIVE');
        return;
      }
      const source = patient;
      const target = pick(
        known().filter(one => one !== source),
        other,
      );
      if (!target) return;
      const key = [source.dhis2, target.dhis2].sort().join();
      if (related.has(key)) return;
      related.add(key);
      if (side === 'dhis2') model.relateInDhis2(source.dhis2!, target.dhis2!);
      else model.relateInGoData(source.godata!, target.godata!);
    },
    edit(edit: Edit, expected: Map<string, Expected>): void {
      const field = FIELDS[edit.field]!;
      const person = pick(
        known().filter(({ kind }) => kind === 'case' || field.attribute),
        edit.person,
      );
      if (!person) return;
      const key = `${person.dhis2} ${field.name}`;
      if (expected.has(key)) return;
      const before = model.readDhis2(person.dhis2!, field);
      const at = (n: number) => field.values[n % field.values.length]!;
      const dhis2 = edit.side === 'godata' ? undefined : at(edit.value);
      const godata =
        edit.side === 'dhis2' ? undefined : at(edit.side === 'both' ? edit.other : edit.value);
      if (dhis2) model.editDhis2(person.dhis2!, field, dhis2[0]);
      if (godata) model.editGoData(person.godata!, field, godata[1]);
      const isChanged = (value: typeof dhis2) => value !== undefined && value[0] !== before;
      const isConflict = isChanged(dhis2) && isChanged(godata) && dhis2![0] !== godata![0];
      const [one] = [dhis2, godata].filter(isChanged);
      const same = field.values.find(([value]) => value === before) ?? [before, undefined];
      const [left, right] = isConflict ? [dhis2!, godata!] : [one ?? same, one ?? same];
      expected.set(key, { person, field, dhis2: left[0], godata: right[1], isConflict });
    },
    /** A person who was in only one system has arrived in the other. */
    pair(): void {
      for (const person of people) {
        if (person.dhis2 && !person.godata) {
          const record = model.records().find(({ id }) => id === person.dhis2);
          expect(record, `${person.dhis2} is in Go.Data`).toBeDefined();
          person.godata = record!.id;
        }
        if (person.godata && !person.dhis2) {
          const note = `Go.Data ${person.godata}`;
          const entity = model
            .entities()
            .find(({ trackedEntity }) =>
              model
                .enrollmentsOf(trackedEntity)
                .some(({ notes = [] }) => notes.some(({ value }) => value === note)),
            );
          expect(entity, `${person.godata} is in DHIS2`).toBeDefined();
          person.dhis2 = entity!.trackedEntity;
        }
      }
    },
  };
}

/** A run that may be stopped at a request; then it leaves the state with which it began. */
async function runOrStop(world: TwoWay, { toward, stop }: Run): Promise<void> {
  const server = stop?.server === 'dhis2' ? world.dhis2 : world.goData;
  if (stop) {
    const at = Array.from({ length: 400 }, (_, n) => stop.at + n);
    server.faults.add({ kind: 'status', status: 418, body: { error: {} }, at });
  }
  try {
    await world.run(toward);
  } catch (error) {
    if (!stop) throw error;
  } finally {
    server.faults.clear();
  }
}

const conflictsIn = (states: State[]) =>
  states
    .flatMap(({ report = {} }) => Object.values(report))
    .flatMap(({ rejected = [] }) => rejected);

function expectNoneTwice(model: Model, people: Person[], relationships: number): void {
  expect(model.entities()).toHaveLength(people.length);
  expect(model.records()).toHaveLength(people.length);
  for (const { dhis2, godata, kind, labResults } of people) {
    expect(model.enrollmentsOf(dhis2!), `enrollments of ${dhis2}`).toHaveLength(1);
    if (kind === 'contact') continue;
    expect(model.labResultsInDhis2(dhis2!), `lab results of ${dhis2}`).toHaveLength(labResults);
    expect(model.labResultsInGoData(godata!), `lab results of ${godata}`).toHaveLength(labResults);
    for (const stage of ['LpWNjNGvCO5', 'iVfs6Jyp7I8']) {
      expect(model.eventsOf(dhis2!, stage).length).toBeLessThanOrEqual(1);
    }
  }
  expect(model.relationshipsInDhis2()).toHaveLength(relationships);
  expect(model.relationshipsInGoData()).toHaveLength(relationships);
}

/**
 * Runs both flows until they have nothing to write. A small run may read only some of many rejected
 * people.
 */
async function settle(world: TwoWay): Promise<State[]> {
  const states: State[] = [];
  for (let cycles = 1; cycles <= 8; cycles += 1) {
    world.writes();
    states.push(...(await world.cycle()));
    if (world.writes() === 0 && cycles >= 4) return states;
  }
  throw new Error('Both systems write to each other endlessly.');
}

/** Plays a scenario, and compares the result with what its users want. */
async function play({ skew, batchSize, first, rounds }: World, versions: TwoWayOptions = {}) {
  const world = await startTwoWay({ skew, batchSize, ...versions });
  try {
    const users = createUsers(world);
    const { model, people } = users;
    for (const thing of first) users.add({ ...thing, kind: 'person' });
    await settle(world);
    users.pair();
    for (const { edits, things, runs } of rounds) {
      const expected = new Map<string, Expected>();
      for (const edit of edits) users.edit(edit, expected);
      for (const thing of things) users.add(thing);
      for (const run of runs) await runOrStop(world, run);
      const states = await settle(world);
      users.pair();
      const reported = conflictsIn(states);
      expect(reported.filter(({ code }) => code !== 'CONFLICT')).toEqual([]);
      for (const { person, field, dhis2, godata, isConflict } of expected.values()) {
        const about = `${field.name} of ${person.dhis2}`;
        expect(model.readDhis2(person.dhis2!, field), `${about} in DHIS2`).toBe(dhis2);
        expect(model.readGoData(person.godata!, field), `${about} in Go.Data`).toBe(godata);
        const told = reported.filter(
          ({ id, message }) =>
            (id === person.dhis2 || id === person.godata) && message.includes(field.name),
        );
        expect(told.length > 0, `${about} is reported as a conflict`).toBe(isConflict);
      }
      expectNoneTwice(model, people, users.relationships());
      // The user who decides enters the value in both systems.
      for (const { person, field, godata, isConflict } of expected.values()) {
        if (!isConflict) continue;
        const [value] = field.values.find(([, other]) => other === godata)!;
        model.editDhis2(person.dhis2!, field, value);
      }
      expect(conflictsIn(await settle(world))).toEqual([]);
    }
  } finally {
    await world.close();
  }
}

describe('any edits in both systems, and any runs of both flows', () => {
  it('end as the owners of the fields define, with no person or value twice, and conflicts reported', async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, world => play(world)),
      runs(5, 75),
    );
  });
});

const person = (side: Toward): Thing => ({
  kind: 'person',
  side,
  isContact: false,
  person: 0,
  other: 0,
});
const onBoth = (person: number, field: number, value: number, other: number): Edit => ({
  person,
  field,
  side: 'both',
  value,
  other,
});

describe('scenarios that once failed', () => {
  it.each<[string, World]>([
    ...([1, 2] as const).map((batchSize): [string, World] => [
      `a relationship entered in DHIS2 between people of Go.Data, in runs of ${batchSize}`,
      {
        skew: 0,
        batchSize,
        first: [person('godata')],
        rounds: [
          { edits: [], things: [person('godata')], runs: [] },
          {
            edits: [],
            things: [person('dhis2'), { ...person('dhis2'), kind: 'relationship' }],
            runs: [],
          },
        ],
      },
    ]),
    [
      'two conflicts, in runs with room for one',
      {
        skew: 0,
        batchSize: 1,
        first: [person('dhis2'), person('dhis2')],
        rounds: [
          {
            edits: [
              onBoth(1, 0, 1, 0),
              { ...onBoth(0, 0, 0, 0), side: 'dhis2' },
              onBoth(0, 1, 0, 1),
            ],
            things: [],
            runs: [],
          },
        ],
      },
    ],
    [
      'a way that was stopped in the middle, and the other one after it',
      {
        skew: 0,
        batchSize: 1,
        first: [person('dhis2'), person('godata')],
        rounds: [
          {
            edits: [],
            things: [person('dhis2'), person('dhis2'), person('dhis2')],
            runs: [4, 8, 12, 16, 20].flatMap((at): Run[] => [
              { toward: 'godata', stop: { server: 'godata', at } },
              { toward: 'dhis2', stop: null },
            ]),
          },
        ],
      },
    ],
  ])('%s', (_, world) => play(world));
});
