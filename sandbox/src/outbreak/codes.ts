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

/** The reference data that the records use, by category; the last classifications are custom. */
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
  PERSON_DATE_TYPE: ['HOSPITALIZATION', 'ISOLATION'],
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
