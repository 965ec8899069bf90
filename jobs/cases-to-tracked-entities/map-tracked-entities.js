// @ts-check
// What a case or a contact of Go.Data is in DHIS2, for WHO's COVID-19 packages: case-based surveillance
// (uYjxkTbwRNf) and contact registration (DM9n1bUw8W8). Field by field on this workflow's page.

const programs = { case: 'uYjxkTbwRNf', contact: 'DM9n1bUw8W8' };

const relationshipType = 'ipjUWSTPKFt';

const stage = {
  clinical: 'LpWNjNGvCO5',
  labRequest: 'iR8O4hSLHnu',
  labResult: 'dDHkBd3X8Ce',
  outcome: 'iVfs6Jyp7I8',
  followUp: 'sAV9jAajr8x',
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
};

// Option codes and Go.Data's reference data. Of several codes for one id the first is written, and the
// others are taken for the same. Null: codes that Go.Data has nothing for; they stay.

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

// As options-to-reference-data makes them of the option set "Vaccine types".
const vaccines = referenceIds('VACCINE', {
  VACC_TYPE_MEASLES: 'MEASLES',
  VACC_TYPE_RUBELLA: 'RUBELLA',
  VACC_TYPE_MR: 'MR',
  VACC_TYPE_MMR: 'MMR',
});

const vaccineStatuses = referenceIds('VACCINE_STATUS', {
  VACC_DOSE_UNKNOWN: 'VACCINATED',
  VACC_DOSE_1: 'VACCINATED',
  VACC_DOSE_2: 'VACCINATED',
  VACC_DOSE_3: 'VACCINATED',
  VACC_DOSE_4: 'VACCINATED',
  VACC_DOSE_5: 'VACCINATED',
  VACC_DOSE_5O: 'VACCINATED',
  VACC_DOSE_0: 'NOT_VACCINATED',
});

// What Go.Data calls "other" says more in its notes than a code could.
const sampleTypes = referenceIds('TYPE_OF_SAMPLE', {
  ENDOTRACHEAL_ASPIRATE: 'ENDOTRACHEAL_ASPIRATE',
  NASOPHARYNGEAL_SWAB: 'NASOPHARYNGEAL_SWAB',
  OROPHARENGEAL_SWAB: 'THROAT_SWAB',
  SERUM: 'SERUM',
  SPUTUM: 'SPUTUM',
  URINE: 'URINE',
  WHOLE_BLOOD: 'BLOOD',
});

const testTypes = referenceIds('TYPE_OF_LAB_TEST', {
  PCR: 'PCR',
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

// A follow-up that nobody made is skipped; one that is still to come is scheduled.
const followUpStatuses = {
  LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_SEEN_OK: 'ACTIVE',
  LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_SEEN_NOT_OK: 'ACTIVE',
  LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_MISSED: 'SKIPPED',
  LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_NOT_ATTEMPTED: 'SKIPPED',
};

// Answers: variable → attribute or data element. What a field says already is not said twice.

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
  patcourse_admit: 'CUbZcLm9LyN',
  hospital_recno: 'ydGFd0reFgT',
  patcourse_icu: 'p8htbyJHydl',
  patcourse_vent: 'BGIl7Un4Far',
  patcourse_ecmo: 'YyrtNZL59vO',
  patcourse_iso: 'XlNVazI32rG',
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

const outcomeAnswers = {
  outcome_patcourse_status_other: 'nFNHFgtt2eG',
  outcome_contacts_followed: 'SbXES4EPgqP',
};

// Whose each field is, where both systems have it: 'dhis2', 'godata', or 'latest', whoever changed it
// last. The same table stands in map-cases.js of tracked-entities-to-cases. This workflow's page tells what to think of.

const latest = dhis2 => ({ owner: 'latest', dhis2 });

const inStage = (stageId, elements) =>
  Object.fromEntries(Object.entries(elements).map(([name, id]) => [name, `${stageId}.${id}`]));

const ownersOfPerson = {
  firstName: latest(attribute.firstName),
  lastName: latest(attribute.surname),
  gender: latest(attribute.sex),
  dob: latest(attribute.dateOfBirth),
  age: latest(attribute.age),
  dateOfReporting: latest('enrolledAt'),
  'addresses.locationId': { owner: 'dhis2', dhis2: 'orgUnit' },
  'addresses.addressLine1': latest(attribute.homeAddress),
  'addresses.phoneNumber': latest(attribute.telephone),
};

export const owners = {
  case: {
    ...ownersOfPerson,
    // DHIS2 has no field for it: it is what the lab results say there.
    classification: { owner: 'latest' },
    dateOfOnset: latest(`${stage.clinical}.${element.onset}`),
    occupation: latest(`${stage.clinical}.${element.healthCareWorker}`),
    pregnancyStatus: latest([
      `${stage.clinical}.${element.pregnant}`,
      `${stage.clinical}.${element.trimester}`,
    ]),
    vaccinesReceived: latest([
      `${stage.clinical}.${element.vaccine}`,
      `${stage.clinical}.${element.doses}`,
    ]),
    outcomeId: latest(`${stage.outcome}.${element.outcome}`),
    dateOfOutcome: latest([
      `${stage.outcome}.${element.dateOfDeath}`,
      `${stage.outcome}.${element.dateOfDischarge}`,
    ]),
    questionnaireAnswers: latest({
      ...caseAttributeAnswers,
      ...inStage(stage.clinical, clinicalAnswers),
      ...inStage(stage.outcome, outcomeAnswers),
    }),
  },
  contact: { ...ownersOfPerson, questionnaireAnswers: latest(attributeAnswers) },
};

// What cases and contacts have in common.
const toPerson = person => ({
  location: person.residence?.locationId,
  enrolledAt: person.day('dateOfReporting', 'createdAt'),
  attributes: {
    [attribute.firstName]: person.firstName ?? null,
    [attribute.surname]: person.lastName ?? null,
    [attribute.sex]: person.code('sex', sexes, person.gender),
    [attribute.dateOfBirth]: person.day('dob'),
    [attribute.age]: person.age?.years ?? null,
    [attribute.homeAddress]: person.residence?.addressLine1 ?? null,
    [attribute.telephone]: person.residence?.phoneNumber ?? null,
  },
});

// Pregnant or not, and if so, how long: DHIS2 asks twice.
const toPregnancy = ({ pregnancyStatus, code }) => {
  const hasTrimester = Object.values(trimesters).includes(pregnancyStatus);
  const status = hasTrimester ? pregnancies.YES : pregnancyStatus;
  const isPregnant = status === pregnancies.YES;
  return {
    [element.pregnant]: code('pregnancy', pregnancies, status),
    [element.trimester]: isPregnant
      ? code('trimester', trimesters, hasTrimester ? pregnancyStatus : null)
      : undefined,
  };
};

// One of those that DHIS2 knows: the package asks for one.
const toVaccine = ({ vaccinesReceived, code }) => {
  const known = Object.values(vaccines);
  const own = (vaccinesReceived ?? []).find(({ vaccine }) => known.includes(vaccine));
  return {
    [element.vaccine]: code('vaccine', vaccines, own?.vaccine),
    [element.doses]: own && code('doses', vaccineStatuses, own.status),
  };
};

export const toClinical = person => ({
  stage: stage.clinical,
  occurredAt: person.day('dateOfOnset', 'dateOfReporting', 'createdAt'),
  values: {
    [element.onset]: person.day('dateOfOnset'),
    [element.healthCareWorker]: person.code('health care worker', occupations, person.occupation),
    ...toPregnancy(person),
    ...toVaccine(person),
    ...person.answers(clinicalAnswers),
  },
});

export const toOutcome = person => {
  const isDead = person.outcomeId === outcomes.DEATH;
  const dateOfOutcome = person.outcomeId ? person.day('dateOfOutcome') : undefined;
  return {
    stage: stage.outcome,
    occurredAt: person.day('dateOfOutcome', 'dateOfReporting', 'createdAt'),
    values: {
      [element.outcome]: person.code('outcome', outcomes, person.outcomeId),
      [isDead ? element.dateOfDeath : element.dateOfDischarge]: dateOfOutcome,
      ...person.answers(outcomeAnswers),
    },
  };
};

// One event for each result. The request stands before it, for people whom DHIS2 has from Go.Data: those
// of others, the results of DHIS2's own laboratories belong to the requests that it has.
export const toLabEvents = person =>
  person.labResults.flatMap(labResult => [
    !person.isFromDhis2 && {
      stage: stage.labRequest,
      from: labResult,
      isRequest: true,
      occurredAt: labResult.day('dateSampleTaken', 'createdAt'),
      values: {
        ...toTest(labResult),
        [element.dateCollected]: labResult.day('dateSampleTaken'),
        [element.dateSent]: labResult.day('dateSampleDelivered'),
      },
    },
    {
      stage: stage.labResult,
      from: labResult,
      occurredAt: labResult.day('dateOfResult', 'dateTesting', 'dateSampleTaken', 'createdAt'),
      values: {
        ...toTest(labResult),
        [element.testResult]: labResult.code('test result', testResults, labResult.result),
        [element.dateOfResult]: labResult.day('dateOfResult'),
      },
    },
  ]);

const toTest = ({ sampleType, testType, code }) => ({
  [element.sampleType]: code('sample type', sampleTypes, sampleType),
  [element.testType]: code('test type', testTypes, testType),
});

// That a follow-up took place, or did not. What it asked is another form in every outbreak: add `values`.
export const toFollowUp = followUp => {
  const status = followUpStatuses[followUp.statusId] ?? 'SCHEDULE';
  return {
    stage: stage.followUp,
    from: followUp,
    status,
    occurredAt: status === 'ACTIVE' ? followUp.day('date') : undefined,
    scheduledAt: followUp.day('date'),
  };
};

export const toCase = person => {
  const { attributes, ...rest } = toPerson(person);
  return {
    ...rest,
    attributes: { ...attributes, ...person.answers(caseAttributeAnswers) },
    events: [toClinical(person), toOutcome(person), ...toLabEvents(person)],
  };
};

export const toContact = person => {
  const { attributes, ...rest } = toPerson(person);
  return {
    ...rest,
    attributes: { ...attributes, ...person.answers(attributeAnswers) },
    events: person.followUps.filter(({ date }) => date).map(toFollowUp),
  };
};

// From the one who exposed the other.
export const toRelationship = () => ({ type: relationshipType, from: 'source' });

mapTrackedEntities(
  { case: toCase, contact: toContact, contactOfContact: toContact, relationship: toRelationship },
  {
    programs,
    owners,
    // A person who was deleted in Go.Data: 'leave', 'cancel' the enrollment, or 'delete'.
    whenDeleted: 'leave',
  },
);
