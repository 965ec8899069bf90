import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { isUid } from '#common/identity/uid.js';

const EXTERNAL_ID = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_EXTERNAL_ID';

/**
 * Ids of tracked entities that Go.Data stores for a person, the most reliable first: external ids
 * among the documents, the record's own first, then the record's own id. External ids of other
 * systems usually look different; DHIS2 tells whether it knows an id.
 */
export function linksOf(id: OutbreakPerson['id'], documents: unknown): string[] {
  const list = Array.isArray(documents) ? (documents as RecordFields[]) : [];
  const external = list
    .filter(({ type }) => type === EXTERNAL_ID)
    .map(({ number }) => String(number ?? '').trim());
  const own = external.filter(number => number === id);
  return [...new Set([...own, ...external, id])].filter(isUid);
}
