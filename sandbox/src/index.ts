/*
 * The sandbox as a library: both servers, and an outbreak for them.
 */
export {
  type Dhis2Options,
  type Dhis2Seed,
  Dhis2Store,
  demoMetadata,
  type RunningDhis2,
  startDhis2,
} from './dhis2/index.js';
export {
  caseListToSeed,
  type GoDataOptions,
  type GoDataSeed,
  GoDataStore,
  type RunningGoData,
  startGoData,
} from './godata/index.js';
export { generateOutbreak, type Outbreak, type OutbreakOptions } from './outbreak/index.js';
export { addTrackerProgram, generateTrackerProgram } from './tracker-program/index.js';
