// The operations of this adaptor, each with its documentation where it is written.

export { http, util } from '@openfn/language-common';
export * from '#common/operations/language-common.js';
export type { ClientOptions } from './client/client.js';
export { GoDataClient } from './client/client.js';
export type { GoDataConfiguration } from './client/configuration.js';
export type { Filter, Where } from './client/filter.js';
export type { OutbreakRecords, PersonRelated } from './client/records/outbreak-records.js';
export type { RecordQuery } from './client/records/record-query.js';
export type { RecordReader } from './client/records/record-reader.js';
export type { Records } from './client/records/records.js';
export type { ServerRecords } from './client/records/server-records.js';
export type {
  CaseRecord,
  ClusterRecord,
  ContactOfContactRecord,
  ContactRecord,
  Draft,
  EventRecord,
  ExportLog,
  FollowUpRecord,
  ImportLog,
  ImportResult,
  LabResultRecord,
  LanguageRecord,
  LanguageToken,
  LocationRecord,
  OutbreakRecord,
  ReferenceDataRecord,
  RelationshipRecord,
  Stored,
  TeamRecord,
  UserRecord,
} from './client/types/index.js';
export { adminLevel } from './locations/map/admin-level.js';
export {
  fetchLocations,
  locationsToFile,
  mapLocations,
  upsertLocations,
} from './locations/operations.js';
export {
  getOwnAccount,
  getUser,
  listLanguages,
  listLanguageTokens,
  listUsers,
  setActiveOutbreak,
} from './operations/accounts.js';
export { getCase, listCases, upsertCase } from './operations/cases.js';
export { getCluster, listClusters, upsertCluster } from './operations/clusters.js';
export { getContact, listContacts, upsertContact } from './operations/contacts.js';
export {
  getContactOfContact,
  listContactsOfContacts,
  upsertContactOfContact,
} from './operations/contacts-of-contacts.js';
export { getEvent, listEvents, upsertEvent } from './operations/events.js';
export { getLocation, listLocations, upsertLocation } from './operations/locations.js';
export { getOutbreak, listOutbreaks, upsertOutbreak } from './operations/outbreaks.js';
export {
  listFollowUps,
  listLabResults,
  listRelationships,
  upsertFollowUp,
  upsertLabResult,
  upsertRelationship,
} from './operations/people-related.js';
export {
  getReferenceData,
  listReferenceData,
  upsertReferenceData,
} from './operations/reference-data.js';
export { request } from './operations/request.js';
export { getTeam, listTeams, upsertTeam } from './operations/teams.js';
export { bulkUpdate, exportRecords, importFile } from './operations/transfer.js';
export { personView } from './people/map/view/person-view.js';
export { fetchPeople, mapCases, upsertCases } from './people/operations.js';
export { mapReferenceData, upsertReferenceItems } from './reference-data/operations.js';
export {
  ageBand,
  answer,
  classification,
  inDateRange,
  outcome,
  referenceData,
  sex,
} from './tally/dimensions.js';
export { tally } from './tally/operations.js';
