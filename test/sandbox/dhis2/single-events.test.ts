import { describe, expect, it } from 'vitest';
import { Dhis2Store } from '#sandbox/dhis2/index.js';
import { ID } from './support/seed.js';
import { anImporter, importSeed } from './support/tracker-import.js';
import { PEOPLE, WHO } from './support/tracker-seed.js';

const PROGRAM = 'ProgEvents1';
const STAGE = 'StageEvent1';
const EXPIRING = 'ProgExpire1';
const EXPIRING_STAGE = 'StageExpir1';
const SEEN_AT = 'RelTypeSeen';

/**
 * The fixture with a program of single events, one program with events that expire, and a
 * relationship to an event.
 */
function aSeed() {
  const seed = importSeed();
  const program = (id: string, fields: object = {}) => ({
    id,
    name: id,
    programType: 'WITHOUT_REGISTRATION' as const,
    organisationUnits: [{ id: ID.facility }],
    programTrackedEntityAttributes: [],
    ...fields,
  });
  const stage = (id: string, of: string) => ({
    id,
    name: id,
    program: { id: of },
    programStageDataElements: [{ dataElement: { id: WHO.labResult } }],
  });
  seed.programs!.push(
    program(PROGRAM),
    program(EXPIRING, { expiryDays: 5, expiryPeriodType: 'Monthly' }),
  );
  seed.programStages!.push(stage(STAGE, PROGRAM), stage(EXPIRING_STAGE, EXPIRING));
  seed.relationshipTypes!.push({
    id: SEEN_AT,
    name: 'Seen at',
    bidirectional: false,
    fromConstraint: {
      relationshipEntity: 'TRACKED_ENTITY_INSTANCE',
      trackedEntityType: { id: WHO.person },
    },
    toConstraint: {
      relationshipEntity: 'PROGRAM_STAGE_INSTANCE',
      programStage: { id: STAGE },
    },
  });
  seed.events!.push({
    event: 'EventSeed01',
    programStage: STAGE,
    orgUnit: ID.facility,
    occurredAt: '2026-08-01',
  });
  return seed;
}

const anEvent = (fields: object = {}) => ({
  events: [
    {
      event: 'EventSing01',
      program: PROGRAM,
      programStage: STAGE,
      orgUnit: ID.facility,
      occurredAt: '2026-08-11',
      dataValues: [{ dataElement: WHO.labResult, value: 'POSITIVE' }],
      ...fields,
    },
  ],
});

it('are saved and restored with a store', () => {
  const store = Dhis2Store.fromJSON(new Dhis2Store(aSeed()).toJSON());
  expect(store.tracker.singleEventsOf(STAGE).map(one => one.event)).toEqual(['EventSeed01']);
});

it('need no attributes of their program', () => {
  const seed = aSeed();
  const [program] = seed.programs!.splice(2, 1);
  const { programTrackedEntityAttributes: _none, ...rest } = program!;
  const store = new Dhis2Store({ ...seed, programs: [...seed.programs!, rest as never] });
  expect(store.metadata.get('programs', PROGRAM)!.programTrackedEntityAttributes).toEqual([]);
});

describe.each(['2.42', '2.43'])('single events of %s', version => {
  it('are created and read without their own enrollment', async () => {
    const { send, read, get } = await anImporter(version, aSeed());
    expect((await send(anEvent())).body).toMatchObject({ status: 'OK', stats: { created: 1 } });
    const event = await read('events/EventSing01');
    expect(event).toMatchObject({ program: PROGRAM, programStage: STAGE });
    expect(event).not.toHaveProperty('trackedEntity');
    const list = await get(`/api/tracker/events?program=${PROGRAM}&fields=*`, 'admin');
    const enrollments = list.body.events.map((one: { enrollment?: string }) => one.enrollment);
    // All events of a program share one placeholder enrollment, up to 2.42 (recording 312).
    expect(new Set(enrollments)).toEqual(
      new Set([version === '2.42' ? expect.stringMatching(/^\w{11}$/) : undefined]),
    );
  });

  it('belong to the only stage of their program, whatever enrollment they name', async () => {
    const { send, read } = await anImporter(version, aSeed());
    const event = anEvent({ programStage: undefined, enrollment: 'EnrolCase01' });
    expect((await send(event)).body.status).toBe('OK');
    expect(await read('events/EventSing01')).toMatchObject({ programStage: STAGE });
    const { enrollments } = await read(`trackedEntities/${PEOPLE.case}`);
    expect(JSON.stringify(enrollments)).not.toContain('EventSing01');
  });

  it('always have a date, and are never scheduled (LIVE 219)', async () => {
    const { send } = await anImporter(version, aSeed());
    const planned = { status: 'SCHEDULE', scheduledAt: '2026-09-01', dataValues: [] };
    const day = { occurredAt: undefined };
    expect((await send(anEvent(day))).codes).toEqual(['E1031']);
    const codes = version === '2.42' ? ['E1031'] : ['E1318'];
    expect((await send(anEvent({ ...planned, ...day }))).codes).toEqual(codes);
  });

  it("cannot be created, changed or deleted outside the user's org units", async () => {
    const seed = aSeed();
    seed
      .programs!.find(one => one.id === PROGRAM)!
      .organisationUnits.push({
        id: ID.otherDistrict,
      });
    const { send } = await anImporter(version, seed);
    const there = anEvent({ orgUnit: ID.otherDistrict });
    expect((await send(there, '', 'entry')).codes).toEqual(['E1000']);
    expect((await send(there)).status).toBe(200);
    expect((await send(anEvent(), 'importStrategy=UPDATE', 'entry')).codes).toEqual(['E1000']);
    expect((await send(anEvent(), 'importStrategy=DELETE', 'entry')).codes).toEqual(['E1000']);
    expect((await send(anEvent(), 'importStrategy=DELETE')).status).toBe(200);
  });

  it('expire with their period (recording 167)', async () => {
    const { send } = await anImporter(version, aSeed());
    const expiring = (occurredAt: string) =>
      anEvent({ program: EXPIRING, programStage: EXPIRING_STAGE, occurredAt });
    expect((await send(expiring('2026-07-31'))).codes).toEqual(['E1047']);
    expect((await send(expiring('2026-08-01'))).codes).toEqual([]);
    expect((await send(expiring('2026-07-31'), '', 'admin')).codes).toEqual([]);
  });

  it('accept no enrollment in their program (recording 148)', async () => {
    const { send } = await anImporter(version, aSeed());
    const { codes } = await send({
      enrollments: [
        {
          trackedEntity: PEOPLE.case,
          program: PROGRAM,
          orgUnit: ID.facility,
          enrolledAt: '2026-08-10',
          occurredAt: '2026-08-10',
        },
      ],
    });
    expect(codes).toEqual(['E1014']);
  });

  it('can be an end of a relationship (recording 127)', async () => {
    const { send, get } = await anImporter(version, aSeed());
    const { body } = await send({
      relationships: [
        {
          relationship: 'RelationEv1',
          relationshipType: SEEN_AT,
          from: { trackedEntity: { trackedEntity: PEOPLE.case } },
          to: { event: { event: 'EventSeed01' } },
        },
      ],
    });
    expect(body.stats.created).toBe(1);
    const path = `/api/tracker/relationships?trackedEntity=${PEOPLE.case}&fields=to[event[event]]`;
    expect((await get(path, 'admin')).body.relationships).toContainEqual({
      to: { event: { event: 'EventSeed01' } },
    });
  });

  it("are visible within the user's search scope, and only with read access to their program", async () => {
    const seed = aSeed();
    seed.programs!.find(one => one.id === PROGRAM)!.readAccess = ['clerk'];
    const { get } = await anImporter(version, seed);
    const path = `/api/tracker/events?program=${PROGRAM}&fields=event`;
    expect((await get(path, 'clerk')).body.events).toEqual([{ event: 'EventSeed01' }]);
    expect((await get(path, 'entry')).status).toBe(403);
  });
});
