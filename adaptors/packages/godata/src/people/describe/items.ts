import { getOrCreate } from '#common/collections/get-or-create.js';
import type { DescribedOutbreak } from '#common/handover/described-outbreak.js';
import { unexpectedAnswer } from '#common/http/index.js';
import { REFERENCE_PREFIX } from '#common/operations/reference-ids.js';
import type { GoDataClient } from '../../client/client.js';
import { readMetadata } from '../../client/read-metadata.js';
import type { ReferenceDataRecord } from '../../client/types/index.js';

const REQUEST = { method: 'GET', path: '/reference-data' } as const;

/**
 * Reads all reference data, in one request. Go.Data brings its own (sexes, kinds of people...), so an
 * empty list is not its answer.
 *
 * @throws IntegrationError `NO_METADATA` (configuration), `UNEXPECTED_ANSWER`
 */
export async function readItems(client: GoDataClient): Promise<ReferenceDataRecord[]> {
  const items = await readMetadata('the reference data', () =>
    client.server.referenceData.list({
      fields: ['id', 'code', 'categoryId'],
      pageSize: 100_000,
    }),
  );
  if (items.length > 0) return items;
  throw unexpectedAnswer('Go.Data', REQUEST, 'its reference data', items);
}

/** Reference data by category, as a mapping can name them. */
export function describeItems(records: readonly ReferenceDataRecord[]): DescribedOutbreak['items'] {
  const items = new Map<string, string[]>();
  for (const { id, categoryId } of records) {
    if (!categoryId?.startsWith(REFERENCE_PREFIX) || !id.startsWith(`${categoryId}_`)) continue;
    const category = categoryId.slice(REFERENCE_PREFIX.length);
    getOrCreate(items, category, () => [] as string[]).push(id.slice(categoryId.length + 1));
  }
  return Object.fromEntries(items);
}
