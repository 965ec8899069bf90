import type { JsonObject } from '../types.js';

const UNDER_FOLLOW_UP = 'LNG_REFERENCE_DATA_CONTACT_FINAL_FOLLOW_UP_STATUS_TYPE_UNDER_FOLLOW_UP';

const CENTRE = 'LNG_REFERENCE_DATA_CATEGORY_CENTRE_NAME_';

/**
 * The follow-up of a case, which its onset makes: it begins the day after. An onset taken away
 * leaves only where it once began (r036, r098).
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
 * The history of a case's classification: a change closes the last entry and opens another; it
 * starts even without a classification (r035, r104).
 */
export function classificationHistory(
  before: readonly JsonObject[],
  classification: unknown,
  now: string,
): JsonObject[] {
  const last = before.at(-1);
  const entry = { ...(classification == null ? {} : { classification }), startDate: now };
  if (!last) return [entry];
  if ((last.classification ?? null) === (classification ?? null)) return [...before];
  return [...before.slice(0, -1), { ...last, endDate: now }, entry];
}

/**
 * Keys that find duplicates: both names, sorted and joined, and each document (r036, r253). A case
 * with an onset is saved twice, which drops the empty lists (r045).
 */
export function duplicateKeys(person: JsonObject): JsonObject {
  const names = [person.firstName, person.lastName].filter(name => typeof name === 'string');
  const name = names.length === 2 ? [names.map(plain).sort().join('')] : [];
  const documents = (person.documents ?? []) as JsonObject[];
  const document = documents.map(one => plain(one.number) + plain(one.type));
  if (typeof person.dateOfOnset !== 'string') return { name, document };
  return { ...(name.length > 0 ? { name } : {}), ...(document.length > 0 ? { document } : {}) };
}

/** The name of a centre is turned into an item of reference data (r253). */
export function withCentre(range: JsonObject): JsonObject {
  const { centerName } = range;
  if (typeof centerName !== 'string' || centerName.startsWith('LNG_')) return range;
  const words = centerName.toUpperCase().match(/[A-Z0-9]+/g) ?? [];
  return { ...range, centerName: CENTRE + words.join('_') };
}

/** Numbers of an age; what is not a number becomes null (r051). */
export function withNumbers(age: JsonObject): JsonObject {
  const entries = Object.entries(age).map(([key, value]) => {
    const number = Number(value);
    return [key, value === null || Number.isNaN(number) ? null : number] as const;
  });
  return Object.fromEntries(entries);
}

function plain(value: unknown): string {
  return String(value ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function dayAfter(instant: string, days: number): string {
  const date = new Date(instant);
  date.setUTCHours(0, 0, 0, 0);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString();
}
