import type { CutText, MappedOrgUnit } from '#common/handover/mapped-org-unit-batch.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { RawOrgUnit } from '../to-org-unit.js';
import type { NewOrgUnit, OrgUnitChanges } from './changes.js';
import { diffOrgUnit, toNewOrgUnit, wantedClosing, wantedCode } from './diff.js';
import type { OrgUnitIndex } from './org-unit-index.js';
import type { Target, Targets } from './target.js';

/** One change. */
export type PlanStep =
  | { kind: 'create'; location: string; unit: NewOrgUnit; isRestored: boolean }
  | { kind: 'update'; location: string; uid: string; changes: OrgUnitChanges };

/** All changes of a batch, in the order in which to apply them. */
export interface OrgUnitPlan {
  steps: PlanStep[];
  /** Locations whose org units need no change or belong to DHIS2. */
  unchanged: number;
  rejected: Rejected[];
  adjusted: Adjusted[];
  /** The org units after the changes. */
  index: OrgUnitIndex;
}

/**
 * Compares the targets with DHIS2 and plans the changes. Parents come first, so that no org unit is
 * moved below itself. If an org unit has a code that another one needs, it loses the code first.
 * The function changes nothing but `index`.
 *
 * @param details existing org units, in full
 * @param index the current org units; afterwards, the planned ones
 * @param today `yyyy-MM-dd`, the server's current date
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
    // An existing org unit stays, and the org units below it are planned.
    if (!existing) refused.add(uid);
  };
  const update = (location: string, uid: string, changes: OrgUnitChanges) => {
    steps.push({ kind: 'update', location, uid, changes });
    index.change(uid, changes);
  };
  /** Whether the code is free, or can be taken from the org unit that has it. */
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
    // Deleted since the tree was read: the next run notices it.
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

/** An org unit that loses its code, and the location that changes it. */
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
  return `Org unit ${holder} has the code ${code}. Change one of the codes, or link the location to this org unit.`;
}

function parentBelow({ parent }: MappedOrgUnit): string {
  return `The org unit of its new parent ${parent} is below it in DHIS2. Move that one first.`;
}

function broughtBack(id: string, uid: string): Adjusted {
  const message = `Its org unit ${uid} was deleted in DHIS2, but Go.Data still has the location. The org unit is created again.`;
  return { kind: 'location', id, code: 'RESTORED', message };
}

const CUT: Readonly<Record<CutText, [code: string, message: string]>> = {
  name: ['NAME_CUT', 'Its name is longer than the 230 characters that DHIS2 stores. It is cut.'],
  shortName: [
    'SHORT_NAME_CUT',
    'Its short name is longer than the 50 characters that DHIS2 stores. It is cut.',
  ],
  code: [
    'CODE_TOO_LONG',
    'Its code is longer than the 50 characters that DHIS2 stores. It is omitted.',
  ],
};

function cutTexts({ id, cut = [] }: MappedOrgUnit): Adjusted[] {
  return cut.map(text => {
    const [code, message] = CUT[text];
    return { kind: 'location', id, code, message };
  });
}
