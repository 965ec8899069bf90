import type { MappedOrgUnitBatch, OrgUnitKeys } from '#common/handover/mapped-org-unit-batch.js';
import { ownUidOf } from '#common/identity/own-uid.js';
import type { KnownOrgUnit, OrgUnitIndex } from './org-unit-index.js';

/** The org unit of a location. */
export type Match =
  | {
      kind: 'found';
      unit: KnownOrgUnit;
      /** Whether the org unit was made from the location: its UID or its code shows it. */
      isOwn: boolean;
      /** Whether only its code identifies it. */
      isByCode: boolean;
    }
  /** The org unit from which the location was made, or to which it was linked, is not in DHIS2. */
  | { kind: 'gone'; uid: string }
  /** There is none. It will have this UID. `wasThere`: it had this UID before. */
  | { kind: 'none'; uid: string; wasThere: boolean }
  | { kind: 'ambiguous'; code: 'AMBIGUOUS' | 'LINKED_TWICE'; message: string };

/**
 * Creates a function that finds the org unit of a location, in this order: by the location's mark
 * or id, by the UID that this adaptor derives for it, and by a code that equals the location's id
 * or one of its identifiers.
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
  const message = `Other locations are linked to org unit ${link} too. Remove the identifier from all except one.`;
  return { kind: 'ambiguous', code: 'LINKED_TWICE', message };
}

function severalUnits(ids: string[]): Match {
  const message = `Its codes match several org units: ${ids.join(', ')}. Correct them, or add an identifier with the id of one.`;
  return { kind: 'ambiguous', code: 'AMBIGUOUS', message };
}

function sharedCode(id: string, codes: string[]): Match {
  const message = `Other locations have the code ${codes.join(', ')} of org unit ${id} too. Remove it from all except one, or name the linking identifiers in the option link.`;
  return { kind: 'ambiguous', code: 'AMBIGUOUS', message };
}
