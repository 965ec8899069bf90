import { ApiError, internalError } from './errors.js';
import type { JsonObject } from './types.js';

/**
 * Creates the elements of a list, one after the other. A list is not one write: good elements stay,
 * and one bad element makes the answer a 500 that does not name it (r093, r237, r238).
 *
 * @throws ApiError 500 if any element failed
 */
export function createEach<T>(bodies: readonly JsonObject[], create: (body: JsonObject) => T): T[] {
  const created: T[] = [];
  for (const body of bodies) {
    try {
      created.push(create(body));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
  if (created.length < bodies.length) throw internalError();
  return created;
}
