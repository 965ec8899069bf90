import type { GoDataRecord } from '../godata/index.js';
import { OUTBREAK_DEFAULTS } from '../godata/models.js';

/** The name of the sandbox's outbreak in the project's jobs. */
export const OUTBREAK_NAME = 'Demonstration outbreak';

/**
 * An outbreak as Go.Data answers it, with all required fields (godata FACTS §4).
 *
 * @param startDate `yyyy-MM-ddT00:00:00.000Z`
 */
export function toOutbreak(
  outbreak: { id: string; name: string; startDate: string } & Partial<GoDataRecord>,
): GoDataRecord {
  return {
    ...OUTBREAK_DEFAULTS,
    description: '',
    disease: 'LNG_REFERENCE_DATA_CATEGORY_DISEASE_EBOLA_VIRUS_DISEASE',
    countries: [],
    locationIds: [],
    endDate: null,
    longPeriodsBetweenCaseOnset: 20,
    periodOfFollowup: 21,
    frequencyOfFollowUpPerDay: 1,
    noDaysAmongContacts: 21,
    noDaysInChains: 21,
    noDaysNotSeen: 3,
    noLessContacts: 5,
    // Any visual id is accepted: these records have their own (godata FACTS §5.2).
    caseIdMask: '*',
    contactIdMask: '*',
    eventIdMask: '*',
    contactOfContactIdMask: '*',
    deleted: false,
    ...outbreak,
  };
}

/** The outbreak that the project's jobs for people name. Nobody is in it yet. */
export function toPeopleOutbreak(other: GoDataRecord): GoDataRecord {
  return {
    ...other,
    id: 'c0a51d19-0000-4000-8000-000000000019',
    name: 'COVID-19',
    disease: 'LNG_REFERENCE_DATA_CATEGORY_DISEASE_2019_N_CO_V',
    caseIdMask: 'CASE-9999999',
    contactIdMask: 'CONTACT-9999999',
  };
}
