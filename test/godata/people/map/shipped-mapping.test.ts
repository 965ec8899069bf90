import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrackedEntity, TrackedEvent } from '#common/handover/fetched-tracked-entity-batch.js';
import {
  aBatch,
  anEnrollment,
  anEntity,
  anEvent,
  aRelationship,
  HERE,
  loadShippedJob,
  runMapCases,
  type ShippedJob,
  STAGE,
} from '../support.js';

let job: ShippedJob;
beforeAll(async () => {
  job = await loadShippedJob();
});

const run = (...entities: TrackedEntity[]) => runMapCases(job.mapping, entities, job.options);

/** The fields of a case with these events, with reference data without their categories. */
function fieldsOf(entity: TrackedEntity) {
  const { data, report } = run(entity);
  expect(report.rejected).toBeUndefined();
  return short(data.people[0]!.fields) as Record<string, unknown>;
}

function short(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value).replaceAll(/"LNG_REFERENCE_DATA_CATEGORY_([A-Z0-9_]+)"/g, (_, id) => {
      const [category = ''] = job.tables
        .map(one => one.category)
        .filter(one => id.startsWith(`${one}_`))
        .sort((a, b) => b.length - a.length);
      return `"${id.slice(category.length).replace(/^_/, '')}"`;
    }),
  );
}

const RESULT = 'ovY6E8BSdto';
const result = (day: string | undefined, value?: string, rest?: Partial<TrackedEvent>) =>
  anEvent(STAGE.labResult, day, value ? { [RESULT]: value } : {}, rest);
const request = (day = '2026-03-05', rest?: Partial<TrackedEvent>) =>
  anEvent(STAGE.labRequest, day, {}, rest);
const clinical = (values: Record<string, string>) => anEvent(STAGE.clinical, '2026-03-04', values);

describe('the classification of a case', () => {
  it.each<[string, () => TrackedEvent[], string]>([
    ['is suspect without an event', () => [], 'SUSPECT'],
    ['is suspect after the examination alone', () => [clinical({})], 'SUSPECT'],
    ['is probable when a test was requested', () => [request()], 'PROBABLE'],
    [
      'is suspect while a request is only planned',
      () => [request('2026-03-05', { status: 'SCHEDULE' })],
      'SUSPECT',
    ],
    [
      'is confirmed by a positive result',
      () => [request(), result('2026-03-06', 'POSITIVE')],
      'CONFIRMED',
    ],
    ['is confirmed without a request', () => [result('2026-03-06', 'POSITIVE')], 'CONFIRMED'],
    [
      'is not a case after a negative result',
      () => [request(), result('2026-03-06', 'NEGATIVE')],
      'NOT_A_CASE_DISCARDED',
    ],
    ...['INCONCLUSIVE', 'INVALID', 'UNKNOWN', 'NOT_PERFORMED', 'SOMETHING_NEW'].flatMap(
      (code): [string, () => TrackedEvent[], string][] => [
        [`stays probable after ${code}`, () => [request(), result('2026-03-06', code)], 'PROBABLE'],
        [
          `stays suspect after ${code} without a request`,
          () => [result('2026-03-06', code)],
          'SUSPECT',
        ],
        [
          `stays confirmed after ${code}`,
          () => [result('2026-03-06', 'POSITIVE'), result('2026-03-09', code)],
          'CONFIRMED',
        ],
      ],
    ),
    [
      'stays probable while the result is pending',
      () => [request(), result('2026-03-06')],
      'PROBABLE',
    ],
    [
      'follows the latest result',
      () => [result('2026-03-06', 'NEGATIVE'), result('2026-03-09', 'POSITIVE')],
      'CONFIRMED',
    ],
    [
      'follows the latest result by day, whatever the order in which they are stored',
      () => [result('2026-03-09', 'POSITIVE'), result('2026-03-06', 'NEGATIVE')],
      'CONFIRMED',
    ],
    [
      'follows the result stored last of several on one day',
      () => [result('2026-03-06', 'POSITIVE'), result('2026-03-06', 'NEGATIVE')],
      'NOT_A_CASE_DISCARDED',
    ],
    [
      'prefers any other result to one without a day',
      () => [result('2026-03-06', 'POSITIVE'), result(undefined, 'NEGATIVE')],
      'CONFIRMED',
    ],
    [
      'ignores a result of a skipped event',
      () => [request(), result('2026-03-06', 'POSITIVE', { status: 'SKIPPED' })],
      'PROBABLE',
    ],
  ])('%s', (_, events, expected) => {
    expect(fieldsOf(anEntity({ events: events() })).classification).toBe(expected);
  });

  it('comes from the latest enrollment, unless it was cancelled', () => {
    const first = anEnrollment([result('2026-01-06', 'POSITIVE')], { enrolledAt: '2026-01-05' });
    const second = anEnrollment([request()]);
    expect(fieldsOf(anEntity({ enrollments: [first, second] })).classification).toBe('PROBABLE');
    const cancelled = { ...second, status: 'CANCELLED' };
    const entity = anEntity({ enrollments: [first, cancelled] });
    expect(fieldsOf(entity)).toMatchObject({
      classification: 'CONFIRMED',
      dateOfReporting: '2026-01-05',
    });
  });
});

describe('a person', () => {
  it.each<[string, Record<string, string>, Record<string, unknown>]>([
    [
      'has names',
      { sB1IHYu2xQT: ' Ada ', ENRjVGxVL6l: 'Obi' },
      { firstName: 'Ada', lastName: 'Obi' },
    ],
    ['has no name when DHIS2 has none', { sB1IHYu2xQT: ' ' }, { firstName: null, lastName: null }],
    ['is male', { oindugucx72: 'MALE' }, { gender: 'MALE' }],
    ['is female', { oindugucx72: 'FEMALE' }, { gender: 'FEMALE' }],
    ['has no sex when DHIS2 has none', {}, { gender: null }],
    ['has an age in both parts', { Rv8WM2mTuS5: '41' }, { age: { years: 41 }, dob: null }],
    ['has the age 0', { Rv8WM2mTuS5: '0' }, { age: { years: 0 } }],
    ['has no age when DHIS2 has none', {}, { age: null, dob: null }],
    [
      'has a date of birth instead of an age',
      { Rv8WM2mTuS5: '41', NI0QRzJvQ0k: '1985-02-28' },
      { dob: '1985-02-28', age: null },
    ],
    [
      'lives where it is registered',
      { Xhdn49gUd52: '12 Bana Road', fctSQp5nAYl: '+999 123' },
      {
        addresses: [
          {
            typeId: 'ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE',
            locationId: HERE,
            addressLine1: '12 Bana Road',
            phoneNumber: '+999 123',
          },
        ],
      },
    ],
    ['was reported on the day of enrollment', {}, { dateOfReporting: '2026-03-04' }],
  ])('%s, as a case and as a contact', (_, attributes, expected) => {
    for (const kind of ['case', 'contact'] as const) {
      expect(fieldsOf(anEntity({ kind, attributes }))).toMatchObject(expected);
    }
  });

  it('was reported when it was created in DHIS2, if no enrollment has a day', () => {
    expect(fieldsOf(anEntity({ enrollments: [] })).dateOfReporting).toBe('2026-03-03');
    const enrollments = [anEnrollment([], { enrolledAt: undefined })];
    expect(fieldsOf(anEntity({ enrollments })).dateOfReporting).toBe('2026-03-03');
  });

  it('has the ids of DHIS2 as external ids', () => {
    const attributes = { HAZ7VQ730yn: 'COVID19_0000001', tCQ0Q70ao2m: 'COVID19_CONTACT0000001' };
    for (const [kind, number] of [
      ['case', 'COVID19_0000001'],
      ['contact', 'COVID19_CONTACT0000001'],
    ] as const) {
      const entity = anEntity({ kind, attributes });
      expect(fieldsOf(entity).documents).toEqual([
        { type: 'EXTERNAL_ID', number: entity.id },
        { type: 'EXTERNAL_ID', number },
      ]);
    }
    const entity = anEntity();
    expect(fieldsOf(entity).documents).toEqual([{ type: 'EXTERNAL_ID', number: entity.id }]);
  });
});

describe('a case', () => {
  it.each<[string, Record<string, string>, Record<string, unknown>]>([
    ['has its onset', { s3eoonJ8OJb: '2026-03-01' }, { dateOfOnset: '2026-03-01' }],
    ['has no onset', {}, { dateOfOnset: null }],
    ['is a health care worker', { EoOuEHmkoBv: 'YES' }, { occupation: 'HEALTH_CARE_WORKER' }],
    ['is not a health care worker', { EoOuEHmkoBv: 'NO' }, { occupation: null }],
    ['may be a health care worker', { EoOuEHmkoBv: 'UNKNOWN' }, { occupation: null }],
    ['is pregnant', { Bt9xOiBUuDW: 'YES' }, { pregnancyStatus: 'YES_TRIMESTER_UNKNOWN' }],
    [
      'is in trimester 1',
      { Bt9xOiBUuDW: 'YES', HM8BPaL8Bbj: 'T1' },
      { pregnancyStatus: 'YES_FIRST_TRIMESTER' },
    ],
    [
      'is in trimester 2',
      { Bt9xOiBUuDW: 'YES', HM8BPaL8Bbj: 'T2' },
      { pregnancyStatus: 'YES_SECOND_TRIMESTER' },
    ],
    [
      'is in trimester 3',
      { Bt9xOiBUuDW: 'YES', HM8BPaL8Bbj: 'T3' },
      { pregnancyStatus: 'YES_THIRD_TRIMESTER' },
    ],
    [
      'is not pregnant, whatever the trimester',
      { Bt9xOiBUuDW: 'NO', HM8BPaL8Bbj: 'T3' },
      { pregnancyStatus: 'NOT_PREGNANT' },
    ],
    ['may be pregnant', { Bt9xOiBUuDW: 'UNKNOWN' }, { pregnancyStatus: null }],
    [
      'is vaccinated',
      { fL5NtssTKPq: 'VACC_TYPE_MMR', lK4SC5l7VR6: 'VACC_DOSE_2' },
      { vaccinesReceived: [{ vaccine: 'MMR', status: 'VACCINATED' }] },
    ],
    [
      'is vaccinated, without a number of doses',
      { fL5NtssTKPq: 'VACC_TYPE_MEASLES' },
      { vaccinesReceived: [{ vaccine: 'MEASLES', status: 'VACCINATED' }] },
    ],
    [
      'is not vaccinated',
      { fL5NtssTKPq: 'VACC_TYPE_MR', lK4SC5l7VR6: 'VACC_DOSE_0' },
      { vaccinesReceived: [{ vaccine: 'MR', status: 'NOT_VACCINATED' }] },
    ],
    ['has doses of an unknown vaccine', { lK4SC5l7VR6: 'VACC_DOSE_1' }, { vaccinesReceived: [] }],
  ])('%s', (_, values, expected) => {
    expect(fieldsOf(anEntity({ events: [clinical(values)] }))).toMatchObject(expected);
  });

  it.each([
    ['HEALTHY', 'ALIVE', '2026-03-20'],
    ['RECOVERED', 'RECOVERED', '2026-03-20'],
    ['NOT_RECOVERED', 'ALIVE', '2026-03-20'],
    ['DEATH', 'DECEASED', '2026-03-18'],
    ['UNKNOWN', null, null],
    ['OTHER', null, null],
    [undefined, null, null],
  ])('with the outcome %s has %s on %s', (code, outcomeId, dateOfOutcome) => {
    const values = {
      ...(code ? { bOYWVEBaWy6: code } : {}),
      dDEdmn8q3P1: '2026-03-18',
      IdFN1KdIHO1: '2026-03-20',
    };
    const entity = anEntity({ events: [anEvent(STAGE.outcome, '2026-03-20', values)] });
    expect(fieldsOf(entity)).toMatchObject({ outcomeId, dateOfOutcome });
  });

  it('has stays, each with the mark of its event', () => {
    const event = clinical({
      CUbZcLm9LyN: 'YES',
      wvSTTknCxfK: '2026-03-05',
      arPkmfgnHgW: HERE,
      XlNVazI32rG: 'YES',
      GoF3NCp03q1: '2026-03-06',
      p8htbyJHydl: 'YES',
    });
    const outcome = anEvent(STAGE.outcome, '2026-03-20', { IdFN1KdIHO1: '2026-03-19' });
    const comments = `DHIS2 ${event.id}`;
    expect(fieldsOf(anEntity({ events: [event, outcome] })).dateRanges).toEqual([
      {
        typeId: 'HOSPITALIZATION',
        startDate: '2026-03-05',
        endDate: '2026-03-19',
        locationId: HERE,
        comments,
      },
      { typeId: 'ISOLATION', startDate: '2026-03-06', comments },
      { typeId: 'ICU_ADMISSION', locationId: HERE, comments },
    ]);
  });

  it('has no stay when it was not admitted', () => {
    const values = { CUbZcLm9LyN: 'NO', wvSTTknCxfK: '2026-03-05', XlNVazI32rG: 'UNKNOWN' };
    expect(fieldsOf(anEntity({ events: [clinical(values)] })).dateRanges).toEqual([]);
  });

  it('keeps the stays and results of an earlier enrollment', () => {
    const first = [clinical({ XlNVazI32rG: 'YES' }), result('2026-01-06', 'POSITIVE')];
    const second = [clinical({ CUbZcLm9LyN: 'YES' }), result('2026-03-06', 'NEGATIVE')];
    const { data } = run(anEntity({ enrollments: [anEnrollment(first), anEnrollment(second)] }));
    expect(data.people[0]!.fields.dateRanges).toHaveLength(2);
    expect(data.people[0]!.labResults.map(({ key }) => key)).toEqual([first[1]!.id, second[1]!.id]);
  });

  it('has values without a field in Go.Data as answers, with the codes of DHIS2 as names', () => {
    const attributes = { he05i8FUwu3: 'LOC-7', hBcoBCZBWFb: 'AO', fik9qo8iHeo: 'Bea' };
    const events = [
      clinical({ EWZcuvPOrJF: 'YES', BH5SRLl5PfH: '38.5', coUb4QcuVKI: 'NO', PpMq8T5hNXy: 'X-1' }),
      anEvent(STAGE.labRequest, '2026-03-05', { H3UJlHuglGv: 'CONTACT_OF_A_CASE' }),
      anEvent(STAGE.outcome, '2026-03-20', { nFNHFgtt2eG: 'moved away' }),
    ];
    const answers = fieldsOf(anEntity({ attributes, events })).questionnaireAnswers;
    expect(answers).toMatchObject({
      patinfo_id: [{ value: 'LOC-7' }],
      country_of_residence: [{ value: 'AO' }],
      first_name_parent: [{ value: 'Bea' }],
      signsymp_fever: [{ value: 'YES' }],
      fever_temperature: [{ value: '38.5' }],
      comcond_diabetes: [{ value: 'NO' }],
      expo_id1: [{ value: 'X-1' }],
      report_test_reason: [{ value: 'CONTACT_OF_A_CASE' }],
      outcome_patcourse_status_other: [{ value: 'moved away' }],
      // No answer any more: an empty list removes an earlier answer.
      signsymp_cough: [],
    });
  });
});

describe('a lab result', () => {
  const labResultsOf = (...events: TrackedEvent[]) =>
    run(anEntity({ events })).data.people[0]!.labResults.map(
      ({ key, fields }) => [key, short(fields)] as [string, Record<string, unknown>],
    );

  const labResultOf = (...events: TrackedEvent[]) => labResultsOf(...events)[0]![1];

  it('comes from each event of the stage, with the request before it', () => {
    const asked = anEvent(STAGE.labRequest, '2026-03-05', {
      kL7PTi4lRSl: 'NASOPHARYNGEAL_SWAB',
      Q98LhagGLFj: '2026-03-04',
      RfWBPHo9MnC: '2026-03-06',
      D0RBm3alWd9: 'PCR',
    });
    const later = anEvent(STAGE.labRequest, '2026-03-12', { Q98LhagGLFj: '2026-03-11' });
    const first = anEvent(STAGE.labResult, '2026-03-08', {
      [RESULT]: 'POSITIVE',
      Cl2I1H6Y3oj: '2026-03-07',
    });
    const second = result('2026-03-12');
    expect(labResultsOf(asked, first, later, second)).toEqual([
      [
        first.id,
        {
          sampleType: 'NASOPHARYNGEAL_SWAB',
          testType: 'PCR',
          dateSampleTaken: '2026-03-04',
          dateSampleDelivered: '2026-03-06',
          dateOfResult: '2026-03-07',
          result: 'POSITIVE',
          status: 'COMPLETED',
          notes: null,
        },
      ],
      [
        second.id,
        {
          sampleType: null,
          testType: null,
          dateSampleTaken: '2026-03-11',
          dateSampleDelivered: null,
          dateOfResult: null,
          result: null,
          status: 'IN_PROGRESS',
          notes: null,
        },
      ],
    ]);
  });

  it('was sampled on the day of the request, or else of the result, when no date was noted', () => {
    expect(labResultOf(request('2026-03-05'), result('2026-03-08'))).toMatchObject({
      dateSampleTaken: '2026-03-05',
    });
    expect(labResultOf(result('2026-03-08'))).toMatchObject({ dateSampleTaken: '2026-03-08' });
  });

  it.each([
    ['POSITIVE', 'POSITIVE', 'COMPLETED', null],
    ['NEGATIVE', 'NEGATIVE', 'COMPLETED', null],
    ['INCONCLUSIVE', 'INCONCLUSIVE', 'COMPLETED', null],
    ['NOT_PERFORMED', null, 'IN_PROGRESS', 'NOT_PERFORMED'],
    ['INVALID', null, 'IN_PROGRESS', 'INVALID'],
    ['UNKNOWN', null, 'IN_PROGRESS', 'UNKNOWN'],
  ])('%s has the result %s, the status %s and the notes %s', (code, expected, status, notes) => {
    expect(labResultOf(result('2026-03-08', code))).toMatchObject({
      result: expected,
      status,
      notes,
    });
  });

  it.each([
    ['BRONCHOALVEOLAR_LAVAGE', 'OTHER_SPECIFY_IN_NOTES_FIELD'],
    ['ENDOTRACHEAL_ASPIRATE', 'ENDOTRACHEAL_ASPIRATE'],
    ['NASAL_WASH', 'OTHER_SPECIFY_IN_NOTES_FIELD'],
    ['NASOPHARYNGEAL_ASPIRATE', 'OTHER_SPECIFY_IN_NOTES_FIELD'],
    ['NASOPHARYNGEAL_SWAB', 'NASOPHARYNGEAL_SWAB'],
    ['OROPHARENGEAL_SWAB', 'THROAT_SWAB'],
    ['SERUM', 'SERUM'],
    ['SPUTUM', 'SPUTUM'],
    ['TISSUE_FROM_BIOPSY', 'OTHER_SPECIFY_IN_NOTES_FIELD'],
    ['URINE', 'URINE'],
    ['WHOLE_BLOOD', 'BLOOD'],
  ])('of %s has the sample type %s', (code, sampleType) => {
    const event = anEvent(STAGE.labResult, '2026-03-08', { kL7PTi4lRSl: code });
    const notes = sampleType.startsWith('OTHER') ? code : null;
    expect(labResultOf(event)).toMatchObject({ sampleType, notes });
  });

  it.each([
    ['PCR', 'PCR'],
    ['NAAT', 'OTHER_SPECIFY_IN_NOTES_FIELD'],
    ['WHOLE_GENOME_SEQUENCING', 'WHOLE_GENOME_SEQUENCING'],
    ['SEROLOGY', 'IG_C_OR_IG_M'],
  ])('by %s has the test type %s', (code, testType) => {
    const event = anEvent(STAGE.labResult, '2026-03-08', { D0RBm3alWd9: code });
    expect(labResultOf(event)).toMatchObject({ testType });
  });
});

describe('a contact', () => {
  it('has the latest answers of its follow-up and its symptoms', () => {
    const events = [
      anEvent(STAGE.followUp, '2026-03-05', { EWZcuvPOrJF: 'NO', eoNKIKEThg9: 'YES' }),
      anEvent(STAGE.symptoms, '2026-03-07', { EWZcuvPOrJF: 'YES', s3eoonJ8OJb: '2026-03-06' }),
      anEvent(STAGE.followUp, '2026-03-06', { EWZcuvPOrJF: 'NO' }),
    ];
    expect(fieldsOf(anEntity({ kind: 'contact', events })).questionnaireAnswers).toMatchObject({
      signsymp_fever: [{ value: 'YES' }],
      patcourse_dateonset: [{ value: '2026-03-06' }],
      outcome_contacts_followed_unknown: [{ value: 'YES' }],
    });
  });

  it('has no field that only cases have', () => {
    const fields = fieldsOf(anEntity({ kind: 'contact' }));
    for (const key of ['classification', 'dateOfOnset', 'dateRanges']) {
      expect(fields).not.toHaveProperty(key);
    }
  });
});

describe('an exposure', () => {
  function exposure(values: Record<string, string>, createdAt: string | undefined = '2026-03-06') {
    const theCase = anEntity();
    const contact = anEntity({
      kind: 'contact',
      events: [anEvent(STAGE.followUp, '2026-03-06', values)],
    });
    theCase.relationships = [aRelationship(theCase.id, contact.id, { createdAt })];
    const { data } = run(theCase, contact);
    expect(data.relationships).toHaveLength(1);
    return short(data.relationships[0]!.fields);
  }

  it.each<[string, Record<string, string>, Record<string, unknown>]>([
    [
      'took place on the day of last contact',
      { guigSJl89Gc: '2026-03-02', jGh3SzagmVu: '2026-03-01' },
      { contactDate: '2026-03-02', contactDateEstimated: false },
    ],
    [
      'took place on the day of contact',
      { jGh3SzagmVu: '2026-03-01' },
      { contactDate: '2026-03-01', contactDateEstimated: false },
    ],
    [
      'has the day when it was created in DHIS2 as an estimate',
      {},
      { contactDate: '2026-03-06', contactDateEstimated: true },
    ],
    [
      'began with the first contact',
      { MTfb6fQM19m: '2026-02-20' },
      { dateOfFirstContact: '2026-02-20' },
    ],
    ['is highly certain', { e9ME9cqEGs4: 'YES' }, { certaintyLevelId: '3_HIGH' }],
    ['is somewhat certain', { e9ME9cqEGs4: 'UNKNOWN' }, { certaintyLevelId: '2_MEDIUM' }],
    ['is hardly certain', { e9ME9cqEGs4: 'NO' }, { certaintyLevelId: '1_LOW' }],
    ['is as certain as the relationship itself', {}, { certaintyLevelId: '3_HIGH' }],
    [
      'has the kind of the relationship',
      { sePUGmunxd9: 'SPOUSE' },
      { socialRelationshipDetail: 'SPOUSE' },
    ],
    // The ids have a different meaning from the labels that people see.
    [
      'was direct',
      { faqBMrWUluk: 'Direct physical contact' },
      { exposureTypeId: 'SLEPT_ATE_OR_SPEND_TIME_IN_SAME_HOUSEHOLD', comment: null },
    ],
    [
      'was near',
      { faqBMrWUluk: 'direct non-physical contact' },
      { exposureTypeId: 'DIRECT_PHYSICAL_CONTACT' },
    ],
    [
      'was indirect',
      { faqBMrWUluk: 'Indirect contact' },
      { exposureTypeId: 'TOUCHED_BODY_FLUIDS' },
    ],
    [
      'was of another type',
      { faqBMrWUluk: 'shared a taxi' },
      { exposureTypeId: 'OTHER_PLEASE_SPECIFY_IN_COMMENT_FIELD', comment: 'shared a taxi' },
    ],
    ['has no type', {}, { exposureTypeId: null, comment: null, socialRelationshipDetail: null }],
  ])('%s', (_, values, expected) => {
    expect(exposure(values)).toMatchObject(expected);
  });

  it('has the day of enrollment when DHIS2 has no other day', () => {
    const contact = anEntity({ kind: 'contact' });
    contact.relationships = [aRelationship('PersonElse1', contact.id, { createdAt: undefined })];
    const [relationship] = run(contact).data.relationships;
    expect(relationship!.fields).toMatchObject({ contactDate: '2026-03-04' });
  });
});

describe('the reference data of the mapping', () => {
  const SHARED = new URL(
    '../../../../../shared/contracts/godata/default-reference-data.txt',
    import.meta.url,
  );

  it.skipIf(!existsSync(SHARED))('is in Go.Data by default, but for the vaccines', () => {
    const known = new Set<string>();
    let category = '';
    for (const line of readFileSync(SHARED, 'utf8').split('\n')) {
      category = /^## (\S+)/.exec(line)?.[1] ?? category;
      const id = /^\s+…(\S+) =/.exec(line)?.[1];
      if (id) known.add(`${category}_${id}`);
    }
    expect(known.size).toBeGreaterThan(100);
    const ids = job.tables
      .filter(one => one.category !== 'VACCINE')
      .flatMap(({ table }) => Object.values(table))
      .filter(id => id !== null);
    expect(ids.length).toBeGreaterThan(50);
    expect(ids.filter(id => !known.has(id))).toEqual([]);
  });

  it('lists its vaccines for the step that writes', () => {
    const { data } = runMapCases(job.mapping, aBatch([]), job.options);
    expect(data.vaccines).toEqual(
      ['MEASLES', 'RUBELLA', 'MR', 'MMR'].map(id => `LNG_REFERENCE_DATA_CATEGORY_VACCINE_${id}`),
    );
  });
});
