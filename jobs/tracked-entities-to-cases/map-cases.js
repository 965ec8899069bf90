// @ts-check
// What a tracked entity is in Go.Data, for WHO's COVID-19 packages: case-based surveillance
// (uYjxkTbwRNf) and contact registration (DM9n1bUw8W8). Field by field on this workflow's page.

const stage = {
  clinical: 'LpWNjNGvCO5',
  labRequest: 'iR8O4hSLHnu',
  labResult: 'dDHkBd3X8Ce',
  outcome: 'iVfs6Jyp7I8',
  followUp: 'sAV9jAajr8x',
  symptoms: 'oWMZsYe2Fc4',
};

const attribute = {
  firstName: 'sB1IHYu2xQT',
  surname: 'ENRjVGxVL6l',
  sex: 'oindugucx72',
  dateOfBirth: 'NI0QRzJvQ0k',
  age: 'Rv8WM2mTuS5',
  homeAddress: 'Xhdn49gUd52',
  telephone: 'fctSQp5nAYl',
  systemCaseId: 'HAZ7VQ730yn',
  systemContactId: 'tCQ0Q70ao2m',
};

const element = {
  healthCareWorker: 'EoOuEHmkoBv',
  onset: 's3eoonJ8OJb',
  pregnant: 'Bt9xOiBUuDW',
  trimester: 'HM8BPaL8Bbj',
  hospital: 'arPkmfgnHgW',
  hospitalised: 'CUbZcLm9LyN',
  admissionDate: 'wvSTTknCxfK',
  isolated: 'XlNVazI32rG',
  isolationDate: 'GoF3NCp03q1',
  intensiveCare: 'p8htbyJHydl',
  vaccine: 'fL5NtssTKPq',
  doses: 'lK4SC5l7VR6',
  sampleType: 'kL7PTi4lRSl',
  testType: 'D0RBm3alWd9',
  dateCollected: 'Q98LhagGLFj',
  dateSent: 'RfWBPHo9MnC',
  testResult: 'ovY6E8BSdto',
  dateOfResult: 'Cl2I1H6Y3oj',
  outcome: 'bOYWVEBaWy6',
  dateOfDeath: 'dDEdmn8q3P1',
  dateOfDischarge: 'IdFN1KdIHO1',
  firstContact: 'MTfb6fQM19m',
  lastContact: 'guigSJl89Gc',
  dateOfContact: 'jGh3SzagmVu',
  relationship: 'sePUGmunxd9',
  typeOfContact: 'faqBMrWUluk',
  exposedToConfirmed: 'e9ME9cqEGs4',
};

// Option codes and Go.Data's reference data. Null: Go.Data has nothing for it, the field stays empty.

const sexes = referenceIds('GENDER', { MALE: 'MALE', FEMALE: 'FEMALE' });

const occupations = referenceIds('OCCUPATION', {
  YES: 'HEALTH_CARE_WORKER',
  NO: null,
  UNKNOWN: null,
});

const classifications = referenceIds('CASE_CLASSIFICATION', {
  POSITIVE: 'CONFIRMED',
  NEGATIVE: 'NOT_A_CASE_DISCARDED',
  requested: 'PROBABLE',
  none: 'SUSPECT',
});

const outcomes = referenceIds('OUTCOME', {
  NOT_RECOVERED: 'ALIVE',
  HEALTHY: 'ALIVE',
  RECOVERED: 'RECOVERED',
  DEATH: 'DECEASED',
  UNKNOWN: null,
  OTHER: null,
});

const pregnancies = referenceIds('PREGNANCY_STATUS', {
  YES: 'YES_TRIMESTER_UNKNOWN',
  NO: 'NOT_PREGNANT',
  UNKNOWN: null,
});

const trimesters = referenceIds('PREGNANCY_STATUS', {
  T1: 'YES_FIRST_TRIMESTER',
  T2: 'YES_SECOND_TRIMESTER',
  T3: 'YES_THIRD_TRIMESTER',
});

const stays = referenceIds('PERSON_DATE_TYPE', {
  hospital: 'HOSPITALIZATION',
  isolation: 'ISOLATION',
  intensiveCare: 'ICU_ADMISSION',
});

// Items of Go.Data with these option codes, as options-to-reference-data makes them, go before the ids.
const vaccines = referenceIds('VACCINE', {
  VACC_TYPE_MEASLES: 'MEASLES',
  VACC_TYPE_RUBELLA: 'RUBELLA',
  VACC_TYPE_MR: 'MR',
  VACC_TYPE_MMR: 'MMR',
});

const vaccineStatuses = referenceIds('VACCINE_STATUS', {
  VACC_DOSE_0: 'NOT_VACCINATED',
  VACC_DOSE_1: 'VACCINATED',
  VACC_DOSE_2: 'VACCINATED',
  VACC_DOSE_3: 'VACCINATED',
  VACC_DOSE_4: 'VACCINATED',
  VACC_DOSE_5: 'VACCINATED',
  VACC_DOSE_5O: 'VACCINATED',
  VACC_DOSE_UNKNOWN: 'VACCINATED',
});

const documentTypes = referenceIds('DOCUMENT_TYPE', { external: 'EXTERNAL_ID' });

// For "other", the notes have the option's code.
const sampleTypes = referenceIds('TYPE_OF_SAMPLE', {
  BRONCHOALVEOLAR_LAVAGE: 'OTHER_SPECIFY_IN_NOTES_FIELD',
  ENDOTRACHEAL_ASPIRATE: 'ENDOTRACHEAL_ASPIRATE',
  NASAL_WASH: 'OTHER_SPECIFY_IN_NOTES_FIELD',
  NASOPHARYNGEAL_ASPIRATE: 'OTHER_SPECIFY_IN_NOTES_FIELD',
  NASOPHARYNGEAL_SWAB: 'NASOPHARYNGEAL_SWAB',
  OROPHARENGEAL_SWAB: 'THROAT_SWAB',
  SERUM: 'SERUM',
  SPUTUM: 'SPUTUM',
  TISSUE_FROM_BIOPSY: 'OTHER_SPECIFY_IN_NOTES_FIELD',
  URINE: 'URINE',
  WHOLE_BLOOD: 'BLOOD',
});

const testTypes = referenceIds('TYPE_OF_LAB_TEST', {
  PCR: 'PCR',
  NAAT: 'OTHER_SPECIFY_IN_NOTES_FIELD',
  WHOLE_GENOME_SEQUENCING: 'WHOLE_GENOME_SEQUENCING',
  SEROLOGY: 'IG_C_OR_IG_M',
});

const testResults = referenceIds('LAB_TEST_RESULT', {
  POSITIVE: 'POSITIVE',
  NEGATIVE: 'NEGATIVE',
  INCONCLUSIVE: 'INCONCLUSIVE',
  NOT_PERFORMED: null,
  INVALID: null,
  UNKNOWN: null,
});

const testStatuses = referenceIds('LAB_TEST_RESULT_STATUS', {
  done: 'COMPLETED',
  pending: 'IN_PROGRESS',
});

const certainties = referenceIds('CERTAINTY_LEVEL', {
  YES: '3_HIGH',
  NO: '1_LOW',
  UNKNOWN: '2_MEDIUM',
});

// By what Go.Data shows: the ids say something else. The package asks for the type of contact as free
// text; what is not one of these is "other", with the text as comment.
const exposureTypes = referenceIds('EXPOSURE_TYPE', {
  'DIRECT PHYSICAL CONTACT': 'SLEPT_ATE_OR_SPEND_TIME_IN_SAME_HOUSEHOLD',
  'DIRECT NON-PHYSICAL CONTACT': 'DIRECT_PHYSICAL_CONTACT',
  'INDIRECT CONTACT': 'TOUCHED_BODY_FLUIDS',
  'ATE/DRANK CONTAMINATED MATERIAL': 'ATE_DRANK_CONTAMINATED_MATERIAL',
  'SEXUAL EXPOSURE': 'SEXUAL_EXPOSURE',
  'INTRAVENOUS EXPOSURE': 'INTRAVENOUS_EXPOSURE',
  other: 'OTHER_PLEASE_SPECIFY_IN_COMMENT_FIELD',
});

// What Go.Data has no field for becomes an answer: variable → attribute or data element.

const attributeAnswers = {
  patinfo_id: 'he05i8FUwu3',
  country_of_residence: 'hBcoBCZBWFb',
};

const caseAttributeAnswers = {
  ...attributeAnswers,
  hfac_no: 'D2iLWah1gdG',
  first_name_parent: 'fik9qo8iHeo',
  surname_parent: 'nJsmdQXRoze',
  institution_address: 'ooK7aSiAaGq',
};

const clinicalAnswers = {
  patcourse_asymp: 'JGnHr6WI3AY',
  signsymp_fever: 'EWZcuvPOrJF',
  fever_temperature: 'BH5SRLl5PfH',
  signsymp_cough: 'Yh5KOJj8l7p',
  signsymp_shortness_breath: 'fyzp8BpsPMl',
  pregnancy_gestation: 'TR4Yv88i1hy',
  comcond_partum: 'jYMvZlnhfVd',
  comcond_present: 'sJeIFfhX8BE',
  comcond_cardi: 'IGQdwCEWqxs',
  comcond_diabetes: 'coUb4QcuVKI',
  comcond_immuno: 'UmXYz5bN9is',
  comcond_liver: 'j6LrBVzW3k4',
  comcond_renal: 'SBRCbEvwCjZ',
  comcond_lung: 'TMwKRNAYuYB',
  comcond_malig: 'IliCwhlgfJq',
  comcond_neuro: 'hcHUkwpjcDc',
  comcond_other: 'uNNfUKaj0gY',
  hospital_recno: 'ydGFd0reFgT',
  patcourse_vent: 'BGIl7Un4Far',
  patcourse_ecmo: 'YyrtNZL59vO',
  patinfo_occuhcw_city: 'Uk324Xilsie',
  patinfo_occuhcw_country: 'OVp375JPJvW',
  patinfo_occuhcw_name: 'cdqK3q8WDQI',
  expo_travel: 'TzqawmlPkI5',
  expo_travel_country1: 'oomj0HzoQB5',
  expo_travel_country2: 'oPEL0yUsFJ6',
  expo_travel_country3: 'mW7DtDdQBv3',
  expo_case_location: 'tZENxWWbaw3',
  expo_visit_healthcare: 'Q0hRqoax9c9',
  expo_contact_case: 'bNRUpHexcSf',
  expo_id1: 'PpMq8T5hNXy',
  expo_id2: 'f7hWVw8d8cU',
  expo_id3: 'JTWKiQeBrPE',
  expo_id4: 'IzhvQr5NNzr',
  expo_id5: 'RkcAjhjgqp3',
};

// What a field of Go.Data tells as well.
const clinicalCopies = {
  comcond_preg: 'Bt9xOiBUuDW',
  patcourse_admit: 'CUbZcLm9LyN',
  patcourse_icu: 'p8htbyJHydl',
  patcourse_iso: 'XlNVazI32rG',
  patinfo_occuhcw: 'EoOuEHmkoBv',
  vaccine_doses: 'lK4SC5l7VR6',
};

const labRequestAnswers = {
  report_test_reason: 'H3UJlHuglGv',
  report_test_reason_other: 'NfVnTwRBCeK',
};

const outcomeAnswers = {
  outcome_patcourse_status_other: 'nFNHFgtt2eG',
  outcome_contacts_followed: 'SbXES4EPgqP',
};

const outcomeCopies = {
  outcome_patcourse_status: 'bOYWVEBaWy6',
};

const followUpAnswers = {
  outcome_contacts_followed_unknown: 'eoNKIKEThg9',
  contact_exposured_to_confirmed_cases: 'e9ME9cqEGs4',
  contact_common_exposure: 'HATcDNsjyn7',
};

const symptomAnswers = {
  patcourse_asymp: 'JGnHr6WI3AY',
  patcourse_dateonset: 's3eoonJ8OJb',
  signsymp_fever: 'EWZcuvPOrJF',
  signsymp_cough: 'Yh5KOJj8l7p',
  signsymp_shortness_breath: 'fyzp8BpsPMl',
  signsymp_diarrhea: 'IrFWIj5ks2p',
  signsymp_fatigue: 'FtUNwm4jop7',
  signsymp_headache: 'iUEwXfg9CgD',
  signsymp_joint_pain: 'HahhmzRvwu8',
  signsymp_runny_nose: 'r9RNlMboD8b',
  signsymp_skin_rash: 'SeKu9WMNh16',
  signsymp_sore_throat: 'T0ehgpsDrui',
  signsymp_vomit: 'YirYKgXDYwm',
};

// Whose each field is, where Go.Data may change it too: 'dhis2', 'godata', or 'latest', whoever has
// changed it last. The job of the way back has the same table; the page there explains it.

const within = (stageId, elements) =>
  Object.fromEntries(
    Object.entries(elements).map(([variable, id]) => [variable, `${stageId}.${id}`]),
  );

// Answers that Go.Data gets from DHIS2, and DHIS2 not from Go.Data.
const oneWay = (...answers) =>
  Object.fromEntries(
    Object.keys(Object.assign({}, ...answers)).map(variable => [
      `questionnaireAnswers.${variable}`,
      { owner: 'latest' },
    ]),
  );

const personOwners = {
  firstName: { owner: 'latest', dhis2: attribute.firstName },
  lastName: { owner: 'latest', dhis2: attribute.surname },
  gender: { owner: 'latest', dhis2: attribute.sex },
  dob: { owner: 'latest', dhis2: attribute.dateOfBirth },
  age: { owner: 'latest', dhis2: attribute.age },
  dateOfReporting: { owner: 'latest', dhis2: 'enrolledAt' },
  'addresses.locationId': { owner: 'dhis2', dhis2: 'orgUnit' },
  'addresses.addressLine1': { owner: 'latest', dhis2: attribute.homeAddress },
  'addresses.phoneNumber': { owner: 'latest', dhis2: attribute.telephone },
  documents: { owner: 'dhis2' },
};

export const owners = {
  case: {
    ...personOwners,
    classification: { owner: 'latest' },
    dateOfOnset: { owner: 'latest', dhis2: `${stage.clinical}.${element.onset}` },
    outcomeId: { owner: 'latest', dhis2: `${stage.outcome}.${element.outcome}` },
    dateOfOutcome: {
      owner: 'latest',
      dhis2: [
        `${stage.outcome}.${element.dateOfDeath}`,
        `${stage.outcome}.${element.dateOfDischarge}`,
      ],
    },
    pregnancyStatus: {
      owner: 'latest',
      dhis2: [`${stage.clinical}.${element.pregnant}`, `${stage.clinical}.${element.trimester}`],
    },
    occupation: { owner: 'latest', dhis2: `${stage.clinical}.${element.healthCareWorker}` },
    dateRanges: { owner: 'dhis2' },
    vaccinesReceived: {
      owner: 'latest',
      dhis2: [`${stage.clinical}.${element.vaccine}`, `${stage.clinical}.${element.doses}`],
    },
    questionnaireAnswers: {
      owner: 'latest',
      dhis2: {
        ...caseAttributeAnswers,
        ...within(stage.clinical, clinicalAnswers),
        ...within(stage.outcome, outcomeAnswers),
      },
    },
    ...oneWay(clinicalCopies, labRequestAnswers, outcomeCopies),
  },
  contact: {
    ...personOwners,
    questionnaireAnswers: { owner: 'latest', dhis2: attributeAnswers },
    ...oneWay(followUpAnswers, symptomAnswers),
  },
};

// The latest result that is positive or negative; before there is one, whether one was asked for.
export const toClassification = person => {
  const result = person.latest(stage.labResult, element.testResult, ['POSITIVE', 'NEGATIVE']);
  const isRequested = person.events(stage.labRequest).length > 0;
  return classifications[result ?? (isRequested ? 'requested' : 'none')];
};

export const toOutcome = person => {
  const code = person.latest(stage.outcome, element.outcome);
  const outcomeId = person.code('outcome', outcomes, code);
  const dateElement = code === 'DEATH' ? element.dateOfDeath : element.dateOfDischarge;
  return {
    outcomeId,
    dateOfOutcome: outcomeId && person.latest(stage.outcome, dateElement),
  };
};

export const toPregnancyStatus = person => {
  const pregnant = person.latest(stage.clinical, element.pregnant);
  const trimester = person.latest(stage.clinical, element.trimester);
  return pregnant === 'YES' && trimester
    ? person.code('trimester', trimesters, trimester)
    : person.code('pregnancy', pregnancies, pregnant);
};

// Of every enrollment, since each was a stay of its own. Go.Data keeps those without dates, too.
export const toDateRanges = person =>
  person.enrollments.flatMap(enrollment =>
    enrollment.events(stage.clinical).flatMap(event => {
      const isYes = id => event.value(id) === 'YES';
      const locationId = event.value(element.hospital);
      return [
        isYes(element.hospitalised) && {
          event,
          typeId: stays.hospital,
          startDate: event.value(element.admissionDate),
          endDate: enrollment.latest(stage.outcome, element.dateOfDischarge),
          locationId,
        },
        isYes(element.isolated) && {
          event,
          typeId: stays.isolation,
          startDate: event.value(element.isolationDate),
        },
        isYes(element.intensiveCare) && { event, typeId: stays.intensiveCare, locationId },
      ];
    }),
  );

export const toVaccinesReceived = person => {
  const doses = person.latest(stage.clinical, element.doses) ?? 'VACC_DOSE_UNKNOWN';
  return [
    {
      vaccine: person.code('vaccine', vaccines, person.latest(stage.clinical, element.vaccine)),
      status: person.code('doses', vaccineStatuses, doses),
    },
  ];
};

// What cases and contacts have in common. A date of birth goes before an age.
export const toPerson = person => ({
  firstName: person.attribute(attribute.firstName),
  lastName: person.attribute(attribute.surname),
  gender: person.code('sex', sexes, person.attribute(attribute.sex)),
  dob: person.attribute(attribute.dateOfBirth),
  age: { years: person.attribute(attribute.age) },
  dateOfReporting: person.enrolledAt ?? person.createdAt,
  addresses: [
    {
      locationId: person.orgUnit,
      addressLine1: person.attribute(attribute.homeAddress),
      phoneNumber: person.attribute(attribute.telephone),
    },
  ],
});

export const toCase = person => ({
  ...toPerson(person),
  ...toOutcome(person),
  occupation: person.code(
    'health care worker',
    occupations,
    person.latest(stage.clinical, element.healthCareWorker),
  ),
  documents: [{ type: documentTypes.external, number: person.attribute(attribute.systemCaseId) }],
  classification: toClassification(person),
  dateOfOnset: person.latest(stage.clinical, element.onset),
  pregnancyStatus: toPregnancyStatus(person),
  dateRanges: toDateRanges(person),
  vaccinesReceived: toVaccinesReceived(person),
  questionnaireAnswers: {
    ...person.attributes(caseAttributeAnswers),
    ...person.values(stage.clinical, { ...clinicalAnswers, ...clinicalCopies }),
    ...person.values(stage.labRequest, labRequestAnswers),
    ...person.values(stage.outcome, { ...outcomeAnswers, ...outcomeCopies }),
  },
});

// Go.Data takes the date of last contact from the relationships.
export const toContact = person => ({
  ...toPerson(person),
  documents: [
    { type: documentTypes.external, number: person.attribute(attribute.systemContactId) },
  ],
  questionnaireAnswers: {
    ...person.attributes(attributeAnswers),
    ...person.values(stage.followUp, followUpAnswers),
    ...person.values([stage.followUp, stage.symptoms], symptomAnswers),
  },
});

// What the exposed person's follow-up says of the exposure. Where it says nothing, the relationship is
// as certain as DHIS2 has it, of the day on which DHIS2 was told of it.
export const toRelationship = ({ target, createdAt, code }) => {
  const latest = id => target?.latest(stage.followUp, id);
  const contactDate = latest(element.lastContact) ?? latest(element.dateOfContact);
  const typeOfContact = latest(element.typeOfContact);
  const exposureTypeId = exposureTypes[typeOfContact?.toUpperCase()];
  return {
    contactDate: contactDate ?? createdAt ?? target?.enrolledAt,
    contactDateEstimated: contactDate === undefined,
    dateOfFirstContact: latest(element.firstContact),
    certaintyLevelId: code(
      'exposed to confirmed case',
      certainties,
      latest(element.exposedToConfirmed) ?? 'YES',
    ),
    exposureTypeId: exposureTypeId ?? (typeOfContact && exposureTypes.other),
    comment: exposureTypeId ? undefined : typeOfContact,
    socialRelationshipDetail: latest(element.relationship),
  };
};

// Every result of every enrollment. A result belongs to the last request before it.
export const toLabResults = person =>
  person.enrollments.flatMap(enrollment =>
    enrollment.events(stage.labResult).map(event => {
      const request = enrollment
        .events(stage.labRequest)
        .findLast(({ day }) => !day || !event.day || day <= event.day);
      const sample = event.value(element.sampleType) ?? request?.value(element.sampleType);
      const test = event.value(element.testType) ?? request?.value(element.testType);
      const outcome = event.value(element.testResult);
      const sampleType = person.code('sample type', sampleTypes, sample);
      const testType = person.code('test type', testTypes, test);
      const result = person.code('test result', testResults, outcome);
      return {
        event,
        sampleType,
        testType,
        dateSampleTaken: request?.value(element.dateCollected) ?? request?.day ?? event.day,
        dateSampleDelivered: request?.value(element.dateSent),
        dateOfResult: event.value(element.dateOfResult),
        result,
        status: result ? testStatuses.done : testStatuses.pending,
        notes: [
          isOther(sampleType) && sample,
          isOther(testType) && test,
          isOther(result) && outcome,
        ]
          .filter(Boolean)
          .join(', '),
      };
    }),
  );

const isOther = id => !id || id.endsWith('OTHER_SPECIFY_IN_NOTES_FIELD');

mapCases(
  { case: toCase, contact: toContact, relationship: toRelationship, labResults: toLabResults },
  {
    // A person who was deleted in DHIS2: 'leave', 'delete', or { fields: { riskReason: '...' } }.
    whenDeleted: 'leave',
    // Others in Go.Data are what people added there, and stay.
    vaccines,
    owners,
  },
);
