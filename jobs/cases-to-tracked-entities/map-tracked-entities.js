// @ts-check
// What a person of Go.Data is in DHIS2, for WHO's COVID-19 packages: case-based surveillance
// (uYjxkTbwRNf) and contact registration (DM9n1bUw8W8). The reverse of
// tracked-entities-to-cases/map-cases.js, with the same tables. Field by field on this workflow's page.

const programs = { case: 'uYjxkTbwRNf', contact: 'DM9n1bUw8W8' };

// "Has been in contact with": from the person who exposed to the person who was exposed.
const relationshipType = 'ipjUWSTPKFt';

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
};

const element = {
  healthCareWorker: 'EoOuEHmkoBv',
  onset: 's3eoonJ8OJb',
  pregnant: 'Bt9xOiBUuDW',
  trimester: 'HM8BPaL8Bbj',
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
  followedUp: 'eoNKIKEThg9',
};

// Option codes and Go.Data's reference data. Where several codes stand for one, the first is written,
// and DHIS2 may have any of them.

const sexes = referenceIds('GENDER', { MALE: 'MALE', FEMALE: 'FEMALE' });

const occupations = referenceIds('OCCUPATION', {
  YES: 'HEALTH_CARE_WORKER',
  NO: null,
  UNKNOWN: null,
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

// Items of Go.Data with these option codes, as options-to-reference-data makes them, go before the ids.
const vaccines = referenceIds('VACCINE', {
  VACC_TYPE_MEASLES: 'MEASLES',
  VACC_TYPE_RUBELLA: 'RUBELLA',
  VACC_TYPE_MR: 'MR',
  VACC_TYPE_MMR: 'MMR',
});

// Doses say more than Go.Data's status: only that there were none is written, or taken back.
const unvaccinated = referenceIds('VACCINE_STATUS', { VACC_DOSE_0: 'NOT_VACCINATED' });

// For "other", Go.Data's notes say what: nothing is written.
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

// The package has one code for both.
const rtPcr = referenceIds('TYPE_OF_LAB_TEST', { PCR: 'RT_PCR' });

const testResults = referenceIds('LAB_TEST_RESULT', {
  POSITIVE: 'POSITIVE',
  NEGATIVE: 'NEGATIVE',
  INCONCLUSIVE: 'INCONCLUSIVE',
  NOT_PERFORMED: null,
  INVALID: null,
  UNKNOWN: null,
});

// Whether the contact was met on a visit, by what Go.Data has. Visits that are only planned are left out.
const visits = {
  LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_SEEN_OK: 'YES',
  LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_SEEN_NOT_OK: 'YES',
  LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_MISSED: 'NO',
  LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_NOT_ATTEMPTED: 'NO',
};

// Answers: variable → attribute or data element.

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

// What a field of Go.Data tells as well: written from that field alone.
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

// Whose each field is, where DHIS2 may change it too: 'dhis2', 'godata', or 'latest', whoever has
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

// What cases and contacts have in common. An age is written where there is no date of birth.
export const toPerson = person => ({
  location: person.residence.locationId,
  enrolledAt: person.day('dateOfReporting', 'createdAt'),
  attributes: {
    [attribute.firstName]: person.value('firstName'),
    [attribute.surname]: person.value('lastName'),
    [attribute.sex]: person.code('sex', sexes, person.gender),
    [attribute.dateOfBirth]: person.day('dob'),
    [attribute.age]: person.dob ? undefined : person.years('age'),
    [attribute.homeAddress]: person.value('addresses.addressLine1'),
    [attribute.telephone]: person.value('addresses.phoneNumber'),
  },
});

// Of another occupation, the package asks nothing.
export const toHealthCareWorker = person =>
  !person.occupation || person.occupation === occupations.YES
    ? person.code('health care worker', occupations, person.occupation)
    : undefined;

export const toPregnancy = person => {
  const status = person.pregnancyStatus;
  const isInTrimester = Object.values(trimesters).includes(status);
  if (isInTrimester) {
    return {
      [element.pregnant]: 'YES',
      [element.trimester]: person.code('trimester', trimesters, status),
    };
  }
  return {
    [element.pregnant]: person.code('pregnancy', pregnancies, status),
    [element.trimester]:
      status === pregnancies.YES ? person.code('trimester', trimesters, null) : undefined,
  };
};

// The package has room for one vaccine: of several, none is written.
export const toVaccine = person => {
  const known = (person.vaccinesReceived ?? []).filter(({ vaccine }) =>
    Object.values(vaccines).includes(vaccine),
  );
  if (known.length > 1) return {};
  const [dose] = known;
  const isUnvaccinated = dose?.status === unvaccinated.VACC_DOSE_0;
  return {
    [element.vaccine]: person.code('vaccine', vaccines, dose?.vaccine),
    [element.doses]:
      dose && person.code('no doses', unvaccinated, isUnvaccinated ? dose.status : null),
  };
};

// A date of discharge stays with whoever died later.
export const toOutcome = person => {
  const outcome = person.code('outcome', outcomes, person.outcomeId);
  if (!outcome) return {};
  const isDead = outcome.id === outcomes.DEATH;
  const date = person.day('dateOfOutcome');
  return {
    [element.outcome]: outcome,
    [element.dateOfDeath]: isDead ? date : null,
    [element.dateOfDischarge]: outcome.id && !isDead ? date : undefined,
  };
};

const isOther = id => id?.endsWith('OTHER_SPECIFY_IN_NOTES_FIELD');

// What was taken, and how it was tested.
export const toSample = result => ({
  [element.sampleType]: isOther(result.sampleType)
    ? undefined
    : result.code('sample type', sampleTypes, result.sampleType),
  [element.testType]: isOther(result.testType)
    ? undefined
    : result.testType === rtPcr.PCR
      ? 'PCR'
      : result.code('test type', testTypes, result.testType),
});

// A lab result is a request, if the days of its sample are known, and a result, if only a pending one.
export const toLabEvents = result => {
  const sampleDay = result.day('dateSampleTaken', 'dateSampleDelivered');
  return [
    sampleDay && {
      stage: stage.labRequest,
      labRequest: result,
      occurredAt: sampleDay,
      status: 'COMPLETED',
      values: {
        ...toSample(result),
        [element.dateCollected]: result.day('dateSampleTaken'),
        [element.dateSent]: result.day('dateSampleDelivered'),
      },
    },
    {
      stage: stage.labResult,
      labResult: result,
      occurredAt: result.day(
        'dateOfResult',
        'dateTesting',
        'dateSampleDelivered',
        'dateSampleTaken',
        'createdAt',
      ),
      status: result.result ? 'COMPLETED' : undefined,
      values: {
        ...toSample(result),
        [element.testResult]: result.code('test result', testResults, result.result),
        [element.dateOfResult]: result.day('dateOfResult'),
      },
    },
  ];
};

export const toCase = person => {
  const fields = toPerson(person);
  return {
    ...fields,
    attributes: { ...fields.attributes, ...person.answers(caseAttributeAnswers) },
    events: [
      {
        stage: stage.clinical,
        values: {
          [element.onset]: person.day('dateOfOnset'),
          [element.healthCareWorker]: toHealthCareWorker(person),
          ...toPregnancy(person),
          ...toVaccine(person),
          ...person.answers(clinicalAnswers),
        },
      },
      {
        stage: stage.outcome,
        occurredAt: person.day('dateOfOutcome'),
        values: { ...toOutcome(person), ...person.answers(outcomeAnswers) },
      },
      ...person.labResults.flatMap(toLabEvents),
    ],
  };
};

export const toFollowUpEvent = visit =>
  visits[visit.statusId] && {
    stage: stage.followUp,
    followUp: visit,
    occurredAt: visit.day('date'),
    status: 'COMPLETED',
    values: { [element.followedUp]: visits[visit.statusId], ...visit.answers(symptomAnswers) },
  };

export const toContact = person => {
  const fields = toPerson(person);
  return {
    ...fields,
    attributes: { ...fields.attributes, ...person.answers(attributeAnswers) },
    events: person.followUps.map(toFollowUpEvent),
  };
};

export const toRelationship = () => ({ type: relationshipType, from: 'source' });

mapTrackedEntities(
  { case: toCase, contact: toContact, contactOfContact: toContact, relationship: toRelationship },
  {
    programs,
    owners,
    vaccines,
    // Never to be changed: ids in DHIS2 are made of it. Another Go.Data needs another name.
    server: 'godata',
    // A person who was deleted in Go.Data: 'leave', 'cancel' the enrollment, or 'delete'.
    whenDeleted: 'leave',
  },
);
