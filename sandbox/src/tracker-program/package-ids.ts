/*
 * The ids and codes of WHO's COVID-19 packages that a mapping uses (dhis2 FACTS §7); the names are
 * our own. A data table.
 */

/** The type of values: free text, a DHIS2 value type, or codes of an option set. */
export type ValueKind =
  | 'text'
  | 'date'
  | 'wholeNumber'
  | 'orgUnit'
  | 'phone'
  | keyof typeof OPTION_SETS;

/** Id, code, and type of values. */
export type Field = readonly [id: string, code: string, kind: ValueKind];

/** Names that do not follow from the code. */
export const OPTION_NAMES: Readonly<Record<string, string>> = {
  VACC_TYPE_MR: 'Measles, rubella',
  VACC_TYPE_MMR: 'Measles, mumps, rubella',
};

/** The option sets, and in each what a country added: codes that no shipped mapping has. */
export const OPTION_SETS = {
  yesNo: ['YES', 'NO', 'UNKNOWN'],
  sex: ['MALE', 'FEMALE', 'OTHER'],
  country: ['AO', 'KE', 'MZ', 'SN'],
  vaccine: [
    'VACC_TYPE_MEASLES',
    'VACC_TYPE_RUBELLA',
    'VACC_TYPE_MR',
    'VACC_TYPE_MMR',
    'VACC_TYPE_BCG',
  ],
  doses: [
    'VACC_DOSE_0',
    'VACC_DOSE_1',
    'VACC_DOSE_2',
    'VACC_DOSE_3',
    'VACC_DOSE_4',
    'VACC_DOSE_5',
    'VACC_DOSE_5O',
    'VACC_DOSE_UNKNOWN',
  ],
  trimester: ['T1', 'T2', 'T3'],
  specimen: [
    'BRONCHOALVEOLAR_LAVAGE',
    'ENDOTRACHEAL_ASPIRATE',
    'NASAL_WASH',
    'NASOPHARYNGEAL_ASPIRATE',
    'NASOPHARYNGEAL_SWAB',
    'OROPHARENGEAL_SWAB',
    'SERUM',
    'SPUTUM',
    'TISSUE_FROM_BIOPSY',
    'URINE',
    'WHOLE_BLOOD',
    'SALIVA',
  ],
  test: ['PCR', 'NAAT', 'WHOLE_GENOME_SEQUENCING', 'SEROLOGY'],
  testReason: ['CONTACT_OF_A_CASE', 'DETECTED_AT_POINT_OF_ENTRY', 'REPATRIATION', 'UNKNOWN'],
  testResult: [
    'INCONCLUSIVE',
    'NEGATIVE',
    'POSITIVE',
    'NOT_PERFORMED',
    'INVALID',
    'UNKNOWN',
    'WEAK_POSITIVE',
  ],
  outcome: ['HEALTHY', 'RECOVERED', 'NOT_RECOVERED', 'DEATH', 'UNKNOWN', 'OTHER'],
  relationship: [
    'SIBLING',
    'SPOUSE',
    'GRAND_PARENT',
    'FRIEND',
    'WORK_COLLEAGUE',
    'TRAVELED_TOGETHER',
    'NO_RELATIONSHIP',
  ],
} as const;

export const PERSON_TYPE = 'MCPQUTHX1Ze';
export const RELATIONSHIP_TYPE = 'ipjUWSTPKFt';

/** Attributes; the first four belong to the person, in any program. */
export const ATTRIBUTES: readonly Field[] = [
  ['sB1IHYu2xQT', 'FIRST_NAME', 'text'],
  ['he05i8FUwu3', 'PATINFO_ID', 'text'],
  ['oindugucx72', 'PATINFO_SEX', 'sex'],
  ['ENRjVGxVL6l', 'SURNAME', 'text'],
  ['Rv8WM2mTuS5', 'PATINFO_AGEONSET', 'wholeNumber'],
  ['NI0QRzJvQ0k', 'PATINFO_AGEONSETUNIT', 'date'],
  ['hBcoBCZBWFb', 'COUNTRY_OF_RESIDENCE', 'country'],
  ['Xhdn49gUd52', 'PATINFO_RESADMIN0', 'text'],
  ['fctSQp5nAYl', 'PHONE_LOCAL', 'phone'],
  ['HAZ7VQ730yn', 'SYSTEM_GENERATED_ID', 'text'],
  ['tCQ0Q70ao2m', 'SYSTEM_GENERATED_CONTACT_ID', 'text'],
  ['D2iLWah1gdG', 'HFAC_NO', 'text'],
  ['fik9qo8iHeo', 'FIRST_NAME_PARENT', 'text'],
  ['nJsmdQXRoze', 'SURNAME_PARENT', 'text'],
  ['ooK7aSiAaGq', 'INSTITUTION_ADDRESS', 'text'],
];

const SYMPTOMS: readonly Field[] = [
  ['JGnHr6WI3AY', 'PATCOURSE_ASYMP', 'yesNo'],
  ['EWZcuvPOrJF', 'SIGNSYMP_FEVER', 'yesNo'],
  ['Yh5KOJj8l7p', 'SIGNSYMP_COUGH', 'yesNo'],
  ['fyzp8BpsPMl', 'SIGNSYMP_SHORTNESS_BREATH', 'yesNo'],
  // Free text here, as in a country that imported its old lists: not every value is a day.
  ['s3eoonJ8OJb', 'PATCOURSE_DATEONSET', 'text'],
];

/** What contacts are asked in addition. */
const CONTACT_SYMPTOMS: readonly Field[] = [
  ...SYMPTOMS,
  ['IrFWIj5ks2p', 'SIGNSYMP_DIARRHEA', 'yesNo'],
  ['FtUNwm4jop7', 'SIGNSYMP_FATIGUE', 'yesNo'],
  ['iUEwXfg9CgD', 'SIGNSYMP_HEADACHE', 'yesNo'],
  ['HahhmzRvwu8', 'SIGNSYMP_JOINT_PAIN', 'yesNo'],
  ['r9RNlMboD8b', 'SIGNSYMP_RUNNY_NOSE', 'yesNo'],
  ['SeKu9WMNh16', 'SIGNSYMP_SKIN_RASH', 'yesNo'],
  ['T0ehgpsDrui', 'SIGNSYMP_SORE_THROAT', 'yesNo'],
  ['YirYKgXDYwm', 'SIGNSYMP_VOMIT', 'yesNo'],
];

const SPECIMEN: readonly Field[] = [
  ['kL7PTi4lRSl', 'SPX_SPECIMEN_TYPE', 'specimen'],
  ['D0RBm3alWd9', 'SPX_TEST_TYPE', 'test'],
];

/** Program stages, in the order of their programs. */
export const STAGES = {
  clinical: {
    id: 'LpWNjNGvCO5',
    program: 'cases',
    repeatable: false,
    fields: [
      ...SYMPTOMS,
      // Assigned by a rule when the event is completed.
      ['PFXeJV8d7ja', 'CASE_DATE', 'date'],
      ['Bt9xOiBUuDW', 'COMCOND_PREG', 'yesNo'],
      ['HM8BPaL8Bbj', 'COMCOND_PREGT', 'trimester'],
      ['coUb4QcuVKI', 'COMCOND_DIABETES', 'yesNo'],
      ['EoOuEHmkoBv', 'PATINFO_OCCUHCW', 'yesNo'],
      ['CUbZcLm9LyN', 'PATCOURSE_ADMIT', 'yesNo'],
      ['wvSTTknCxfK', 'PATCOURSE_PRESHCF', 'date'],
      ['arPkmfgnHgW', 'HOSPITAL_NAME', 'orgUnit'],
      ['XlNVazI32rG', 'PATCOURSE_ISO', 'yesNo'],
      ['GoF3NCp03q1', 'PATCOURSE_DATEISO', 'date'],
      ['p8htbyJHydl', 'PATCOURSE_ICU', 'yesNo'],
      ['fL5NtssTKPq', 'TYPE_VACCINE', 'vaccine'],
      ['lK4SC5l7VR6', 'VACCINE_DOSES', 'doses'],
      ['BH5SRLl5PfH', 'FEVER_TEMPERATURE', 'text'],
      ['TR4Yv88i1hy', 'PREGNANCY_GESTATION', 'text'],
      ['jYMvZlnhfVd', 'COMCOND_PARTUM', 'text'],
      ['sJeIFfhX8BE', 'COMCOND_PRESENT', 'text'],
      ['IGQdwCEWqxs', 'COMCOND_CARDI', 'text'],
      ['UmXYz5bN9is', 'COMCOND_IMMUNO', 'text'],
      ['j6LrBVzW3k4', 'COMCOND_LIVER', 'text'],
      ['SBRCbEvwCjZ', 'COMCOND_RENAL', 'text'],
      ['TMwKRNAYuYB', 'COMCOND_LUNG', 'text'],
      ['IliCwhlgfJq', 'COMCOND_MALIG', 'text'],
      ['hcHUkwpjcDc', 'COMCOND_NEURO', 'text'],
      ['uNNfUKaj0gY', 'COMCOND_OTHER', 'text'],
      ['ydGFd0reFgT', 'HOSPITAL_RECNO', 'text'],
      ['BGIl7Un4Far', 'PATCOURSE_VENT', 'text'],
      ['YyrtNZL59vO', 'PATCOURSE_ECMO', 'text'],
      ['Uk324Xilsie', 'PATINFO_OCCUHCW_CITY', 'text'],
      ['OVp375JPJvW', 'PATINFO_OCCUHCW_COUNTRY', 'text'],
      ['cdqK3q8WDQI', 'PATINFO_OCCUHCW_NAME', 'text'],
      ['TzqawmlPkI5', 'EXPO_TRAVEL', 'text'],
      ['oomj0HzoQB5', 'EXPO_TRAVEL_COUNTRY1', 'text'],
      ['oPEL0yUsFJ6', 'EXPO_TRAVEL_COUNTRY2', 'text'],
      ['mW7DtDdQBv3', 'EXPO_TRAVEL_COUNTRY3', 'text'],
      ['tZENxWWbaw3', 'EXPO_CASE_LOCATION', 'text'],
      ['Q0hRqoax9c9', 'EXPO_VISIT_HEALTHCARE', 'text'],
      ['bNRUpHexcSf', 'EXPO_CONTACT_CASE', 'text'],
      ['PpMq8T5hNXy', 'EXPO_ID1', 'text'],
      ['f7hWVw8d8cU', 'EXPO_ID2', 'text'],
      ['JTWKiQeBrPE', 'EXPO_ID3', 'text'],
      ['IzhvQr5NNzr', 'EXPO_ID4', 'text'],
      ['RkcAjhjgqp3', 'EXPO_ID5', 'text'],
    ],
  },
  labRequest: {
    id: 'iR8O4hSLHnu',
    program: 'cases',
    repeatable: true,
    fields: [
      ...SPECIMEN,
      ['Q98LhagGLFj', 'SPX_DATE_COLLECTED', 'date'],
      ['RfWBPHo9MnC', 'SPX_DATE_SENT', 'date'],
      ['H3UJlHuglGv', 'REPORT_TEST_REASON', 'testReason'],
      ['NfVnTwRBCeK', 'REPORT_TEST_REASON_OTHER', 'text'],
    ],
  },
  labResult: {
    id: 'dDHkBd3X8Ce',
    program: 'cases',
    repeatable: true,
    fields: [
      ...SPECIMEN,
      ['ovY6E8BSdto', 'OUTCOME_LAB_RESULT', 'testResult'],
      // Free text here, like the day of onset.
      ['Cl2I1H6Y3oj', 'LAB_DATE1', 'text'],
    ],
  },
  outcome: {
    id: 'iVfs6Jyp7I8',
    program: 'cases',
    repeatable: false,
    fields: [
      ['bOYWVEBaWy6', 'OUTCOME_PATCOURSE_STATUS', 'outcome'],
      ['dDEdmn8q3P1', 'OUTCOME_DATE_OF_OUTCOME', 'date'],
      ['IdFN1KdIHO1', 'DATE_DISCHARGE', 'date'],
      ['nFNHFgtt2eG', 'OUTCOME_PATCOURSE_STATUS_OTHER', 'text'],
      ['SbXES4EPgqP', 'OUTCOME_CONTACTS_FOLLOWED', 'text'],
    ],
  },
  followUp: {
    id: 'sAV9jAajr8x',
    program: 'contacts',
    repeatable: true,
    fields: [
      ...CONTACT_SYMPTOMS,
      ['eoNKIKEThg9', 'OUTCOME_CONTACTS_FOLLOWED_UNKNOWN', 'yesNo'],
      ['MTfb6fQM19m', 'CONTACT_DATE_OF_FIRST_CONTACT', 'date'],
      ['guigSJl89Gc', 'CONTACT_DATE_OF_LAST_CONTACT', 'date'],
      ['sePUGmunxd9', 'CONTACT_RELATIONSHIP_WITH_CASE', 'relationship'],
      ['e9ME9cqEGs4', 'CONTACT_EXPOSURED_TO_CONFIRMED_CASES', 'yesNo'],
      ['faqBMrWUluk', 'CONTACT_TYPE_OF_CONTACT', 'text'],
      ['jGh3SzagmVu', 'CONTACT_DATE_OF_CONTACT_WITH_CASE', 'date'],
      ['HATcDNsjyn7', 'CONTACT_COMMON_EXPOSURE', 'text'],
    ],
  },
  symptoms: { id: 'oWMZsYe2Fc4', program: 'contacts', repeatable: true, fields: CONTACT_SYMPTOMS },
} as const satisfies Record<
  string,
  { id: string; program: ProgramName; repeatable: boolean; fields: readonly Field[] }
>;

export type StageName = keyof typeof STAGES;

type ProgramName = 'cases' | 'contacts';

/** Both programs, with the attributes that only one of them has. */
export const PROGRAMS = {
  cases: { id: 'uYjxkTbwRNf', code: 'COVID19_CBS', foreign: 'SYSTEM_GENERATED_CONTACT_ID' },
  contacts: { id: 'DM9n1bUw8W8', code: 'COVID19_CONTACTS', foreign: 'SYSTEM_GENERATED_ID' },
} as const;

/** Ids by code. */
export const ID_OF: Readonly<Record<string, string>> = Object.fromEntries(
  [...ATTRIBUTES, ...Object.values(STAGES).flatMap(({ fields }) => fields)].map(([id, code]) => [
    code,
    id,
  ]),
);
