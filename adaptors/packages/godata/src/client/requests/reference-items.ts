import type { ApiAnswer } from '#common/http/index.js';
import type { Session } from '../session/session.js';
import type { Draft, ReferenceDataRecord } from '../types/index.js';

/** Creates an item of reference data. */
export function createReferenceItem(
  session: Session,
  data: Draft<ReferenceDataRecord>,
): Promise<ApiAnswer> {
  // The server computes the id from the label, so it refuses a second copy (FACTS §2.7).
  return session.ask({
    method: 'POST',
    path: '/reference-data',
    body: data,
    idempotent: true,
  });
}

/** Changes some fields of an item of reference data. */
export function updateReferenceItem(
  session: Session,
  id: string,
  changes: Draft<ReferenceDataRecord>,
): Promise<ApiAnswer> {
  return session.ask({
    method: 'PUT',
    path: '/reference-data/{id}',
    params: { id },
    body: changes,
    idempotent: true,
  });
}
