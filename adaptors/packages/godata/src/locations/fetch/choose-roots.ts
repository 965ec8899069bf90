import { getOrCreate } from '#common/collections/get-or-create.js';
import { configurationError } from '#common/reporting/errors.js';
import type { Location } from '../../client/requests/locations.js';

/**
 * Finds the root locations to read, by id or by the code of an identifier. A root below another
 * root is not a root of its own.
 *
 * @param words ids or codes
 * @param living all locations that are not deleted
 * @returns ids; empty when no root was chosen
 * @throws IntegrationError `UNKNOWN_LOCATION` (configuration)
 */
export function chooseRoots(words: readonly string[], living: readonly Location[]): string[] {
  if (words.length === 0) return [];
  const byId = new Map(living.map(location => [location.id, location]));
  const byCode = new Map<string, string[]>();
  for (const { id, identifiers } of living) {
    for (const { code } of identifiers ?? []) {
      if (code) getOrCreate(byCode, code, () => [] as string[]).push(id);
    }
  }
  const idOf = (word: string) => {
    if (byId.has(word)) return word;
    const found = new Set(byCode.get(word));
    return found.size === 1 ? [...found][0] : undefined;
  };
  const unknown = words.filter(word => idOf(word) === undefined).map(word => `"${word}"`);
  if (unknown.length > 0) {
    throw configurationError(
      'UNKNOWN_LOCATION',
      `Go.Data has no location, or several, with the id or code ${unknown.join(', ')}.`,
      { fix: 'Correct roots in the job. Nothing was written.' },
    );
  }
  const ids = new Set(words.map(word => idOf(word)!));
  return [...ids].filter(id => !isBelowAny(byId.get(id)!.parentLocationId, ids, byId));
}

/** Whether a location or one above it is in a set. */
export function isBelowAny(
  id: string | null | undefined,
  ids: ReadonlySet<string>,
  byId: ReadonlyMap<string, Location>,
): boolean {
  const seen = new Set<string>();
  for (let at = id; at && !seen.has(at); at = byId.get(at)?.parentLocationId) {
    if (ids.has(at)) return true;
    seen.add(at);
  }
  return false;
}
