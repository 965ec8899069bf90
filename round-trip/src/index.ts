/*
 * Tests of a mapping of people, for users' own test files: whether what each row carries to the
 * other system comes back as it was.
 */
export type { Dhis2Export } from './describe-export.js';
export { readMapping } from './read-mapping.js';
export { type RoundTripOptions, type RowResult, tryRoundTrips } from './try-round-trips.js';
