// The operations of this adaptor, by subject. Each is documented in the file that it comes from.

// Every job: OpenFn's common operations

export * from '#common/operations/language-common.js';
export * as http from './operations/http.js';
export * as util from './operations/util.js';

// Workflow steps: counts of people as data values

export { aggregate } from './aggregate/operations.js';
export { undoDataValues, upsertDataValues } from './data-values/operations.js';

// Workflow steps: people as tracked entities

export * from '#common/people-mapping/index.js';
export { personView } from './tracker/map/view/person-view.js';
export {
  fetchTrackedEntities,
  mapPeople,
  mapTrackedEntities,
  upsertTrackedEntities,
} from './tracker/operations.js';

// Workflow steps: org units

export {
  fetchOrgUnits,
  mapOrgUnits,
  parseOrgUnits,
  undoOrgUnits,
  upsertOrgUnits,
} from './org-units/operations.js';

// Workflow steps: option sets

export { fetchOptions } from './options/operations.js';

// Any resource, as in the published adaptor

export { create } from './operations/create.js';
export { dataValueSet } from './operations/data-value-set.js';
export { destroy } from './operations/destroy.js';
export { get } from './operations/get.js';
export * as tracker from './operations/tracker.js';
export { update } from './operations/update.js';
export { upsert } from './operations/upsert.js';

// Names for completion in OpenFn's editor

export { metadata } from './operations/editor-metadata.js';

// The client behind the operations, for programs that are not jobs

export type { RequestOptions } from './client/rest/request.js';
export { ValueClient as Dhis2Client } from './client/value-client.js';
export type { TrackerImportOptions } from './operations/tracker.js';
export type { Strategy, TrackerObject, TrackerPayload } from './tracker/import/payload.js';
export type { ImportReport } from './tracker/import/report.js';
