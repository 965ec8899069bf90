import { MAX_PLAN_ROWS, type PlanTable } from '../reporting/plan.js';
import {
  type LeftOut,
  listed,
  MAX_LISTED,
  type Rejected,
  type StepReport,
} from '../reporting/report.js';
import { createUndoLedger, type UndoRow, type UndoTable } from '../reporting/undo-table.js';

/** One field that an undo changes. */
export interface BackChange {
  kind: string;
  id: string;
  /** What happens to the record. */
  change: 'create' | 'update' | 'deactivate' | 'delete';
  field: string;
  now: string | null;
  back: string | null;
  /** It belongs to another change and needs no row in the plan. */
  isAside?: boolean;
}

/** What an undo did, or in a dry run would do. */
export interface TakenBack {
  plan: PlanTable;
  undo: UndoTable;
  report: StepReport;
}

/** Why a change is left alone: somebody else has changed the record since. */
export const CHANGED_SINCE = 'changed-since';

const COUNTS = {
  create: 'created',
  update: 'updated',
  deactivate: 'deactivated',
  delete: 'deleted',
} as const;

/** Collects what an undo does with each change of a run. */
export interface TakeBack {
  change(change: BackChange): void;
  /** The change is left alone. */
  leave(row: UndoRow, reason: string): void;
  /** The record is as it was before the run. */
  keep(): void;
  /** @param rejected records that the server refused */
  result(rejected: readonly Rejected[]): TakenBack;
}

/** Creates an empty collection. */
export function createTakeBack(): TakeBack {
  const changes: BackChange[] = [];
  const left = new Map<string, LeftOut>();
  let unchanged = 0;
  let read = 0;
  return {
    change(change) {
      if (!change.isAside) read += 1;
      changes.push(change);
    },
    leave(row, reason) {
      read += 1;
      const subject = left.size < MAX_LISTED ? [row.id, row.field].filter(Boolean).join(' ') : '';
      const key = JSON.stringify([reason, subject]);
      left.set(key, { reason, subject, count: (left.get(key)?.count ?? 0) + 1 });
    },
    keep() {
      read += 1;
      unchanged += 1;
    },
    result(rejected) {
      const refused = new Set(rejected.map(({ id }) => id));
      const done = changes.filter(({ id }) => !refused.has(id));
      const shown = done.filter(({ isAside }) => !isAside);
      return {
        plan: toPlan(shown, refused.size),
        undo: toUndo(done),
        report: {
          read,
          ...countRecords(shown),
          unchanged,
          ...listed(rejected),
          ...(left.size > 0 ? { leftOut: [...left.values()] } : {}),
        },
      };
    },
  };
}

function toPlan(changes: readonly BackChange[], refused: number): PlanTable {
  return {
    columns: ['record', 'id', 'change', 'field', 'now', 'back to'],
    rows: changes
      .slice(0, MAX_PLAN_ROWS)
      .map(({ kind, id, change, field, now, back }) => [kind, id, change, field, now, back]),
    total: changes.length,
    ...(refused > 0 ? { refused } : {}),
  };
}

function toUndo(changes: readonly BackChange[]): UndoTable {
  const ledger = createUndoLedger();
  for (const { kind, id, change, field, now, back } of changes) {
    ledger.add({ kind, id, change, field, old: now, new: back });
  }
  return ledger.table();
}

function countRecords(changes: readonly BackChange[]): StepReport {
  const ids = (wanted: BackChange['change']) =>
    new Set(changes.filter(({ change }) => change === wanted).map(({ id }) => id)).size;
  return Object.fromEntries(
    Object.entries(COUNTS).map(([change, count]) => [count, ids(change as BackChange['change'])]),
  );
}
