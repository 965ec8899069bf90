import { describe, expect, it } from 'vitest';
import type { Dhis2Seed } from '#sandbox/dhis2/index.js';
import { ID } from './support/seed.js';
import { aPerson, contactOf, enrolment, labResult, MINORS, NEW } from './support/tracker-import.js';
import { codesOf, createJudge, type Rule } from './support/tracker-rules.js';
import { PEOPLE, WHO } from './support/tracker-seed.js';

const judge = createJudge();

const since = (minor: number, after: string[], before: string[] = []) => {
  return (version: number) => (version >= minor ? after : before);
};

const person = (fields: object) => ({ trackedEntities: [aPerson({ ...fields })] });
const values = (attribute: string, value: unknown) => ({ attributes: [{ attribute, value }] });

/** A person with an enrollment, as in the fixture. */
const CASE = {
  trackedEntity: PEOPLE.case,
  trackedEntityType: WHO.person,
  orgUnit: ID.facility,
};
const enrolled = (fields: object = {}) => ({
  enrollments: [enrolment({ trackedEntity: PEOPLE.contact, ...fields })],
});
const happened = (fields: object = {}) => ({
  events: [labResult({ enrollment: 'EnrolCase01', ...fields })],
});
const related = (fields: object = {}) => ({
  relationships: [contactOf(PEOPLE.contact, PEOPLE.elsewhere, { ...fields })],
});

const typeOf = (seed: Dhis2Seed) => seed.trackedEntityTypes![0]!;
const programOf = (seed: Dhis2Seed) => seed.programs![0]!;
const stageOf = (seed: Dhis2Seed) => seed.programStages![0]!;
const attributeOf = (seed: Dhis2Seed, id: string) =>
  seed.trackedEntityAttributes!.find(one => one.id === id)!;
const mandatory = (
  parts: { trackedEntityAttribute: { id: string }; mandatory?: boolean }[],
  id: string,
) => {
  parts.find(part => part.trackedEntityAttribute.id === id)!.mandatory = true;
};

const OTHER_TYPE = {
  id: 'OtherTypeAA',
  name: 'Animal',
  trackedEntityTypeAttributes: [],
};
const anotherType = (seed: Dhis2Seed) => seed.trackedEntityTypes!.push(OTHER_TYPE);

const TRACKED_ENTITIES: Record<string, Rule> = {
  "is outside the user's capture scope": {
    payload: person({ orgUnit: ID.otherDistrict }),
    user: 'entry',
    codes: ['E1000'],
  },
  'is of a type without write access for the user': {
    payload: person({}),
    seed: seed => {
      typeOf(seed).writeAccess = ['admin'];
    },
    codes: ['E1001'],
  },
  'exists already': { payload: person(CASE), strategy: 'CREATE', codes: ['E1002'] },
  "exists outside the user's search scope": {
    payload: person({ ...CASE, trackedEntity: PEOPLE.elsewhere }),
    user: 'entry',
    // Recording 140.
    codes: minor => [minor >= 44 ? 'E1105' : minor === 43 ? 'E1324' : 'E1003'],
  },
  'is of an unknown type': { payload: person({ trackedEntityType: 'Nowhere' }), codes: ['E1005'] },
  'is of a type without read access for the user': {
    payload: person({}),
    seed: seed => {
      typeOf(seed).readAccess = ['admin'];
    },
    codes: ['E1005'],
  },
  'has a value of an unknown attribute': {
    payload: person(values('Nowhere', 'x')),
    codes: ['E1006'],
  },
  'has a text instead of a number': {
    payload: person(values(WHO.age, 'old')),
    codes: since(41, ['E1007'], ['E1085']),
  },
  'has a date that the calendar does not have': {
    payload: person(values(WHO.age, '2021-02-30')),
    seed: seed => {
      attributeOf(seed, WHO.age).valueType = 'DATE';
    },
    codes: since(41, ['E1007'], ['E1085', 'E1007']),
  },
  'has an unknown org unit as a value': {
    payload: person(values(WHO.age, 'NowhereUnit')),
    seed: seed => {
      attributeOf(seed, WHO.age).valueType = 'ORGANISATION_UNIT';
    },
    codes: ['E1007'],
  },
  'is nowhere': { payload: person({ orgUnit: 'Nowhere' }), codes: ['E1049'] },
  'is to be updated and does not exist': {
    payload: person({}),
    strategy: 'UPDATE',
    codes: ['E1063'],
  },
  'is to be deleted and does not exist': {
    payload: person({}),
    strategy: 'DELETE',
    codes: ['E1063'],
  },
  'has the unique value of another person': {
    payload: person(values(WHO.systemId, 'COVID19_0000001')),
    codes: ['E1064'],
  },
  'has the unique value of another person in the payload': {
    payload: {
      trackedEntities: [
        aPerson(values(WHO.systemId, 'COVID19_7')),
        aPerson({ trackedEntity: 'PersonTwo01', ...values(WHO.systemId, 'COVID19_7') }),
      ],
    },
    codes: ['E1064', 'E1064'],
  },
  'has a value that is unique at its org unit': {
    payload: {
      trackedEntities: [
        aPerson(values(WHO.systemId, 'COVID19_0000001')),
        aPerson({
          trackedEntity: 'PersonTwo01',
          orgUnit: ID.district,
          ...values(WHO.systemId, 'COVID19_0000001'),
        }),
      ],
    },
    seed: seed => {
      attributeOf(seed, WHO.systemId).orgunitScope = true;
    },
    // In one payload, whatever the org unit (recording 184).
    codes: ['E1064', 'E1064'],
  },
  'is sent again with its own unique value': {
    payload: person({ ...CASE, ...values(WHO.systemId, 'COVID19_0000001') }),
    codes: [],
  },
  'loses a mandatory value': {
    payload: person({ ...CASE, ...values(WHO.firstName, null) }),
    seed: seed => mandatory(typeOf(seed).trackedEntityTypeAttributes, WHO.firstName),
    codes: ['E1076'],
  },
  'is new without a mandatory value': {
    payload: person({ attributes: [] }),
    seed: seed => mandatory(typeOf(seed).trackedEntityTypeAttributes, WHO.firstName),
    codes: ['E1090'],
  },
  'is updated without a mandatory value that is stored': {
    payload: person({ ...CASE, attributes: [] }),
    seed: seed => mandatory(typeOf(seed).trackedEntityTypeAttributes, WHO.firstName),
    codes: since(41, [], ['E1090']),
  },
  'is deleted with its enrollments, without the right to do so': {
    payload: person(CASE),
    strategy: 'DELETE',
    codes: ['E1100'],
  },
  'is deleted with its enrollments, with the right to do so': {
    payload: person(CASE),
    strategy: 'DELETE',
    user: 'keeper',
    codes: [],
  },
  "is deleted outside the user's capture scope": {
    payload: person({ ...CASE, trackedEntity: PEOPLE.elsewhere }),
    strategy: 'DELETE',
    user: 'entry',
    codes: minor => ['E1000', minor >= 44 ? 'E1105' : minor === 43 ? 'E1324' : 'E1003', 'E1100'],
  },
  'has been deleted': {
    payload: person({ trackedEntity: PEOPLE.elsewhere }),
    seed: deleteElsewhere,
    codes: ['E1114'],
  },
  'has no type and no org unit': {
    payload: person({ trackedEntityType: '', orgUnit: null }),
    codes: ['E1121', 'E1121'],
  },
  'has a value that is not an option': {
    payload: person(values(WHO.sex, 'Male')),
    codes: ['E1125'],
  },
  'has several values, one of which is not an option': {
    payload: person(values(WHO.sex, 'FEMALE,Male')),
    seed: seed => {
      attributeOf(seed, WHO.sex).valueType = 'MULTI_TEXT';
    },
    codes: ['E1125'],
  },
  'has several values, all of which are options': {
    payload: person(values(WHO.sex, 'FEMALE,MALE')),
    seed: seed => {
      attributeOf(seed, WHO.sex).valueType = 'MULTI_TEXT';
    },
    codes: [],
  },
  'changes its type': {
    payload: person({ ...CASE, trackedEntityType: OTHER_TYPE.id }),
    seed: anotherType,
    codes: ['E1126'],
  },
};

/** The case of another district, and everything that belongs to it. */
function deleteElsewhere(seed: Dhis2Seed): void {
  for (const one of seed.trackedEntities!) {
    if (one.trackedEntity === PEOPLE.elsewhere) one.deleted = true;
  }
  for (const one of seed.enrollments!) if (one.enrollment === 'EnrolElse01') one.deleted = true;
  for (const one of seed.events!) if (one.event === 'EventElse01') one.deleted = true;
}

const ENROLLMENTS: Record<string, Rule> = {
  "is outside the user's capture scope": {
    payload: enrolled({ orgUnit: ID.otherDistrict }),
    user: 'entry',
    codes: ['E1000'],
  },
  'has geometry of another kind than the program': {
    payload: enrolled({ geometry: { type: 'Point', coordinates: [1, 2] } }),
    seed: seed => {
      programOf(seed).featureType = 'POLYGON';
    },
    codes: ['E1012'],
  },
  'has geometry in a program without a feature type': {
    payload: enrolled({ geometry: { type: 'Point', coordinates: [1, 2] } }),
    codes: ['E1074'],
  },
  'is a second active enrollment': {
    payload: { enrollments: [enrolment({ trackedEntity: PEOPLE.case })] },
    codes: ['E1015'],
  },
  'is one of two active enrollments in the payload': {
    payload: {
      enrollments: [
        enrolment({ trackedEntity: PEOPLE.contact }),
        enrolment({ enrollment: 'EnrolTwo001', trackedEntity: PEOPLE.contact }),
      ],
    },
    codes: ['E1015', 'E1015'],
  },
  'replaces an enrollment that the payload completes': {
    payload: {
      enrollments: [
        enrolment({ trackedEntity: PEOPLE.case }),
        enrolment({
          enrollment: 'EnrolCase01',
          trackedEntity: PEOPLE.case,
          status: 'COMPLETED',
        }),
      ],
    },
    codes: [],
  },
  'replaces an enrollment that the payload cancels': {
    payload: {
      enrollments: [
        enrolment({ trackedEntity: PEOPLE.case }),
        enrolment({
          enrollment: 'EnrolCase01',
          trackedEntity: PEOPLE.case,
          status: 'CANCELLED',
        }),
      ],
    },
    codes: ['E1015'],
  },
  'is completed beside an active enrollment': {
    payload: { enrollments: [enrolment({ trackedEntity: PEOPLE.case, status: 'COMPLETED' })] },
    codes: [],
  },
  'is a second enrollment in a program that allows one': {
    payload: { enrollments: [enrolment({ trackedEntity: PEOPLE.case, status: 'COMPLETED' })] },
    seed: seed => {
      programOf(seed).onlyEnrollOnce = true;
    },
    codes: ['E1016'],
  },
  'lacks a mandatory value': {
    payload: enrolled(),
    seed: seed => mandatory(programOf(seed).programTrackedEntityAttributes, WHO.age),
    codes: ['E1018'],
  },
  'lacks a mandatory value that its tracked entity has': {
    payload: { enrollments: [enrolment({ trackedEntity: PEOPLE.case, status: 'COMPLETED' })] },
    seed: seed => mandatory(programOf(seed).programTrackedEntityAttributes, WHO.age),
    codes: [],
  },
  'lacks a mandatory value that its tracked entity has in the payload only': {
    payload: { ...person(values(WHO.age, '7')), enrollments: [enrolment()] },
    seed: seed => mandatory(programOf(seed).programTrackedEntityAttributes, WHO.age),
    codes: since(41, [], ['E1018']),
  },
  'loses a mandatory value': {
    payload: enrolled({ attributes: [{ attribute: WHO.firstName, value: null }] }),
    seed: seed => mandatory(programOf(seed).programTrackedEntityAttributes, WHO.firstName),
    codes: ['E1076'],
  },
  'has a value of an attribute outside the program': {
    payload: {
      ...person({}),
      enrollments: [enrolment({ program: WHO.contacts, ...values(WHO.age, '7') })],
    },
    codes: ['E1019'],
  },
  'has a value of an unknown attribute': {
    payload: enrolled({ attributes: [{ attribute: 'Nowhere', value: 'x' }, { value: 'y' }] }),
    codes: ['E1006', 'E1075', 'E1019'],
  },
  'has the unique value of another person': {
    payload: enrolled(values(WHO.systemId, 'COVID19_0000001')),
    codes: ['E1064'],
  },
  'has a value that is not an option': {
    payload: enrolled(values(WHO.sex, 'Male')),
    codes: ['E1125'],
  },
  'begins tomorrow': {
    payload: enrolled({ enrolledAt: '2026-08-20', occurredAt: '2026-08-21' }),
    codes: ['E1020', 'E1021'],
  },
  'begins tomorrow in a program that allows it': {
    payload: enrolled({ enrolledAt: '2026-08-20', occurredAt: '2026-08-21' }),
    seed: seed => {
      programOf(seed).selectEnrollmentDatesInFuture = true;
      programOf(seed).selectIncidentDatesInFuture = true;
    },
    codes: [],
  },
  'is of a tracked entity of another type': {
    payload: {
      ...person({ trackedEntityType: OTHER_TYPE.id, attributes: [] }),
      enrollments: [enrolment()],
    },
    seed: anotherType,
    codes: ['E1022'],
  },
  'has no incident date in a program that shows it': {
    payload: enrolled(),
    seed: seed => {
      programOf(seed).displayIncidentDate = true;
    },
    codes: ['E1023'],
  },
  'has no enrollment date': { payload: enrolled({ enrolledAt: undefined }), codes: ['E1025'] },
  'is at an org unit outside the program': {
    payload: enrolled({ orgUnit: ID.root }),
    codes: ['E1041'],
  },
  'has a completion date and is not completed': {
    payload: enrolled({ completedAt: '2026-08-11' }),
    codes: since(42, ['E1052']),
  },
  'is of nobody': { payload: enrolled({ trackedEntity: 'Nobody00001' }), codes: ['E1068'] },
  'is of a deleted tracked entity': {
    payload: enrolled({ trackedEntity: PEOPLE.elsewhere }),
    seed: deleteElsewhere,
    codes: ['E1068'],
  },
  'is in an unknown program': { payload: enrolled({ program: 'Nowhere' }), codes: ['E1069'] },
  'is nowhere': { payload: enrolled({ orgUnit: 'Nowhere' }), codes: ['E1070'] },
  'exists already': {
    payload: enrolled({ enrollment: 'EnrolCase01' }),
    strategy: 'CREATE',
    codes: ['E1080'],
  },
  'is to be updated and does not exist': {
    payload: enrolled(),
    strategy: 'UPDATE',
    codes: ['E1081'],
  },
  'is in a program without write access for the user': {
    payload: enrolled(),
    seed: seed => {
      programOf(seed).writeAccess = ['admin'];
    },
    codes: ['E1091'],
  },
  'is of a tracked entity that another org unit owns': {
    payload: { enrollments: [enrolment({ trackedEntity: PEOPLE.elsewhere })] },
    user: 'entry',
    codes: ['E1102'],
  },
  'is deleted with its events, without the right to do so': {
    payload: { enrollments: [{ enrollment: 'EnrolCase01' }] },
    strategy: 'DELETE',
    codes: ['E1103'],
  },
  'is deleted with its events, with the right to do so': {
    payload: { enrollments: [{ enrollment: 'EnrolCase01' }] },
    strategy: 'DELETE',
    user: 'keeper',
    codes: [],
  },
  'has been deleted': {
    payload: enrolled({ enrollment: 'EnrolElse01' }),
    seed: deleteElsewhere,
    codes: ['E1113'],
  },
  'lacks required properties': {
    payload: enrolled({ orgUnit: '', program: '', trackedEntity: '' }),
    codes: ['E1122', 'E1122', 'E1122'],
  },
  'changes hands and programs': {
    payload: enrolled({ enrollment: 'EnrolCase01', program: WHO.contacts }),
    codes: ['E1127', 'E1127'],
  },
};

/** A program with age categories for its events. */
function byAge(seed: Dhis2Seed): void {
  programOf(seed).categoryCombo = { id: 'ComboAgeAAA' };
}

const EVENTS: Record<string, Rule> = {
  "is outside the user's capture scope": {
    payload: happened({ orgUnit: ID.otherDistrict }),
    user: 'entry',
    codes: ['E1000'],
  },
  'is in an unknown program': { payload: happened({ program: 'Nowhere' }), codes: ['E1010'] },
  'is nowhere': { payload: happened({ orgUnit: 'Nowhere' }), codes: ['E1011'] },
  'has geometry of another kind than its stage': {
    payload: happened({ geometry: { type: 'Point', coordinates: [1, 2] } }),
    seed: seed => {
      stageOf(seed).featureType = 'NONE';
    },
    codes: ['E1012'],
  },
  'has geometry of the kind of its stage': {
    payload: happened({ geometry: { type: 'Point', coordinates: [1, 2] } }),
    seed: seed => {
      stageOf(seed).featureType = 'POINT';
    },
    codes: [],
  },
  'is of an unknown stage': {
    payload: happened({ programStage: 'Nowhere', program: WHO.cases }),
    codes: ['E1013'],
  },
  'is of an unknown stage, and does not name its program': {
    payload: happened({ programStage: 'Nowhere' }),
    codes: ['E1123'],
  },
  'is at an org unit outside the program': {
    payload: happened({ orgUnit: ID.root }),
    codes: ['E1029'],
  },
  'exists already': {
    payload: happened({ event: 'EventLab001' }),
    strategy: 'CREATE',
    codes: ['E1030'],
  },
  'has no event date': {
    payload: happened({ occurredAt: undefined }),
    codes: ['E1031'],
  },
  'is to be updated and does not exist': {
    payload: happened(),
    strategy: 'UPDATE',
    codes: ['E1032'],
  },
  'has no enrollment': {
    payload: happened({ enrollment: '' }),
    codes: version => (version >= 43 ? ['E1123'] : version === 42 ? ['E1033'] : ['E1313', 'E1033']),
  },
  'is of an unknown enrollment': {
    payload: happened({ enrollment: 'Nobody00001' }),
    codes: ['E1313', 'E1079'],
  },
  'is of a deleted enrollment': {
    payload: happened({ enrollment: 'EnrolElse01' }),
    seed: deleteElsewhere,
    codes: ['E1313', 'E1079'],
  },
  'is a second event of a stage that is not repeatable': {
    payload: happened({ programStage: WHO.clinical, dataValues: [] }),
    codes: ['E1039'],
  },
  'replaces a deleted event of a stage that is not repeatable': {
    payload: happened({ programStage: WHO.clinical, dataValues: [] }),
    seed: seed => {
      seed.events!.find(({ event }) => event === 'EventClin01')!.deleted = true;
    },
    codes: [],
  },
  'is one of two in the payload, of a stage that is not repeatable': {
    payload: {
      ...person({}),
      enrollments: [enrolment()],
      events: ['EventNew001', 'EventNew002'].map(event =>
        labResult({ event, programStage: WHO.clinical, dataValues: [] }),
      ),
    },
    codes: ['E1039', 'E1039'],
  },
  'is the only valid event of a stage that is not repeatable': {
    payload: {
      ...person({}),
      enrollments: [enrolment()],
      events: [
        labResult({ programStage: WHO.clinical, dataValues: [] }),
        labResult({ event: 'EventNew002', programStage: WHO.clinical, orgUnit: 'Nowhere' }),
      ],
    },
    codes: ['E1011'],
  },
  'is scheduled without a date': {
    payload: happened({ status: 'SCHEDULE', occurredAt: undefined, dataValues: [] }),
    codes: ['E1050'],
  },
  'has a completion date and is not completed': {
    payload: happened({ completedAt: '2026-08-11' }),
    codes: since(42, ['E1051']),
  },
  'has an option combo of another category combo': {
    payload: happened({ attributeOptionCombo: ID.young }),
    codes: ['E1054'],
  },
  'has no option combo in a program that requires one': {
    payload: happened(),
    seed: byAge,
    codes: ['E1055'],
  },
  'has the default option combo in a program that requires another': {
    payload: happened({ attributeOptionCombo: ID.default }),
    seed: byAge,
    codes: ['E1055'],
  },
  "has an option of the program's category combo": {
    payload: happened({ attributeCategoryOptions: 'OptionYoung' }),
    seed: byAge,
    codes: [],
  },
  'has an unknown option combo': {
    payload: happened({ attributeOptionCombo: 'Nowhere' }),
    codes: ['E1115'],
  },
  'has an unknown option': {
    payload: happened({ attributeCategoryOptions: 'Nowhere' }),
    codes: ['E1116'],
  },
  'has options that form no combo': {
    payload: happened({ attributeCategoryOptions: 'OptionYoung;OptionOldAA' }),
    seed: byAge,
    codes: ['E1117'],
  },
  'has other options than its option combo': {
    payload: happened({ attributeOptionCombo: ID.young, attributeCategoryOptions: 'OptionOldAA' }),
    seed: byAge,
    codes: ['E1117'],
  },
  'has an option without write access for the user': {
    payload: happened({ attributeOptionCombo: ID.young }),
    seed: seed => {
      byAge(seed);
      seed.categoryOptions.find(({ id }) => id === 'OptionYoung')!.writeAccess = ['admin'];
    },
    codes: ['E1099'],
  },
  'is of an enrollment in another program': {
    payload: happened({ enrollment: 'EnrolCase02' }),
    codes: ['E1079'],
  },
  'is of a stage of another program': {
    payload: happened({ enrollment: 'EnrolCase02', program: WHO.contacts }),
    codes: ['E1089'],
  },
  'has been deleted': {
    payload: happened({ event: 'EventElse01' }),
    seed: deleteElsewhere,
    codes: ['E1082'],
  },
  'is deleted again': {
    payload: { events: [{ event: 'EventElse01' }] },
    seed: deleteElsewhere,
    strategy: 'DELETE',
    codes: ['E1082'],
  },
  'reopens a completed event': {
    payload: happened({ event: 'EventClin01', programStage: WHO.clinical, dataValues: [] }),
    codes: ['E1083'],
  },
  'is completed and stays completed': {
    payload: happened({
      event: 'EventClin01',
      programStage: WHO.clinical,
      status: 'COMPLETED',
      dataValues: [],
    }),
    codes: [],
  },
  'is of a stage without write access for the user': {
    payload: happened(),
    seed: seed => {
      stageOf(seed).writeAccess = ['admin'];
    },
    codes: ['E1095'],
  },
  'is of a tracked entity that another org unit owns': {
    payload: {
      events: [labResult({ enrollment: 'EnrolElse01' })],
    },
    user: 'entry',
    codes: ['E1102'],
  },
  'lacks required properties': {
    payload: happened({ orgUnit: '', programStage: '', program: '' }),
    codes: ['E1123', 'E1123', 'E1123'],
  },
  'has a value that is not an option': {
    payload: happened({ dataValues: [{ dataElement: WHO.labResult, value: 'Maybe' }] }),
    seed: seed => {
      const element = seed.dataElements.find(({ id }) => id === WHO.labResult)!;
      element.optionSet = { id: 'OptionSetSx' };
    },
    codes: ['E1125'],
  },
  'changes its stage and its enrollment': {
    payload: happened({ event: 'EventFoll01' }),
    codes: ['E1128', 'E1128'],
  },
  'has a value of another type': {
    payload: {
      ...person({}),
      enrollments: [enrolment()],
      events: [
        labResult({
          programStage: WHO.clinical,
          dataValues: [{ dataElement: WHO.onset, value: 'soon' }],
        }),
      ],
    },
    codes: ['E1302'],
  },
  'is completed without a compulsory value': {
    payload: happened({ status: 'COMPLETED', dataValues: [] }),
    codes: ['E1303'],
  },
  'is active without a compulsory value': {
    payload: happened({ dataValues: [] }),
    codes: [],
  },
  'is active without a value that is validated on every write': {
    payload: happened({ dataValues: [] }),
    seed: seed => {
      stageOf(seed).validationStrategy = 'ON_UPDATE_AND_INSERT';
    },
    codes: ['E1303'],
  },
  'is completed without a compulsory value that is stored': {
    payload: happened({ event: 'EventLab001', status: 'COMPLETED', dataValues: [] }),
    codes: since(41, [], ['E1303']),
  },
  'is completed and loses a compulsory value': {
    payload: happened({
      event: 'EventLab001',
      status: 'COMPLETED',
      dataValues: [{ dataElement: WHO.labResult, value: null }],
    }),
    codes: ['E1076'],
  },
  'has a value of an unknown data element': {
    payload: happened({ dataValues: [{ dataElement: 'Nowhere', value: 'x' }] }),
    codes: ['E1304', 'E1305'],
  },
  'has a value of a data element outside its stage': {
    payload: happened({ dataValues: [{ dataElement: WHO.onset, value: '2026-08-01' }] }),
    codes: ['E1305'],
  },
  'is scheduled and has values': {
    payload: happened({ status: 'SCHEDULE', scheduledAt: '2026-08-30' }),
    codes: since(40, ['E1315']),
  },
  'has an event date and is scheduled': {
    payload: happened({
      event: 'EventLab001',
      status: 'SCHEDULE',
      scheduledAt: '2026-08-30',
      dataValues: [],
    }),
    codes: since(40, ['E1316']),
  },
};

const RELATIONSHIPS: Record<string, Rule> = {
  'lacks its type': { payload: related({ relationshipType: '' }), codes: ['E1124'] },
  'links an object with itself': {
    payload: { relationships: [contactOf(PEOPLE.case, PEOPLE.case)] },
    codes: ['E4000'],
  },
  'lacks an end': { payload: related({ from: undefined }), codes: ['E4001'] },
  'has two objects at one end': {
    payload: related({
      to: {
        trackedEntity: { trackedEntity: PEOPLE.case },
        enrollment: { enrollment: 'EnrolCase01' },
      },
    }),
    codes: ['E4001'],
  },
  'is of an unknown type': { payload: related({ relationshipType: 'Nowhere' }), codes: ['E4006'] },
  'links another kind than its type': {
    payload: related({ to: { enrollment: { enrollment: 'EnrolCase01' } } }),
    codes: ['E4010'],
  },
  'links nobody': {
    payload: related({ to: { trackedEntity: { trackedEntity: 'Nobody00001' } } }),
    codes: ['E4012'],
  },
  'links a deleted tracked entity': {
    payload: related(),
    seed: deleteElsewhere,
    codes: ['E4012'],
  },
  'links a tracked entity of another type': {
    payload: {
      ...person({ trackedEntityType: OTHER_TYPE.id, attributes: [] }),
      relationships: [contactOf(PEOPLE.contact, NEW.person)],
    },
    seed: anotherType,
    codes: ['E4014'],
  },
  'exists already': {
    payload: related({ relationship: 'Relation001' }),
    strategy: 'CREATE',
    codes: ['E4015'],
  },
  'is to be updated and does not exist': {
    payload: related(),
    strategy: 'UPDATE',
    codes: ['E4016'],
  },
  'is to be deleted and does not exist': {
    payload: { relationships: [{ relationship: NEW.relationship }] },
    strategy: 'DELETE',
    codes: ['E4016'],
  },
  'has been deleted': {
    payload: related({ relationship: 'Relation001' }),
    seed: seed => {
      seed.relationships![0]!.deleted = true;
    },
    codes: ['E4017'],
  },
  'exists under another UID': {
    payload: { relationships: [contactOf(PEOPLE.case, PEOPLE.contact)] },
    codes: ['E4018'],
  },
  'exists in reverse, of a bidirectional type': {
    payload: { relationships: [contactOf(PEOPLE.contact, PEOPLE.case)] },
    codes: ['E4018'],
  },
  'exists in reverse, of a unidirectional type': {
    payload: { relationships: [contactOf(PEOPLE.contact, PEOPLE.case)] },
    seed: seed => {
      seed.relationshipTypes![0]!.bidirectional = false;
    },
    codes: [],
  },
  'exists with another type': {
    payload: {
      relationships: [contactOf(PEOPLE.case, PEOPLE.contact, { relationshipType: 'OtherRelatn' })],
    },
    seed: seed => {
      seed.relationshipTypes!.push({ ...seed.relationshipTypes![0]!, id: 'OtherRelatn' });
    },
    codes: [],
  },
  'existed and was deleted, so that it can be created again': {
    payload: { relationships: [contactOf(PEOPLE.case, PEOPLE.contact)] },
    seed: seed => {
      seed.relationships![0]!.deleted = true;
    },
    codes: [],
  },
  'is of a type without write access for the user': {
    payload: related(),
    seed: seed => {
      seed.relationshipTypes![0]!.writeAccess = ['admin'];
    },
    codes: since(40, ['E4020']),
  },
  'links whom the user does not see': {
    payload: related(),
    user: 'entry',
    codes: since(40, ['E4020']),
  },
};

describe.each(MINORS)('DHIS2 2.%i', minor => {
  describe.each(
    Object.entries({
      'a tracked entity': TRACKED_ENTITIES,
      'an enrollment': ENROLLMENTS,
      'an event': EVENTS,
      'a relationship': RELATIONSHIPS,
    }),
  )('validates %s', (kind, rules) => {
    it.each(Object.entries(rules))('that %s', async (name, rule) => {
      const expected = codesOf(rule, minor);
      const { status, codes, errors } = await judge(minor, `${kind} ${name}`, rule);
      expect(codes, JSON.stringify(errors)).toEqual(expected);
      expect(status).toBe(expected.length > 0 ? 409 : 200);
      for (const { message, errorCode } of errors) {
        // The placeholder in the text of E1324 stays unfilled in 2.43 (recording 140).
        if (errorCode === 'E1324') expect(message).toContain('`{0}`');
        else expect(message).not.toMatch(/[{}]|undefined/);
      }
    });
  });
});
