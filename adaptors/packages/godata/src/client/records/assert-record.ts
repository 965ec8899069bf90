import { type ApiRequest, isJsonObject, unexpectedAnswer } from '#common/http/index.js';
import type { Stored } from '../types/index.js';

/** Whether a body is a record of Go.Data: an object with an id. */
export function isRecord(body: unknown): body is Stored {
  return isJsonObject(body) && typeof body.id === 'string';
}

/**
 * Refuses a successful answer to a write that is not the record: nobody knows what was written.
 *
 * @throws IntegrationError `UNEXPECTED_ANSWER`
 */
export function assertRecord(
  request: Pick<ApiRequest, 'method' | 'path'>,
  body: unknown,
): asserts body is Stored {
  if (!isRecord(body)) throw unexpectedAnswer('Go.Data', request, 'a record', body);
}
