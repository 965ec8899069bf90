/** How the value of a field is read. */
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

/** Flags of which Go.Data's `false` is a statement. The others are false from the start. */
const STATED: ReadonlySet<string> = new Set(['active', 'targeted']);

/** Whether a field has what Go.Data gives a flag that nobody has set (godata FACTS §4). */
export function isUnset(field: string, value: unknown): boolean {
  return value === false && !STATED.has(field);
}

export type FieldTypes = Readonly<Record<string, FieldType>>;

/** The kinds of records that a mapping makes. */
export type RecordModel = 'case' | 'contact' | 'relationship' | 'labResult';

/** The fields that cases and contacts share. */
const PERSON = {
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
} as const satisfies FieldTypes;

const MODELS = {
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
} as const satisfies Record<RecordModel, FieldTypes>;

/** The members of the usual place of residence. */
const ADDRESS = {
  locationId: 'orgUnit',
  addressLine1: 'text',
  city: 'text',
  postalCode: 'text',
  country: 'text',
  phoneNumber: 'text',
  emailAddress: 'text',
  date: 'day',
} as const satisfies FieldTypes;

/** The fields of follow-ups, which only Go.Data creates. */
const FOLLOW_UP = {
  date: 'day',
  statusId: 'text',
  index: 'text',
  targeted: 'flag',
  teamId: 'text',
  comment: 'text',
} as const satisfies FieldTypes;

/** A field of a kind of records, as rows of a mapping name it. */
export type FieldOf<Model extends RecordModel> =
  | Exclude<keyof (typeof MODELS)[Model], 'addresses'>
  | (Model extends 'case' | 'contact'
      ? `addresses.${keyof typeof ADDRESS}` | `documents.${string}`
      : never);
export type CaseField = FieldOf<'case'>;
export type ContactField = FieldOf<'contact'>;
export type RelationshipField = FieldOf<'relationship'>;
export type LabResultField = FieldOf<'labResult'>;
export type FollowUpField = keyof typeof FOLLOW_UP | 'questionnaireAnswers';
/** A field of any kind of records, as rows name it. */
export type AnyField =
  | CaseField
  | ContactField
  | RelationshipField
  | LabResultField
  | FollowUpField;

/** A property of any kind of records that a mapping makes. */
export type FieldName = {
  [Model in RecordModel]: keyof (typeof MODELS)[Model];
}[RecordModel];

/**
 * The fields that a mapping may give, by model (godata FACTS §4): those that the server neither
 * computes nor refuses. Go.Data stores any other name without an error. The server assigns visual
 * ids (godata FACTS §5.2).
 */
export const WRITABLE_FIELDS: Readonly<Record<RecordModel, FieldTypes>> = MODELS;

/** The fields that a row may name, with their types. */
export function fieldsOfRows(kind: RecordModel | 'followUp'): FieldTypes {
  if (kind === 'followUp') return { ...FOLLOW_UP, questionnaireAnswers: 'answers' };
  const { addresses, ...fields } = WRITABLE_FIELDS[kind] as Record<string, FieldType>;
  if (addresses === undefined) return fields;
  const members = Object.entries(ADDRESS).map(([name, type]) => [`addresses.${name}`, type]);
  return { ...fields, ...Object.fromEntries(members) };
}
