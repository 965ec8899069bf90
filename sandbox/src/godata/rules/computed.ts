import type { JsonObject } from '../types.js';
import { snakeCase } from './words.js';

export const UNDER_FOLLOW_UP =
  'LNG_REFERENCE_DATA_CONTACT_FINAL_FOLLOW_UP_STATUS_TYPE_UNDER_FOLLOW_UP';

const CENTRE = 'LNG_REFERENCE_DATA_CATEGORY_CENTRE_NAME';

/**
 * The follow-up of a case, which is computed from its onset: it begins the day after. When the
 * onset is removed, only the original start stays (r036, r098).
 */
export function followUpOf(
  dateOfOnset: unknown,
  before: JsonObject | undefined,
  periodDays: number,
): JsonObject | undefined {
  if (typeof dateOfOnset !== 'string') {
    if (!before) return undefined;
    const { startDate: _start, endDate: _end, ...kept } = before;
    return kept;
  }
  const startDate = dayAfter(dateOfOnset, 1);
  return {
    originalStartDate: before?.originalStartDate ?? startDate,
    startDate,
    endDate: dayAfter(startDate, Math.max(periodDays, 1) - 1),
    status: before?.status ?? UNDER_FOLLOW_UP,
  };
}

/**
 * The history of a case's classification or of a contact's follow-up: a change closes the last
 * entry and opens another one. The history starts even without a value (r035, r104, r107).
 */
export function historyOf(
  before: readonly JsonObject[],
  name: 'classification' | 'status',
  value: unknown,
  now: string,
): JsonObject[] {
  const last = before.at(-1);
  const entry = { ...(value == null ? {} : { [name]: value }), startDate: now };
  if (!last) return [entry];
  if ((last[name] ?? null) === (value ?? null)) return [...before];
  return [...before.slice(0, -1), { ...last, endDate: now }, entry];
}

/**
 * Keys that find duplicates: every pair of names, sorted and joined, and every document (r036,
 * r253). A person that is saved again loses the empty lists (r107); a case with an onset is saved
 * twice immediately (r045).
 */
export function duplicateKeys(person: JsonObject, savedAgain: boolean): JsonObject {
  const pairs = [
    ['firstName', 'lastName'],
    ['firstName', 'middleName'],
    ['lastName', 'middleName'],
  ];
  const name = pairs.flatMap(pair => keyOf(pair.map(one => person[one])));
  const documents = (person.documents ?? []) as JsonObject[];
  const document = documents.flatMap(one => keyOf([one.type, one.number]));
  if (!savedAgain) return { name, document };
  return { ...(name.length > 0 ? { name } : {}), ...(document.length > 0 ? { document } : {}) };
}

/** The id of the reference data item that the name of a centre becomes (r253). */
export function centreId(name: string): string {
  return `${CENTRE}_${snakeCase(name)}`;
}

/** Whether a centre is still a name, not an item of reference data. */
export function isCentreName(name: unknown): name is string {
  return typeof name === 'string' && name.trim() !== '' && !name.startsWith('LNG_REFERENCE_DATA');
}

/** The midnight, in UTC, of some days after the day of an instant. */
export function dayAfter(instant: string, days: number): string {
  const date = new Date(instant);
  date.setUTCHours(0, 0, 0, 0);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString();
}

/** One key; none if a part is empty. */
function keyOf(parts: readonly unknown[]): string[] {
  const plain = parts.map(part =>
    String(part ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, ''),
  );
  return plain.includes('') ? [] : [plain.sort().join('')];
}
