/** The paths of Go.Data's four kinds of people. Go.Data treats events as people (FACTS §2.2). */
export type PersonModel = 'cases' | 'contacts' | 'contacts-of-contacts' | 'events';

/** The differences between the kinds of people (godata FACTS §4). */
export const PERSON_MODELS: Record<PersonModel, PersonModelTraits> = {
  cases: {
    listPermission: 'case_list',
    maskField: 'caseIdMask',
    locationField: 'usualPlaceOfResidenceLocationId',
    dateFields: [
      'dateOfReporting',
      'dateOfOnset',
      'dateOfOutcome',
      'dateBecomeCase',
      'dateOfInfection',
      'dateOfLastContact',
      'dateOfBurial',
      'dateInvestigationCompleted',
      'createdAt',
    ],
  },
  contacts: {
    listPermission: 'contact_list',
    maskField: 'contactIdMask',
    locationField: 'usualPlaceOfResidenceLocationId',
    dateFields: [
      'dateOfReporting',
      'dateBecomeContact',
      'dateOfLastContact',
      'dateOfOutcome',
      'dateOfBurial',
      'createdAt',
    ],
  },
  'contacts-of-contacts': {
    listPermission: 'contact_of_contact_list',
    maskField: 'contactOfContactIdMask',
    locationField: 'usualPlaceOfResidenceLocationId',
    dateFields: [
      'dateOfReporting',
      'dateBecomeContactOfContact',
      'dateOfLastContact',
      'dateOfOutcome',
      'dateOfBurial',
      'createdAt',
    ],
  },
  events: {
    listPermission: 'event_list',
    maskField: 'eventIdMask',
    locationField: 'address',
    dateFields: ['dateOfReporting', 'date', 'endDate', 'createdAt'],
  },
};

/** The properties of a kind of people; see {@link PERSON_MODELS}. */
export interface PersonModelTraits {
  /** Permission to list. Without it the server lists bare ids. */
  listPermission: string;
  /** Property of the outbreak with the mask of visual ids. */
  maskField: 'caseIdMask' | 'contactIdMask' | 'contactOfContactIdMask' | 'eventIdMask';
  /** Property with the location where a record is counted. */
  locationField: string;
  /** Dates by which a record can be counted. The first is the default. */
  dateFields: string[];
}
