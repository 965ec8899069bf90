// What both adaptors offer to write the mapping of people with.
export { codes } from './codes.js';
export { attribute, element, enrolledAt, occurredAt, orgUnit, stage } from './places.js';
export { answers, row } from './rows.js';
