// @ts-check
// What a tracked entity of DHIS2 is in Go.Data, and a person of Go.Data in DHIS2: one row for each
// fact, read both ways. For WHO's COVID-19 packages; README.md beside this file has the forms of rows.

const CASES = 'uYjxkTbwRNf';
const CONTACTS = 'DM9n1bUw8W8';

const clinical = stage('LpWNjNGvCO5');
const labRequest = stage('iR8O4hSLHnu', { occurredAt: ['dateSampleTaken', 'dateSampleDelivered'] });
// biome-ignore format: a list
const labResult = stage('dDHkBd3X8Ce', {
  occurredAt: ['dateOfResult', 'dateTesting', 'dateSampleDelivered', 'dateSampleTaken', 'createdAt'],
});
const outcome = stage('iVfs6Jyp7I8', { occurredAt: 'dateOfOutcome' });
const followUp = stage('sAV9jAajr8x', { occurredAt: 'date' });
const symptoms = stage('oWMZsYe2Fc4');

// Option codes of DHIS2 and Go.Data's reference data. Null: Go.Data has no item for the code. Where a
// table is not one to one, its last part says what is written to DHIS2; null there: nothing is.

const sexes = codes('GENDER', { MALE: 'MALE', FEMALE: 'FEMALE' });

const occupations = codes(
  'OCCUPATION',
  { YES: 'HEALTH_CARE_WORKER', NO: null, UNKNOWN: null },
  { '*': null },
);

const classifications = codes('CASE_CLASSIFICATION', {
  POSITIVE: 'CONFIRMED',
  NEGATIVE: 'NOT_A_CASE_DISCARDED',
  requested: 'PROBABLE',
  none: 'SUSPECT',
});

// biome-ignore format: a table
const outcomes = codes(
  'OUTCOME',
  {
    NOT_RECOVERED: 'ALIVE', HEALTHY: 'ALIVE', RECOVERED: 'RECOVERED', DEATH: 'DECEASED',
    UNKNOWN: null, OTHER: null,
  },
  { ALIVE: 'NOT_RECOVERED' },
);

const pregnancies = codes('PREGNANCY_STATUS', {
  YES: 'YES_TRIMESTER_UNKNOWN',
  NO: 'NOT_PREGNANT',
  UNKNOWN: null,
});

const trimesters = codes('PREGNANCY_STATUS', {
  T1: 'YES_FIRST_TRIMESTER',
  T2: 'YES_SECOND_TRIMESTER',
  T3: 'YES_THIRD_TRIMESTER',
});

const stays = codes('PERSON_DATE_TYPE', {
  hospital: 'HOSPITALIZATION',
  isolation: 'ISOLATION',
  intensiveCare: 'ICU_ADMISSION',
});

// Items of Go.Data with these option codes, as options-to-reference-data makes them, go before the ids.
const vaccines = codes('VACCINE', {
  VACC_TYPE_MEASLES: 'MEASLES',
  VACC_TYPE_RUBELLA: 'RUBELLA',
  VACC_TYPE_MR: 'MR',
  VACC_TYPE_MMR: 'MMR',
});

// biome-ignore format: a table
const vaccineStatuses = codes('VACCINE_STATUS', {
  VACC_DOSE_0: 'NOT_VACCINATED', VACC_DOSE_1: 'VACCINATED', VACC_DOSE_2: 'VACCINATED',
  VACC_DOSE_3: 'VACCINATED', VACC_DOSE_4: 'VACCINATED', VACC_DOSE_5: 'VACCINATED',
  VACC_DOSE_5O: 'VACCINATED', VACC_DOSE_UNKNOWN: 'VACCINATED',
});

// Doses say more than Go.Data's status: only that there were none is written, or taken back.
const unvaccinated = codes('VACCINE_STATUS', { VACC_DOSE_0: 'NOT_VACCINATED' });

const OTHER = 'OTHER_SPECIFY_IN_NOTES_FIELD';

// For "other", Go.Data's notes have the option's code.
// biome-ignore format: a table
const sampleTypes = codes(
  'TYPE_OF_SAMPLE',
  {
    BRONCHOALVEOLAR_LAVAGE: OTHER, ENDOTRACHEAL_ASPIRATE: 'ENDOTRACHEAL_ASPIRATE',
    NASAL_WASH: OTHER, NASOPHARYNGEAL_ASPIRATE: OTHER, NASOPHARYNGEAL_SWAB: 'NASOPHARYNGEAL_SWAB',
    OROPHARENGEAL_SWAB: 'THROAT_SWAB', SERUM: 'SERUM', SPUTUM: 'SPUTUM', TISSUE_FROM_BIOPSY: OTHER,
    URINE: 'URINE', WHOLE_BLOOD: 'BLOOD',
  },
  { [OTHER]: null },
);

// The package has one code for PCR and RT-PCR.
const testTypes = codes(
  'TYPE_OF_LAB_TEST',
  {
    PCR: 'PCR',
    NAAT: OTHER,
    WHOLE_GENOME_SEQUENCING: 'WHOLE_GENOME_SEQUENCING',
    SEROLOGY: 'IG_C_OR_IG_M',
  },
  { RT_PCR: 'PCR', [OTHER]: null },
);

// biome-ignore format: a table
const testResults = codes('LAB_TEST_RESULT', {
  POSITIVE: 'POSITIVE', NEGATIVE: 'NEGATIVE', INCONCLUSIVE: 'INCONCLUSIVE', NOT_PERFORMED: null,
  INVALID: null, UNKNOWN: null,
});

const testStatuses = codes('LAB_TEST_RESULT_STATUS', { done: 'COMPLETED', pending: 'IN_PROGRESS' });

const certainties = codes('CERTAINTY_LEVEL', { YES: '3_HIGH', NO: '1_LOW', UNKNOWN: '2_MEDIUM' });

// By what Go.Data shows: the ids say something else. The package asks for the type of contact as free
// text; what is not one of these is "other", with the text as comment.
const exposureTypes = codes('EXPOSURE_TYPE', {
  'DIRECT PHYSICAL CONTACT': 'SLEPT_ATE_OR_SPEND_TIME_IN_SAME_HOUSEHOLD',
  'DIRECT NON-PHYSICAL CONTACT': 'DIRECT_PHYSICAL_CONTACT',
  'INDIRECT CONTACT': 'TOUCHED_BODY_FLUIDS',
  'ATE/DRANK CONTAMINATED MATERIAL': 'ATE_DRANK_CONTAMINATED_MATERIAL',
  'SEXUAL EXPOSURE': 'SEXUAL_EXPOSURE',
  'INTRAVENOUS EXPOSURE': 'INTRAVENOUS_EXPOSURE',
  other: 'OTHER_PLEASE_SPECIFY_IN_COMMENT_FIELD',
}).ids;

// Whether the contact was met on a visit. Visits that are only planned are omitted.
const VISIT = 'LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_';
const visits = {
  [`${VISIT}SEEN_OK`]: 'YES',
  [`${VISIT}SEEN_NOT_OK`]: 'YES',
  [`${VISIT}MISSED`]: 'NO',
  [`${VISIT}NOT_ATTEMPTED`]: 'NO',
};

// Data elements that several rows read.
const pregnant = element(clinical, 'Bt9xOiBUuDW');
const outcomeCode = element(outcome, 'bOYWVEBaWy6');
const vaccine = element(clinical, 'fL5NtssTKPq');
const doses = element(clinical, 'lK4SC5l7VR6');
const testResult = element(labResult, 'ovY6E8BSdto');

// Cases and contacts alike.
const everybody = [
  row('firstName', attribute('sB1IHYu2xQT')),
  row('lastName', attribute('ENRjVGxVL6l')),
  row('gender', attribute('oindugucx72'), { codes: sexes }),
  // A date of birth goes before an age.
  row('dob', attribute('NI0QRzJvQ0k')),
  row('age', attribute('Rv8WM2mTuS5')),
  row('dateOfReporting', enrolledAt()),
  // A contact without a location is registered where the person who exposed the contact lives.
  row('addresses.locationId', orgUnit('source'), { owner: 'dhis2' }),
  row('addresses.addressLine1', attribute('Xhdn49gUd52')),
  row('addresses.phoneNumber', attribute('fctSQp5nAYl')),
];

const personAnswers = { patinfo_id: 'he05i8FUwu3', country_of_residence: 'hBcoBCZBWFb' };

// Answers that Go.Data gets from DHIS2, and DHIS2 not from Go.Data.
const oneWay = { direction: /** @type {const} */ ('to-godata') };

const cases = [
  ...everybody,
  row('documents.EXTERNAL_ID', attribute('HAZ7VQ730yn'), { owner: 'dhis2' }),
  row('occupation', element(clinical, 'EoOuEHmkoBv'), { codes: occupations }),
  row('classification', {
    // The latest result that is positive or negative; before there is one, whether one was asked for.
    toGoData: (_, { person }) => {
      const result = person.latest(labResult.ref, testResult.ref, ['POSITIVE', 'NEGATIVE']);
      const isRequested = person.events(labRequest.ref).length > 0;
      return classifications.ids[result ?? (isRequested ? 'requested' : 'none')];
    },
  }),
  row('dateOfOnset', element(clinical, 's3eoonJ8OJb')),
  row('pregnancyStatus', [pregnant, element(clinical, 'HM8BPaL8Bbj')], {
    toGoData: ([isPregnant, trimester], { code }) =>
      isPregnant === 'YES' && trimester
        ? code(trimesters, trimester)
        : code(pregnancies, isPregnant),
    toDhis2: (status, { code }) => {
      if (Object.values(trimesters.ids).includes(status)) return ['YES', code(trimesters, status)];
      const isUnknown = status === pregnancies.ids.YES;
      return [code(pregnancies, status), isUnknown ? code(trimesters, null) : undefined];
    },
  }),
  row('vaccinesReceived', [vaccine, doses], {
    toGoData: ([type, dose], { code }) => [
      { vaccine: code(vaccines, type), status: code(vaccineStatuses, dose ?? 'VACC_DOSE_UNKNOWN') },
    ],
    // The package has room for one vaccine: of several, none is written.
    toDhis2: (received, { code }) => {
      const known = (received ?? []).filter(dose =>
        Object.values(vaccines.ids).includes(dose.vaccine),
      );
      if (known.length > 1) return [];
      const [dose] = known;
      const none = dose?.status === unvaccinated.ids.VACC_DOSE_0 ? dose.status : null;
      return [code(vaccines, dose?.vaccine), dose && code(unvaccinated, none)];
    },
  }),
  // Of every enrollment, since each was a stay of its own. Go.Data keeps those without dates, too.
  row('dateRanges', {
    owner: 'dhis2',
    toGoData: (_, { person }) =>
      person.enrollments.flatMap(enrollment =>
        enrollment.events(clinical.ref).flatMap(event => {
          const isYes = id => event.value(id) === 'YES';
          const locationId = event.value('arPkmfgnHgW');
          return [
            isYes('CUbZcLm9LyN') && {
              event,
              typeId: stays.ids.hospital,
              startDate: event.value('wvSTTknCxfK'),
              endDate: enrollment.latest(outcome.ref, 'IdFN1KdIHO1'),
              locationId,
            },
            isYes('XlNVazI32rG') && {
              event,
              typeId: stays.ids.isolation,
              startDate: event.value('GoF3NCp03q1'),
            },
            isYes('p8htbyJHydl') && { event, typeId: stays.ids.intensiveCare, locationId },
          ];
        }),
      ),
  }),
  answers(attribute, {
    ...personAnswers,
    hfac_no: 'D2iLWah1gdG',
    first_name_parent: 'fik9qo8iHeo',
    surname_parent: 'nJsmdQXRoze',
    institution_address: 'ooK7aSiAaGq',
  }),
  // biome-ignore format: a table
  answers(clinical, {
    patcourse_asymp: 'JGnHr6WI3AY', signsymp_fever: 'EWZcuvPOrJF', fever_temperature: 'BH5SRLl5PfH',
    signsymp_cough: 'Yh5KOJj8l7p', signsymp_shortness_breath: 'fyzp8BpsPMl',
    pregnancy_gestation: 'TR4Yv88i1hy', comcond_partum: 'jYMvZlnhfVd',
    comcond_present: 'sJeIFfhX8BE', comcond_cardi: 'IGQdwCEWqxs', comcond_diabetes: 'coUb4QcuVKI',
    comcond_immuno: 'UmXYz5bN9is', comcond_liver: 'j6LrBVzW3k4', comcond_renal: 'SBRCbEvwCjZ',
    comcond_lung: 'TMwKRNAYuYB', comcond_malig: 'IliCwhlgfJq', comcond_neuro: 'hcHUkwpjcDc',
    comcond_other: 'uNNfUKaj0gY', hospital_recno: 'ydGFd0reFgT', patcourse_vent: 'BGIl7Un4Far',
    patcourse_ecmo: 'YyrtNZL59vO', patinfo_occuhcw_city: 'Uk324Xilsie',
    patinfo_occuhcw_country: 'OVp375JPJvW', patinfo_occuhcw_name: 'cdqK3q8WDQI',
    expo_travel: 'TzqawmlPkI5', expo_travel_country1: 'oomj0HzoQB5',
    expo_travel_country2: 'oPEL0yUsFJ6', expo_travel_country3: 'mW7DtDdQBv3',
    expo_case_location: 'tZENxWWbaw3', expo_visit_healthcare: 'Q0hRqoax9c9',
    expo_contact_case: 'bNRUpHexcSf', expo_id1: 'PpMq8T5hNXy', expo_id2: 'f7hWVw8d8cU',
    expo_id3: 'JTWKiQeBrPE', expo_id4: 'IzhvQr5NNzr', expo_id5: 'RkcAjhjgqp3',
  }),
  // What a field of Go.Data tells as well: DHIS2 gets it from that field alone.
  answers(
    clinical,
    {
      comcond_preg: pregnant.ref,
      patcourse_admit: 'CUbZcLm9LyN',
      patcourse_icu: 'p8htbyJHydl',
      patcourse_iso: 'XlNVazI32rG',
      patinfo_occuhcw: 'EoOuEHmkoBv',
      vaccine_doses: doses.ref,
    },
    oneWay,
  ),
  answers(
    labRequest,
    { report_test_reason: 'H3UJlHuglGv', report_test_reason_other: 'NfVnTwRBCeK' },
    oneWay,
  ),
  row('outcomeId', outcomeCode, { codes: outcomes }),
  row('dateOfOutcome', [element(outcome, 'dDEdmn8q3P1'), element(outcome, 'IdFN1KdIHO1')], {
    toGoData: ([died, discharged], { person, fields }) =>
      fields.outcomeId &&
      (person.latest(outcome.ref, outcomeCode.ref) === 'DEATH' ? died : discharged),
    // A date of discharge stays with a person who died later. An unknown outcome changes nothing.
    toDhis2: (_, { record }) => {
      const id = record.value('outcomeId');
      if (id && !Object.values(outcomes.ids).includes(id)) return [];
      const isDead = id === outcomes.ids.DEATH;
      const date = record.day('dateOfOutcome');
      return [isDead ? date : null, id && !isDead ? date : undefined];
    },
  }),
  answers(outcome, {
    outcome_patcourse_status_other: 'nFNHFgtt2eG',
    outcome_contacts_followed: 'SbXES4EPgqP',
  }),
  answers(outcome, { outcome_patcourse_status: outcomeCode.ref }, oneWay),
];

// biome-ignore format: a table
const followUpSymptoms = {
  patcourse_asymp: 'JGnHr6WI3AY', patcourse_dateonset: 's3eoonJ8OJb', signsymp_fever: 'EWZcuvPOrJF',
  signsymp_cough: 'Yh5KOJj8l7p', signsymp_shortness_breath: 'fyzp8BpsPMl',
  signsymp_diarrhea: 'IrFWIj5ks2p', signsymp_fatigue: 'FtUNwm4jop7',
  signsymp_headache: 'iUEwXfg9CgD', signsymp_joint_pain: 'HahhmzRvwu8',
  signsymp_runny_nose: 'r9RNlMboD8b', signsymp_skin_rash: 'SeKu9WMNh16',
  signsymp_sore_throat: 'T0ehgpsDrui', signsymp_vomit: 'YirYKgXDYwm',
};

const contacts = [
  ...everybody,
  row('documents.EXTERNAL_ID', attribute('tCQ0Q70ao2m'), { owner: 'dhis2' }),
  answers(attribute, personAnswers),
  answers(
    followUp,
    {
      outcome_contacts_followed_unknown: 'eoNKIKEThg9',
      contact_exposured_to_confirmed_cases: 'e9ME9cqEGs4',
      contact_common_exposure: 'HATcDNsjyn7',
    },
    oneWay,
  ),
  answers([followUp, symptoms], followUpSymptoms, oneWay),
];

// What the exposed person's follow-up says of the exposure. Where it says nothing, the relationship is
// as certain as DHIS2 has it, of the day on which DHIS2 was told of it.
const contactDays = [element(followUp, 'guigSJl89Gc'), element(followUp, 'jGh3SzagmVu')];
const typeOfContact = element(followUp, 'faqBMrWUluk');
const exposures = [
  row('contactDate', contactDays, {
    toGoData: ([last, only], { relationship, person }) =>
      last ?? only ?? relationship.createdAt ?? person?.enrolledAt,
  }),
  row('contactDateEstimated', contactDays, {
    toGoData: ([last, only]) => (last ?? only) === undefined,
  }),
  row('dateOfFirstContact', element(followUp, 'MTfb6fQM19m'), oneWay),
  row('certaintyLevelId', element(followUp, 'e9ME9cqEGs4'), {
    toGoData: ([isConfirmed], { code }) => code(certainties, isConfirmed ?? 'YES'),
  }),
  row('exposureTypeId', typeOfContact, {
    toGoData: ([type]) => exposureTypes[type?.toUpperCase() ?? ''] ?? (type && exposureTypes.other),
  }),
  row('comment', typeOfContact, {
    toGoData: ([type]) => (exposureTypes[type?.toUpperCase() ?? ''] ? undefined : type),
  }),
  row('socialRelationshipDetail', element(followUp, 'sePUGmunxd9'), oneWay),
];

const isOther = id => !id || id.endsWith(OTHER);
const sampleType = element([labResult, labRequest], 'kL7PTi4lRSl');
const testType = element([labResult, labRequest], 'D0RBm3alWd9');
const results = [
  row('sampleType', sampleType, { codes: sampleTypes }),
  row('testType', testType, { codes: testTypes }),
  row('dateSampleTaken', element(labRequest, 'Q98LhagGLFj'), {
    direction: 'both',
    toGoData: ([collected], { request, result }) => collected ?? request?.day ?? result.day,
  }),
  row('dateSampleDelivered', element(labRequest, 'RfWBPHo9MnC')),
  row('result', testResult, { codes: testResults }),
  row('dateOfResult', element(labResult, 'Cl2I1H6Y3oj')),
  row('status', {
    toGoData: (_, { fields }) => (fields.result ? testStatuses.ids.done : testStatuses.ids.pending),
  }),
  row('notes', [sampleType, testType, testResult], {
    toGoData: ([sample, test, result], { fields }) =>
      [
        isOther(fields.sampleType) && sample,
        isOther(fields.testType) && test,
        isOther(fields.result) && result,
      ]
        .filter(Boolean)
        .join(', '),
  }),
];

mapPeople({
  case: { program: CASES, rows: cases },
  contact: { program: CONTACTS, rows: contacts },
  // "Has been in contact with": from the person who exposed to the person who was exposed.
  relationship: { type: 'ipjUWSTPKFt', source: 'from', rows: exposures },
  labResults: { result: labResult, request: labRequest, rows: results },
  followUps: {
    stage: followUp,
    when: visit => visit.statusId in visits,
    rows: [
      row('statusId', element(followUp, 'eoNKIKEThg9'), { toDhis2: status => visits[status] }),
      answers(followUp, followUpSymptoms),
    ],
  },
  required: ['lastName', 'gender', 'classification'],
  vaccines,
  // Never to be changed: ids in DHIS2 are made of it. Another Go.Data needs another name.
  server: 'godata',
  whenDeleted: {
    // A person who was deleted in DHIS2: 'leave', 'delete', or { fields: { riskReason: '...' } }.
    inDhis2: 'leave',
    // A person who was deleted in Go.Data: 'leave', 'cancel' the enrollment, or 'delete'.
    inGoData: 'leave',
  },
});
