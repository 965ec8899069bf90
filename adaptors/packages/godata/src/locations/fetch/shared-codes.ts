import { getOrCreate } from '#common/collections/get-or-create.js';
import type { LocationCode } from '#common/handover/fetched-location-batch.js';
import type { Location } from '../../client/requests/locations.js';

/** Who has which code, among living locations. An id counts as a code: it is what a mark names. */
export interface CodeHolders {
  /** The codes of a location, each told whether another one has it or is it. */
  codesOf(location: Location): LocationCode[];
  /** Whether a living location other than this one has a code, or is it. */
  isHeldByAnother(code: string, id: string): boolean;
}

/** Creates it, in linear time. */
export function findHolders(living: readonly Location[]): CodeHolders {
  const holders = new Map<string, Set<string>>();
  for (const location of living) {
    for (const code of [location.id, ...readCodes(location).map(one => one.code)]) {
      getOrCreate(holders, code, () => new Set<string>()).add(location.id);
    }
  }
  const isHeldByAnother = (code: string, id: string) => {
    const found = holders.get(code);
    return found !== undefined && (found.size > 1 || !found.has(id));
  };
  return {
    isHeldByAnother,
    codesOf: location =>
      readCodes(location).map(one =>
        isHeldByAnother(one.code, location.id) ? { ...one, isShared: true } : one,
      ),
  };
}

function readCodes({ identifiers }: Location): LocationCode[] {
  return (identifiers ?? []).flatMap(({ code, description }) => {
    const text = String(code ?? '').trim();
    return text === '' ? [] : [{ code: text, ...(description ? { description } : {}) }];
  });
}
