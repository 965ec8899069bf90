import type { Dhis2Seed, TrackerDrafts } from '#sandbox/dhis2/index.js';
import { aSeed, aUser, ID } from './seed.js';

/** WHO's COVID-19 case-based package, by the role of each object (dhis2 FACTS §7). */
export const WHO = {
  cases: 'uYjxkTbwRNf',
  contacts: 'DM9n1bUw8W8',
  person: 'MCPQUTHX1Ze',
  firstName: 'sB1IHYu2xQT',
  surname: 'ENRjVGxVL6l',
  sex: 'oindugucx72',
  age: 'Rv8WM2mTuS5',
  systemId: 'HAZ7VQ730yn',
  clinical: 'LpWNjNGvCO5',
  labResults: 'dDHkBd3X8Ce',
  followUp: 'sAV9jAajr8x',
  onset: 's3eoonJ8OJb',
  labResult: 'ovY6E8BSdto',
  inContact: 'ipjUWSTPKFt',
} as const;

/** People of the fixture; the contact is related to the case. */
export const PEOPLE = {
  case: 'PersonCase1',
  contact: 'PersonCont1',
  elsewhere: 'PersonElse1',
} as const;

const attribute = (id: string, code: string, fields: object = {}) => ({
  id,
  code,
  name: code.toLowerCase(),
  valueType: 'TEXT',
  ...fields,
});

const ref = (id: string) => ({ id });
const ofProgram = (id: string) => ({ trackedEntityAttribute: ref(id) });

export function aTrackedEntity(
  fields: Partial<TrackerDrafts['trackedEntities']> & { trackedEntity: string },
): TrackerDrafts['trackedEntities'] {
  return {
    trackedEntityType: WHO.person,
    orgUnit: ID.facility,
    createdAt: '2026-08-01T08:00:00.000',
    ...fields,
  };
}

export function anEnrollment(
  fields: Partial<TrackerDrafts['enrollments']> & { enrollment: string; trackedEntity: string },
): TrackerDrafts['enrollments'] {
  return {
    program: WHO.cases,
    orgUnit: ID.facility,
    enrolledAt: '2026-08-01',
    createdAt: '2026-08-01T08:00:00.000',
    ...fields,
  };
}

export function anEvent(
  fields: Partial<TrackerDrafts['events']> & { event: string; enrollment: string },
): TrackerDrafts['events'] {
  return {
    programStage: WHO.labResults,
    orgUnit: ID.facility,
    occurredAt: '2026-08-02',
    createdAt: '2026-08-01T08:00:00.000',
    ...fields,
  };
}

export function aRelationship(
  relationship: string,
  from: string,
  to: string,
): TrackerDrafts['relationships'] {
  return {
    relationship,
    relationshipType: WHO.inContact,
    from: { trackedEntity: { trackedEntity: from } },
    to: { trackedEntity: { trackedEntity: to } },
    createdAt: '2026-08-01T08:00:00.000',
  };
}

/**
 * The fixture of aggregate reporting with WHO's programs added: a case with two enrollments, a
 * contact related to it, and a case in another district. `entry` works in the first district only.
 */
export function aTrackerSeed(seed: Partial<Dhis2Seed> = {}): Dhis2Seed {
  const element = (id: string, code: string, fields: object = {}) => ({
    ...attribute(id, code, fields),
    aggregationType: 'NONE',
    domainType: 'TRACKER',
    zeroIsSignificant: false,
    categoryCombo: ref('bjDvmb4bfuf'),
  });
  const base = aSeed({}, { systemInfo: { serverTimeZoneId: 'Africa/Lagos' } });
  return {
    ...base,
    users: [
      aUser({ username: 'entry', organisationUnits: [ref(ID.district)] }),
      aUser({ username: 'admin', authorities: ['ALL'] }),
    ],
    optionSets: [
      ...base.optionSets!,
      {
        id: 'OptionSetSx',
        code: 'SEX',
        name: 'Sex',
        options: [
          { id: 'OptionFemal', code: 'FEMALE', name: 'Female' },
          { id: 'OptionMaleA', code: 'MALE', name: 'Male' },
        ],
      },
    ],
    dataElements: [
      ...base.dataElements,
      element(WHO.onset, 'PATCOURSE_DATEONSET', { valueType: 'DATE' }),
      element(WHO.labResult, 'OUTCOME_LAB_RESULT'),
    ],
    trackedEntityAttributes: [
      attribute(WHO.firstName, 'FIRST_NAME'),
      attribute(WHO.surname, 'SURNAME'),
      attribute(WHO.sex, 'PATINFO_SEX', { optionSet: ref('OptionSetSx') }),
      attribute(WHO.age, 'PATINFO_AGEONSET', { valueType: 'INTEGER_ZERO_OR_POSITIVE' }),
      attribute(WHO.systemId, 'SYSTEM_GENERATED_ID', {
        unique: true,
        generated: true,
        pattern: '"COVID19_" + SEQUENTIAL(#######)',
      }),
    ],
    trackedEntityTypes: [
      {
        id: WHO.person,
        name: 'Person',
        trackedEntityTypeAttributes: [WHO.firstName, WHO.surname, WHO.sex].map(ofProgram),
      },
    ],
    programs: [
      {
        id: WHO.cases,
        code: 'COVID19_CBS',
        name: 'COVID-19 Case-based Surveillance',
        trackedEntityType: ref(WHO.person),
        organisationUnits: [ID.facility, ID.otherDistrict].map(ref),
        displayIncidentDate: false,
        programTrackedEntityAttributes: [
          ...[WHO.firstName, WHO.surname, WHO.sex, WHO.age].map(ofProgram),
          { ...ofProgram(WHO.systemId), searchable: true },
        ],
      },
      {
        id: WHO.contacts,
        name: 'COVID-19 Contact Registration & Follow-up',
        trackedEntityType: ref(WHO.person),
        organisationUnits: [ref(ID.facility)],
        displayIncidentDate: false,
        programTrackedEntityAttributes: [WHO.firstName, WHO.surname].map(ofProgram),
      },
    ],
    programStages: [
      {
        id: WHO.labResults,
        name: 'Stage 3 - Lab Results',
        program: ref(WHO.cases),
        repeatable: true,
        sortOrder: 2,
        programStageDataElements: [{ dataElement: ref(WHO.labResult), compulsory: true }],
      },
      {
        id: WHO.clinical,
        name: 'Stage 1 - Clinical examination and diagnosis',
        program: ref(WHO.cases),
        sortOrder: 1,
        programStageDataElements: [{ dataElement: ref(WHO.onset) }],
      },
      {
        id: WHO.followUp,
        name: 'Follow-up',
        program: ref(WHO.contacts),
        repeatable: true,
        programStageDataElements: [],
      },
    ],
    relationshipTypes: [
      {
        id: WHO.inContact,
        name: 'Has Been in Contact with',
        bidirectional: true,
        fromConstraint: {
          relationshipEntity: 'TRACKED_ENTITY_INSTANCE',
          trackedEntityType: ref(WHO.person),
        },
        toConstraint: {
          relationshipEntity: 'TRACKED_ENTITY_INSTANCE',
          trackedEntityType: ref(WHO.person),
        },
      },
    ],
    trackedEntities: [
      aTrackedEntity({
        trackedEntity: PEOPLE.case,
        updatedAt: '2026-08-10T08:00:00.000',
        attributes: [
          { attribute: WHO.firstName, value: 'Ada' },
          { attribute: WHO.surname, value: 'Obi' },
          { attribute: WHO.age, value: '41' },
          { attribute: WHO.systemId, value: 'COVID19_0000001' },
        ],
      }),
      aTrackedEntity({
        trackedEntity: PEOPLE.contact,
        updatedAt: '2026-08-11T08:00:00.000',
        attributes: [{ attribute: WHO.firstName, value: 'Chidi' }],
      }),
      aTrackedEntity({
        trackedEntity: PEOPLE.elsewhere,
        orgUnit: ID.otherDistrict,
        updatedAt: '2026-08-09T08:00:00.000',
        attributes: [
          { attribute: WHO.firstName, value: 'Bello' },
          { attribute: WHO.age, value: '7' },
        ],
      }),
    ],
    enrollments: [
      anEnrollment({
        enrollment: 'EnrolCase01',
        trackedEntity: PEOPLE.case,
        occurredAt: '2026-07-30',
      }),
      anEnrollment({
        enrollment: 'EnrolCase02',
        trackedEntity: PEOPLE.case,
        program: WHO.contacts,
        status: 'COMPLETED',
      }),
      anEnrollment({
        enrollment: 'EnrolCont01',
        trackedEntity: PEOPLE.contact,
        program: WHO.contacts,
      }),
      anEnrollment({
        enrollment: 'EnrolElse01',
        trackedEntity: PEOPLE.elsewhere,
        orgUnit: ID.otherDistrict,
        status: 'CANCELLED',
        enrolledAt: '2026-08-05',
      }),
    ],
    events: [
      anEvent({
        event: 'EventClin01',
        enrollment: 'EnrolCase01',
        programStage: WHO.clinical,
        status: 'COMPLETED',
        dataValues: [{ dataElement: WHO.onset, value: '2026-07-30' }],
      }),
      anEvent({
        event: 'EventLab001',
        enrollment: 'EnrolCase01',
        occurredAt: '2026-08-04T09:30:00.000',
        dataValues: [{ dataElement: WHO.labResult, value: 'POSITIVE' }],
      }),
      anEvent({
        event: 'EventElse01',
        enrollment: 'EnrolElse01',
        orgUnit: ID.otherDistrict,
        occurredAt: '2026-08-06',
      }),
      anEvent({
        event: 'EventFoll01',
        enrollment: 'EnrolCont01',
        programStage: WHO.followUp,
        status: 'SCHEDULE',
        occurredAt: undefined,
        scheduledAt: '2026-08-20',
      }),
    ],
    relationships: [aRelationship('Relation001', PEOPLE.case, PEOPLE.contact)],
    ...seed,
  };
}
