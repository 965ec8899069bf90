import { getOrCreate } from '#common/collections/get-or-create.js';
import type { LocationCode } from '#common/handover/fetched-location-batch.js';
import type { Location } from '../../client/requests/locations.js';

/** The codes of the existing locations. An id counts as a code, because marks contain ids. */
export interface CodeIndex {
  /** The codes of a location, each with whether another location has it as code or as id. */
  codesOf(location: Location): LocationCode[];
  /** Whether another existing location has a code, or has it as its id. */
  isHeldByAnother(code: string, id: string): boolean;
}

/** Creates the index of codes, in linear time. */
export function indexCodes(existing: readonly Location[]): CodeIndex {
  const holders = new Map<string, Set<string>>();
  for (const location of existing) {
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
