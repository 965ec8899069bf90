import type { GoDataContext } from '../context.js';
import { ApiError, unknownRecord } from '../errors.js';
import { CASE, CONTACT, CONTACT_OF_CONTACT, EVENT } from '../models.js';
import type { JsonObject, Participant, Person } from '../types.js';

const DISCARDED = 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_NOT_A_CASE_DISCARDED';

/**
 * The two people of a relationship, the other one first, and who exposed whom: what the client says
 * about that is ignored (godata FACTS §2.3, r106, r114, r131, r134).
 *
 * @param person in whose path the request is
 * @param persons as sent; only the id of the first one counts
 * @throws ApiError 422 for a person with itself (r109) or a discarded case, 404 for an unknown
 * person (r111)
 */
export function participantsOf(
  context: GoDataContext,
  person: Person,
  persons: readonly JsonObject[],
): Participant[] {
  const { id } = persons[0] ?? {};
  if (id === undefined) throw invalid('"persons[0]" must contain "id"');
  if (id === person.id) throw invalid('You cannot link a person to itself');
  const other = context.store.people.get(String(id));
  if (!other || other.deleted === true) throw unknownRecord('person', id);
  assertNotDiscarded(other);
  const [source, target] = [{ source: true }, { target: true }];
  const otherIsSource = isExposedTo(person, other);
  return [
    { id: other.id, type: other.type, ...(otherIsSource ? source : target) },
    { id: person.id, type: person.type, ...(otherIsSource ? target : source) },
  ];
}

/** @throws ApiError 422 for a discarded case (godata FACTS §2.3) */
export function assertNotDiscarded(person: Person): void {
  if (!isDiscarded(person)) return;
  const message = `Cannot create/modify relationships with discarded cases (case id: \`${person.id}\` )`;
  const details = { id: person.id };
  throw new ApiError(422, message, { code: 'INVALID_RELATIONSHIP_WITH_DISCARDED_CASE', details });
}

export function isDiscarded(person: Person | undefined): boolean {
  return person?.type === CASE.type && person.classification === DISCARDED;
}

/**
 * Contacts of contacts are exposed to everybody; contacts to everybody except the person that they
 * are added to.
 */
function isExposedTo(person: Person, other: Person): boolean {
  if (other.type === CONTACT_OF_CONTACT.type) return false;
  if (person.type === CONTACT_OF_CONTACT.type) return true;
  if (person.type === CASE.type || person.type === EVENT.type) return false;
  return other.type !== CONTACT.type;
}

function invalid(details: string): ApiError {
  const message = `The \`relationship\` instance is not valid. Details: ${details}`;
  return new ApiError(422, message, {
    code: 'VALIDATION_ERROR',
    details: { model: 'relationship', details },
  });
}
