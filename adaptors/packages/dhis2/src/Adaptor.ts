// The operations of this adaptor. Each is documented in the file that it comes from.

export * from '#common/operations/language-common.js';
export { aggregate } from './aggregate/operations.js';
export { Dhis2Client } from './client/client.js';
export type { RequestOptions } from './client/rest/request.js';
export { upsertDataValues } from './data-values/operations.js';
export { create } from './operations/create.js';
export { dataValueSet } from './operations/data-value-set.js';
export { destroy } from './operations/destroy.js';
export { metadata } from './operations/editor-metadata.js';
export { get } from './operations/get.js';
export * as http from './operations/http.js';
export type { TrackerImportOptions } from './operations/tracker.js';
export * as tracker from './operations/tracker.js';
export { update } from './operations/update.js';
export { upsert } from './operations/upsert.js';
export * as util from './operations/util.js';
export { fetchOptions } from './options/operations.js';
export {
  fetchOrgUnits,
  mapOrgUnits,
  parseOrgUnits,
  upsertOrgUnits,
} from './org-units/operations.js';
export type { Strategy, TrackerObject, TrackerPayload } from './tracker/import/payload.js';
export type { ImportReport } from './tracker/import/report.js';
export { personView } from './tracker/map/view/person-view.js';
export {
  fetchTrackedEntities,
  mapTrackedEntities,
  upsertTrackedEntities,
} from './tracker/operations.js';
