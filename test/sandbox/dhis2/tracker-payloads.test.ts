import { describe, expect, it } from 'vitest';
import { ID } from './support/seed.js';
import {
  anImporter,
  aPerson,
  enrolment,
  importSeed,
  labResult,
  NEW,
} from './support/tracker-import.js';
import { PEOPLE, WHO } from './support/tracker-seed.js';

/** Two people with the same unique value. */
const TWINS = {
  trackedEntities: ['PersonTwin1', 'PersonTwin2'].map(trackedEntity =>
    aPerson({ trackedEntity, attributes: [{ attribute: WHO.systemId, value: 'COVID19_TWIN' }] }),
  ),
};

const named = (value: string) => aPerson({ attributes: [{ attribute: WHO.firstName, value }] });

const nameOf = (person: { attributes: { value: string }[] }) => person.attributes[0]?.value;

describe('one unique value for two people in a payload (LIVE 264)', () => {
  it('is refused for both', async () => {
    const { send, read } = await anImporter();
    expect((await send(TWINS)).codes).toEqual(['E1064', 'E1064']);
    expect(await read('trackedEntities/PersonTwin1')).toBeUndefined();
  });

  it('is stored for both where the server does not notice it, and refused later', async () => {
    const seed = { ...importSeed(), chance: { storesUniqueTwins: true } };
    const { send, read } = await anImporter('2.42', seed);
    expect((await send(TWINS)).body).toMatchObject({ status: 'OK', stats: { created: 2 } });
    expect(await read('trackedEntities/PersonTwin2')).toBeDefined();
    const [first] = TWINS.trackedEntities;
    expect((await send({ trackedEntities: [first] })).codes).toEqual(['E1064']);
  });
});

describe('the same tracked entity twice in a payload', () => {
  const payload = { trackedEntities: [named('Ada'), named('Ngozi')] };

  it('counts twice, and the last one is stored, until 2.42 (recording 186)', async () => {
    const { send, read } = await anImporter();
    expect((await send(payload)).body.stats.created).toBe(2);
    expect(nameOf(await read(`trackedEntities/${NEW.person}`))).toBe('Ngozi');
  });

  it('makes the whole request fail since 2.43 (recording 186)', async () => {
    const { send, read } = await anImporter('2.43');
    const { status, body } = await send(payload);
    expect([status, body.message]).toEqual([500, expect.stringContaining('duplicate key')]);
    expect(await read(`trackedEntities/${NEW.person}`)).toBeUndefined();
    expect((await send(payload, 'importMode=VALIDATE')).status).toBe(200);
  });
});

describe('the same attribute twice in a tracked entity (recording 187)', () => {
  const twice = ['Ada', 'Ngozi'].map(value => ({ attribute: WHO.firstName, value }));
  const payload = { trackedEntities: [aPerson({ attributes: twice })] };

  it('makes the whole request fail until 2.42', async () => {
    const { send, read } = await anImporter();
    expect((await send({ ...payload, enrollments: [enrolment()] })).status).toBe(500);
    expect(await read(`trackedEntities/${NEW.person}`)).toBeUndefined();
  });

  it('is stored with its last value since 2.43', async () => {
    const { send, read } = await anImporter('2.43');
    expect((await send(payload)).status).toBe(200);
    expect(nameOf(await read(`trackedEntities/${NEW.person}`))).toBe('Ngozi');
  });
});

it.each([
  ['2024', '2024-01-01T00:00:00.000'],
  ['20240115', '2024-01-15T00:00:00.000'],
  ['2024-1-5', '2024-01-05T00:00:00.000'],
  ['2024-01-15T10', '2024-01-15T10:00:00.000'],
  ['2024-01-15T10:00:00.123456', '2024-01-15T10:00:00.123'],
  // The server of the fixture is in Lagos.
  ['2024-01-01T10:00:00Z', '2024-01-01T11:00:00.000'],
  ['2024-01-01T10:00:00+03:00', '2024-01-01T08:00:00.000'],
  ['1704105000000', '2024-01-01T11:30:00.000'],
])('reads the time %s (LIVE 216, 217; recordings 121, 122)', async (occurredAt, stored) => {
  const { send, read } = await anImporter();
  const event = labResult({ enrollment: 'EnrolCase01', occurredAt });
  expect((await send({ events: [event] })).status).toBe(200);
  expect((await read(`events/${NEW.event}`)).occurredAt).toBe(stored);
});

it.each(['2024-02-30', '05/01/2024', '2024-01-15 10:00:00', '2024-13-01', '2024-01-15T25:00'])(
  'refuses a whole request because of the time %s (LIVE 217)',
  async occurredAt => {
    const { send, read } = await anImporter();
    const events = [labResult({ enrollment: 'EnrolCase01', occurredAt })];
    const { status, body } = await send(
      { trackedEntities: [aPerson()], events },
      'atomicMode=OBJECT',
    );
    expect([status, body.message]).toEqual([400, expect.stringContaining('Invalid date format')]);
    expect(await read(`trackedEntities/${NEW.person}`)).toBeUndefined();
  },
);

it('omits a blank value of an event silently (LIVE 221)', async () => {
  const { send, read } = await anImporter();
  const dataValues = [{ dataElement: WHO.labResult, value: ' ' }];
  const events = [labResult({ enrollment: 'EnrolCase01', dataValues })];
  expect((await send({ events })).body.stats.created).toBe(1);
  expect((await read(`events/${NEW.event}`)).dataValues).toEqual([]);
});

it("does not move an enrollment outside the user's org units", async () => {
  const { send } = await anImporter();
  const there = {
    enrollment: 'EnrolCase01',
    trackedEntity: PEOPLE.case,
    orgUnit: ID.otherDistrict,
  };
  const moved = { enrollments: [enrolment({ ...there, occurredAt: '2026-08-10' })] };
  expect((await send(moved, 'importStrategy=UPDATE', 'entry')).codes).toEqual(['E1000']);
});

describe('codes instead of ids', () => {
  const seed = () => {
    const base = importSeed();
    base.organisationUnits.find(({ id }) => id === ID.facility)!.code = 'FAC_1';
    base.programs![0]!.code = 'CASES';
    return base;
  };
  const byCode = (fields: object = {}) => ({
    trackedEntities: [aPerson({ orgUnit: 'FAC_1', attributes: [] })],
    enrollments: [enrolment({ orgUnit: 'FAC_1', program: 'CASES', ...fields })],
  });
  const SCHEMES = 'orgUnitIdScheme=CODE&programIdScheme=code';

  it('are accepted (recording 133)', async () => {
    const { send, read } = await anImporter('2.42', seed());
    expect((await send(byCode(), SCHEMES)).body.stats.created).toBe(2);
    const { program, orgUnit } = await read(`enrollments/${NEW.enrollment}`);
    expect([program, orgUnit]).toEqual([WHO.cases, ID.facility]);
  });

  it('are case-sensitive (recording 134), and an id is not accepted for one', async () => {
    const { send } = await anImporter('2.42', seed());
    expect((await send(byCode({ program: 'cases' }), SCHEMES)).codes).toEqual(['E1069']);
    const { status, body } = await send(byCode({ program: WHO.cases }), SCHEMES);
    expect([status, body.errorCode]).toEqual([400, 'SANDBOX']);
  });
});

it.each([
  ['{"events":[', 'expected close marker for Array'],
  ['', 'Required request body is missing'],
  ['[]', 'from Array value'],
  ['\u001f\u008b', 'Illegal character ((CTRL-CHAR, code 31))'],
])('refuses the body %j as the server does (recordings 245 to 252)', async (text, words) => {
  const { post } = await anImporter();
  const { status, body } = await post('/api/tracker?async=false', text);
  expect([status, body.message]).toEqual([400, expect.stringContaining(words)]);
});
