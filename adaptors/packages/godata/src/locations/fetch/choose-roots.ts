import { getOrCreate } from '#common/collections/get-or-create.js';
import { configurationError } from '#common/reporting/errors.js';
import type { Location } from '../../client/requests/locations.js';

/**
 * Finds the root locations to read, by id or by the code of an identifier. A root below another
 * root is not a root of its own.
 *
 * @param idsOrCodes ids or codes
 * @param existing all locations that are not deleted
 * @returns ids; empty when no root was chosen
 * @throws IntegrationError `UNKNOWN_LOCATION` (configuration)
 */
export function chooseRoots(
  idsOrCodes: readonly string[],
  existing: readonly Location[],
): string[] {
  if (idsOrCodes.length === 0) return [];
  const byId = new Map(existing.map(location => [location.id, location]));
  const byCode = new Map<string, string[]>();
  for (const { id, identifiers } of existing) {
    for (const { code } of identifiers ?? []) {
      if (code) getOrCreate(byCode, code, () => [] as string[]).push(id);
    }
  }
  const idOf = (idOrCode: string) => {
    if (byId.has(idOrCode)) return idOrCode;
    const found = new Set(byCode.get(idOrCode));
    return found.size === 1 ? [...found][0] : undefined;
  };
  const unknown = idsOrCodes
    .filter(idOrCode => idOf(idOrCode) === undefined)
    .map(idOrCode => `"${idOrCode}"`);
  if (unknown.length > 0) {
    throw configurationError(
      'UNKNOWN_LOCATION',
      `Go.Data has no location, or several, with the id or code ${unknown.join(', ')}.`,
      { fix: 'Correct roots in the job. Nothing was written.' },
    );
  }
  const ids = new Set(idsOrCodes.map(idOrCode => idOf(idOrCode)!));
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
