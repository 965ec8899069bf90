import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { GoDataClient } from '#godata/client/client.js';
import { idChunks } from '../../id-chunks.js';

/**
 * Reads the codes of the vaccines that people received. Where `options-to-reference-data` created
 * the vaccines, these are DHIS2's option codes, whatever ids Go.Data gave them. Sends no request
 * when nobody received a vaccine.
 *
 * @returns reference data id → code, for vaccines that have a code
 */
export async function nameOptions(
  client: GoDataClient,
  people: readonly OutbreakPerson[],
): Promise<Record<string, string>> {
  const ids = new Set<string>();
  for (const { record } of people) {
    for (const dose of (record.vaccinesReceived ?? []) as { vaccine?: unknown }[]) {
      if (typeof dose.vaccine === 'string' && dose.vaccine !== '') ids.add(dose.vaccine);
    }
  }
  const named: Record<string, string> = {};
  for (const chunk of idChunks([...ids])) {
    const where = { id: { inq: chunk } };
    const items = await client.server.referenceData.list({ where, fields: ['id', 'code'] });
    for (const { id, code } of items) if (code) named[id] = code;
  }
  return named;
}
