const CATEGORY = 'LNG_REFERENCE_DATA_CATEGORY_';

/**
 * A reference data id as Go.Data writes it (godata FACTS §4).
 *
 * @example
 * refId('GENDER', 'MALE'); // 'LNG_REFERENCE_DATA_CATEGORY_GENDER_MALE'
 */
export function refId(category: string, value: string): string {
  return `${CATEGORY}${category}_${value}`;
}

/** Two classifications that this country has added to Go.Data's own. */
export const CUSTOM_CLASSIFICATIONS = ['CONFIRMED_ASYMPTOMATIC', 'EPI_LINKED'] as const;

/**
 * Reference data of a new server that outbreaks of this project use, by category (godata FACTS §4); the
 * last classifications are custom.
 */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  CASE_CLASSIFICATION: [
    'CONFIRMED',
    'PROBABLE',
    'SUSPECT',
    'NOT_A_CASE_DISCARDED',
    ...CUSTOM_CLASSIFICATIONS,
  ],
  GENDER: ['MALE', 'FEMALE'],
  OUTCOME: ['ALIVE', 'RECOVERED', 'DECEASED'],
  RISK_LEVEL: ['1_LOW', '2_MEDIUM', '3_HIGH'],
  OCCUPATION: ['HEALTH_CARE_WORKER', 'OTHER', 'UNKNOWN'],
  PERSON_DATE_TYPE: ['HOSPITALIZATION', 'ISOLATION', 'ICU_ADMISSION', 'OTHER'],
  ADDRESS_TYPE: ['USUAL_PLACE_OF_RESIDENCE', 'PREVIOUS_USUAL_PLACE_OF_RESIDENCE', 'OTHER'],
  DOCUMENT_TYPE: ['NATIONAL_ID_CARD', 'PASSPORT', 'EXTERNAL_ID', 'ARCHIVED_ID', 'OTHER'],
  PREGNANCY_STATUS: [
    'NONE',
    'NOT_PREGNANT',
    'YES_FIRST_TRIMESTER',
    'YES_SECOND_TRIMESTER',
    'YES_THIRD_TRIMESTER',
    'YES_TRIMESTER_UNKNOWN',
  ],
  CERTAINTY_LEVEL: ['1_LOW', '2_MEDIUM', '3_HIGH'],
  EXPOSURE_TYPE: [
    'SLEPT_ATE_OR_SPEND_TIME_IN_SAME_HOUSEHOLD',
    'DIRECT_PHYSICAL_CONTACT',
    'TOUCHED_BODY_FLUIDS',
    'ATE_DRANK_CONTAMINATED_MATERIAL',
    'SEXUAL_EXPOSURE',
    'INTRAVENOUS_EXPOSURE',
    'OTHER_PLEASE_SPECIFY_IN_COMMENT_FIELD',
  ],
  LAB_TEST_RESULT: ['POSITIVE', 'NEGATIVE', 'INCONCLUSIVE'],
  LAB_TEST_RESULT_STATUS: ['IN_PROGRESS', 'COMPLETED'],
  TYPE_OF_LAB_TEST: [
    'RT_PCR',
    'PCR',
    'ANTIGEN_DETECTED',
    'VIRUS_CULTURE',
    'IG_C_OR_IG_M',
    'WHOLE_GENOME_SEQUENCING',
    'OTHER_SPECIFY_IN_NOTES_FIELD',
  ],
  TYPE_OF_SAMPLE: [
    'BLOOD',
    'ENDOTRACHEAL_ASPIRATE',
    'NASOPHARYNGEAL_SWAB',
    'SERUM',
    'SPUTUM',
    'THROAT_SWAB',
    'URINE',
    'OTHER_SPECIFY_IN_NOTES_FIELD',
  ],
  VACCINE_STATUS: ['VACCINATED', 'NOT_VACCINATED'],
  DISEASE: ['EBOLA_VIRUS_DISEASE', 'CHOLERA', 'MEASLES', 'MPOX', '2019_N_CO_V'],
  LOCATION_GEOGRAPHICAL_LEVEL: Array.from({ length: 10 }, (_, level) => `ADMIN_LEVEL_${level}`),
};

/** The reference data records of the outbreak. */
export function createReferenceData() {
  const isCustom = new Set<string>(CUSTOM_CLASSIFICATIONS);
  return Object.entries(VALUES).flatMap(([category, values]) =>
    values.map((value, order) => ({
      id: refId(category, value),
      categoryId: `${CATEGORY}${category}`,
      value: refId(category, value),
      description: '',
      active: true,
      readOnly: false,
      isDefaultReferenceData: !isCustom.has(value),
      order: order + 1,
    })),
  );
}
