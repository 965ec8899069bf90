export { CASES_WITH_ALL_DIRT } from './dirt.js';
export type { Outbreak, OutbreakOptions } from './generate-outbreak.js';
export { generateOutbreak } from './generate-outbreak.js';
export { isUid, uidOf } from './ids.js';
export type { OutbreakForm } from './outbreak-form.js';
export { OUTBREAK_NAME, toOutbreak } from './outbreak-record.js';
