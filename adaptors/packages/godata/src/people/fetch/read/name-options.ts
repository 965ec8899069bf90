import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { ReferenceDataRecord } from '#godata/client/types/index.js';

/**
 * The codes of the vaccines that people received. Where `options-to-reference-data` created the
 * vaccines, these are DHIS2's option codes, whatever ids Go.Data gave them.
 *
 * @param items all reference data
 * @returns reference data id → code, for vaccines that have a code
 */
export function nameOptions(
  people: readonly OutbreakPerson[],
  items: readonly ReferenceDataRecord[],
): Record<string, string> {
  const ids = new Set<string>();
  for (const { record } of people) {
    for (const dose of (record.vaccinesReceived ?? []) as { vaccine?: unknown }[]) {
      if (typeof dose.vaccine === 'string' && dose.vaccine !== '') ids.add(dose.vaccine);
    }
  }
  const named = items.flatMap(({ id, code }) => (code && ids.has(id) ? [[id, code]] : []));
  return Object.fromEntries(named);
}
