/** How to read the value of a field; see `read-value.ts` and `read-members.ts`. */
export type FieldType =
  | 'text'
  | 'day'
  | 'flag'
  | 'orgUnit'
  | 'age'
  | 'addresses'
  | 'documents'
  | 'dateRanges'
  | 'vaccines'
  | 'answers'
  | 'sequence';

export type FieldTypes = Readonly<Record<string, FieldType>>;

/** The kinds of records that a mapping makes. */
export type RecordModel = 'case' | 'contact' | 'relationship' | 'labResult';

/** The fields that cases and contacts share. */
const PERSON: FieldTypes = {
  firstName: 'text',
  middleName: 'text',
  lastName: 'text',
  gender: 'text',
  dob: 'day',
  age: 'age',
  occupation: 'text',
  documents: 'documents',
  addresses: 'addresses',
  dateOfReporting: 'day',
  isDateOfReportingApproximate: 'flag',
  dateOfLastContact: 'day',
  riskLevel: 'text',
  riskReason: 'text',
  outcomeId: 'text',
  dateOfOutcome: 'day',
  deathLocationId: 'orgUnit',
  dateOfBurial: 'day',
  safeBurial: 'flag',
  transferRefused: 'flag',
  pregnancyStatus: 'text',
  vaccinesReceived: 'vaccines',
  wasContactOfContact: 'flag',
  followUpTeamId: 'text',
  responsibleUserId: 'text',
  questionnaireAnswers: 'answers',
};

/**
 * The fields that a mapping may give, by model (godata FACTS §4): those that the server neither
 * computes nor refuses. Go.Data stores any other name without an error. The server assigns visual
 * ids (godata FACTS §5.2).
 */
export const WRITABLE_FIELDS: Readonly<Record<RecordModel, FieldTypes>> = {
  case: {
    ...PERSON,
    classification: 'text',
    dateOfOnset: 'day',
    isDateOfOnsetApproximate: 'flag',
    dateOfInfection: 'day',
    dateBecomeCase: 'day',
    dateRanges: 'dateRanges',
    burialLocationId: 'orgUnit',
    burialPlaceName: 'text',
    investigationStatus: 'text',
    dateInvestigationCompleted: 'day',
    wasContact: 'flag',
    questionnaireAnswersContact: 'answers',
  },
  contact: {
    ...PERSON,
    dateBecomeContact: 'day',
    wasCase: 'flag',
    active: 'flag',
    questionnaireAnswersCase: 'answers',
  },
  relationship: {
    contactDate: 'day',
    contactDateEstimated: 'flag',
    dateOfFirstContact: 'day',
    certaintyLevelId: 'text',
    exposureTypeId: 'text',
    exposureFrequencyId: 'text',
    exposureDurationId: 'text',
    socialRelationshipTypeId: 'text',
    socialRelationshipDetail: 'text',
    clusterId: 'text',
    comment: 'text',
    active: 'flag',
  },
  labResult: {
    dateSampleTaken: 'day',
    dateSampleDelivered: 'day',
    dateTesting: 'day',
    dateOfResult: 'day',
    labName: 'text',
    sampleIdentifier: 'text',
    sampleType: 'text',
    testType: 'text',
    testedFor: 'text',
    result: 'text',
    quantitativeResult: 'text',
    status: 'text',
    notes: 'text',
    sequence: 'sequence',
    questionnaireAnswers: 'answers',
  },
};
