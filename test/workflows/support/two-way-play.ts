import fc from 'fast-check';
import { expect } from 'vitest';
import type { State } from '#common/reporting/report.js';
import type { FaultRule } from '#sandbox/server/index.js';
import {
  startTwoWay,
  type Toward,
  type TwoWay,
  type TwoWayOptions,
} from '../../support/two-way.js';
import { createModel, FIELDS, type TestField } from './people-model.js';

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
  /** One way, or both ways in one run. */
  toward: fc.constantFrom<Toward | 'both'>('dhis2', 'godata'),
  /** Which server stops answering, from which request on; null: none. */
  stop: fc.option(
    fc.record({
      server: fc.constantFrom<Toward>('dhis2', 'godata'),
      at: fc.integer({ min: 1, max: 25 }),
    }),
  ),
  /** Requests that go wrong. */
  faults: fc.constant([] as { server: Toward; at: number; fault: FaultRule }[]),
});
const anyRound = (run: typeof anyRun, leastRuns: number) =>
  fc.record({
    edits: fc.array(anyEdit, { maxLength: 6 }),
    things: fc.array(anyThing, { maxLength: 4 }),
    runs: fc.array(run, { minLength: leastRuns, maxLength: 4 }),
  });
const anyWorldWith = (run: typeof anyRun, leastRuns = 0) =>
  fc.record({
    skew: fc.constantFrom(0, 7 * MINUTE, -7 * MINUTE),
    batchSize: fc.constantFrom(undefined, 1, 2),
    first: fc.array(anyThing, { minLength: 1, maxLength: 4 }),
    rounds: fc.array(anyRound(run, leastRuns), { minLength: 1, maxLength: 3 }),
  });

/** Worlds with runs of one way, some of which are stopped. */
export const anyWorld = anyWorldWith(anyRun);

/** What servers, proxies and networks do to a request. */
const anyFault: fc.Arbitrary<FaultRule> = fc.oneof(
  fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(500, 502, 503, 429) }),
  fc.record({ kind: fc.constantFrom('truncate' as const, 'html' as const, 'kill-token' as const) }),
  fc.record({
    kind: fc.constant('cut' as const),
    when: fc.constantFrom('before' as const, 'during' as const, 'after' as const),
  }),
);

const faultUpTo = (max: number) =>
  fc.record({
    server: fc.constantFrom<Toward>('dhis2', 'godata'),
    at: fc.integer({ min: 1, max }),
    fault: anyFault,
  });

/** Worlds with runs of both ways, in each of which requests to either server go wrong. */
export const anyFaultyWorld = anyWorldWith(
  fc
    .record({
      toward: fc.constantFrom<Toward | 'both'>('both', 'both', 'dhis2', 'godata'),
      early: faultUpTo(2),
      more: fc.array(faultUpTo(40), { maxLength: 3 }),
    })
    .map(({ toward, early, more }) => {
      // A run always asks the server that it reads, so that one fault at least is met.
      const source: Toward = toward === 'dhis2' ? 'godata' : 'dhis2';
      return { toward, stop: null, faults: [{ ...early, server: source }, ...more] };
    }),
  1,
);

export type Thing = typeof anyThing extends fc.Arbitrary<infer T> ? T : never;
export type Edit = typeof anyEdit extends fc.Arbitrary<infer T> ? T : never;
export type Run = typeof anyRun extends fc.Arbitrary<infer T> ? T : never;
export type World = typeof anyWorld extends fc.Arbitrary<infer T> ? T : never;

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

/**
 * A run that may be stopped, or fail, at a request. Then it leaves the cursor with which it began; a
 * run of both ways whose second half fails leaves what the first one remembers.
 */
async function runOrFail(world: TwoWay, { toward, stop, faults }: Run): Promise<void> {
  const serverOf = (name: Toward) => (name === 'dhis2' ? world.dhis2 : world.goData);
  if (stop) {
    const at = Array.from({ length: 400 }, (_, n) => stop.at + n);
    serverOf(stop.server).faults.add({ kind: 'status', status: 418, body: { error: {} }, at });
  }
  for (const { server, at, fault } of faults) serverOf(server).faults.add({ ...fault, at });
  const played = () => world.dhis2.faults.played + world.goData.faults.played;
  const before = played();
  const { cursor } = world.state;
  try {
    if (toward !== 'both') await world.run(toward);
    else for (const half of ['godata', 'dhis2'] as const) await world.run(half);
  } catch (error) {
    if (!stop && faults.length === 0) throw error;
    if (toward === 'both') world.state = { ...world.state, cursor };
  } finally {
    for (const server of [world.dhis2, world.goData]) server.faults.clear();
  }
  if (faults.length > 0) expect(played(), 'faults that were met').toBeGreaterThan(before);
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
export async function play(
  { skew, batchSize, first, rounds }: World,
  versions: TwoWayOptions = {},
) {
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
      for (const run of runs) await runOrFail(world, run);
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
