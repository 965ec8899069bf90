import type { CutText, MappedOrgUnit } from '#common/handover/mapped-org-unit-batch.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { RawOrgUnit } from '../to-org-unit.js';
import type { NewOrgUnit, OrgUnitChanges } from './changes.js';
import { diffOrgUnit, toNewOrgUnit, wantedClosing, wantedCode } from './diff.js';
import type { OrgUnitIndex } from './org-unit-index.js';
import type { Target, Targets } from './target.js';

/** One thing to do. */
export type PlanStep =
  | { kind: 'create'; location: string; unit: NewOrgUnit; isRestored: boolean }
  | { kind: 'update'; location: string; uid: string; changes: OrgUnitChanges };

/** Everything that a batch changes in DHIS2, in the order in which it can be done. */
export interface OrgUnitPlan {
  steps: PlanStep[];
  /** Locations of the batch whose org units are as they should be, or DHIS2's own affair. */
  unchanged: number;
  rejected: Rejected[];
  adjusted: Adjusted[];
  /** As it will be. */
  index: OrgUnitIndex;
}

/**
 * Compares targets with what DHIS2 has, and works out what to do. Parents go first, so that no org unit
 * comes to lie below itself; whoever has a code that another one needs gives it up before. Touches
 * nothing outside.
 *
 * @param details org units that are there, in full
 * @param index as it is; afterwards, as it will be
 * @param today `yyyy-MM-dd`, DHIS2's own day
 */
export function planBatch(
  { targets, deleted, leftAlone, rejected: unplaced }: Targets,
  details: ReadonlyMap<string, RawOrgUnit>,
  index: OrgUnitIndex,
  today: string,
): OrgUnitPlan {
  const steps: PlanStep[] = [];
  const rejected = [...unplaced];
  const adjusted: Adjusted[] = [];
  const refused = new Set<string>();
  const givingUp = new Map(targets.flatMap(target => codeGivenUp(target, index)));
  let unchanged = leftAlone;

  const reject = ({ mapped: { id }, uid, existing }: Target, code: string, message: string) => {
    rejected.push({ kind: 'location', id, code, message });
    givingUp.delete(uid);
    // What is there already stays, and what lies below it goes on.
    if (!existing) refused.add(uid);
  };
  const update = (location: string, uid: string, changes: OrgUnitChanges) => {
    steps.push({ kind: 'update', location, uid, changes });
    index.change(uid, changes);
  };
  /** Whether the code is free by now, or its holder gives it up. */
  const freeCode = (uid: string, code: string | null | undefined): boolean => {
    const holder = code ? index.withCode(code) : undefined;
    if (!holder || holder.id === uid) return true;
    const location = givingUp.get(holder.id);
    if (location !== undefined) update(location, holder.id, { code: null });
    return location !== undefined;
  };

  for (const target of targets) {
    const { uid, mapped, parent, existing, isRestored = false } = target;
    if (parent && refused.has(parent)) {
      reject(
        target,
        'PARENT_NOT_THERE',
        `The org unit of its parent ${mapped.parent} was rejected.`,
      );
      continue;
    }
    if (!existing) {
      const unit = toNewOrgUnit(target, today);
      if (!freeCode(uid, unit.code)) reject(target, 'CODE_TAKEN', codeTaken(unit.code!, index));
      else {
        steps.push({ kind: 'create', location: mapped.id, unit, isRestored });
        index.put(unit);
        if (isRestored) adjusted.push(broughtBack(mapped.id, uid));
        adjusted.push(...cutTexts(mapped));
      }
      continue;
    }
    const now = details.get(uid);
    // Gone since the tree was read: the next run sees it.
    const changes = now ? diffOrgUnit(now, target, today) : {};
    if (changes.parent && index.isWithin(changes.parent, uid)) {
      reject(target, 'PARENT_BELOW', parentBelow(mapped));
    } else if (!freeCode(uid, changes.code)) {
      reject(target, 'CODE_TAKEN', codeTaken(changes.code!, index));
    } else {
      if (Object.keys(changes).length > 0) update(mapped.id, uid, changes);
      else unchanged += 1;
      adjusted.push(...cutTexts(mapped));
    }
  }
  for (const [location, { id }] of deleted) {
    const now = details.get(id);
    const closedDate = now && wantedClosing(now, true, today);
    if (closedDate !== undefined) update(location, id, { closedDate });
  }
  return { steps, unchanged, rejected, adjusted, index };
}

/** An org unit whose code changes, and the location that says so. */
function codeGivenUp(
  { uid, mapped, existing, keepsCode }: Target,
  index: OrgUnitIndex,
): [uid: string, location: string][] {
  const code = wantedCode(mapped);
  if (!existing || keepsCode || code === undefined) return [];
  const present = index.get(uid)?.code;
  return present && present !== code ? [[uid, mapped.id]] : [];
}

function codeTaken(code: string, index: OrgUnitIndex): string {
  const holder = index.withCode(code)?.id;
  return `Org unit ${holder} has the code ${code}: change one of them, or link the location to it.`;
}

function parentBelow({ parent }: MappedOrgUnit): string {
  return `The org unit of its new parent ${parent} lies below it in DHIS2: move that one first.`;
}

function broughtBack(id: string, uid: string): Adjusted {
  const message = `Its org unit ${uid} had been deleted in DHIS2; Go.Data still has it, so it is brought back.`;
  return { kind: 'location', id, code: 'RESTORED', message };
}

const CUT: Readonly<Record<CutText, [code: string, message: string]>> = {
  name: ['NAME_CUT', 'Its name is longer than the 230 letters that DHIS2 takes; it is cut.'],
  shortName: [
    'SHORT_NAME_CUT',
    'Its short name is longer than the 50 letters that DHIS2 takes; it is cut.',
  ],
  code: [
    'CODE_TOO_LONG',
    'Its code is longer than the 50 letters that DHIS2 takes; it is omitted.',
  ],
};

function cutTexts({ id, cut = [] }: MappedOrgUnit): Adjusted[] {
  return cut.map(text => {
    const [code, message] = CUT[text];
    return { kind: 'location', id, code, message };
  });
}
