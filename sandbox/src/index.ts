/*
 * The sandbox as a library: both servers, and content for them.
 */
export {
  type Dhis2Options,
  type Dhis2Seed,
  Dhis2Store,
  demoMetadata,
  type RunningDhis2,
  startDhis2,
} from './dhis2/index.js';
export { type ReadExport, readExport } from './dhis2-export/index.js';
export {
  caseListToSeed,
  type GoDataCost,
  type GoDataOptions,
  type GoDataSeed,
  GoDataStore,
  ONE_WORKER,
  type RunningGoData,
  referenceSeed,
  startGoData,
} from './godata/index.js';
export {
  type RunningSandbox,
  type SandboxOptions,
  startSandbox,
} from './library/start-sandbox.js';
export { generateOutbreak, type Outbreak, type OutbreakOptions } from './outbreak/index.js';
export { generatePeople } from './people-of-programs/index.js';
export { addTrackerProgram, generateTrackerProgram } from './tracker-program/index.js';
