// The operations of this adaptor, by subject. Each operation has its documentation in its own file.

// Every job: OpenFn's common operations

export { http, util } from '@openfn/language-common';
export * from '#common/operations/language-common.js';

// Workflow steps: counts of people, follow-ups and lab results

export {
  ageBand,
  answer,
  classification,
  followUpStatus,
  inDateRange,
  ofPerson,
  outcome,
  referenceData,
  sex,
} from './tally/dimensions.js';
export { tally } from './tally/operations.js';

// Workflow steps: cases and contacts, with relationships and lab results

export * from '#common/people-mapping/index.js';
export { personView } from './people/map/view/person-view.js';
export { fetchPeople, mapCases, mapPeople, upsertCases } from './people/operations.js';

// Workflow steps: locations

export { adminLevel } from './locations/map/admin-level.js';
export {
  fetchLocations,
  locationsToFile,
  mapLocations,
  undoLocations,
  upsertLocations,
} from './locations/operations.js';

// Workflow steps: reference data

export { mapReferenceData, upsertReferenceItems } from './reference-data/operations.js';

// Records of one outbreak, as in the published adaptor

export { getCase, listCases, upsertCase } from './operations/cases.js';
export { getCluster, listClusters, upsertCluster } from './operations/clusters.js';
export { getContact, listContacts, upsertContact } from './operations/contacts.js';
export {
  getContactOfContact,
  listContactsOfContacts,
  upsertContactOfContact,
} from './operations/contacts-of-contacts.js';
export { getEvent, listEvents, upsertEvent } from './operations/events.js';
export {
  listFollowUps,
  listLabResults,
  listRelationships,
  upsertFollowUp,
  upsertLabResult,
  upsertRelationship,
} from './operations/people-related.js';
export { bulkUpdate, exportRecords, importFile } from './operations/transfer.js';

// Outbreaks, and the records that all outbreaks share

export {
  getOwnAccount,
  getUser,
  listLanguages,
  listLanguageTokens,
  listUsers,
  setActiveOutbreak,
} from './operations/accounts.js';
export { getLocation, listLocations, upsertLocation } from './operations/locations.js';
export { getOutbreak, listOutbreaks, upsertOutbreak } from './operations/outbreaks.js';
export {
  getReferenceData,
  listReferenceData,
  upsertReferenceData,
} from './operations/reference-data.js';
export { getTeam, listTeams, upsertTeam } from './operations/teams.js';

// Any other request

export { axios } from './operations/axios/axios.js';
export { request } from './operations/request.js';

// The client behind the operations, for programs that are not jobs

export type { ClientOptions } from './client/client.js';
export { GoDataClient } from './client/client.js';
export type { GoDataConfiguration } from './client/configuration.js';
export type { Filter, Where } from './client/query/filter.js';
export type { RecordQuery } from './client/query/record-query.js';
export type { OutbreakRecords, PersonRelated } from './client/records/outbreak-records.js';
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
export type { Axios, AxiosResponse } from './operations/axios/axios.js';
export type { AxiosConfig } from './operations/axios/config.js';
