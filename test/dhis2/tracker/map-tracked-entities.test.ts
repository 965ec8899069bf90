import { describe, expect, it } from 'vitest';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { fingerprint, fingerprintOf, type OwnerTable } from '#common/ownership/index.js';
import { personView, referenceIds } from '#dhis2/Adaptor.js';
import { mapWithFunctions as mapTrackedEntities } from '#dhis2/tracker/map/map-with-functions.js';
import type { EntityFields, EntityMapping } from '#dhis2/tracker/map/mapping.js';
import type { MapTrackedEntitiesOptions } from '#dhis2/tracker/map/options.js';
import type { PersonView } from '#dhis2/tracker/map/view/person-view.js';
import {
  aBatch,
  aPerson,
  EXTERNAL_ID,
  HERE,
  PROGRAMS,
  RESIDENCE,
  ref,
  runMap,
} from './map-support.js';

const NAME = 'AttributeA1';
const SEX = 'AttributeB1';
const STAGE = 'StageA00001';
const ONSET = 'DataElement';
const SECRET = 'Secretname';
const sexes = referenceIds('GENDER', { MALE: 'MALE', M: 'MALE', FEMALE: 'FEMALE', X: null });

type Given = (person: PersonView) => unknown;
const giving = (given: unknown): EntityMapping => {
  const toFields = (typeof given === 'function' ? given : () => given) as (
    person: PersonView,
  ) => EntityFields;
  return { case: toFields, contact: toFields, contactOfContact: toFields };
};

/** Maps one person, who must be accepted. */
function mapOne(given: unknown, person = aPerson(), options = {}) {
  const { data, report } = runMap(giving(given), [person], options);
  expect(report.rejected).toBeUndefined();
  return { entity: data.entities[0]!, data, report };
}

function refusal(run: () => unknown) {
  try {
    run();
  } catch (error) {
    return error as { code: string; kind: string; message: string; fix?: string };
  }
  throw new Error('It was not refused.');
}

describe('what a mapping gives for a person', () => {
  it('becomes a tracked entity of the program of its kind', () => {
    const kinds = ['case', 'contact', 'contact-of-contact'] as const;
    const people = kinds.map(kind => aPerson({}, { kind }));
    const { data, report } = runMap(
      giving((person: PersonView) => ({
        location: person.residence.locationId,
        enrolledAt: person.day('dateOfReporting'),
        attributes: { [NAME]: 'Ada' },
      })),
      people,
    );
    expect(data.entities).toEqual(
      kinds.map((kind, n) => ({
        id: people[n]!.id,
        kind,
        links: [],
        program: [PROGRAMS.case, PROGRAMS.contact, PROGRAMS.contactOfContact][n],
        location: HERE,
        attributes: { [NAME]: 'Ada' },
        enrolledAt: '2026-03-04',
        events: [],
        fingerprints: '',
      })),
    );
    expect(report).toEqual({ read: 3 });
  });

  it.each([
    ['a text, without blanks around it', ' Ada ', 'Ada'],
    ['a blank text, which clears', ' ', null],
    ['null, which clears', null, null],
    ['a number', 38.5, '38.5'],
    ['zero', 0, '0'],
    ['true', true, 'true'],
    ['false', false, 'false'],
    ['a day as Go.Data stores it', '2026-03-01T00:00:00.000Z', '2026-03-01'],
    ['a time, unchanged', '2026-03-01T08:30:00.000Z', '2026-03-01T08:30:00.000Z'],
  ])('may be %s', (_, given, expected) => {
    const values = { [ONSET]: given };
    const { entity } = mapOne({
      attributes: { [NAME]: given },
      events: [{ stage: STAGE, values }],
    });
    expect(entity.attributes).toEqual({ [NAME]: expected });
    expect(entity.events).toEqual([{ key: STAGE, stage: STAGE, values: { [ONSET]: expected } }]);
  });

  it('omits undefined values, and the only event of a stage if it has no values', () => {
    const { entity } = mapOne({
      location: undefined,
      enrolledAt: null,
      attributes: { [NAME]: undefined },
      events: [{ stage: STAGE, values: { [ONSET]: undefined } }, { stage: 'StageB00001' }],
    });
    expect(entity).toMatchObject({ attributes: {}, events: [] });
    for (const key of ['location', 'enrolledAt', 'occurredAt']) {
      expect(entity).not.toHaveProperty(key);
    }
  });

  it('leaves the person out if it is null, or if its kind has no function', () => {
    const people = [aPerson(), aPerson(), aPerson({}, { kind: 'contact' })];
    const mapping: EntityMapping = {
      case: person => (person.id === people[0]!.id ? null : {}),
    };
    const { data, report } = runMap(mapping, people);
    expect(data.entities.map(({ id }) => id)).toEqual([people[1]!.id]);
    expect(report.leftOut).toEqual([
      { reason: 'left-out-by-mapping', subject: 'case', count: 1 },
      { reason: 'left-out-by-mapping', subject: 'contact', count: 1 },
    ]);
  });

  it('has its events on the day of the enrollment, if it gives no day', () => {
    const values = { [ONSET]: 'x' };
    const { entity } = mapOne({
      enrolledAt: '2026-03-04',
      events: [
        { stage: STAGE, values },
        { stage: 'StageB00001', values, occurredAt: '2026-03-09' },
        { stage: 'StageC00001', values, scheduledAt: '2026-03-18' },
      ],
    });
    expect(entity.events.map(({ occurredAt }) => occurredAt)).toEqual([
      '2026-03-04',
      '2026-03-09',
      undefined,
    ]);
  });

  it('gives the days of the enrollment; for a time, its day in UTC', () => {
    const { entity } = mapOne({
      enrolledAt: '2026-03-04T23:30:00.000-01:00',
      occurredAt: '2026-03-01',
    });
    expect(entity).toMatchObject({ enrolledAt: '2026-03-05', occurredAt: '2026-03-01' });
  });
});

describe('events', () => {
  const person = aPerson(
    {},
    {
      labResults: [
        { id: 'lab-1', notes: 'Sputum was bloody' },
        { id: 'lab-2', notes: 'SALIVA (DHIS2 EventAAAAA1)' },
        { id: 'lab-3', deleted: true },
      ],
      followUps: [
        { id: 'visit-1', date: '2026-03-06T00:00:00.000Z' },
        { id: 'visit-2', deleted: true },
      ],
    },
  );

  it('have the key of their record; deleted ones are deleted, and those of DHIS2 are not offered', () => {
    const { entity } = mapOne(
      (view: PersonView) => ({
        events: [
          false,
          null,
          ...view.labResults.flatMap(labResult => [
            { stage: 'StageB00001', labResult, occurredAt: '2026-03-07', status: 'COMPLETED' },
            {
              stage: 'StageC00001',
              labRequest: labResult,
              location: 'LabA',
              values: { [ONSET]: 1 },
            },
          ]),
          ...view.followUps.map(followUp => ({
            stage: 'StageD00001',
            followUp,
            scheduledAt: followUp.day('date'),
            status: 'SKIPPED',
          })),
        ],
      }),
      person,
    );
    expect(entity.events).toEqual([
      {
        key: 'lab-result lab-1',
        stage: 'StageB00001',
        occurredAt: '2026-03-07',
        status: 'COMPLETED',
        values: {},
      },
      {
        key: 'lab-request lab-1',
        stage: 'StageC00001',
        location: 'LabA',
        values: { [ONSET]: '1' },
      },
      {
        key: 'follow-up visit-1',
        stage: 'StageD00001',
        scheduledAt: '2026-03-06',
        status: 'SKIPPED',
        values: {},
      },
      ...['lab-result lab-3', 'lab-request lab-3', 'follow-up visit-2'].map(key => ({
        key,
        stage: '',
        deleted: true,
        values: {},
      })),
    ]);
  });

  it.each<[string, Given, string]>([
    ['two of a stage', () => [1, 2].map(n => ({ stage: STAGE, values: { [ONSET]: n } })), STAGE],
    [
      'two of one record',
      ({ labResults: [labResult] }) => [1, 2].map(() => ({ stage: STAGE, labResult })),
      'one record',
    ],
    [
      'one of two records',
      ({ labResults: [labResult], followUps: [followUp] }) => [
        { stage: STAGE, labResult, followUp },
      ],
      'labResult and followUp',
    ],
    ["one of another's record", () => [{ stage: STAGE, labResult: { id: 'lab-9' } }], 'labResult'],
    ['one of no record', () => [{ stage: STAGE, followUp: null }], 'followUp'],
    ['one without a stage', () => [{ values: {} }], 'stage'],
    ['one of a stage by its name', () => [{ stage: 'Lab results' }], 'stage'],
    ['one of an unknown status', () => [{ stage: STAGE, status: 'DONE' }], 'status'],
    ['unknown keys', () => [{ stage: STAGE, eventDate: '2026-03-01' }], '"eventDate"'],
    ['a number for a day', () => [{ stage: STAGE, occurredAt: 7 }], 'occurredAt'],
    ['an object for a list', () => ({ stage: STAGE }), 'events'],
    ['a text for an event', () => [STAGE], 'an event'],
  ])('are not %s', (_, events, named) => {
    const error = refusal(() => mapOne((view: PersonView) => ({ events: events(view) }), person));
    expect(error).toMatchObject({ code: 'BAD_MAPPING', kind: 'configuration' });
    expect(error.message).toContain(named);
  });
});

describe('a mapping that gives what DHIS2 does not have', () => {
  it.each<[string, unknown, string]>([
    ['an unknown key', { attribute: {} }, '"attribute"'],
    ['a program', { program: 'ProgramCase' }, '"program"'],
    ['an attribute by its code', { attributes: { FIRST_NAME: 'Ada' } }, '"FIRST_NAME"'],
    [
      'a data element by its code',
      { events: [{ stage: STAGE, values: { SIGNSYMP_FEVER: 'YES' } }] },
      '"SIGNSYMP_FEVER"',
    ],
    ['a list', { attributes: { [NAME]: ['Ada'] } }, NAME],
    ['an object', { attributes: { [NAME]: { years: 4 } } }, NAME],
    [
      'an object in the form of an option',
      { attributes: { [SEX]: { table: 'sex', id: null } } },
      SEX,
    ],
    ['an invalid number', { attributes: { [NAME]: Number.NaN } }, NAME],
    ['a Date', { attributes: { [NAME]: new Date(0) } }, NAME],
    ['a text for attributes', { attributes: 'Ada' }, 'attributes'],
    ['a number for a place', { location: 7 }, 'location'],
    ['a text', 'Ada', 'a case'],
    ['a list for a person', [], 'a case'],
  ])('is refused: %s', (_, given, named) => {
    const error = refusal(() => mapOne(given));
    expect(error).toMatchObject({ code: 'BAD_MAPPING', kind: 'configuration' });
    expect(error.message).toContain(named);
  });

  it('never repeats a value of a person', () => {
    const person = aPerson({ firstName: SECRET, dob: SECRET });
    for (const given of [
      (view: PersonView) => ({ attributes: { [NAME]: [view.firstName] } }),
      (view: PersonView) => ({ events: [{ stage: view.firstName }] }),
      (view: PersonView) => ({ events: [{ stage: STAGE, status: view.firstName }] }),
      (view: PersonView) => ({ location: [view.firstName] }),
    ]) {
      expect(JSON.stringify(refusal(() => mapOne(given, person)))).not.toContain(SECRET);
    }
    const { report } = runMap(
      giving((view: PersonView) => ({
        enrolledAt: view.firstName,
        attributes: {
          [NAME]: view.day('dob'),
          [SEX]: view.code('sex', sexes, view.firstName),
        },
      })),
      [person],
    );
    expect(report.adjustedCount).toBe(2);
    expect(report.leftOut).toEqual([
      { reason: 'unmapped-code', subject: 'sex=(a text)', count: 1 },
    ]);
    expect(JSON.stringify(report)).not.toContain(SECRET);
  });
});

describe('options', () => {
  it.each<[string, EntityMapping, object, string]>([
    ['no programs', giving({}), { programs: undefined }, 'programs'],
    ['no program of a kind', giving({}), { programs: { case: 'P' } }, 'programs.contact'],
    [
      'a program of an unknown kind',
      giving({}),
      { programs: { ...PROGRAMS, event: 'P' } },
      'event',
    ],
    ['no function for cases', {} as EntityMapping, {}, 'case'],
    ['an unknown function', { ...giving({}), labResults: () => [] } as EntityMapping, {}, 'labRes'],
    [
      'a value that is not a function',
      { ...giving({}), relationship: {} } as never,
      {},
      'relationship',
    ],
    ['an unknown option', giving({}), { onDelete: 'leave' }, 'onDelete'],
    ['an empty name of the server', giving({}), { server: ' ' }, 'server'],
    ['a link by its code', giving({}), { linkAttribute: 'GODATA_ID' }, 'linkAttribute'],
    ['a text for findBy', giving({}), { findBy: NAME }, 'findBy'],
    ['an unknown option for deleted people', giving({}), { whenDeleted: 'purge' }, 'whenDeleted'],
    ['an unknown owner', giving({}), { owners: { case: { dob: { owner: 'both' } } } }, 'dob'],
  ])('are refused: %s', (_, mapping, options, named) => {
    const run = () => runMap(mapping, [], options as Partial<MapTrackedEntitiesOptions>);
    const error = refusal(run);
    expect(error).toMatchObject({ code: 'BAD_OPTION', kind: 'configuration' });
    expect(error.message).toContain(named);
  });

  it('enrol contacts of contacts in the program of contacts, unless they have a program of their own', () => {
    const { contactOfContact: _, ...programs } = PROGRAMS;
    const people = [aPerson({}, { kind: 'contact-of-contact' })];
    const [entity] = runMap(giving({}), people, { programs }).data.entities;
    expect(entity!.program).toBe(PROGRAMS.contact);
  });

  it('travel with the batch, whose cursor is that of the fetched batch', () => {
    const batch = aBatch([], { more: true });
    expect(runMap(giving({}), batch).data).toEqual({
      entities: [],
      relationships: [],
      others: {},
      locations: batch.locations,
      tables: {},
      owners: {},
      server: 'godata',
      findBy: [],
      whenDeleted: 'leave',
      next: batch.next,
      more: true,
    });
    const options = {
      server: 'north',
      linkAttribute: NAME,
      findBy: [SEX],
      whenDeleted: 'cancel' as const,
      owners: { case: {} },
    };
    expect(runMap(giving({}), batch, options).data).toMatchObject(options);
  });

  it('need people in the state', () => {
    const operation = mapTrackedEntities(giving({}), { programs: PROGRAMS });
    expect(refusal(() => operation({ data: { entities: [] } })).code).toBe('NO_PEOPLE');
  });
});

describe('owners', () => {
  const fields = {
    location: HERE,
    enrolledAt: '2026-03-04',
    attributes: { [NAME]: 'Ada' },
    events: [{ stage: STAGE, values: { [ONSET]: '2026-03-01' } }],
  };
  const table = {
    firstName: { owner: 'latest', dhis2: NAME },
    dateOfReporting: { owner: 'latest', dhis2: 'enrolledAt' },
    'addresses.locationId': { owner: 'dhis2', dhis2: 'orgUnit' },
    questionnaireAnswers: { owner: 'latest', dhis2: { fever: `${STAGE}.${ONSET}` } },
    classification: { owner: 'latest' },
  };

  it.each([
    ['orgUnit', 'addresses.locationId'],
    ['enrolledAt', 'dateOfReporting'],
    [NAME, 'firstName'],
    [`${STAGE}.${ONSET}`, 'questionnaireAnswers'],
  ])('must have %s, if they have anything', (path, field) => {
    const { [field as keyof typeof table]: _, ...rest } = table;
    const error = refusal(() => mapOne(fields, aPerson(), { owners: { case: rest } }));
    expect(error).toMatchObject({ code: 'BAD_OPTION', kind: 'configuration' });
    expect(error.message).toContain(path);
    expect(mapOne(fields, aPerson(), { owners: { contact: rest } }).entity.id).toBeTruthy();
    expect(mapOne(fields, aPerson(), { owners: { case: table } }).entity.id).toBeTruthy();
  });

  it('need nothing for what belongs to a record', () => {
    const person = aPerson({}, { labResults: [{ id: 'lab-1' }] });
    const toFields = ({ labResults: [labResult] }: PersonView) => ({
      events: [{ stage: STAGE, labResult, values: { [ONSET]: 'x' } }],
    });
    expect(mapOne(toFields, person, { owners: { case: {} } }).entity.events).toHaveLength(1);
  });

  it('have fingerprints of what Go.Data has, if both may change it', () => {
    const record = {
      firstName: SECRET,
      questionnaireAnswers: { fever: [{ value: 'YES' }], other: [{ value: SECRET }] },
    };
    const prints = (more: RecordFields, kind: 'case' | 'contact' = 'case') => {
      const person = aPerson({ ...record, ...more }, { kind });
      const { fingerprints } = mapOne(fields, person, { owners: { case: table } }).entity;
      const given = Object.keys(table).map(field => [
        field,
        fingerprintOf(fingerprints, kind === 'case' ? (table as OwnerTable) : {}, field),
      ]);
      return Object.fromEntries(given.filter(([, print]) => print !== undefined));
    };
    const before = prints({});
    expect(before).toEqual({
      classification: fingerprint(undefined),
      dateOfReporting: fingerprint(aPerson({}).record.dateOfReporting),
      firstName: fingerprint(SECRET),
      questionnaireAnswers: fingerprint({ fever: ['YES'] }),
    });
    expect(prints({ questionnaireAnswers: { fever: [{ value: 'YES' }] } })).toEqual(before);
    expect(prints({ questionnaireAnswers: { fever: [{ value: 'NO' }] } })).toEqual({
      ...before,
      questionnaireAnswers: expect.not.stringMatching(before.questionnaireAnswers!),
    });
    expect(prints({}, 'contact')).toEqual({});
  });
});

describe('a person with an invalid date', () => {
  it.each<[string, string, RecordFields, Given]>([
    [
      'of its own',
      'dob',
      { dob: '2026-02-30' },
      view => ({ attributes: { [NAME]: view.day('dob') } }),
    ],
    ['that is not text', 'dob', { dob: { year: 1 } }, view => ({ enrolledAt: view.day('dob') })],
    [
      'that a mapping gives',
      'enrolledAt',
      { bad: '03/04/2026' },
      view => ({ enrolledAt: view.bad }),
    ],
    [
      'of an event',
      'events.occurredAt',
      { bad: 'yesterday' },
      view => ({ events: [{ stage: STAGE, occurredAt: view.bad, values: { [ONSET]: 1 } }] }),
    ],
    [
      'of a lab result',
      'labResults.dateOfResult',
      {},
      ({ labResults: [one] }) => ({ enrolledAt: one!.day('dateOfResult') }),
    ],
    [
      'of a follow-up',
      'followUps.date',
      {},
      ({ followUps: [one] }) => ({ enrolledAt: one!.day('date') }),
    ],
  ])('%s is mapped without it, and that is reported', (_, field, record, given) => {
    const bad = aPerson(record, {
      labResults: [{ id: 'lab-1', dateOfResult: '2026-13-01' }],
      followUps: [{ id: 'visit-1', date: '2026-13-01' }],
    });
    const good = aPerson();
    const mapping = giving((view: PersonView) => (view.id === bad.id ? given(view) : {}));
    const { data, report } = runMap(mapping, aBatch([bad, good]));
    expect(data.entities.map(({ id }) => id)).toEqual([bad.id, good.id]);
    expect(data.entities[0]).not.toHaveProperty('enrolledAt');
    expect(data.entities[0]!.attributes).toEqual({});
    expect(data.entities[0]!.events.every(event => !('occurredAt' in event))).toBe(true);
    expect(data.next.retry).toBeUndefined();
    expect(report).toEqual({
      read: 2,
      adjustedCount: 1,
      adjusted: [
        {
          kind: 'case',
          id: bad.id,
          code: 'INVALID_DATE',
          message: `${field}: not a day of the calendar. It was omitted. Correct it in Go.Data.`,
        },
      ],
    });
  });

  it('of several is mapped with the next of them', () => {
    const bad = aPerson({ dateOfReporting: '2026-02-30', dateOfOnset: '2026-02-03' });
    const { data, report } = runMap(
      giving((view: PersonView) => ({ enrolledAt: view.day('dateOfReporting', 'dateOfOnset') })),
      [bad],
    );
    expect(data.entities[0]!.enrolledAt).toBe('2026-02-03');
    expect(report.adjusted).toMatchObject([{ code: 'INVALID_DATE' }]);
  });
});

describe('reference data', () => {
  const mapSex = (...ids: unknown[]) =>
    runMap(
      giving((view: PersonView) => ({
        attributes: { [SEX]: view.code('sex', sexes, view.gender) },
      })),
      ids.map(gender => aPerson({ gender })),
    );

  it('becomes a value with its table, so that DHIS2 may have any of its codes', () => {
    const { data, report } = mapSex(ref('GENDER', 'MALE'), null, undefined, '');
    expect(data.entities.map(({ attributes }) => attributes[SEX])).toEqual([
      { table: 'sex', id: ref('GENDER', 'MALE') },
      ...Array(3).fill({ table: 'sex', id: null }),
    ]);
    expect(data.tables).toEqual({ sex: { ...sexes } });
    expect(Object.keys(data.tables.sex!)[0]).toBe('MALE');
    expect(report.leftOut).toBeUndefined();
  });

  it("that the table does not have keeps DHIS2's value, and is reported with its count", () => {
    const unknown = ref('GENDER', 'NON_BINARY');
    const { data, report } = mapSex(unknown, unknown, 'What she said', 7, 'constructor');
    expect(data.entities.map(({ attributes }) => attributes)).toEqual(Array(5).fill({}));
    expect(report.leftOut).toEqual([
      { reason: 'unmapped-code', subject: 'sex=(a text)', count: 3 },
      { reason: 'unmapped-code', subject: 'sex=GENDER_NON_BINARY', count: 2 },
    ]);
  });

  it('needs one table for each subject', () => {
    const code = (...tables: unknown[]) =>
      refusal(() =>
        mapOne((view: PersonView) => {
          for (const table of tables) view.code('sex', table as never, null);
          return {};
        }),
      );
    expect(code(undefined)).toMatchObject({ code: 'BAD_MAPPING' });
    expect(code({ MALE: 1 })).toMatchObject({ code: 'BAD_MAPPING' });
    expect(code(sexes, { MALE: ref('GENDER', 'MALE') }).message).toContain('two tables');
    const again = (view: PersonView) => {
      view.code('sex', sexes, null);
      view.code('sex', { ...sexes }, null);
      return {};
    };
    expect(mapOne(again).report).toEqual({ read: 1 });
  });
});

describe('the ids of tracked entities that Go.Data keeps', () => {
  const external = (number: string) => ({ type: EXTERNAL_ID, number });
  const linksOf = (id: string, ...documents: object[]) =>
    mapOne({}, aPerson({ documents }, { id })).entity.links;

  it('are external ids of this form, the most reliable first', () => {
    expect(linksOf('3a9b-uuid')).toEqual([]);
    expect(linksOf('3a9b-uuid', external('COVID19_0000001'), external('PersonA0001'))).toEqual([
      'PersonA0001',
    ]);
    expect(linksOf('PersonA0001')).toEqual(['PersonA0001']);
    expect(linksOf('PersonA0001', external('PersonB0001'))).toEqual(['PersonB0001', 'PersonA0001']);
    expect(linksOf('PersonA0001', external('PersonB0001'), external('PersonA0001'))).toEqual([
      'PersonA0001',
      'PersonB0001',
    ]);
    const passport = { type: ref('DOCUMENT_TYPE', 'PASSPORT'), number: 'PassportA01' };
    expect(linksOf('3a9b-uuid', passport)).toEqual([]);
  });
});

describe('a person who was deleted in Go.Data', () => {
  it('is passed on as deleted, without a call of the mapping', () => {
    const gone = aPerson({}, { id: 'PersonA0001', record: {}, deleted: true });
    const toFields = () => {
      throw new Error('was called');
    };
    const { data, report } = runMap(giving(toFields), [gone]);
    expect(data.entities).toEqual([
      {
        id: 'PersonA0001',
        kind: 'case',
        links: ['PersonA0001'],
        deleted: true,
        program: PROGRAMS.case,
        attributes: {},
        events: [],
        fingerprints: '',
      },
    ]);
    expect(report).toEqual({ read: 1 });
  });

  it('is left out if its kind is left out', () => {
    const gone = aPerson({}, { kind: 'contact', record: {}, deleted: true });
    const { data, report } = runMap({ case: () => ({}) }, [gone]);
    expect(data.entities).toEqual([]);
    expect(report.leftOut).toEqual([
      { reason: 'left-out-by-mapping', subject: 'contact', count: 1 },
    ]);
  });
});

describe('relationships', () => {
  const [source, target] = [aPerson(), aPerson({}, { kind: 'contact' })];
  const TYPE = 'RelationTyp';
  const aRelationship = (record: RecordFields = {}, rest = {}) => ({
    id: 'rel-1',
    source: source.id,
    target: target.id,
    record,
    ...rest,
  });
  const mapping: EntityMapping = {
    ...giving({}),
    relationship: () => ({ type: TYPE, from: 'source' }),
  };
  const run = (relationship: object, more = {}, functions = mapping) =>
    runMap(
      functions,
      aBatch([source, target], { relationships: [relationship as never], ...more }),
    );

  it('have the type and the direction that the mapping gives', () => {
    const seen: unknown[] = [];
    const relationship = (from: 'source' | 'target'): EntityMapping => ({
      ...mapping,
      relationship: view => {
        seen.push([view.source?.id, view.target?.kind, view.day('contactDate'), view.comment]);
        return { type: TYPE, from };
      },
    });
    const one = aRelationship({ contactDate: '2026-03-02T00:00:00.000Z', comment: 'At school' });
    expect(run(one, {}, relationship('source')).data.relationships).toEqual([
      { key: 'rel-1', type: TYPE, from: source.id, to: target.id },
    ]);
    expect(run(one, {}, relationship('target')).data.relationships).toEqual([
      { key: 'rel-1', type: TYPE, from: target.id, to: source.id },
    ]);
    expect(seen[0]).toEqual([source.id, 'contact', '2026-03-02', 'At school']);
  });

  it('are not mapped without a function, and left out if it gives null', () => {
    expect(run(aRelationship(), {}, giving({}))).toMatchObject({
      data: { relationships: [] },
      report: { read: 2 },
    });
    const { data, report } = run(aRelationship(), {}, { ...mapping, relationship: () => null });
    expect(data.relationships).toEqual([]);
    expect(report.leftOut).toEqual([
      { reason: 'left-out-by-mapping', subject: 'relationship', count: 1 },
    ]);
  });

  it('that came from DHIS2 are skipped', () => {
    const { data, report } = run(
      aRelationship({ comment: 'Taxi (DHIS2 RelationA01 of PersonA0001)' }),
    );
    expect(data.relationships).toEqual([]);
    expect(report).toEqual({ read: 2 });
  });

  it('that were deleted are deleted', () => {
    const toFields = () => {
      throw new Error('was called');
    };
    const functions = { ...mapping, relationship: toFields };
    const { data } = run(aRelationship({}, { deleted: true }), {}, functions);
    expect(data.relationships).toEqual([
      { key: 'rel-1', type: '', from: source.id, to: target.id, deleted: true },
    ]);
  });

  it('name the person at an end that is not in the batch', () => {
    const others = {
      elsewhere: {
        kind: 'contact' as const,
        documents: [{ type: EXTERNAL_ID, number: 'PersonC0001' }],
      },
      nobody: { kind: 'contact' as const },
    };
    const { data } = run(aRelationship({}, { target: 'elsewhere' }), { others });
    expect(data.others).toEqual({
      elsewhere: { kind: 'contact', links: ['PersonC0001'], program: PROGRAMS.contact },
    });
    expect(data.relationships).toMatchObject([{ to: 'elsewhere' }]);
  });

  it.each([
    ['with a person of a kind that is left out', { target: 'elsewhere' }],
    ['with an unknown person', { target: 'nobody' }],
    ['with a person that the mapping leaves out', { target: target.id }],
  ])('%s are left out', (_, end) => {
    const others = { elsewhere: { kind: 'contact-of-contact' as const } };
    const functions = {
      case: () => ({}),
      contact: () => null,
      relationship: mapping.relationship!,
    };
    const { data, report } = run(aRelationship({}, end), { others }, functions);
    expect(data.relationships).toEqual([]);
    expect(data.others).toEqual({});
    expect(report.leftOut).toContainEqual({
      reason: 'left-out-by-mapping',
      subject: 'relationship',
      count: 1,
    });
  });

  it('of a person with itself are left out', () => {
    const { report } = run(aRelationship({}, { target: source.id }));
    expect(report.leftOut).toEqual([{ reason: 'with-oneself', subject: 'relationship', count: 1 }]);
  });

  it('with an invalid date are rejected, and both ends tried again', () => {
    const functions: EntityMapping = {
      ...mapping,
      relationship: view => (view.day('contactDate') ? { type: TYPE, from: 'source' } : null),
    };
    const { data, report } = run(aRelationship({ contactDate: '2026-02-30' }), {}, functions);
    expect(data.relationships).toEqual([]);
    expect(data.entities).toHaveLength(2);
    expect(data.next.retry).toEqual([source.id, target.id]);
    expect(report).toEqual({
      read: 2,
      rejectedCount: 1,
      rejected: [
        {
          kind: 'relationship',
          id: 'rel-1',
          code: 'INVALID_DATE',
          message: expect.stringContaining('contactDate'),
        },
      ],
    });
  });

  it.each([
    ['a type by its name', { type: 'Has been in contact with', from: 'source' }, 'type'],
    ['no direction', { type: TYPE }, 'from'],
    ['an unknown key', { type: TYPE, from: 'source', to: 'target' }, '"to"'],
    ['a text', TYPE, 'a relationship'],
  ])('are refused: %s', (_, given, named) => {
    const functions = { ...mapping, relationship: () => given } as EntityMapping;
    const error = refusal(() => run(aRelationship(), {}, functions));
    expect(error).toMatchObject({ code: 'BAD_MAPPING', kind: 'configuration' });
    expect(error.message).toContain(named);
  });
});

describe('the view of a person', () => {
  const view = personView({
    record: {
      firstName: 'Ada',
      age: { years: 0, months: 7 },
      dob: '2026-03-04T23:30:00.000-01:00',
      safeBurial: false,
      createdAt: '2026-03-03T22:00:00.000Z',
      documents: [{ type: EXTERNAL_ID }, { type: EXTERNAL_ID, number: 'X-1' }],
      addresses: [
        { typeId: 'OTHER', locationId: 'elsewhere', phoneNumber: '1' },
        { typeId: RESIDENCE, locationId: HERE, phoneNumber: '2' },
      ],
      questionnaireAnswers: {
        fever: [{ value: 'YES', date: '2026-03-01' }, { value: 'NO' }],
        travel: [{ value: ['AO', 'KE'] }],
        temperature: [{ value: 38.5 }],
        blank: [{ value: '' }],
        none: [],
      },
    },
  });

  it('has the fields of the record, and reads them by path', () => {
    expect(view.firstName).toBe('Ada');
    expect(view.value('firstName')).toBe('Ada');
    expect(view.value('age.years')).toBe(0);
    expect(view.value('safeBurial')).toBe(false);
    expect(view.value('addresses.phoneNumber')).toBe('2');
    expect(view.value('lastName')).toBeNull();
    expect(view.value('age')).toBeNull();
    expect(view.day('dob')).toBe('2026-03-05');
    expect(view.day('dateOfOnset')).toBeNull();
    expect(view.day('dateOfOnset', 'dob', 'createdAt')).toBe('2026-03-05');
    expect(view.createdAt).toBe('2026-03-03');
  });

  it('has the usual place of residence, and documents', () => {
    expect(view.residence.locationId).toBe(HERE);
    expect(personView({ record: {} }).residence).toEqual({});
    expect(view.document(EXTERNAL_ID)).toBe('X-1');
    expect(view.document('PASSPORT')).toBeNull();
  });

  it('has answers: the first, all choices of one, and null if there is none', () => {
    const variables = ['fever', 'travel', 'temperature', 'blank', 'none', 'unknown', 'constructor'];
    expect(variables.map(view.answer)).toEqual(['YES', 'AO,KE', 38.5, null, null, null, null]);
    expect(view.answers({ fever: ONSET, unknown: NAME })).toEqual({ [ONSET]: 'YES', [NAME]: null });
  });

  it('has lab results and follow-ups that are read the same way', () => {
    const { labResults, followUps } = personView({
      labResults: [{ id: 'lab-1', dateOfResult: '2026-03-01T00:00:00.000Z', labName: 'Central' }],
      followUps: [{ id: 'visit-1', questionnaireAnswers: { fever: [{ value: 'NO' }] } }],
    });
    expect(labResults[0]).toMatchObject({ id: 'lab-1', labName: 'Central' });
    expect(labResults[0]!.day('dateOfResult')).toBe('2026-03-01');
    expect(followUps[0]!.answers({ fever: ONSET })).toEqual({ [ONSET]: 'NO' });
  });
});
