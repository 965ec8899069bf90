import { getOrCreate } from '#common/collections/get-or-create.js';
import type {
  MappedOrgUnit,
  MappedOrgUnitBatch,
  OrgUnitKeys,
} from '#common/handover/mapped-org-unit-batch.js';
import type { LeftOutLedger } from '#common/reporting/left-out.js';
import type { Rejected } from '#common/reporting/report.js';
import { createMatcher, type Match } from './match.js';
import type { KnownOrgUnit, OrgUnitIndex } from './org-unit-index.js';
import type { Target, Targets } from './target.js';

/**
 * Finds for each location its org unit, or the place for a new one. A location is rejected when the
 * place does not exist. A location that is not active, or whose org unit was deleted in DHIS2, gets
 * no new one.
 *
 * @param under UID of the org unit below which to create those at the top of Go.Data; null for the
 * top of DHIS2
 */
export function chooseTargets(
  batch: MappedOrgUnitBatch,
  index: OrgUnitIndex,
  under: string | null,
  leftOut: LeftOutLedger,
): Targets {
  const match = createMatcher(batch, index);
  const targets: Target[] = [];
  const rejected: Rejected[] = [];
  const matches = settleClaims(batch.orgUnits.map(mapped => [mapped, match(mapped)] as const));
  const unitOf = new Map<string, string>();
  for (const keys of batch.parents) {
    const found = match(keys);
    if (found.kind === 'found') unitOf.set(keys.id, found.unit.id);
  }
  let leftAlone = 0;
  const hasSay = (isOwn: boolean) => isOwn || batch.owner === 'godata';
  for (const [mapped, found] of matches) {
    const { id } = mapped;
    if (found.kind === 'ambiguous') {
      rejected.push({ kind: 'location', id, code: found.code, message: found.message });
    } else if (found.kind === 'found') {
      const { unit, isOwn, isByCode } = found;
      unitOf.set(id, unit.id);
      if (!hasSay(isOwn)) {
        leftAlone += 1;
        continue;
      }
      const parent = mapped.parent === undefined ? undefined : unitOf.get(mapped.parent);
      if (mapped.parent !== undefined && parent === undefined) rejected.push(noParent(mapped));
      else {
        const keeps = isByCode ? { keepsCode: true as const } : {};
        targets.push({ uid: unit.id, mapped, parent, existing: unit, ...keeps });
      }
    } else if (found.kind === 'gone' && !hasSay(false)) leftOut.add('deleted-in-dhis2', id);
    else if (mapped.closed && !mapped.openBelow) leftOut.add('inactive', id);
    else {
      const parent = mapped.parent === undefined ? under : unitOf.get(mapped.parent);
      if (parent === undefined) {
        rejected.push(noParent(mapped));
        continue;
      }
      unitOf.set(id, found.uid);
      const wasThere = found.kind === 'gone' || found.wasThere;
      targets.push({
        uid: found.uid,
        mapped,
        parent,
        ...(wasThere ? { isRestored: true } : {}),
      });
    }
  }
  return { targets, deleted: findDeleted(batch, match, unitOf, hasSay), leftAlone, rejected };
}

/**
 * Rejects locations that share an org unit. If exactly one is linked to it, that one keeps it; a
 * location that only has its code does not.
 */
function settleClaims(
  matches: (readonly [MappedOrgUnit, Match])[],
): (readonly [MappedOrgUnit, Match])[] {
  const claims = new Map<string, { linked: number; all: number }>();
  for (const [, found] of matches) {
    if (found.kind !== 'found') continue;
    const claim = getOrCreate(claims, found.unit.id, () => ({ linked: 0, all: 0 }));
    claim.all += 1;
    if (isSure(found)) claim.linked += 1;
  }
  return matches.map(([mapped, found]) => {
    if (found.kind !== 'found') return [mapped, found];
    const { linked, all } = claims.get(found.unit.id)!;
    const isOnlyOne = all === 1 || (linked === 1 && isSure(found));
    return [mapped, isOnlyOne ? found : claimedTwice(found.unit.id)];
  });
}

function isSure(found: Match & { kind: 'found' }): boolean {
  return found.isOwn || !found.isByCode;
}

function claimedTwice(id: string): Match {
  const message = `Another location has the same org unit ${id}. Correct the identifiers of one of them.`;
  return { kind: 'ambiguous', code: 'LINKED_TWICE', message };
}

/**
 * Finds the org units of deleted locations by link, UID or location id. A code may have moved to
 * another location since.
 */
function findDeleted(
  { deleted = [] }: MappedOrgUnitBatch,
  match: (keys: OrgUnitKeys) => Match,
  unitOf: ReadonlyMap<string, string>,
  hasSay: (isOwn: boolean) => boolean,
): Map<string, KnownOrgUnit> {
  const taken = new Set(unitOf.values());
  const units = new Map<string, KnownOrgUnit>();
  for (const keys of deleted) {
    const found = match({ ...keys, codes: [] });
    if (found.kind !== 'found' || !hasSay(found.isOwn) || taken.has(found.unit.id)) continue;
    units.set(keys.id, found.unit);
  }
  return units;
}

function noParent({ id, parent }: MappedOrgUnit): Rejected {
  const message = `The org unit of its parent ${parent} is not in DHIS2.`;
  return { kind: 'location', id, code: 'PARENT_NOT_THERE', message };
}
