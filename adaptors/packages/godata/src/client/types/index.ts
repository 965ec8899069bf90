export type { ExportLog, ImportLog, ImportResult } from './logs.js';
export type {
  ClusterRecord,
  FollowUpRecord,
  LabResultRecord,
  RelationshipRecord,
} from './outbreak-records.js';
export type {
  Address,
  Age,
  DateRange,
  FollowUpWindow,
  GeoPoint,
  IdentityDocument,
  QuestionnaireAnswers,
  Vaccine,
} from './parts.js';
export type { CaseRecord, ContactOfContactRecord, ContactRecord, EventRecord } from './people.js';
export type {
  LanguageRecord,
  LanguageToken,
  LocationRecord,
  OutbreakRecord,
  Question,
  ReferenceDataRecord,
  TeamRecord,
  UserRecord,
} from './server-records.js';
export type { Draft, Stored } from './stored.js';
