import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import type { MappedValue } from '#common/handover/mapped-tracked-entity-batch.js';
import { dhis2PathsOf, type OwnerTable, readOwners } from '#common/ownership/index.js';
import * as godata from '../../godata/people/support.js';
import {
  aBatch,
  aPerson,
  HERE,
  loadShippedJob,
  RESIDENCE,
  ref,
  runMap,
  type ShippedJob,
} from './map-support.js';

const { clinical, labRequest, labResult, outcome, followUp } = godata.STAGE;
const VISIT = 'LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_';

let job: ShippedJob;
let there: godata.ShippedJob;
beforeAll(async () => {
  job = await loadShippedJob();
  there = await godata.loadShippedJob();
});

/** A value as the step that writes would write it: the first code of its table. */
function written(value: MappedValue, tables: Record<string, object>): string | null {
  if (value === null || typeof value === 'string' || value.id === null) return value as null;
  const codes = Object.entries(tables[value.table]!) as [string, string | null][];
  return codes.find(([, id]) => id === value.id)![0];
}

function map(person: OutbreakPerson) {
  const { data, report } = runMap(job.mapping, [person], job.options);
  const entity = data.entities[0]!;
  const inWords = (values: Record<string, MappedValue>) =>
    Object.fromEntries(
      Object.entries(values).map(([id, value]) => {
        const text = written(value, data.tables);
        return [id, typeof text === 'object' && text !== null ? null : text];
      }),
    );
  return {
    report,
    entity,
    attributes: inWords(entity.attributes),
    events: entity.events.map(event => ({ ...event, values: inWords(event.values) })),
  };
}

/** What is written to the events of a case: stage → values. */
function valuesOf(record: RecordFields) {
  const { events } = map(aPerson(record));
  return Object.fromEntries(events.map(({ key, values }) => [key, values])) as Record<
    string,
    Record<string, string | null>
  >;
}

describe('an invalid age', () => {
  it.each([2004, -1, 30.5, 'x'])('of %j years is not written, and is reported', years => {
    const { attributes, entity, report } = map(aPerson({ age: { years, months: 0 } }));
    expect(attributes).not.toHaveProperty('Rv8WM2mTuS5');
    const message = expect.stringMatching(/^age: not an age .* Correct it in Go\.Data\.$/);
    expect(report.adjusted).toEqual([
      { kind: 'case', id: entity.id, code: 'INVALID_AGE', message },
    ]);
    expect(report.rejected).toBeUndefined();
  });
});

describe('a person', () => {
  it.each<[string, RecordFields, Record<string, string | null>]>([
    [
      'has names',
      { firstName: 'Ada', lastName: 'Obi' },
      { sB1IHYu2xQT: 'Ada', ENRjVGxVL6l: 'Obi' },
    ],
    ['has no name', {}, { sB1IHYu2xQT: null, ENRjVGxVL6l: null }],
    ['is female', { gender: ref('GENDER', 'FEMALE') }, { oindugucx72: 'FEMALE' }],
    ['has no sex', {}, { oindugucx72: null }],
    ['has an age', { age: { years: 41, months: 0 } }, { Rv8WM2mTuS5: '41', NI0QRzJvQ0k: null }],
    ['is younger than a year', { age: { years: 0, months: 7 } }, { Rv8WM2mTuS5: '0' }],
    ['has an age in months alone', { age: { months: 31 } }, { Rv8WM2mTuS5: '2' }],
    ['has no age', {}, { Rv8WM2mTuS5: null }],
    ['has a part of an age alone', { age: { years: null } }, { Rv8WM2mTuS5: null }],
    [
      'lives somewhere',
      {
        addresses: [
          { typeId: 'OTHER', locationId: 'elsewhere', addressLine1: 'not here' },
          {
            typeId: RESIDENCE,
            locationId: HERE,
            addressLine1: '12 Bana Road',
            phoneNumber: '+999',
          },
        ],
      },
      { Xhdn49gUd52: '12 Bana Road', fctSQp5nAYl: '+999' },
    ],
    [
      'has answers',
      { questionnaireAnswers: { patinfo_id: [{ value: 'LOC-7' }] } },
      { he05i8FUwu3: 'LOC-7', hBcoBCZBWFb: null },
    ],
  ])('%s, as a case and as a contact', (_, record, expected) => {
    for (const kind of ['case', 'contact'] as const) {
      const { attributes, entity } = map(aPerson(record, { kind }));
      expect(attributes).toMatchObject(expected);
      expect(entity).toMatchObject({
        program: kind === 'case' ? 'uYjxkTbwRNf' : 'DM9n1bUw8W8',
        location: HERE,
        enrolledAt: '2026-03-04',
      });
    }
  });

  it('keeps the age that DHIS2 has next to a date of birth', () => {
    const { attributes } = map(aPerson({ dob: '1985-02-28T00:00:00.000Z', age: { years: 41 } }));
    expect(attributes.NI0QRzJvQ0k).toBe('1985-02-28');
    expect(attributes).not.toHaveProperty('Rv8WM2mTuS5');
  });

  it('was reported when it was created in Go.Data, if nothing else is known', () => {
    expect(map(aPerson({ dateOfReporting: null })).entity.enrolledAt).toBe('2026-03-03');
  });

  it('has no ids that DHIS2 generates', () => {
    for (const kind of ['case', 'contact'] as const) {
      const { attributes } = map(aPerson({}, { kind }));
      for (const id of ['HAZ7VQ730yn', 'tCQ0Q70ao2m']) expect(attributes).not.toHaveProperty(id);
    }
  });

  it('is a contact in DHIS2, as a contact of a contact', () => {
    const { entity } = map(aPerson({ firstName: 'Ada' }, { kind: 'contact-of-contact' }));
    expect(entity).toMatchObject({ program: 'DM9n1bUw8W8', attributes: { sB1IHYu2xQT: 'Ada' } });
  });
});

describe('a case', () => {
  it.each<[string, RecordFields, Record<string, string | null>]>([
    ['has its onset', { dateOfOnset: '2026-03-01T00:00:00.000Z' }, { s3eoonJ8OJb: '2026-03-01' }],
    ['has no onset', {}, { s3eoonJ8OJb: null }],
    [
      'is a health care worker',
      { occupation: ref('OCCUPATION', 'HEALTH_CARE_WORKER') },
      { EoOuEHmkoBv: 'YES' },
    ],
    ['is not a health care worker', {}, { EoOuEHmkoBv: null }],
    [
      'is pregnant',
      { pregnancyStatus: ref('PREGNANCY_STATUS', 'YES_TRIMESTER_UNKNOWN') },
      { Bt9xOiBUuDW: 'YES', HM8BPaL8Bbj: null },
    ],
    [
      'is in trimester 2',
      { pregnancyStatus: ref('PREGNANCY_STATUS', 'YES_SECOND_TRIMESTER') },
      { Bt9xOiBUuDW: 'YES', HM8BPaL8Bbj: 'T2' },
    ],
    [
      'is not pregnant',
      { pregnancyStatus: ref('PREGNANCY_STATUS', 'NOT_PREGNANT') },
      { Bt9xOiBUuDW: 'NO' },
    ],
    [
      'is vaccinated',
      {
        vaccinesReceived: [
          { vaccine: ref('VACCINE', 'MMR'), status: ref('VACCINE_STATUS', 'VACCINATED') },
        ],
      },
      { fL5NtssTKPq: 'VACC_TYPE_MMR', lK4SC5l7VR6: null },
    ],
    [
      'is not vaccinated',
      {
        vaccinesReceived: [
          { vaccine: ref('VACCINE', 'MR'), status: ref('VACCINE_STATUS', 'NOT_VACCINATED') },
        ],
      },
      { fL5NtssTKPq: 'VACC_TYPE_MR', lK4SC5l7VR6: 'VACC_DOSE_0' },
    ],
    [
      'has no vaccine of the package',
      { vaccinesReceived: [{ vaccine: 'X' }] },
      { fL5NtssTKPq: null },
    ],
    [
      'has answers',
      {
        questionnaireAnswers: { signsymp_fever: [{ value: 'YES' }], expo_id1: [{ value: 'X-1' }] },
      },
      { EWZcuvPOrJF: 'YES', PpMq8T5hNXy: 'X-1', coUb4QcuVKI: null },
    ],
  ])('%s', (_, record, expected) => {
    expect(valuesOf(record)[clinical]).toMatchObject(expected);
  });

  it.each<[string, RecordFields, string]>([
    ['the doses of a vaccinated person', { vaccinesReceived: [] }, 'lK4SC5l7VR6'],
    [
      'one of two vaccines',
      { vaccinesReceived: ['MR', 'MMR'].map(value => ({ vaccine: ref('VACCINE', value) })) },
      'fL5NtssTKPq',
    ],
    ['another occupation', { occupation: ref('OCCUPATION', 'TEACHER') }, 'EoOuEHmkoBv'],
    [
      'the trimester of a person who is not pregnant',
      { pregnancyStatus: ref('PREGNANCY_STATUS', 'NOT_PREGNANT') },
      'HM8BPaL8Bbj',
    ],
    // The way there creates such stays: a stay of Go.Data's own would come back as another one.
    [
      'a stay in hospital',
      { dateRanges: [{ typeId: ref('PERSON_DATE_TYPE', 'HOSPITALIZATION') }] },
      'CUbZcLm9LyN',
    ],
    [
      'an answer that a field also contains',
      { questionnaireAnswers: { patcourse_admit: [{ value: 'YES' }] } },
      'CUbZcLm9LyN',
    ],
  ])('does not write %s', (_, record, id) => {
    const { report } = map(aPerson(record));
    expect(report.leftOut).toBeUndefined();
    expect(valuesOf(record)[clinical]).not.toHaveProperty(id);
  });

  it('removes "no doses" from a person who was vaccinated later, and nothing else', () => {
    const vaccinesReceived = [
      { vaccine: ref('VACCINE', 'MR'), status: ref('VACCINE_STATUS', 'VACCINATED') },
    ];
    const { data } = runMap(job.mapping, [aPerson({ vaccinesReceived })], job.options);
    const { lK4SC5l7VR6: doses } = data.entities[0]!.events[0]!.values;
    expect(doses).toEqual({ table: 'vaccinesReceived VACC_DOSE_0', id: null });
    expect(data.tables['vaccinesReceived VACC_DOSE_0']).toEqual({
      VACC_DOSE_0: ref('VACCINE_STATUS', 'NOT_VACCINATED'),
    });
  });

  const onDay = { dateOfOutcome: '2026-03-20T00:00:00.000Z' };
  it.each<[string, RecordFields, Record<string, string | null>]>([
    [
      'DECEASED',
      { ...onDay, outcomeId: ref('OUTCOME', 'DECEASED') },
      { bOYWVEBaWy6: 'DEATH', dDEdmn8q3P1: '2026-03-20' },
    ],
    [
      'RECOVERED',
      { ...onDay, outcomeId: ref('OUTCOME', 'RECOVERED') },
      { bOYWVEBaWy6: 'RECOVERED', dDEdmn8q3P1: null, IdFN1KdIHO1: '2026-03-20' },
    ],
    [
      'ALIVE',
      { ...onDay, outcomeId: ref('OUTCOME', 'ALIVE') },
      { bOYWVEBaWy6: 'NOT_RECOVERED', dDEdmn8q3P1: null, IdFN1KdIHO1: '2026-03-20' },
    ],
    ['none', {}, { bOYWVEBaWy6: null, dDEdmn8q3P1: null }],
    ['one that the package does not have', { outcomeId: ref('OUTCOME', 'LOST') }, {}],
  ])('with the outcome %s', (_, record, expected) => {
    const { nFNHFgtt2eG, SbXES4EPgqP, ...values } = valuesOf(record)[outcome]!;
    expect([nFNHFgtt2eG, SbXES4EPgqP]).toEqual([null, null]);
    expect(values).toEqual(expected);
    const { events } = map(aPerson(record));
    const event = events.find(({ stage }) => stage === outcome)!;
    expect(event.occurredAt).toBe(record.dateOfOutcome ? '2026-03-20' : '2026-03-04');
  });

  it('has two events, and keeps the status that DHIS2 has', () => {
    expect(map(aPerson()).events.map(({ key, status }) => [key, status])).toEqual([
      [clinical, undefined],
      [outcome, undefined],
    ]);
  });
});

describe('a lab result', () => {
  const tell = (fields: RecordFields, kind: 'case' | 'contact' = 'case') =>
    map(aPerson({}, { kind, labResults: [{ id: 'lab-1', ...fields }] })).events.filter(({ key }) =>
      key.startsWith('lab-'),
    );

  it('is a request and a result', () => {
    const events = tell({
      dateSampleTaken: '2026-03-05T00:00:00.000Z',
      dateSampleDelivered: '2026-03-06T00:00:00.000Z',
      dateOfResult: '2026-03-08T00:00:00.000Z',
      sampleType: ref('TYPE_OF_SAMPLE', 'THROAT_SWAB'),
      testType: ref('TYPE_OF_LAB_TEST', 'PCR'),
      result: ref('LAB_TEST_RESULT', 'POSITIVE'),
    });
    const sample = { kL7PTi4lRSl: 'OROPHARENGEAL_SWAB', D0RBm3alWd9: 'PCR' };
    expect(events).toEqual([
      {
        key: 'lab-request lab-1',
        stage: labRequest,
        occurredAt: '2026-03-05',
        status: 'COMPLETED',
        values: { ...sample, Q98LhagGLFj: '2026-03-05', RfWBPHo9MnC: '2026-03-06' },
      },
      {
        key: 'lab-result lab-1',
        stage: labResult,
        occurredAt: '2026-03-08',
        status: 'COMPLETED',
        values: { ...sample, ovY6E8BSdto: 'POSITIVE', Cl2I1H6Y3oj: '2026-03-08' },
      },
    ]);
  });

  it('is not a request if nothing is known about its sample, and is pending without a result', () => {
    expect(tell({ dateTesting: '2026-03-07T00:00:00.000Z' })).toEqual([
      {
        key: 'lab-result lab-1',
        stage: labResult,
        occurredAt: '2026-03-07',
        values: { kL7PTi4lRSl: null, D0RBm3alWd9: null, ovY6E8BSdto: null, Cl2I1H6Y3oj: null },
      },
    ]);
  });

  it('does not say which "other" it was, and calls an RT-PCR a PCR', () => {
    const other = tell({
      sampleType: ref('TYPE_OF_SAMPLE', 'OTHER_SPECIFY_IN_NOTES_FIELD'),
      testType: ref('TYPE_OF_LAB_TEST', 'OTHER_SPECIFY_IN_NOTES_FIELD'),
    });
    expect(Object.keys(other[0]!.values)).toEqual(['ovY6E8BSdto', 'Cl2I1H6Y3oj']);
    const [rtPcr] = tell({ testType: ref('TYPE_OF_LAB_TEST', 'RT_PCR') });
    expect(rtPcr!.values.D0RBm3alWd9).toBe('PCR');
  });

  it('of a contact has no place in the package', () => {
    expect(tell({ dateSampleTaken: '2026-03-05T00:00:00.000Z' }, 'contact')).toEqual([]);
  });
});

describe('a follow-up', () => {
  const answers = { signsymp_fever: [{ value: 'YES' }] };
  const tell = (status: string) =>
    map(
      aPerson(
        {},
        {
          kind: 'contact',
          followUps: [
            {
              id: 'visit-1',
              date: '2026-03-06T00:00:00.000Z',
              statusId: `${VISIT}${status}`,
              questionnaireAnswers: answers,
            },
          ],
        },
      ),
    ).events;

  it.each([
    ['SEEN_OK', 'YES'],
    ['SEEN_NOT_OK', 'YES'],
    ['MISSED', 'NO'],
    ['NOT_ATTEMPTED', 'NO'],
  ])('with the status %s says whether the contact was met: %s', (status, expected) => {
    expect(tell(status)).toEqual([
      {
        key: 'follow-up visit-1',
        stage: followUp,
        occurredAt: '2026-03-06',
        status: 'COMPLETED',
        values: expect.objectContaining({ eoNKIKEThg9: expected, EWZcuvPOrJF: 'YES' }),
      },
    ]);
  });

  it('that is only planned is left out', () => {
    expect(tell('NOT_PERFORMED')).toEqual([]);
  });

  it('says nothing about the exposure', () => {
    const [event] = tell('SEEN_OK');
    for (const id of ['guigSJl89Gc', 'MTfb6fQM19m', 'e9ME9cqEGs4', 'faqBMrWUluk', 'sePUGmunxd9']) {
      expect(event!.values).not.toHaveProperty(id);
    }
  });
});

it('a relationship leads from the person who exposed to the one who was exposed', () => {
  const [source, target] = [aPerson(), aPerson({}, { kind: 'contact' })];
  const relationships = [{ id: 'rel-1', source: source.id, target: target.id, record: {} }];
  const { data } = runMap(job.mapping, aBatch([source, target], { relationships }), job.options);
  expect(data.relationships).toEqual([
    { key: 'rel-1', type: 'ipjUWSTPKFt', from: source.id, to: target.id },
  ]);
});

describe('the tables of both jobs', () => {
  it('name the same owner for each field', () => {
    expect(job.owners).toEqual(there.owners);
    const owners = readOwners(job.owners);
    expect(job.options.owners).toBe(job.owners);
    expect(Object.keys(owners.case!).length).toBeGreaterThan(20);
    expect(Object.keys(owners.contact!).length).toBeGreaterThan(20);
  });

  it('give each place in DHIS2 to one field', () => {
    for (const table of Object.values(readOwners(job.owners))) {
      const paths = Object.values(table as OwnerTable).flatMap(dhis2PathsOf);
      expect(paths.length).toBeGreaterThan(8);
      expect(paths).toEqual([...new Set(paths)]);
    }
  });

  it('have an owner for every place that the mapping writes, and write every place of an owner', () => {
    const full = {
      dob: '1985-02-28T00:00:00.000Z',
      outcomeId: ref('OUTCOME', 'RECOVERED'),
      pregnancyStatus: ref('PREGNANCY_STATUS', 'YES_FIRST_TRIMESTER'),
      vaccinesReceived: [{ vaccine: ref('VACCINE', 'MR') }],
    };
    for (const kind of ['case', 'contact'] as const) {
      const { data } = runMap(
        job.mapping,
        [full, {}].map(record => aPerson(record, { kind })),
        job.options,
      );
      const written = data.entities.flatMap(({ attributes, events }) => [
        'orgUnit',
        'enrolledAt',
        ...Object.keys(attributes),
        ...events.flatMap(({ stage, values }) => Object.keys(values).map(id => `${stage}.${id}`)),
      ]);
      const paths = Object.values(readOwners(job.owners)[kind]!).flatMap(dhis2PathsOf);
      expect([...new Set(written)].sort()).toEqual([...paths].sort());
    }
  });

  const SHARED = new URL(
    '../../../../shared/contracts/godata/default-reference-data.txt',
    import.meta.url,
  );
  it.skipIf(!existsSync(SHARED))('name reference data that Go.Data has by default', () => {
    const text = readFileSync(SHARED, 'utf8');
    const missing = job.tables
      .filter(({ category }) => category !== 'VACCINE')
      .flatMap(({ category, table }) =>
        Object.values(table).map(id => id?.replace(`LNG_REFERENCE_DATA_CATEGORY_${category}_`, '')),
      )
      .filter(id => id && !text.includes(`…${id} =`));
    expect(missing).toEqual([]);
    for (const status of ['SEEN_OK', 'SEEN_NOT_OK', 'MISSED', 'NOT_ATTEMPTED']) {
      expect(text).toContain(`…${status} =`);
    }
  });

  const PACKAGE = new URL(
    '../../../../shared/contracts/dhis2/who-covid19-tracker-structure.txt',
    import.meta.url,
  );
  it.skipIf(!existsSync(PACKAGE))("name what WHO's packages have, as far as they have it", () => {
    const known = new Set<string>(['orgUnit', 'enrolledAt']);
    let stage = '';
    for (const line of readFileSync(PACKAGE, 'utf8').split('\n')) {
      const [, kind, id = ''] = /^\s*(TEA|STAGE|DE) (\w{11})/.exec(line) ?? [];
      if (kind === 'STAGE') stage = id;
      if (kind) known.add(kind === 'DE' ? `${stage}.${id}` : id);
    }
    expect(known.size).toBeGreaterThan(100);
    const visit = { id: 'visit-1', date: '2026-03-06', statusId: `${VISIT}SEEN_OK` };
    const labResults = [{ id: 'lab-1', dateSampleTaken: '2026-03-05' }];
    const { data } = runMap(
      job.mapping,
      [aPerson({}, { labResults }), aPerson({}, { kind: 'contact', followUps: [visit] })],
      job.options,
    );
    const paths = [
      ...Object.values(readOwners(job.owners)).flatMap(table =>
        Object.values(table as OwnerTable).flatMap(dhis2PathsOf),
      ),
      ...data.entities.flatMap(({ events }) =>
        events.flatMap(({ stage, values }) => Object.keys(values).map(id => `${stage}.${id}`)),
      ),
    ];
    expect(paths.length).toBeGreaterThan(100);
    expect(paths.filter(path => !known.has(path))).toEqual([]);
  });
});
