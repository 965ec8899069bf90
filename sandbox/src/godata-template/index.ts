export { addLabels, readLabels } from './labels.js';
export { readTemplate } from './read-template.js';
export { mergeReferenceData, readReferenceData, useOwnCodes } from './reference-data.js';
export { toForm } from './to-form.js';
