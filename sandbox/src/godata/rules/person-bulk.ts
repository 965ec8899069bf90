import { ApiError, unknownRecord } from '../errors.js';
import { CONTACT, CONTACT_OF_CONTACT, type PersonKind } from '../models.js';
import type { JsonObject, Person } from '../types.js';
import { deletePerson } from './person-deletion.js';
import { createPerson, updatePerson } from './person-rules.js';
import type { PersonWrite } from './person-write.js';
import { createRelationship } from './relationship-rules.js';

/** Collects the errors of a bulk request; what succeeded stays. */
interface Partial {
  code: string;
  message: string;
}

/**
 * Updates many people of a kind, one after the other.
 *
 * @returns each with its place in the list; the key is `contact`, whatever the kind (r126, r128)
 * @throws ApiError 422 if any failed, with those that did not (r127)
 */
export function updateEach(write: PersonWrite, bodies: readonly JsonObject[]): JsonObject[] {
  const { context, kind } = write;
  const failure = {
    code: 'MULTIPLE_CONTACTS_UPDATE_PARTIAL_SUCCESS',
    message:
      'Multiple contacts update partial success. Some contact instances failed to be updated.',
  };
  return each(bodies, failure, body => {
    if (!body.id)
      throw new ApiError(422, 'Contact ID is required', { code: 'CONTACT_ID_REQUIRED' });
    const person = context.store.people.get(String(body.id));
    const isOfKind = person?.type === kind.type && person.deleted !== true;
    if (!person || !isOfKind) throw unknownRecord(kind.model, body.id);
    const { type: _type, ...contact } = updatePerson(write, person, body);
    return { contact };
  });
}

/** What is created for a person, and how the lists and the errors call it (r123, r124). */
const DEPENDANTS = {
  contact: {
    kind: CONTACT,
    label: 'contact',
    code: 'CONTACT_AND_RELATIONSHIP_REQUIRED',
    failure: {
      code: 'MULTIPLE_CONTACTS_CREATION_PARTIAL_SUCCESS',
      message:
        'Multiple contact creation partial Success. Some contact instances failed to be created.',
    },
  },
  contactOfContact: {
    kind: CONTACT_OF_CONTACT,
    label: 'contact of contact',
    code: 'CONTACT_OF_CONTACT_AND_RELATIONSHIP_REQUIRED',
    failure: {
      code: 'MULTIPLE_CONTACTS_OF_CONTACT_CREATION_PARTIAL_SUCCESS',
      message:
        'Multiple contact of contact creation partial Success. Some contact instances failed to be created.',
    },
  },
} as const;

/**
 * Creates contacts of a case or of an event, or contacts of a contact, each with its relationship.
 * If the relationship fails, the contact is deleted again (godata FACTS §2.2, r123).
 *
 * @param write of the kind of the person in the path
 * @param name of the new person in each element
 * @throws ApiError 422 for an empty list, or if any failed, with those that did not (r124)
 */
export function createDependants(
  write: PersonWrite,
  personId: string,
  name: keyof typeof DEPENDANTS,
  bodies: readonly JsonObject[],
): JsonObject[] {
  const { kind, label, code, failure } = DEPENDANTS[name];
  const bulk = { ...write, createdOn: 'BULK' };
  const required = () => {
    const message = `Both ${label} and relationship are required when creating a ${label}`;
    return new ApiError(422, message, { code });
  };
  if (bodies.length === 0) throw required();
  return each(bodies, failure, body => {
    const { relationship } = body;
    if (!body[name] || !relationship) throw required();
    const created = createPerson({ ...bulk, kind }, body[name] as JsonObject);
    const id = String(created.id);
    try {
      const link = linkOf(write.kind, { personId, id });
      const all = { ...(relationship as JsonObject), persons: [{ id: link.other }] };
      const { type: _type, ...answer } = created;
      const kindOfPath = name === 'contact' ? write.kind : kind;
      return {
        [name]: answer,
        relationship: createRelationship({ ...bulk, kind: kindOfPath }, link.path, all),
      };
    } catch (error) {
      deletePerson(write.context, write.context.store.people.get(id) as Person, write.user);
      throw error;
    }
  });
}

/** A contact is linked from the case or event, a contact of a contact from itself. */
function linkOf(kind: PersonKind, { personId, id }: { personId: string; id: string }) {
  return kind === CONTACT ? { path: id, other: personId } : { path: personId, other: id };
}

function each(
  bodies: readonly JsonObject[],
  { code, message }: Partial,
  work: (body: JsonObject) => JsonObject,
): JsonObject[] {
  const success: JsonObject[] = [];
  const failed: JsonObject[] = [];
  for (const [recordNo, body] of bodies.entries()) {
    try {
      success.push({ recordNo, ...work(body) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failed.push({ recordNo, error: error.body.error });
    }
  }
  if (failed.length === 0) return success;
  throw new ApiError(422, message, { code, details: { failed, success } });
}
