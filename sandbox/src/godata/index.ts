export { caseListToSeed, DEFAULT_USER } from './case-list.js';
export { type GoDataCost, ONE_WORKER } from './cost.js';
export { CASE, CONTACT, CONTACT_OF_CONTACT, EVENT } from './models.js';
export { referenceSeed } from './reference-seed.js';
export type { GoDataOptions, RunningGoData } from './start-godata.js';
export { startGoData } from './start-godata.js';
export { GoDataStore } from './store/store.js';
export type {
  GoDataRecord,
  GoDataSeed,
  JsonObject,
  OutbreakRecord,
  PeopleSource,
  Person,
  SeedUser,
} from './types.js';
