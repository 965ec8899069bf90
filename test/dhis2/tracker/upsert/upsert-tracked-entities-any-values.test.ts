import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MappedEntity, MappedValue } from '#common/handover/mapped-tracked-entity-batch.js';
import type { Dhis2Seed, RunningDhis2 } from '#sandbox/dhis2/index.js';
import { runs } from '#test/support/runs.js';
import {
  aBatch,
  aCase,
  attributeIn,
  attributesOf,
  clinical,
  closeServers,
  FEMALE,
  ID,
  labResult,
  living,
  MALE,
  programIn,
  type Ran,
  reportOf,
  startProgram,
  teOf,
  upsert,
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

const BIRTH_DATE = 'NI0QRzJvQ0k';
const HOME = 'Xhdn49gUd52';
/** A data element of the type date. */
const ASKED = 'wvSTTknCxfK';
const STRANGER = 'StrangerTe1';
const TOO_LONG = 'x'.repeat(1201);

/** A value, and whether DHIS2 takes it: never, or unless somebody else has it. */
interface Given<T> {
  value: T;
  isBad?: boolean;
}
/** Mostly values that DHIS2 takes: one bad mandatory value holds back all others of a person. */
const anyOf = <T>(good: T[], bad: T[]): fc.Arbitrary<Given<T>> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...good).map(value => ({ value })) },
    { weight: 1, arbitrary: fc.constantFrom(...bad).map(value => ({ value, isBad: true })) },
  );

const anyPerson = fc.record({
  surname: anyOf(['Obi', 'Eze'], [TOO_LONG]),
  sex: anyOf<MappedValue>([FEMALE, MALE], ['UNKNOWN SEX']),
  phone: anyOf<string | null>(['5550100', '5550101', null], ['not known', TOO_LONG]),
  home: anyOf<string | null>([null, 'true'], ['yes']),
  age: anyOf<string | null>([null, '30', '41'], ['forty', '-1', '1985-05-05']),
  /** A program rule refuses a higher age: nobody knows before DHIS2 is asked. */
  isOld: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  birthDate: anyOf<string | null>([null], ['1985-02-30', 'soon']),
  /** A value that must be unique: three people exchange a few. */
  number: fc.constantFrom(null, 'N1', 'N2', 'N3', 'stranger'),
  enrolledAt: anyOf(['2026-08-01', '2026-08-10'], ['2026-09-30']),
  occurredAt: anyOf(['2026-08-02', '2026-08-03'], ['2027-01-01', undefined]),
  fever: anyOf<string | null>([null, 'YES', 'NO'], ['MAYBE']),
  asked: anyOf<string | null>([null, '2026-08-03'], ['never']),
  /** A lab result without a day is refused. */
  lab: fc.constantFrom(undefined, 'with day', 'without day'),
});
type Person = typeof anyPerson extends fc.Arbitrary<infer P> ? P : never;

const anyWorld = fc.record({
  version: fc.constantFrom('2.40', '2.41', '2.42', '2.43', '2.44'),
  chunkSize: fc.constantFrom(6, 500),
  mandatory: fc.subarray<string>([WHO.sex, WHO.phone]),
  isIncidentDisplayed: fc.boolean(),
  rounds: fc.array(fc.array(anyPerson, { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  }),
});
type World = typeof anyWorld extends fc.Arbitrary<infer W> ? W : never;

function prepare({ mandatory, isIncidentDisplayed }: World) {
  return (seed: Dhis2Seed) => {
    attributeIn(seed, WHO.phone).valueType = 'PHONE_NUMBER';
    const home = attributeIn(seed, HOME);
    home.valueType = 'TRUE_ONLY';
    attributeIn(seed, WHO.localId).unique = true;
    const program = programIn(seed, WHO.cases);
    program.displayIncidentDate = isIncidentDisplayed;
    const parts = [
      ...seed.trackedEntityTypes![0]!.trackedEntityTypeAttributes,
      ...program.programTrackedEntityAttributes,
    ];
    for (const part of parts) {
      if (mandatory.includes(part.trackedEntityAttribute.id)) part.mandatory = true;
    }
  };
}

/** Somebody in DHIS2 whom Go.Data does not know. */
function addStranger({ store: { tracker } }: RunningDhis2): void {
  tracker.put('trackedEntities', {
    trackedEntity: STRANGER,
    trackedEntityType: WHO.person,
    orgUnit: ID.facility,
    attributes: [{ attribute: WHO.localId, value: 'stranger' }],
  });
  tracker.put('enrollments', {
    enrollment: 'StrangerEn1',
    trackedEntity: STRANGER,
    program: WHO.cases,
    orgUnit: ID.facility,
    enrolledAt: '2026-07-01',
  });
}

const attributesGiven = ({ surname, sex, phone, home, age, isOld, birthDate }: Person) => ({
  [WHO.surname]: surname,
  [WHO.sex]: sex,
  [WHO.phone]: phone,
  [HOME]: home,
  // A rule computes the age of a person with a date of birth.
  ...(birthDate.isBad
    ? { [BIRTH_DATE]: birthDate }
    : { [WHO.age]: isOld && !age.isBad ? { value: '140' } : age }),
});
const clinicalGiven = ({ fever, asked }: Person) => ({ [WHO.fever]: fever, [ASKED]: asked });

const valuesIn = (given: Record<string, Given<MappedValue>>) =>
  Object.fromEntries(Object.entries(given).map(([id, { value }]) => [id, value]));

function toEntity(person: Person, n: number): MappedEntity {
  const { lab, number, enrolledAt, occurredAt } = person;
  const day = lab === 'with day' ? {} : { occurredAt: undefined };
  return aCase(`p${n}`, {
    enrolledAt: enrolledAt.value,
    occurredAt: occurredAt.value,
    attributes: { ...valuesIn(attributesGiven(person)), [WHO.localId]: number },
    events: [
      clinical(valuesIn(clinicalGiven(person))),
      ...(lab ? [labResult(`lab-${n}`, undefined, day)] : []),
    ],
  });
}

/** Everything that DHIS2 has of a person. */
function snapshot(server: RunningDhis2, n: number) {
  const { tracker } = server.store;
  const entity = tracker.get('trackedEntities', teOf(`p${n}`));
  const enrollments = tracker.enrollmentsOf(teOf(`p${n}`));
  const events = enrollments.flatMap(({ enrollment }) => tracker.eventsOf(enrollment));
  return structuredClone({ entity, enrollments, events });
}

/** The text that DHIS2 stores for a value. */
const textOf = (value: MappedValue) =>
  value === FEMALE ? 'FEMALE' : value === MALE ? 'MALE' : (value as string | null);

const toRecord = (values: readonly { dataElement: string; value: string }[]) =>
  Object.fromEntries(values.map(({ dataElement, value }) => [dataElement, value]));

/** The report of a person of whom nothing is written. */
const HELD =
  /nothing of this person is written|This person is not written|requires\. Enter it in Go\.Data/;

/** Whether a good value is stored, and a bad one has changed nothing. */
function checkValues(
  given: Record<string, Given<MappedValue>>,
  stored: Record<string, string>,
  before: Record<string, string>,
  { mandatory = [] }: { mandatory?: readonly string[] } = {},
): void {
  for (const [id, { value, isBad }] of Object.entries(given)) {
    // A mandatory value is not cleared.
    const isKept = isBad || (value === null && mandatory.includes(id));
    const wanted = isKept ? before[id] : (textOf(value) ?? undefined);
    expect([id, stored[id]]).toEqual([id, wanted]);
  }
}

describe('values that DHIS2 refuses, in whatever people', () => {
  it('never leave a person half-written: good values are stored, bad ones omitted, or nothing changes', async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, async world => {
        const server = await startProgram({ version: world.version, seed: prepare(world) });
        addStranger(server);
        let state: Partial<Ran> = {};
        for (const people of world.rounds) {
          const before = people.map((_, n) => snapshot(server, n));
          const batch = aBatch(people.map(toEntity));
          const options = { chunkSize: world.chunkSize };
          const ran = await upsert(server, batch, options, state);
          state = { cursor: ran.cursor, memory: ran.memory };
          const { rejected = [], adjusted = [] } = reportOf(ran);

          people.forEach((person, n) => {
            const { entity, enrollments, events } = snapshot(server, n);
            const rows = rejected.filter(({ id }) => id === `p${n}`);
            if (rows.some(({ message }) => HELD.test(message))) {
              expect(snapshot(server, n)).toEqual(before[n]);
              return;
            }
            expect(entity, `p${n} is written or reported`).toBeDefined();
            expect(enrollments).toHaveLength(1);
            const former = Object.fromEntries(
              (before[n]!.entity?.attributes ?? []).map(one => [one.attribute, one.value]),
            );
            checkValues(
              attributesGiven(person),
              attributesOf(server, teOf(`p${n}`)),
              former,
              world,
            );
            const values = events.find(one => one.programStage === WHO.clinical)?.dataValues ?? [];
            const old = before[n]!.events.find(one => one.programStage === WHO.clinical);
            checkValues(clinicalGiven(person), toRecord(values), toRecord(old?.dataValues ?? []));
            expect(events.some(one => one.programStage === WHO.labResult)).toBe(
              person.lab === 'with day' ||
                before[n]!.events.some(one => one.programStage === WHO.labResult),
            );
          });
          // One unique value has one holder, and nobody is without an enrollment.
          const numbers = living(server, 'trackedEntities').flatMap(({ attributes }) =>
            attributes.flatMap(({ attribute, value }) =>
              attribute === WHO.localId ? [value] : [],
            ),
          );
          expect(new Set(numbers).size).toBe(numbers.length);
          const enrolled = new Set(living(server, 'enrollments').map(one => one.trackedEntity));
          expect(enrolled.size).toBe(living(server, 'trackedEntities').length);
          for (const { message } of [...rejected, ...adjusted]) {
            expect(message).not.toMatch(/not known|forty|1985|UNKNOWN SEX|MAYBE|x{20}/);
          }

          const stored = people.map((_, n) => snapshot(server, n));
          server.requests.reset();
          const again = await upsert(server, batch, options, state);
          expect(server.requests.writes(), 'a second run writes nothing').toBe(0);
          expect(people.map((_, n) => snapshot(server, n))).toEqual(stored);
          const told = (one: Ran) =>
            (reportOf(one).rejected ?? []).map(({ id, code }) => [id, code]);
          expect(told(again)).toEqual(told(ran));
        }
      }),
      runs(15, 250),
    );
  }, 300_000);
});
