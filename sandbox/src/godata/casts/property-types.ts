/** How the server's models declare a property (godata FACTS §4): a scalar, an object, or a list of either. */
export type PropertyType =
  | 'text'
  | 'number'
  | 'date'
  | 'flag'
  | { readonly object: PropertyTypes; readonly defaults?: Readonly<Record<string, unknown>> }
  | { readonly listOf: PropertyType };

export type PropertyTypes = Readonly<Record<string, PropertyType>>;

/** Properties of one type, by their names with blanks between. */
function all(type: PropertyType, names: string): PropertyTypes {
  return Object.fromEntries(names.split(' ').map(name => [name, type]));
}

const ADDRESS: PropertyType = {
  object: {
    ...all(
      'text',
      'typeId country city addressLine1 postalCode locationId phoneNumber emailAddress',
    ),
    geoLocationAccurate: 'flag',
    date: 'date',
  },
};

const PERSON: PropertyTypes = {
  ...all('text', 'id visualId deathLocationId followUpTeamId pregnancyStatus responsibleUserId'),
  ...all('date', 'dateOfReporting dateOfLastContact'),
  isDateOfReportingApproximate: 'flag',
  vaccinesReceived: { listOf: { object: { vaccine: 'text', date: 'date', status: 'text' } } },
};

const HUMAN: PropertyTypes = {
  ...PERSON,
  ...all('text', 'firstName middleName lastName gender occupation riskLevel riskReason outcomeId'),
  ...all('date', 'dob dateOfOutcome dateOfBurial'),
  ...all('flag', 'transferRefused safeBurial wasCase wasContact wasContactOfContact active'),
  age: { object: { years: 'number', months: 'number' } },
  documents: { listOf: { object: { type: 'text', number: 'text' } } },
  addresses: { listOf: ADDRESS },
};

const EXPOSED: PropertyTypes = {
  ...HUMAN,
  ...all('date', 'dateBecomeContact dateBecomeContactOfContact'),
  followUp: {
    object: {
      ...all('date', 'originalStartDate startDate endDate'),
      ...all('flag', 'generateFollowUpsDateOfLastContact generateFollowUpsDateOfOnset'),
      status: 'text',
    },
  },
};

/** The properties of the models that clients write, except those that accept anything. */
export const PROPERTY_TYPES = {
  case: {
    ...HUMAN,
    ...all('text', 'classification investigationStatus burialPlaceName burialLocationId'),
    ...all('date', 'dateOfInfection dateOfOnset dateBecomeCase dateInvestigationCompleted'),
    isDateOfOnsetApproximate: 'flag',
    dateRanges: {
      listOf: {
        object: {
          ...all('date', 'startDate endDate'),
          ...all('text', 'typeId centerName locationId comments'),
        },
      },
    },
  },
  contact: EXPOSED,
  contactOfContact: EXPOSED,
  event: {
    ...PERSON,
    ...all('text', 'name description eventCategory'),
    ...all('date', 'date endDate'),
    dateApproximate: 'flag',
    address: ADDRESS,
  },
  relationship: {
    ...all('date', 'contactDate dateOfFirstContact'),
    ...all('flag', 'contactDateEstimated active'),
    ...all('text', 'certaintyLevelId exposureTypeId exposureFrequencyId exposureDurationId'),
    ...all('text', 'socialRelationshipTypeId socialRelationshipDetail clusterId comment'),
  },
  labResult: {
    ...all('date', 'dateSampleTaken dateSampleDelivered dateTesting dateOfResult'),
    ...all('text', 'labName sampleIdentifier sampleType testType result quantitativeResult notes'),
    ...all('text', 'status testedFor personType'),
    sequence: {
      object: {
        hasSequence: 'flag',
        ...all('text', 'noSequenceReason labId resultId'),
        ...all('date', 'dateSampleSent dateResult'),
      },
    },
  },
  followUp: {
    ...all('text', 'statusId teamId comment responsibleUserId createdAs'),
    date: 'date',
    index: 'number',
    targeted: 'flag',
    address: ADDRESS,
  },
  location: {
    ...all('text', 'name parentLocationId geographicalLevelId'),
    active: 'flag',
    populationDensity: 'number',
    synonyms: { listOf: 'text' },
    identifiers: { listOf: { object: { code: 'text', description: 'text' } } },
  },
  outbreak: {
    ...all('text', 'name description disease intervalOfFollowUp reportingGeographicalLevelId'),
    ...all('text', 'eventIdMask caseIdMask contactIdMask contactOfContactIdMask'),
    ...all('date', 'startDate endDate'),
    ...all('number', 'longPeriodsBetweenCaseOnset periodOfFollowup frequencyOfFollowUp'),
    ...all('number', 'frequencyOfFollowUpPerDay noDaysAmongContacts noDaysInChains noDaysNotSeen'),
    ...all('number', 'noLessContacts noDaysNewContacts periodOfFollowupCases'),
    ...all('flag', 'isContactLabResultsActive isContactsOfContactsActive allowCasesFollowUp'),
    ...all('flag', 'applyGeographicRestrictions generateFollowUpsOverwriteExisting'),
    locationIds: { listOf: 'text' },
    countries: { listOf: { object: { id: 'text' } } },
  },
  cluster: all('text', 'name description icon colorCode'),
  referenceData: {
    ...all('text', 'categoryId value description iconId code colorCode'),
    ...all('flag', 'active isSystemWide'),
    order: 'number',
  },
} satisfies Record<string, PropertyTypes>;

export type CastModel = keyof typeof PROPERTY_TYPES;
