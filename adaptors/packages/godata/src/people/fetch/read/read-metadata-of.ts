import type { DescribedOutbreak } from '#common/handover/described-outbreak.js';
import type { GoDataClient } from '#godata/client/client.js';
import { readMetadata } from '#godata/client/read-metadata.js';
import type { ReferenceDataRecord } from '#godata/client/types/index.js';
import { describeItems, readItems } from '../../describe/items.js';
import { describeNumbers, describeQuestions, QUESTION_FIELDS } from '../../describe/questions.js';

/**
 * Reads what a mapping can name in an outbreak: its questions, and all reference data, in two
 * requests at a time.
 *
 * @throws IntegrationError `NO_METADATA` (configuration)
 */
export async function readMetadataOf(
  client: GoDataClient,
  outbreak: string,
): Promise<{ described: DescribedOutbreak; items: ReferenceDataRecord[] }> {
  const [items, record] = await Promise.all([
    readItems(client),
    readMetadata('the outbreak', () => client.server.outbreaks.get(outbreak, [...QUESTION_FIELDS])),
  ]);
  return {
    described: {
      questions: describeQuestions(record),
      numbers: describeNumbers(record),
      items: describeItems(items),
    },
    items,
  };
}
