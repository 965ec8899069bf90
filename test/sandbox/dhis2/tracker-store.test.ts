import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Dhis2Store } from '#sandbox/dhis2/index.js';
import { ID } from './support/seed.js';
import {
  anEnrollment,
  anEvent,
  aRelationship,
  aTrackedEntity,
  aTrackerSeed,
  PEOPLE,
  WHO,
} from './support/tracker-seed.js';

/** The current time of the store, as its server in Lagos writes it. */
const NOW = '2026-08-19T11:00:00.000';

const aStore = (seed = aTrackerSeed()) =>
  new Dhis2Store(seed, () => new Date('2026-08-19T10:00:00.000Z'));

const updatedAt = ({ tracker }: Dhis2Store, id: string) =>
  tracker.get('trackedEntities', id)?.updatedAt;

it('restores what it saved, including deleted objects', () => {
  const store = aStore();
  store.tracker.delete('trackedEntities', PEOPLE.case);
  const saved = JSON.parse(JSON.stringify(store));
  const restored = Dhis2Store.fromJSON(saved);
  expect(JSON.parse(JSON.stringify(restored))).toEqual(saved);
  expect(restored.tracker.get('trackedEntities', PEOPLE.case)).toMatchObject({
    deleted: true,
    updatedAt: NOW,
  });
});

it('completes what a seed omits, and writes its times as the server does', () => {
  const seed = aTrackerSeed();
  seed.enrollments![0]!.enrolledAt = '2026-08-01T23:30:00.000Z';
  const { tracker } = aStore(seed);
  expect(tracker.get('trackedEntities', PEOPLE.contact)).toEqual({
    trackedEntity: PEOPLE.contact,
    trackedEntityType: WHO.person,
    orgUnit: ID.facility,
    createdAt: '2026-08-01T08:00:00.000',
    updatedAt: '2026-08-11T08:00:00.000',
    inactive: false,
    deleted: false,
    potentialDuplicate: false,
    attributes: [
      {
        attribute: WHO.firstName,
        value: 'Chidi',
        createdAt: '2026-08-01T08:00:00.000',
        updatedAt: '2026-08-01T08:00:00.000',
      },
    ],
  });
  expect(tracker.get('enrollments', 'EnrolCase01')).toMatchObject({
    status: 'ACTIVE',
    followUp: false,
    enrolledAt: '2026-08-02T00:30:00.000',
    occurredAt: '2026-07-30T00:00:00.000',
  });
  expect(tracker.get('events', 'EventLab001')).toMatchObject({
    attributeOptionCombo: ID.default,
    dataValues: [{ dataElement: WHO.labResult, value: 'POSITIVE', providedElsewhere: false }],
  });
});

const VALUES = [{ dataElement: WHO.labResult, value: 'NEGATIVE' }];
const EVENT = anEvent({ event: 'EventLab001', enrollment: 'EnrolCase01', dataValues: VALUES });

it.each<[string, (tracker: Dhis2Store['tracker']) => void]>([
  [
    'it changes itself',
    tracker => tracker.put('trackedEntities', aTrackedEntity({ trackedEntity: PEOPLE.case })),
  ],
  [
    'an enrollment is added',
    tracker =>
      tracker.put(
        'enrollments',
        anEnrollment({ enrollment: 'EnrolNew001', trackedEntity: PEOPLE.case }),
      ),
  ],
  ['an enrollment is deleted', tracker => tracker.delete('enrollments', 'EnrolCase01')],
  ['an event changes', tracker => tracker.put('events', EVENT)],
  ['an event is deleted', tracker => tracker.delete('events', 'EventLab001')],
])('changes the updatedAt of a tracked entity when %s', (_, change) => {
  const store = aStore();
  const others = [PEOPLE.contact, PEOPLE.elsewhere].map(id => updatedAt(store, id));
  change(store.tracker);
  expect(updatedAt(store, PEOPLE.case)).toBe(NOW);
  expect([PEOPLE.contact, PEOPLE.elsewhere].map(id => updatedAt(store, id))).toEqual(others);
});

// dhis2 LIVE 214.
it.each([
  ['both ends', true, [NOW, NOW]],
  ['the end that it begins at', false, [NOW, '2026-08-11T08:00:00.000']],
])(
  'changes the updatedAt of %s with a relationship (bidirectional: %s)',
  (_, bidirectional, times) => {
    const seed = aTrackerSeed();
    for (const type of seed.relationshipTypes!) type.bidirectional = bidirectional;
    for (const change of [
      (tracker: Dhis2Store['tracker']) => tracker.delete('relationships', 'Relation001'),
      (tracker: Dhis2Store['tracker']) =>
        tracker.put('relationships', aRelationship('Relation002', PEOPLE.case, PEOPLE.contact)),
    ]) {
      const store = aStore(structuredClone(seed));
      change(store.tracker);
      expect([PEOPLE.case, PEOPLE.contact].map(id => updatedAt(store, id))).toEqual(times);
    }
  },
);

it('keeps the times of values that a change does not touch', () => {
  const { tracker } = aStore();
  const { attributes } = tracker.get('trackedEntities', PEOPLE.case)!;
  const [ada, obi] = attributes;
  tracker.put(
    'trackedEntities',
    aTrackedEntity({
      trackedEntity: PEOPLE.case,
      attributes: [
        { attribute: WHO.firstName, value: 'Ada' },
        { attribute: WHO.surname, value: 'Okafor' },
        { attribute: WHO.age, value: '42' },
      ],
    }),
  );
  expect(tracker.get('trackedEntities', PEOPLE.case)?.attributes.slice(0, 2)).toEqual([
    ada,
    { ...obi, value: 'Okafor', updatedAt: NOW },
  ]);
  expect(tracker.get('trackedEntities', PEOPLE.case)?.createdAt).toBe('2026-08-01T08:00:00.000');
});

it('deletes all that belongs to a tracked entity, and only once', () => {
  const { tracker } = aStore();
  expect(tracker.delete('trackedEntities', PEOPLE.case)).toBe(true);
  const isDeleted = [
    tracker.get('enrollments', 'EnrolCase01'),
    tracker.get('enrollments', 'EnrolCase02'),
    tracker.get('events', 'EventLab001'),
    tracker.get('relationships', 'Relation001'),
    tracker.get('trackedEntities', PEOPLE.contact),
  ].map(object => object?.deleted);
  expect(isDeleted).toEqual([true, true, true, true, false]);
  expect(tracker.delete('trackedEntities', PEOPLE.case)).toBe(false);
  expect(tracker.delete('events', 'NobodyThere')).toBe(false);
});

it.each<[string, RegExp, (tracker: Dhis2Store['tracker']) => void]>([
  [
    'a deleted UID',
    /E1114/,
    tracker => {
      tracker.delete('trackedEntities', PEOPLE.case);
      tracker.put('trackedEntities', aTrackedEntity({ trackedEntity: PEOPLE.case }));
    },
  ],
  [
    'an event of a deleted enrolment',
    /EnrolCase01, which is deleted/,
    tracker => {
      tracker.delete('enrollments', 'EnrolCase01');
      tracker.put('events', anEvent({ event: 'EventNew001', enrollment: 'EnrolCase01' }));
    },
  ],
  [
    'an enrollment without a tracked entity',
    /trackedEntities\/NobodyThere, which does not exist/,
    tracker =>
      tracker.put(
        'enrollments',
        anEnrollment({ enrollment: 'EnrolNew001', trackedEntity: 'NobodyThere' }),
      ),
  ],
  [
    'a stage of another program',
    /stage of another program/,
    tracker =>
      tracker.put(
        'events',
        anEvent({ event: 'EventNew001', enrollment: 'EnrolCont01', programStage: WHO.labResults }),
      ),
  ],
  [
    'an enrolment that changes hands',
    /cannot change its trackedEntity/,
    tracker =>
      tracker.put(
        'enrollments',
        anEnrollment({ enrollment: 'EnrolCase01', trackedEntity: PEOPLE.contact }),
      ),
  ],
  [
    'a relationship of an object with itself',
    /E4000/,
    tracker => tracker.put('relationships', aRelationship('Relation002', PEOPLE.case, PEOPLE.case)),
  ],
  [
    'a deletion in passing',
    /use delete/,
    tracker => tracker.put('events', { ...EVENT, deleted: true }),
  ],
  [
    'an invalid time',
    /"soon" is not a time/,
    tracker => tracker.put('events', { ...EVENT, scheduledAt: 'soon' }),
  ],
])('refuses %s', (_, message, write) => {
  const { tracker } = aStore();
  expect(() => write(tracker)).toThrow(message);
});

it('refuses a seed with inconsistent objects', () => {
  const seed = aTrackerSeed();
  seed.events![0]!.orgUnit = 'NobodyThere';
  expect(() => new Dhis2Store(seed)).toThrow(
    'events/EventClin01 refers to organisationUnits/NobodyThere, which does not exist.',
  );
});

it('refuses a program with enrollments but no type, and a program of single events with a type', () => {
  const store = aStore();
  const program = store.metadata.get('programs', WHO.contacts)!;
  const { trackedEntityType: _type, ...rest } = program;
  expect(() => store.metadata.put('programs', rest)).toThrow(/has enrollments, and no type/);
  const single = { ...program, programType: 'WITHOUT_REGISTRATION' as const };
  expect(() => store.metadata.put('programs', single)).toThrow(/single events, and a type/);
});

it('does not remove an org unit that has ever had tracked entities, enrollments or events', () => {
  const store = aStore();
  store.tracker.delete('trackedEntities', PEOPLE.elsewhere);
  store.metadata.delete('organisationUnits', ID.closed);
  expect(() => store.metadata.delete('organisationUnits', ID.otherDistrict)).toThrow(/E4030/);
});

it('finds related objects after any edits, as a complete search does', () => {
  const number = fc.nat({ max: 3 });
  const edit = fc.tuple(
    fc.constantFrom('person', 'leave', 'enrolment', 'event', 'delete'),
    number,
    number,
  );
  fc.assert(
    fc.property(fc.array(edit, { minLength: 10, maxLength: 40 }), edits => {
      const { tracker } = aStore();
      const idOf = (kind: string, index: number) => `${kind.padEnd(10, 'A')}${index}`;
      for (const [action, one, other] of edits) {
        // An invalid edit is refused, and must change nothing.
        try {
          if (action === 'person') {
            const attributes = [{ attribute: WHO.systemId, value: `COVID19_${other}` }];
            const trackedEntity = idOf('P', one);
            tracker.put('trackedEntities', aTrackedEntity({ trackedEntity, attributes }));
          } else if (action === 'leave') {
            tracker.delete('trackedEntities', idOf('P', one));
          } else if (action === 'enrolment') {
            const trackedEntity = idOf('P', other);
            tracker.put('enrollments', anEnrollment({ enrollment: idOf('E', one), trackedEntity }));
          } else if (action === 'event') {
            tracker.put('events', anEvent({ event: idOf('V', one), enrollment: idOf('E', other) }));
          } else {
            tracker.delete('enrollments', idOf('E', one));
          }
        } catch (error) {
          expect(String(error)).toMatch(/does not exist|is deleted|cannot change/);
        }
      }
      for (const { trackedEntity } of tracker.list('trackedEntities')) {
        const all = tracker.list('enrollments').filter(one => one.trackedEntity === trackedEntity);
        expect(tracker.enrollmentsOf(trackedEntity)).toEqual(all);
      }
      for (const { enrollment, deleted } of tracker.list('enrollments')) {
        const all = tracker.list('events').filter(one => one.enrollment === enrollment);
        expect(tracker.eventsOf(enrollment)).toEqual(all);
        if (deleted) expect(all.every(one => one.deleted)).toBe(true);
      }
      for (const value of [0, 1, 2, 3].map(index => `COVID19_${index}`)) {
        const holders = tracker
          .list('trackedEntities')
          .filter(one => !one.deleted && one.attributes.some(each => each.value === value));
        expect(new Set(tracker.trackedEntitiesWith(WHO.systemId, value))).toEqual(
          new Set(holders.map(({ trackedEntity }) => trackedEntity)),
        );
      }
      const cases = tracker.list('enrollments').filter(one => one.program === WHO.cases);
      expect(tracker.enrollmentsIn(WHO.cases)).toEqual(cases);
    }),
  );
});
