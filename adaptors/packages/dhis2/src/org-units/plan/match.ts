import type { MappedOrgUnitBatch, OrgUnitKeys } from '#common/handover/mapped-org-unit-batch.js';
import { ownUidOf } from '#common/identity/own-uid.js';
import type { KnownOrgUnit, OrgUnitIndex } from './org-unit-index.js';

/** Which org unit a location is. */
export type Match =
  | {
      kind: 'found';
      unit: KnownOrgUnit;
      /** It was made of the location: its UID or its code says so. */
      isOwn: boolean;
      /** Without its code nobody would find it again. */
      isByCode: boolean;
    }
  /** The org unit that it came from, or was linked to, is not in DHIS2. */
  | { kind: 'gone'; uid: string }
  /** There is none; it will have this UID. `wasThere`: it had it before. */
  | { kind: 'none'; uid: string; wasThere: boolean }
  | { kind: 'ambiguous'; code: 'AMBIGUOUS' | 'LINKED_TWICE'; message: string };

/**
 * Creates the function that finds the org unit of a location: the one that its mark or its id names, else
 * the one that was made of it, else the one that has its id, or the code of one of its identifiers, for a
 * code.
 */
export function createMatcher(
  { server }: Pick<MappedOrgUnitBatch, 'server'>,
  index: OrgUnitIndex,
): (keys: OrgUnitKeys) => Match {
  return ({ id, link, isLinkShared, codes, sharedCodes = [] }) => {
    const own = ownUidOf(server, id);
    if (link !== undefined && link !== own) {
      if (isLinkShared) return linkedTwice(link);
      const unit = index.get(link);
      if (!unit) return { kind: 'gone', uid: link };
      const isOwn = unit.code === id;
      return { kind: 'found', unit, isOwn, isByCode: isOwn };
    }
    const made = index.get(own);
    if (made) return { kind: 'found', unit: made, isOwn: true, isByCode: false };
    const found = new Map<string, KnownOrgUnit>();
    const foundBy: string[] = [];
    for (const code of new Set([id, ...codes])) {
      const unit = index.withCode(code);
      if (!unit) continue;
      found.set(unit.id, unit);
      foundBy.push(code);
    }
    const [unit, ...others] = found.values();
    if (!unit) return { kind: 'none', uid: own, wasThere: link === own };
    if (others.length > 0) return severalUnits([...found.keys()]);
    if (foundBy.every(code => sharedCodes.includes(code))) return sharedCode(unit.id, foundBy);
    return { kind: 'found', unit, isOwn: unit.code === id, isByCode: true };
  };
}

function linkedTwice(link: string): Match {
  const message = `Other locations are linked to org unit ${link} as well: remove the identifier from all but one.`;
  return { kind: 'ambiguous', code: 'LINKED_TWICE', message };
}

function severalUnits(ids: string[]): Match {
  const message = `Its codes are those of several org units: ${ids.join(', ')}. Correct them, or give it an identifier with the id of one.`;
  return { kind: 'ambiguous', code: 'AMBIGUOUS', message };
}

function sharedCode(id: string, codes: string[]): Match {
  const message = `Other locations have the code ${codes.join(', ')} of org unit ${id} as well: remove it from all but one, or name the identifiers that link.`;
  return { kind: 'ambiguous', code: 'AMBIGUOUS', message };
}
