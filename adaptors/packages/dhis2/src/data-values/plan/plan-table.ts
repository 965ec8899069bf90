import type { AggregateReport } from '#common/handover/aggregate-report.js';
import { MAX_PLAN_ROWS, type PlanTable } from '#common/reporting/plan.js';
import type { Dhis2Client } from '../../client/client.js';
import { readOrgUnits } from '../../org-units/read-org-units.js';
import type { Target } from '../mapping/target.js';
import type { ChangeList } from './changes.js';

/** Most org units to look up by name, in one request. The others are shown by id. */
const MAX_LOOKED_UP = 400;

/**
 * Shows the changes as a table, with names where they are known, ordered by org unit, period, data
 * element and combo.
 *
 * @param names names of org units
 * @param refused positions of changes that DHIS2 refused
 */
export function toPlanTable(
  target: Target,
  changes: ChangeList,
  names: ReadonlyMap<string, string>,
  refused: ReadonlySet<number>,
): PlanTable {
  const rows: PlanTable['rows'] = [];
  for (let i = 0; i < changes.length && rows.length < MAX_PLAN_ROWS; i += 1) {
    if (refused.has(i)) continue;
    const { orgUnit, period, element, categoryOptionCombo, old, value } = changes.at(i);
    const { name, id } = target.elements[element]!.element;
    rows.push([
      names.get(orgUnit) ?? orgUnit,
      period,
      name ?? id,
      target.comboNames.get(categoryOptionCombo) ?? categoryOptionCombo,
      old === null ? null : asNumber(old),
      value,
    ]);
  }
  return {
    columns: ['org unit', 'period', 'data element', 'category option combo', 'old', 'new'],
    rows: rows.sort(byText),
    total: changes.length - refused.size,
    ...(refused.size > 0 ? { refused: refused.size } : {}),
  };
}

/** Text in a number field may be about a person, so it must not reach logs and states. */
function asNumber(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : 'not a number';
}

function byText(a: PlanTable['rows'][number], b: PlanTable['rows'][number]): number {
  for (let column = 0; column < 4; column += 1) {
    if (a[column]! < b[column]!) return -1;
    if (a[column]! > b[column]!) return 1;
  }
  return 0;
}

/** Finds the names of the org units in a table of changes. */
export async function orgUnitNames(
  client: Dhis2Client,
  { orgUnits }: AggregateReport,
  changes: ChangeList,
): Promise<Map<string, string>> {
  const names = new Map(Object.entries(orgUnits).map(([id, { name }]) => [id, name]));
  const others = new Set<string>();
  for (let i = 0; i < changes.length; i += 1) {
    const { orgUnit } = changes.at(i);
    if (!names.has(orgUnit)) others.add(orgUnit);
  }
  for (const { id, name } of await readOrgUnits(client, [...others].slice(0, MAX_LOOKED_UP)))
    names.set(id, name ?? id);
  return names;
}
