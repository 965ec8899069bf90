import type { DescribedOutbreak } from '#common/handover/described-outbreak.js';
import type { GoDataClient } from '../../client/client.js';
import { readMetadata } from '../../client/read-metadata.js';
import type { ReferenceDataRecord } from '../../client/types/index.js';

const PREFIX = 'LNG_REFERENCE_DATA_CATEGORY_';

/**
 * Reads all reference data, in one request.
 *
 * @throws IntegrationError `NO_METADATA` (configuration)
 */
export function readItems(client: GoDataClient): Promise<ReferenceDataRecord[]> {
  return readMetadata('the reference data', () =>
    client.server.referenceData.list({
      fields: ['id', 'code', 'categoryId'],
      pageSize: 100_000,
    }),
  );
}

/** Reference data by category, as a mapping can name them. */
export function describeItems(records: readonly ReferenceDataRecord[]): DescribedOutbreak['items'] {
  const items = new Map<string, string[]>();
  for (const { id, categoryId } of records) {
    if (!categoryId?.startsWith(PREFIX) || !id.startsWith(`${categoryId}_`)) continue;
    const category = categoryId.slice(PREFIX.length);
    const own = items.get(category) ?? [];
    own.push(id.slice(categoryId.length + 1));
    items.set(category, own);
  }
  return Object.fromEntries(items);
}
