import { afterEach, describe, expect, it } from 'vitest';
import type { Rejected, State } from '#common/reporting/report.js';
import { OUTBREAK, startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel, FIELDS, type TestField } from './support/people-model.js';

const ONSET = FIELDS.find(({ name }) => name === 'dateOfOnset')!;
const FEVER = FIELDS.find(({ name }) => name === 'questionnaireAnswers')!;

type Answers = Record<string, { value: unknown }[] | undefined>;

/** An attribute that is an answer in Go.Data. */
const PATIENT_ID: TestField = {
  name: 'questionnaireAnswers',
  attribute: 'he05i8FUwu3',
  values: [],
  read: ({ questionnaireAnswers }) =>
    (questionnaireAnswers as Answers | undefined)?.patinfo_id?.[0]?.value,
  write: ({ questionnaireAnswers }, value) => ({
    questionnaireAnswers: { ...(questionnaireAnswers as Answers), patinfo_id: [{ value }] },
  }),
};

const AGE: TestField = {
  name: 'age',
  attribute: 'Rv8WM2mTuS5',
  values: [],
  read: ({ age }) => age,
  write: (_, years) => ({ age: { years: Number(years), months: 0 } }),
};

let world: TwoWay;
let model: ReturnType<typeof createModel>;
afterEach(() => world?.close());

async function start(): Promise<void> {
  world = await startTwoWay();
  model = createModel(world);
}

/** What both flows report about records that they did not write as they are. */
const told = (states: readonly State[]): Pick<Rejected, 'id' | 'code'>[] =>
  states.flatMap(({ report = {} }) =>
    Object.values(report).flatMap(({ rejected = [], adjusted = [] }) =>
      [...rejected, ...adjusted].map(({ id, code }) => ({ id, code })),
    ),
  );

/** Runs both flows until everybody was read, then once more: that run reports nothing. */
async function settle(): Promise<void> {
  for (let n = 0; n < 2; n += 1) await world.cycle();
  world.writes();
  expect(told(await world.cycle())).toEqual([]);
  expect(world.writes()).toBe(0);
}

/** As a user does it in Go.Data. */
async function convertTo(kind: 'case' | 'contact', id: string): Promise<void> {
  const send = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${world.goData.url}/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    return (await answer.json()) as { id: string };
  };
  const { email, password } = world.goData.store.users.list()[0] as Record<string, unknown>;
  const { id: token } = await send('users/login', { email, password });
  const from = kind === 'case' ? 'contacts' : 'cases';
  const path = `outbreaks/${OUTBREAK}/${from}/${id}/convert-to-${kind}`;
  await send(path, {}, { authorization: token });
}

/** As a user does it in DHIS2. */
function enrolAmongCases(id: string): void {
  const [contact] = model.enrollmentsOf(id);
  world.dhis2.store.tracker.put('enrollments', {
    ...contact!,
    enrollment: 'EnroCase001',
    program: 'uYjxkTbwRNf',
    enrolledAt: '2026-03-09',
    occurredAt: '2026-03-09',
  });
}

describe('a contact who is deleted in DHIS2', () => {
  it('keeps the last exposure in Go.Data, which is reported and not tried again', async () => {
    await start();
    const patient = model.addToDhis2('case', 0);
    const contact = model.addToDhis2('contact', 1);
    model.relateInDhis2(patient, contact);
    await world.cycle();
    const exposure = model.relationshipsInDhis2()[0]!.relationship;
    world.dhis2.store.tracker.delete('trackedEntities', contact);
    model.editGoData(patient, FIELDS[0]!, 'Changed');
    world.writes();
    const states = await world.cycle();
    expect(told(states)).toEqual([{ id: exposure, code: 'LAST_EXPOSURE_KEPT' }]);
    expect(model.readDhis2(patient, FIELDS[0]!)).toBe('Changed');
    expect(world.writes()).toBe(1);
    await settle();
    expect(model.relationshipsInGoData()).toHaveLength(1);
  });

  it('loses the exposure if there is another one', async () => {
    await start();
    const patient = model.addToDhis2('case', 0);
    const other = model.addToDhis2('case', 0);
    const contact = model.addToDhis2('contact', 1);
    model.relateInDhis2(patient, contact);
    await world.cycle();
    model.relateInGoData(other, contact);
    world.dhis2.store.tracker.delete('trackedEntities', contact);
    model.editDhis2(patient, FIELDS[0]!, 'Changed');
    await world.run('godata');
    const ends = model.relationshipsInGoData().map(one => one.persons.map(({ id }) => id));
    expect(ends).toEqual([[other, contact]]);
  });
});

describe('a contact who becomes a case', () => {
  it('in DHIS2 keeps the answers in both systems', async () => {
    await start();
    const person = model.addToDhis2('contact', 1);
    model.editDhis2(person, PATIENT_ID, 'A1');
    await world.cycle();
    enrolAmongCases(person);
    await settle();
    expect(model.readDhis2(person, PATIENT_ID)).toBe('A1');
    expect(model.readGoData(person, PATIENT_ID)).toBe('A1');
  });

  it('in Go.Data keeps the answers in both systems, those of the new form too', async () => {
    await start();
    const person = model.addToDhis2('contact', 1);
    model.editDhis2(person, PATIENT_ID, 'A1');
    await world.cycle();
    await convertTo('case', person);
    model.editGoData(person, FEVER, 'YES');
    await settle();
    for (const read of [model.readDhis2, model.readGoData]) {
      expect(read(person, PATIENT_ID)).toBe('A1');
      expect(read(person, FEVER)).toBe('YES');
    }
  });

  it('in Go.Data, and was first entered there, keeps the answers in both systems', async () => {
    await start();
    const person = model.addToGoData('contact', 1);
    model.editGoData(person, PATIENT_ID, 'A1');
    await world.cycle();
    const { trackedEntity } = model.entities()[0]!;
    await convertTo('case', person);
    model.editGoData(person, FEVER, 'YES');
    await settle();
    expect(model.readDhis2(trackedEntity, PATIENT_ID)).toBe('A1');
    expect(model.readDhis2(trackedEntity, FEVER)).toBe('YES');
    expect(model.readGoData(person, PATIENT_ID)).toBe('A1');
    expect(model.readGoData(person, FEVER)).toBe('YES');
  });

  it('accepts changes afterwards like any case', async () => {
    await start();
    const person = model.addToDhis2('contact', 1);
    model.editDhis2(person, PATIENT_ID, 'A1');
    await world.cycle();
    await convertTo('case', person);
    await settle();
    model.editDhis2(person, PATIENT_ID, undefined);
    await settle();
    expect(model.readGoData(person, PATIENT_ID)).toBeUndefined();
    model.editGoData(person, FEVER, 'NO');
    await settle();
    expect(model.readDhis2(person, FEVER)).toBe('NO');
  });
});

describe('an age', () => {
  const inMonths = (id: string, years: number, months: number) =>
    world.goData.store.people.update(id, { age: { years, months } });

  it('keeps its months in Go.Data, because DHIS2 has whole years', async () => {
    await start();
    const fromDhis2 = model.addToDhis2('case', 0);
    const fromGoData = model.addToGoData('case', 0);
    inMonths(fromGoData, 0, 7);
    await world.cycle();
    inMonths(fromDhis2, 1, 5);
    await settle();
    expect(model.readDhis2(fromDhis2, AGE)).toBe('1');
    expect(model.readGoData(fromDhis2, AGE)).toEqual({ years: 1, months: 5 });
    expect(model.readGoData(fromGoData, AGE)).toEqual({ years: 0, months: 7 });
    world.state = {};
    await settle();
    expect(model.readGoData(fromDhis2, AGE)).toEqual({ years: 1, months: 5 });
    expect(model.readGoData(fromGoData, AGE)).toEqual({ years: 0, months: 7 });
    model.editDhis2(fromDhis2, AGE, '2');
    await settle();
    expect(model.readGoData(fromDhis2, AGE)).toEqual({ years: 2, months: 0 });
  });

  it('that is not valid stays where it was entered, and the person is written', async () => {
    await start();
    const fromDhis2 = model.addToDhis2('case', 0);
    model.editDhis2(fromDhis2, AGE, '2004');
    const fromGoData = model.addToGoData('case', 0);
    model.editGoData(fromGoData, AGE, '2004');
    const states = await world.cycle();
    const code = 'INVALID_AGE';
    expect(told(states)).toEqual([
      { id: fromDhis2, code },
      { id: fromGoData, code },
    ]);
    await settle();
    expect(model.records()).toHaveLength(2);
    expect(model.entities()).toHaveLength(2);
    expect(model.readGoData(fromDhis2, AGE)).toBeUndefined();
    expect(model.readDhis2(fromDhis2, AGE)).toBe('2004');
    expect(model.readGoData(fromGoData, AGE)).toEqual({ years: 2004, months: 0 });
    model.editDhis2(fromDhis2, AGE, '22');
    model.editGoData(fromGoData, AGE, '22');
    await settle();
    expect(model.readGoData(fromDhis2, AGE)).toEqual({ years: 22, months: 0 });
    const other = model.entities().find(({ trackedEntity }) => trackedEntity !== fromDhis2)!;
    expect(model.readDhis2(other.trackedEntity, AGE)).toBe('22');
  });
});

describe('a day that is not in the calendar', () => {
  it('stays where it was entered, and the rest of the person is written', async () => {
    await start();
    const person = model.addToDhis2('case', 0);
    model.editDhis2(person, ONSET, '2026-02-30');
    expect(told(await world.cycle())).toEqual([{ id: person, code: 'INVALID_DATE' }]);
    await settle();
    expect(model.records()).toHaveLength(1);
    expect(model.readGoData(person, ONSET)).toBeUndefined();
    expect(model.readDhis2(person, ONSET)).toBe('2026-02-30');
    model.editDhis2(person, ONSET, '2026-02-28');
    await settle();
    expect(model.readGoData(person, ONSET)).toBe('2026-02-28T00:00:00.000Z');
  });
});

describe('a case that is converted to a contact in Go.Data', () => {
  it.each(['dhis2', 'godata'] as const)(
    'and was first entered in %s stays a contact, and is reported until DHIS2 agrees',
    async first => {
      await start();
      const [source, person] = [0, 1].map(place =>
        first === 'dhis2' ? model.addToDhis2('case', place) : model.addToGoData('case', place),
      ) as [string, string];
      if (first === 'dhis2') model.relateInDhis2(source, person);
      else model.relateInGoData(source, person);
      await world.cycle();
      await world.cycle();
      const typeOf = () => model.records().find(({ id }) => id === person)!.type;
      await convertTo('contact', person);
      const states = [...(await world.cycle()), ...(await world.cycle())];
      expect(typeOf()).toMatch(/_CONTACT$/);
      const entity = model
        .entities()
        .find(({ trackedEntity }) => model.enrollmentsOf(trackedEntity).length === 2)!;
      expect(told(states)).toEqual([{ id: entity.trackedEntity, code: 'CONTACT_KEPT' }]);
      const { tracker } = world.dhis2.store;
      const enrollments = model.enrollmentsOf(entity.trackedEntity);
      const asCase = enrollments.find(({ program }) => program === 'uYjxkTbwRNf')!;
      tracker.delete('enrollments', asCase.enrollment);
      await settle();
      expect(typeOf()).toMatch(/_CONTACT$/);
    },
  );
});
