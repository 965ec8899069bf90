import type { OutbreakPerson } from '../../../../../common/src/outbreak-people-batch.js';
import type { RecordFields } from '../../../../../common/src/people-batch.js';
import { isUid } from '../../metadata.js';

const EXTERNAL_ID = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_EXTERNAL_ID';

/**
 * Ids that may be of a person's tracked entity: whoever came from DHIS2 has its id as its own and as a
 * document of type EXTERNAL_ID.
 *
 * @returns the surest first
 */
export function linksOf(id: string, documents: unknown): string[] {
  const list = Array.isArray(documents) ? (documents as RecordFields[]) : [];
  const numbers = list
    .filter(({ type, number }) => type === EXTERNAL_ID && typeof number === 'string')
    .map(({ number }) => String(number).trim())
    .filter(isUid);
  return [...new Set([...(isUid(id) ? [id] : []), ...numbers])];
}

/** The links of somebody who is only at the other end of a relationship. */
export function linksOfOther(id: string, other: { documents?: RecordFields[] }): string[] {
  return linksOf(id, other.documents);
}

/** The links of a person of the batch. */
export function linksOfPerson({ id, record }: OutbreakPerson): string[] {
  return linksOf(id, record.documents);
}
