import type { PersonRecord } from '../client/requests/people.js';

/**
 * A function from a record to the id of the location where it is counted, and the properties that
 * the function reads.
 */
export interface Locator {
  fields: string[];
  /** Gets no context: the location of a record does not depend on its period. */
  code: (person: PersonRecord, context?: undefined) => unknown;
}
