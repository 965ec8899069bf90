import { describe, expect, it } from 'vitest';
import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { personView, referenceIds } from '#godata/Adaptor.js';
import { mapWithFunctions as mapCases } from '#godata/people/map/map-with-functions.js';
import type { CaseMapping } from '#godata/people/map/mapping.js';
import type { MapCasesOptions } from '#godata/people/map/options.js';
import type { PersonView } from '#godata/people/map/view/person-view.js';
import {
  aBatch,
  anEnrollment,
  anEntity,
  anEvent,
  aRelationship,
  FIRST_NAME,
  HERE,
  runMapCases,
  SEX,
  STAGE,
} from '../support.js';

const EXTERNAL_ID = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_EXTERNAL_ID';
const PASSPORT = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_PASSPORT';
const HOSPITAL = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_DATE_TYPE_HOSPITALIZATION';
const sexes = referenceIds('GENDER', { MALE: 'MALE', FEMALE: 'FEMALE', X: null });

const SECRET = 'Secretname';

/** A mapping that returns the same fields for everybody. */
const giving = (fields: RecordFields | ((person: PersonView) => RecordFields)): CaseMapping => {
  const give = typeof fields === 'function' ? fields : () => fields;
  return { case: give, contact: give };
};

/** Maps one case with these fields. */
function mapOne(
  fields: RecordFields | ((person: PersonView) => RecordFields),
  entity: TrackedEntity = anEntity(),
  options: MapCasesOptions = {},
) {
  const { data, report } = runMapCases(giving(fields), [entity], options);
  return { person: data.people[0], fields: data.people[0]?.fields ?? {}, report, data };
}

/** The error for a mapping that is refused. */
function refusal(run: () => unknown): { code: string; message: string; fix: string; kind: string } {
  try {
    run();
  } catch (error) {
    const { code, message, fix, kind } = error as ReturnType<typeof refusal>;
    return { code, message, fix, kind };
  }
  throw new Error('Nothing was refused.');
}

describe('mapCases', () => {
  it('returns each person with the id of the tracked entity, its kind and its org unit', () => {
    const entities = [anEntity(), anEntity({ kind: 'contact', orgUnit: 'VillageB001' })];
    const { data, report } = runMapCases(giving({ firstName: 'Ada' }), entities);
    expect(data.people.map(({ id, kind, orgUnit }) => [id, kind, orgUnit])).toEqual([
      [entities[0]!.id, 'case', HERE],
      [entities[1]!.id, 'contact', 'VillageB001'],
    ]);
    expect(report).toEqual({ read: 2 });
  });

  it('passes the cursor, the org units and more on', () => {
    const next = { retry: ['PersonOld01'], waiting: '', contacts: { updatedAt: 'x', seen: {} } };
    const { data } = runMapCases(giving({}), aBatch([anEntity()], { next, more: true }));
    expect(data).toMatchObject({ next, more: true, orgUnits: aBatch([]).orgUnits });
  });

  it('owns a field that a function returns, and clears it when it has no value', () => {
    const given = { firstName: undefined, lastName: '  ', dob: null, dateRanges: undefined };
    expect(mapOne(given).fields).toEqual({
      firstName: null,
      lastName: null,
      dob: null,
      dateRanges: [],
      documents: [{ type: EXTERNAL_ID, number: expect.any(String) }],
    });
  });

  it('does not touch a field that a function omits', () => {
    expect(mapOne({}).fields).toEqual({ documents: [expect.anything()] });
  });

  it("adds the tracked entity's id as a document, once", () => {
    const entity = anEntity();
    const documents = [
      { type: PASSPORT, number: 'P1' },
      { type: EXTERNAL_ID, number: entity.id },
      { type: EXTERNAL_ID, number: 'COVID19_1' },
      { type: EXTERNAL_ID, number: 'COVID19_1' },
      { type: EXTERNAL_ID, number: undefined },
      false,
    ];
    expect(mapOne({ documents }, entity).fields.documents).toEqual([
      { type: EXTERNAL_ID, number: entity.id },
      { type: PASSPORT, number: 'P1' },
      { type: EXTERNAL_ID, number: 'COVID19_1' },
    ]);
  });

  it('returns a deleted person without fields, and does not call the mapping', () => {
    const entity = anEntity({ deleted: true });
    const mapping = giving(() => {
      throw new Error('asked');
    });
    for (const whenDeleted of ['leave', 'delete', { fields: { riskReason: 'Deleted' } }] as const) {
      const { data } = runMapCases(mapping, [entity], { whenDeleted });
      expect(data.whenDeleted).toEqual(whenDeleted);
      expect(data.people).toEqual([
        { id: entity.id, kind: 'case', orgUnit: HERE, deleted: true, fields: {}, labResults: [] },
      ]);
    }
  });

  it('returns the Go.Data id that DHIS2 keeps for a person', () => {
    const entity = anEntity({ attributes: { GoDataLink1: ' abc-1 ' } });
    const link = (person: PersonView) => person.attribute('GoDataLink1');
    expect(mapOne({}, entity, { link }).person).toMatchObject({ link: 'abc-1' });
    expect(mapOne({}, anEntity(), { link }).person).not.toHaveProperty('link');
  });

  it('stops with a clear message when there are no tracked entities', () => {
    expect(refusal(() => mapCases(giving({}))({ data: {} }))).toMatchObject({
      code: 'NO_TRACKED_ENTITIES',
      kind: 'configuration',
    });
  });
});

describe('fields of the wrong name or type', () => {
  it.each([
    ['ocupation', 'case'],
    ['dateOfBirth', 'case'],
    ['classificationHistory', 'case'],
    ['id', 'case'],
    ['visualId', 'case'],
    ['toString', 'case'],
    ['classification', 'contact'],
    ['dateOfOnset', 'contact'],
  ] as const)('refuses %s for a %s', (name, kind) => {
    const error = refusal(() => runMapCases(giving({ [name]: 'x' }), [anEntity({ kind })]));
    expect(error).toMatchObject({ code: 'BAD_MAPPING', kind: 'configuration' });
    expect(error.message).toContain(`"${name}" for a ${kind}`);
    expect(error.fix).toContain('firstName');
  });

  it('refuses unknown fields of relationships and lab results', () => {
    const entities = [anEntity({ relationships: [aRelationship('PersonA0001', 'PersonB0001')] })];
    const fields = { exposureType: 'x' };
    expect(
      refusal(() => runMapCases({ ...giving({}), relationship: () => fields }, entities)),
    ).toMatchObject({ code: 'BAD_MAPPING', fix: expect.stringContaining('exposureTypeId') });
    const labResults = () => [{ event: { id: 'EventA00001' }, labResult: 'x' }];
    expect(refusal(() => runMapCases({ ...giving({}), labResults }, entities))).toMatchObject({
      code: 'BAD_MAPPING',
      fix: expect.stringContaining('sampleType'),
    });
  });

  it.each<[string, RecordFields, string]>([
    ['a number for a text', { firstName: 7 }, 'firstName'],
    ['a Date for a day', { dob: new Date(0) }, 'dob'],
    ['a text for true or false', { safeBurial: 'YES' }, 'safeBurial'],
    ['a number for an age', { age: 41 }, 'age'],
    ['an unknown part of an age', { age: { year: 41 } }, 'age.year'],
    ['an object for a list', { addresses: { locationId: HERE } }, 'addresses'],
    ['a text for a member', { addresses: [HERE] }, 'addresses'],
    ['an unknown key of an address', { addresses: [{ address: 'x' }] }, 'addresses.address'],
    ['an unknown key of a document', { documents: [{ value: 'x' }] }, 'documents.value'],
    ['a document without a type', { documents: [{ number: 'x' }] }, 'documents'],
    [
      'two passports',
      { documents: ['A', 'B'].map(number => ({ type: PASSPORT, number })) },
      PASSPORT,
    ],
    ['two addresses', { addresses: [{}, {}] }, 'addresses'],
    ['another address', { addresses: [{ typeId: 'OTHER' }] }, 'addresses'],
    [
      'a stay without its event',
      { dateRanges: [{ event: undefined, typeId: HOSPITAL }] },
      'dateRanges.event',
    ],
    ['a stay without a type', { dateRanges: [{ event: { id: 'E' }, typeId: null }] }, 'dateRanges'],
    [
      'a comment on a stay',
      { dateRanges: [{ event: { id: 'E' }, comments: 'x' }] },
      'dateRanges.comments',
    ],
    ['a vaccine that is not listed', { vaccinesReceived: [{ vaccine: 'V' }] }, 'vaccines'],
    ['a list of answers', { questionnaireAnswers: [{ value: 'x' }] }, 'questionnaireAnswers'],
    [
      "an answer in Go.Data's own form",
      { questionnaireAnswers: { fever: [{ value: 'x' }] } },
      'fever',
    ],
    ['an answer that is not a number', { questionnaireAnswers: { age: Number.NaN } }, 'age'],
  ])('refuses %s', (_, fields, named) => {
    const error = refusal(() => mapOne(fields));
    expect(error).toMatchObject({ code: 'BAD_MAPPING', kind: 'configuration' });
    expect(error.message).toContain(named);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'x'],
    ['a list', []],
  ])('refuses a function that returns %s', (_, given) => {
    expect(refusal(() => mapOne(() => given as RecordFields)).code).toBe('BAD_MAPPING');
  });

  it.each<[string, () => unknown]>([
    ['no function for cases', () => mapCases({ contact: () => ({}) } as never)],
    ['no function for relationships', () => mapCases({ ...giving({}), relationship: {} } as never)],
    ['an unknown function', () => mapCases({ ...giving({}), event: () => ({}) } as never)],
    ['an unknown option', () => mapCases(giving({}), { onDelete: 'leave' } as never)],
    [
      'an unknown way to treat deleted people',
      () => mapCases(giving({}), { whenDeleted: 'purge' as never }),
    ],
    [
      'fields for deleted people that no person has',
      () => mapCases(giving({}), { whenDeleted: { fields: { mark: 1 } } }),
    ],
    [
      'an invalid day in the fields for deleted people',
      () => mapCases(giving({}), { whenDeleted: { fields: { dateOfBurial: '2026-02-30' } } }),
    ],
    [
      'a list of relationship types',
      () => mapCases(giving({}), { relationshipTypes: ['ipjUWSTPKFt'] as never }),
    ],
    ['vaccines by code', () => mapCases(giving({}), { vaccines: { A: 'B' } as never })],
    ['a link that is not a function', () => mapCases(giving({}), { link: 'GoDataLink1' as never })],
  ])('refuses %s', (_, operation) => {
    const run = () => (operation() as ReturnType<typeof mapCases>)({ data: aBatch([]) });
    expect(refusal(run)).toMatchObject({ code: 'BAD_OPTION', kind: 'configuration' });
  });

  it('never shows a value of a person', () => {
    const named = anEntity({ attributes: { [FIRST_NAME]: SECRET } });
    const name = (person: PersonView) => person.attribute(FIRST_NAME);
    for (const fields of [
      (person: PersonView) => ({ safeBurial: name(person) }),
      (person: PersonView) => ({ age: name(person) }),
      (person: PersonView) => ({ addresses: name(person) }),
    ]) {
      expect(JSON.stringify(refusal(() => mapOne(fields, named)))).not.toContain(SECRET);
    }
    const { report } = mapOne(
      person => ({
        dob: name(person),
        age: { years: name(person) },
        deathLocationId: name(person),
      }),
      named,
    );
    expect(report.adjustedCount).toBe(2);
    expect(JSON.stringify(report)).not.toContain(SECRET);
  });
});

describe('a person with an invalid value in DHIS2', () => {
  it.each([
    ['INVALID_DATE', 'dob', { dob: '2026-02-29' }, {}],
    ['INVALID_DATE', 'dateOfOnset', { dateOfOnset: '03/04/2026' }, {}],
    [
      'INVALID_DATE',
      'dateRanges.startDate',
      { dateRanges: [{ event: { id: 'E' }, typeId: HOSPITAL, startDate: '2026-13-01' }] },
      { dateRanges: [{ typeId: HOSPITAL, comments: 'DHIS2 E' }] },
    ],
    [
      'INVALID_COORDINATES',
      'addresses.geoLocation',
      { addresses: [{ geoLocation: { lat: 91, lng: 0 }, city: 'Lagos' }] },
      {
        addresses: [
          {
            typeId: 'LNG_REFERENCE_DATA_CATEGORY_ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE',
            city: 'Lagos',
          },
        ],
      },
    ],
  ])(
    'is written without the field, and that is reported with %s of %s; nobody is tried again',
    (code, field, fields, written) => {
      const [bad, good] = [anEntity({ attributes: { bad: 'yes' } }), anEntity()];
      const mapping = giving(person =>
        person.attribute('bad') ? { ...fields, lastName: 'Obi' } : {},
      );
      const { data, report } = runMapCases(mapping, aBatch([bad!, good!]));
      expect(data.people.map(({ id }) => id)).toEqual([bad!.id, good!.id]);
      expect(data.people[0]!.fields).toEqual({
        ...written,
        lastName: 'Obi',
        documents: expect.anything(),
      });
      const message = `${field}: `;
      expect(report).toEqual({
        read: 2,
        adjustedCount: 1,
        adjusted: [{ kind: 'case', id: bad!.id, code, message: expect.stringContaining(message) }],
      });
      expect(data.next.retry).toBeUndefined();
    },
  );

  it('is rejected if Go.Data requires the field, and tried again; others are not affected', () => {
    const [bad, good] = [anEntity({ attributes: { bad: 'yes' } }), anEntity()];
    const mapping = giving(person =>
      person.attribute('bad') ? { dateOfReporting: '2026-02-30' } : {},
    );
    const batch = aBatch([bad!, good!], { next: { retry: ['PersonOld01', bad!.id] } });
    const { data, report } = runMapCases(mapping, batch);
    expect(data.people.map(({ id }) => id)).toEqual([good!.id]);
    const message = 'dateOfReporting: not a calendar day. Correct it in DHIS2.';
    expect(report).toEqual({
      read: 2,
      rejectedCount: 1,
      rejected: [{ kind: 'case', id: bad!.id, code: 'INVALID_DATE', message }],
    });
    expect(data.next.retry).toEqual(['PersonOld01', bad!.id]);
  });

  it.each([
    ['Go.Data', {}],
    ['Go.Data', { age: { owner: 'godata', dhis2: 'AgeAttribut' } }],
    ['DHIS2', { age: { owner: 'dhis2', dhis2: 'AgeAttribut' } }],
  ] as const)(
    'that was entered in Go.Data is to be corrected in %s, with the owner table %j',
    (system, owners) => {
      const entity = anEntity({ link: { id: 'person-1', isOrigin: true } });
      const options = { owners: { case: owners } };
      const mapping = giving(() => ({ age: { years: 151 } }));
      const { report } = runMapCases(mapping, [entity], options);
      expect(report.adjusted).toMatchObject([
        { code: 'INVALID_AGE', message: expect.stringContaining(`Correct it in ${system}.`) },
      ]);
    },
  );

  it.each(['about forty', '1985', '2004.0', '30.5', -1, '151', true])(
    'is written without an age of %j years, and that is reported',
    years => {
      const fields = { age: { years }, lastName: 'Obi' };
      const { data, report } = runMapCases(giving(fields), [anEntity()]);
      expect(data.people[0]!.fields).not.toHaveProperty('age');
      expect(data.people[0]!.fields.lastName).toBe('Obi');
      const { id } = data.people[0]!;
      const message = expect.stringMatching(/^age: not a possible age .* Correct it in DHIS2\.$/);
      expect(report).toEqual({
        read: 1,
        adjustedCount: 1,
        adjusted: [{ kind: 'case', id, code: 'INVALID_AGE', message }],
      });
      expect(data.next.retry).toBeUndefined();
    },
  );

  it('is also rejected for a lab result', () => {
    const entity = anEntity();
    const labResults = () => [{ event: { id: 'EventA00001' }, dateSampleTaken: 'yesterday' }];
    const { data, report } = runMapCases({ ...giving({}), labResults }, [entity]);
    expect(data.people).toEqual([]);
    expect(report.rejected).toMatchObject([{ id: entity.id, code: 'INVALID_DATE' }]);
  });

  it('keeps the day of a date that has a time', () => {
    const fields = { dob: '1985-02-28T23:30:00.000', dateOfReporting: '2026-03-01T10:00' };
    expect(mapOne(fields).fields).toMatchObject({
      dob: '1985-02-28',
      dateOfReporting: '2026-03-01',
    });
  });
});

describe('an age', () => {
  it.each([
    [{ years: 41 }, { years: 41 }],
    [{ years: '30.0' }, { years: 30 }],
    [{ years: '41', months: '' }, { years: 41 }],
    [{ months: 7 }, { years: 0, months: 7 }],
    [{ months: '26' }, { years: 2, months: 2 }],
    [{ years: 0 }, { years: 0 }],
    [{ years: undefined, months: null }, null],
    [{}, null],
    [undefined, null],
  ])('of %j is %j', (age, expected) => {
    expect(mapOne({ age }).fields.age).toEqual(expected);
  });

  it('is omitted when there is a date of birth', () => {
    expect(mapOne({ dob: '1985-02-28', age: { years: 41 } }).fields).toMatchObject({
      dob: '1985-02-28',
      age: null,
    });
  });
});

describe('members of lists', () => {
  it('include the usual place of residence', () => {
    const [address] = mapOne({ addresses: [{ locationId: HERE, city: undefined }] }).fields
      .addresses as object[];
    expect(address).toEqual({
      typeId: 'LNG_REFERENCE_DATA_CATEGORY_ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE',
      locationId: HERE,
      city: null,
    });
  });

  it('omit an org unit that is not in the batch, and report it', () => {
    const stays = ['HospitalA01', 'St Secretname', HERE].map((locationId, n) => ({
      event: { id: `EventA0000${n}` },
      typeId: HOSPITAL,
      locationId,
    }));
    const { fields, report } = mapOne({ dateRanges: stays });
    expect((fields.dateRanges as { locationId: string }[]).map(one => one.locationId)).toEqual([
      null,
      null,
      HERE,
    ]);
    expect(report.leftOut).toEqual([
      { reason: 'unknown-org-unit', subject: '', count: 1 },
      { reason: 'unknown-org-unit', subject: 'HospitalA01', count: 1 },
    ]);
  });

  it('can be two stays from one event, of different types', () => {
    const stay = { event: { id: 'EventA00001' }, typeId: HOSPITAL };
    const dateRanges = [stay, null, { ...stay, typeId: 'other' }];
    const ranges = mapOne({ dateRanges }).fields.dateRanges as { comments: string }[];
    expect(ranges.map(({ comments }) => comments)).toEqual([
      'DHIS2 EventA00001',
      'DHIS2 EventA00001',
    ]);
    expect(refusal(() => mapOne({ dateRanges: [stay, stay] }))).toMatchObject({
      code: 'BAD_MAPPING',
      message: expect.stringContaining('from one event'),
    });
  });

  it('have one entry for each vaccine, the last one', () => {
    const vaccinesReceived = [
      { vaccine: 'V', date: '2026-01-01' },
      { vaccine: 'V', date: '2026-02-01' },
      { vaccine: null, date: '2026-03-01' },
    ];
    const { fields, report, data } = mapOne({ vaccinesReceived }, anEntity(), { vaccines: ['V'] });
    expect(fields.vaccinesReceived).toEqual([{ vaccine: 'V', date: '2026-02-01' }]);
    expect(report.leftOut).toEqual([{ reason: 'vaccine-twice', subject: 'V', count: 1 }]);
    expect(data.vaccines).toEqual(['V']);
  });

  it('convert values to answers', () => {
    const questionnaireAnswers = {
      a: 'x',
      b: 38.5,
      c: false,
      d: ['x', 'y'],
      e: undefined,
      f: '',
      g: [],
    };
    expect(mapOne({ questionnaireAnswers }).fields.questionnaireAnswers).toEqual({
      a: [{ value: 'x' }],
      b: [{ value: 38.5 }],
      c: [{ value: false }],
      d: [{ value: ['x', 'y'] }],
      e: [],
      f: [],
      g: [],
    });
  });

  it('become lab results, each with the id of its event', () => {
    const [first, second] = [anEvent(STAGE.labResult), anEvent(STAGE.labResult)];
    const labResults: CaseMapping['labResults'] = person =>
      person.events(STAGE.labResult).map(event => ({
        event,
        dateOfResult: event.day,
        sequence: { hasSequence: true, dateResult: '2026-03-09' },
      }));
    const entity = anEntity({ events: [first!, second!] });
    const { data } = runMapCases({ ...giving({}), labResults }, [entity]);
    const fields = {
      dateOfResult: null,
      sequence: { hasSequence: true, dateResult: '2026-03-09' },
    };
    expect(data.people[0]!.labResults).toEqual([
      { key: first!.id, fields },
      { key: second!.id, fields },
    ]);
    const twice: CaseMapping['labResults'] = person => [
      ...labResults!(person),
      ...labResults!(person),
    ];
    expect(
      refusal(() => runMapCases({ ...giving({}), labResults: twice }, [entity])).message,
    ).toContain('two labResults from one event');
  });
});

describe('an option code', () => {
  const mapSex = (...codes: (string | undefined)[]) =>
    runMapCases(
      giving(person => ({ gender: person.code('sex', sexes, person.attribute(SEX)) })),
      codes.map(code => anEntity({ attributes: code === undefined ? {} : { [SEX]: code } })),
    );

  it('becomes reference data with a table', () => {
    const { data, report } = mapSex('FEMALE', 'MALE', 'X', undefined, ' ');
    expect(data.people.map(({ fields }) => fields.gender)).toEqual([
      'LNG_REFERENCE_DATA_CATEGORY_GENDER_FEMALE',
      'LNG_REFERENCE_DATA_CATEGORY_GENDER_MALE',
      null,
      null,
      null,
    ]);
    expect(report.leftOut).toBeUndefined();
  });

  it('that is not in the table leaves the field empty, and is reported with its count', () => {
    const { data, report } = mapSex('OTHER', 'female', 'OTHER', 'constructor', '__proto__');
    expect(data.people.map(({ fields }) => fields.gender)).toEqual(Array(5).fill(null));
    expect(report.leftOut).toEqual([
      { reason: 'unmapped-code', subject: 'sex=OTHER', count: 2 },
      { reason: 'unmapped-code', subject: 'sex=__proto__', count: 1 },
      { reason: 'unmapped-code', subject: 'sex=constructor', count: 1 },
      { reason: 'unmapped-code', subject: 'sex=female', count: 1 },
    ]);
  });

  it('that is too long for a code is counted, but not shown', () => {
    const { report } = mapSex(`She said that her name was ${SECRET} ${'x'.repeat(50)}`);
    expect(report.leftOut).toEqual([
      { reason: 'unmapped-code', subject: 'sex=(a text)', count: 1 },
    ]);
  });

  it('needs a table of texts', () => {
    for (const codes of [undefined, { MALE: 1 }, { MALE: '' }]) {
      expect(refusal(() => referenceIds('GENDER', codes as never)).code).toBe('BAD_MAPPING');
    }
    const mapping = giving(person => ({ gender: person.code('sex', undefined as never, 'X') }));
    expect(refusal(() => runMapCases(mapping, [anEntity()])).code).toBe('BAD_MAPPING');
  });
});

describe('the view of a person', () => {
  const values = (value: string) => ({ DataElement: value });

  it('returns values without blanks around them, and none for blank or unknown ones', () => {
    const view = personView({ attributes: { AttributeA1: ' x ', AttributeB1: ' ' } });
    expect(view.attribute('AttributeA1')).toBe('x');
    expect(view.attribute('AttributeB1')).toBeUndefined();
    expect(view.attribute('constructor')).toBeUndefined();
    expect(view.attributes({ a: 'AttributeA1', b: 'AttributeB1' })).toEqual({ a: 'x' });
  });

  it('omits events that come from records of Go.Data', () => {
    const own = anEvent('StageA00001', '2026-03-05', values('DHIS2'));
    const made = anEvent('StageA00001', '2026-03-09', values('Go.Data'), { fromGoData: true });
    const view = personView({ enrollments: [anEnrollment([own, made])] });
    expect(view.events('StageA00001').map(({ id }) => id)).toEqual([own.id]);
    expect(view.latest('StageA00001', 'DataElement')).toBe('DHIS2');
    expect(view.enrollments[0]!.events('StageA00001')).toHaveLength(1);
  });

  it('returns events that took place, by day', () => {
    const events = [
      anEvent('StageA00001', '2026-03-09', {}, { id: 'third' }),
      anEvent('StageA00001', '2026-03-05', {}, { id: 'second', status: 'ACTIVE' }),
      anEvent('StageA00001', undefined, {}, { id: 'first', status: undefined }),
      ...['SCHEDULE', 'OVERDUE', 'SKIPPED'].map(status =>
        anEvent('StageA00001', '2026-03-08', {}, { status }),
      ),
      anEvent('StageB00001', '2026-03-08', {}, { id: 'other' }),
    ];
    const view = personView({ enrollments: [anEnrollment(events)] });
    expect(view.events('StageA00001').map(({ id }) => id)).toEqual(['first', 'second', 'third']);
    expect(view.events(['StageA00001', 'StageB00001']).map(({ id }) => id)).toEqual([
      'first',
      'second',
      'other',
      'third',
    ]);
  });

  it('returns the latest value that counts', () => {
    const events = [
      anEvent('StageA00001', '2026-03-05', values('A')),
      anEvent('StageA00001', '2026-03-06', values('B')),
      anEvent('StageA00001', '2026-03-07', values(' ')),
      anEvent('StageA00001', '2026-03-08'),
    ];
    const view = personView({ enrollments: [anEnrollment(events)] });
    expect(view.latest('StageA00001', 'DataElement')).toBe('B');
    expect(view.latest('StageA00001', 'DataElement', ['A', 'C'])).toBe('A');
    expect(view.latest('StageA00001', 'DataElement', [])).toBeUndefined();
    expect(view.values('StageA00001', { x: 'DataElement' })).toEqual({ x: 'B' });
  });

  it('shows the latest enrollment that was not cancelled, and lists the others', () => {
    const enrollment = (id: string, status: string) =>
      anEnrollment([anEvent('StageA00001', '2026-03-05', values(id))], { id, status });
    const kept = ['first', 'second'].map(id => enrollment(id, 'COMPLETED'));
    const cancelled = enrollment('third', 'CANCELLED');
    const view = personView({ enrollments: [...kept, cancelled] });
    expect(view.latest('StageA00001', 'DataElement')).toBe('second');
    expect(view.enrollments.map(({ id }) => id)).toEqual(['first', 'second']);
    expect(view.enrollments[0]!.latest('StageA00001', 'DataElement')).toBe('first');
    expect(personView({ enrollments: [cancelled] }).enrollments).toHaveLength(1);
  });

  it('has no values of events without an enrollment', () => {
    const view = personView({});
    expect(view.events('StageA00001')).toEqual([]);
    expect(view.latest('StageA00001', 'DataElement')).toBeUndefined();
    expect(view.enrolledAt).toBeUndefined();
  });
});
