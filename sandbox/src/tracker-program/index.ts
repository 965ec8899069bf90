export { PEOPLE_WITH_ALL_DIRT } from './dirt.js';
export type { TrackerProgram } from './generate-tracker-program.js';
export { addTrackerProgram, generateTrackerProgram } from './generate-tracker-program.js';
