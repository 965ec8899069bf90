import { ApiError, unknownRecord } from '../errors.js';
import { CONTACT_OF_CONTACT, kindOf } from '../models.js';
import type { JsonObject, Person, Relationship } from '../types.js';
import { assertNotDiscarded } from './participants.js';
import type { PersonWrite } from './person-write.js';
import { createRelationship } from './relationship-rules.js';

type Write = Omit<PersonWrite, 'kind'>;

/**
 * Creates a relationship with the same fields between each source and each target (r125).
 *
 * @throws ApiError 422 if any failed; the others are created
 */
export function linkAll(write: Write, { sources, targets, relationship }: JsonObject) {
  const created: Relationship[] = [];
  const failed: JsonObject[] = [];
  for (const sourceId of list(sources)) {
    for (const targetId of list(targets)) {
      try {
        created.push(link(write, sourceId, targetId, (relationship ?? {}) as JsonObject));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        failed.push({ sourceId, targetId, error: error.body.error });
      }
    }
  }
  if (failed.length === 0) return created;
  const message = `At least one relationship failed to be created. Successfully created: ${created.length}. Failed to create: ${failed.length}`;
  const details = {
    created: { count: created.length, relationships: created },
    failed: { count: failed.length, relationships: failed },
  };
  throw new ApiError(422, message, { code: 'BULK_CREATE_RELATIONSHIP_ERRORS', details });
}

function link(write: Write, sourceId: string, targetId: string, body: JsonObject): Relationship {
  const source = personIn(write, sourceId);
  const { type } = source;
  if (type === CONTACT_OF_CONTACT.type) throw invalidSource(type);
  assertNotDiscarded(source);
  const target = personIn(write, targetId);
  const all = { ...body, persons: [{ id: target.id }] };
  return createRelationship({ ...write, kind: kindOf(source), createdOn: 'BULK' }, source.id, all);
}

function personIn({ context, outbreak }: Write, id: string): Person {
  const person = context.store.people.get(id);
  if (!person || person.deleted === true || person.outbreakId !== outbreak.id) {
    throw unknownRecord('person', id);
  }
  return person;
}

function invalidSource(type: string): ApiError {
  const message = `Invalid person type \`${type}\` provided as relationship source.`;
  return new ApiError(422, message, {
    code: 'INVALID_RELATIONSHIP_SOURCE_TYPE',
    details: { type },
  });
}

function list(ids: unknown): string[] {
  return Array.isArray(ids) ? ids.map(String) : [];
}
