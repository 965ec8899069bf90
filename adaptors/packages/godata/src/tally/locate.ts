import { PERSON_MODELS, type PersonModel } from '../client/person-models.js';
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

/**
 * The default: people are counted at their usual place of residence, events at their address. The
 * server computes the usual place of residence from the addresses (godata FACTS §4). The addresses
 * have telephone numbers and are not read.
 */
export function defaultLocator(model: PersonModel): Locator {
  const field = PERSON_MODELS[model].locationField;
  return {
    fields: [field],
    code: person => (field === 'address' ? person.address?.locationId : person[field]),
  };
}
