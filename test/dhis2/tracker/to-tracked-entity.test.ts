import { expect, it } from 'vitest';
import type { RawEnrollment, RawTrackedEntity } from '#dhis2/tracker/fetch/raw.js';
import { toTrackedEntity } from '#dhis2/tracker/fetch/to-tracked-entity.js';

const PERSON: RawTrackedEntity = {
  trackedEntity: 'PersonAAAAA',
  createdAt: '2026-08-01T08:00:00.000',
  updatedAt: '2026-08-02T08:00:00.000',
  orgUnit: 'FacilityAAA',
};

const anEnrollment = (fields: Partial<RawEnrollment> & { enrollment: string }): RawEnrollment => ({
  program: 'ProgramAAAA',
  orgUnit: 'FacilityAAA',
  enrolledAt: '2026-08-01T00:00:00.000',
  ...fields,
});

const convert = (fields: Partial<RawTrackedEntity>) =>
  toTrackedEntity({ ...PERSON, ...fields }, 'case', 'ProgramAAAA');

it('attributes of the enrollments are added to those of the tracked entity, without empty ones', () => {
  const { attributes } = convert({
    attributes: [
      { attribute: 'AttributeA1', value: 'Ada' },
      { attribute: 'AttributeA2', value: '' },
      { attribute: 'AttributeA3', value: null },
    ],
    enrollments: [
      anEnrollment({
        enrollment: 'EnrollmentA',
        attributes: [{ attribute: 'AttributeA4', value: '41' }, { attribute: 'AttributeA5' }],
      }),
      anEnrollment({
        enrollment: 'EnrollmentB',
        program: 'ProgramBBBB',
        attributes: [{ attribute: 'AttributeB1', value: 'of another program' }],
      }),
    ],
  });
  expect(attributes).toEqual({ AttributeA1: 'Ada', AttributeA4: '41' });
});

it('the latest enrollment comes last, and those of other programs are omitted', () => {
  const { enrollments } = convert({
    enrollments: [
      anEnrollment({ enrollment: 'EnrollmentC', enrolledAt: '2026-08-03T10:00:00.000' }),
      anEnrollment({ enrollment: 'EnrollmentD', enrolledAt: null }),
      anEnrollment({ enrollment: 'EnrollmentB', enrolledAt: '2026-08-03T09:00:00.000' }),
      anEnrollment({ enrollment: 'EnrollmentX', program: 'ProgramBBBB' }),
      anEnrollment({ enrollment: 'EnrollmentA' }),
    ],
  });
  expect(enrollments.map(({ id, enrolledAt }) => [id, enrolledAt])).toEqual([
    ['EnrollmentA', '2026-08-01'],
    ['EnrollmentB', '2026-08-03'],
    ['EnrollmentC', '2026-08-03'],
    ['EnrollmentD', undefined],
  ]);
});

it('events come in the order in which they took place, then were entered; those without a day last', () => {
  const anEvent = (event: string, occurredAt: string | null, createdAt: string) => ({
    event,
    programStage: 'StageAAAAAA',
    occurredAt,
    createdAt,
  });
  const { enrollments } = convert({
    enrollments: [
      anEnrollment({
        enrollment: 'EnrollmentA',
        events: [
          anEvent('EventAAAAA5', null, '2026-08-01T08:00:00.000'),
          anEvent('EventAAAAA4', '2026-08-03T00:00:00.000', '2026-08-04T08:00:00.002'),
          anEvent('EventAAAAA3', '2026-08-03T00:00:00.000', '2026-08-04T08:00:00.001'),
          anEvent('EventAAAAA1', '2026-08-01T00:00:00.000', '2026-08-09T08:00:00.000'),
        ],
      }),
    ],
  });
  expect(enrollments[0]!.events.map(({ id }) => id)).toEqual([
    'EventAAAAA1',
    'EventAAAAA3',
    'EventAAAAA4',
    'EventAAAAA5',
  ]);
});

it('a relationship is passed on if both its ends are tracked entities', () => {
  const end = (trackedEntity: string) => ({ trackedEntity: { trackedEntity } });
  const { relationships } = convert({
    relationships: [
      {
        relationship: 'RelationAAA',
        relationshipType: 'TypeAAAAAAA',
        createdAt: '2026-08-01T08:00:00.000',
        from: end('PersonAAAAA'),
        to: end('PersonBBBBB'),
      },
      {
        relationship: 'RelationBBB',
        relationshipType: 'TypeAAAAAAA',
        from: end('PersonAAAAA'),
        to: { event: { event: 'EventAAAAAA' } } as object,
      },
    ],
  });
  expect(relationships).toEqual([
    {
      id: 'RelationAAA',
      type: 'TypeAAAAAAA',
      from: 'PersonAAAAA',
      to: 'PersonBBBBB',
      createdAt: '2026-08-01',
    },
  ]);
});

it('an event that was created from a Go.Data record is recognised by its note', () => {
  const events = ['Go.Data 3a9b', 'Linked to Go.Data 3a9b', 'Seen at home', null].map(
    (value, n) => ({
      event: `EventAAAAA${n}`,
      programStage: 'StageAAAAAA',
      notes: [{ value: 'Entered late' }, { value }],
    }),
  );
  const { enrollments } = convert({
    enrollments: [anEnrollment({ enrollment: 'EnrollmentA', events })],
  });
  expect(enrollments[0]!.events.map(({ fromGoData }) => fromGoData)).toEqual([
    true,
    undefined,
    undefined,
    undefined,
  ]);
});
