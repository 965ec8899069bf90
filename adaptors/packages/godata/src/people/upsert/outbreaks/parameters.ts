import { configurationError } from '#common/reporting/errors.js';
import type { OutbreakParameters } from '../options.js';
import { checkParameter } from './check-parameter.js';

/**
 * The fields that Go.Data requires of an outbreak (godata FACTS §4), with the defaults of its user
 * interface.
 */
const DEFAULTS = {
  disease: null,
  countries: [],
  longPeriodsBetweenCaseOnset: 20,
  periodOfFollowup: 14,
  frequencyOfFollowUp: 1,
  frequencyOfFollowUpPerDay: 1,
  noDaysAmongContacts: 14,
  noDaysInChains: 14,
  noDaysNotSeen: 14,
  noLessContacts: 5,
  noDaysNewContacts: 1,
  caseIdMask: 'CASE-9999999',
  contactIdMask: 'CONTACT-9999999',
  contactOfContactIdMask: 'COC-9999999',
  eventIdMask: 'EVENT-9999999',
};

/** All fields that a job may set. Go.Data would store a mistyped name without an error. */
const KNOWN = new Set([
  ...Object.keys(DEFAULTS),
  'description',
  'startDate',
  'endDate',
  'reportingGeographicalLevelId',
  'isContactLabResultsActive',
  'isContactsOfContactsActive',
  'applyGeographicRestrictions',
  'checkLastContactDateAgainstDateOnSet',
  'allowCasesFollowUp',
  'periodOfFollowupCases',
  'frequencyOfFollowUpCases',
  'frequencyOfFollowUpPerDayCases',
  'intervalOfFollowUp',
  'generateFollowUpsOverwriteExisting',
  'generateFollowUpsKeepTeamAssignment',
  'generateFollowUpsTeamAssignmentAlgorithm',
  'generateFollowUpsDateOfLastContact',
  'generateFollowUpsWhenCreatingContacts',
  'fieldsToDisplayNode',
  'caseInvestigationTemplate',
  'contactInvestigationTemplate',
  'caseFollowUpTemplate',
  'contactFollowUpTemplate',
  'labResultsTemplate',
]);

/**
 * The body of a new outbreak: the job's fields, and defaults for the other required fields.
 *
 * @param startDate `yyyy-MM-dd`, used unless the job sets one
 * @throws IntegrationError `BAD_OPTION` (configuration) for a field that outbreaks do not have, or
 * a value that Go.Data would convert
 */
export function toNewOutbreak(
  name: string,
  locationIds: readonly string[],
  startDate: string,
  given: OutbreakParameters = {},
): Record<string, unknown> {
  const unknown = Object.keys(given).filter(key => !KNOWN.has(key));
  if (unknown.length > 0) {
    throw configurationError(
      'BAD_OPTION',
      `outbreak.parameters: ${unknown.join(', ')} ${unknown.length === 1 ? 'is' : 'are'} not known.`,
      { fix: `Use one of: ${[...KNOWN].join(', ')}.` },
    );
  }
  for (const [key, value] of Object.entries(given)) checkParameter(key, value);
  const { countries = [], ...rest } = given as { countries?: unknown[] };
  return {
    ...DEFAULTS,
    startDate,
    ...rest,
    // A country is an object with an id (recording r028).
    countries: countries.map(country => (typeof country === 'string' ? { id: country } : country)),
    name,
    locationIds: [...locationIds],
  };
}
