import { PERSON_MODELS, type PersonModel } from '../client/person-models.js';
import type { PersonRecord } from '../client/requests/people.js';

/** Where a record is counted: a location id, and the properties that tell it. */
export interface Locator {
  fields: string[];
  /** Gets no context: where a record is counted does not depend on its period. */
  code: (person: PersonRecord, context?: undefined) => unknown;
}

/**
 * Where people are counted unless a job says otherwise: at their usual place of residence, events at
 * their address. The server computes the former from the addresses (godata FACTS §4), which hold
 * telephone numbers and are better not read.
 */
export function defaultLocator(model: PersonModel): Locator {
  const field = PERSON_MODELS[model].locationField;
  return {
    fields: [field],
    code: person => (field === 'address' ? person.address?.locationId : person[field]),
  };
}
