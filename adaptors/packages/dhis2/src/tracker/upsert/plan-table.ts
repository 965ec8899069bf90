import { MAX_PLAN_ROWS, type PlanTable } from '#common/reporting/plan.js';
import type { Metadata } from './check/read-metadata.js';
import type { PlannedObject } from './plan/person-plan.js';

/** An object, and the Go.Data id that it belongs to. */
export interface PlannedRow {
  id: string;
  object: PlannedObject;
}

/**
 * The changes, by ids and names of fields: personal data stays in the record.
 *
 * @param refused number of planned changes that DHIS2 refused
 */
export function toPlanTable(
  all: readonly PlannedRow[],
  refused: number,
  metadata: Metadata,
): PlanTable {
  const nameOf = (id: string) => metadata.nameOf(id) ?? id;
  const rows = all
    .slice(0, MAX_PLAN_ROWS)
    .map(({ id, object }) => [
      object.program === undefined ? null : nameOf(object.program),
      recordOf(object, nameOf),
      id,
      object.change,
      object.fields.map(nameOf).join(', ') || null,
    ]);
  return {
    columns: ['program', 'record', 'id', 'change', 'fields'],
    rows,
    total: all.length,
    ...(refused > 0 ? { refused } : {}),
  };
}

const RECORDS = {
  trackedEntities: 'tracked entity',
  enrollments: 'enrollment',
  events: 'event',
  relationships: 'relationship',
} as const;

function recordOf({ kind, stage }: PlannedObject, nameOf: (id: string) => string): string {
  return stage === undefined ? RECORDS[kind] : `${RECORDS[kind]}: ${nameOf(stage)}`;
}
