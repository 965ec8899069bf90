export { addLabels, readLabels } from './labels.js';
export { type OutbreakTemplate, readTemplate } from './read-template.js';
export { createRecords } from './records.js';
export { mergeReferenceData, readReferenceData, useOwnCodes } from './reference-data.js';
export { toForm } from './to-form.js';
