import { parsePeriod } from '../../../../common/src/periods/index.js';
import type { AggregateReport } from '../aggregate/report-data.js';
import { readCellNumber } from '../aggregate/report-data.js';
import type { ChangeList } from './changes.js';
import type { StoredValue } from './current-values.js';
import type { ImportDialect } from './dialect.js';
import type { Provenance } from './provenance.js';
import type { TimeSlice } from './scope.js';
import type { Target } from './target.js';

/** What planning decides by. */
export interface PlanContext {
  report: AggregateReport;
  target: Target;
  dialect: ImportDialect;
  provenance: Provenance;
  owner: 'outbreak' | 'data-set';
  explicitZeros: boolean;
  /** For each element and combo of the report, the category option combo that is written. */
  preferred: string[][];
}

/** What planning finds, slice after slice. */
export interface PlanTotals {
  changes: ChangeList;
  unchanged: number;
  /** Values that nothing counts any more and that are left, since others wrote them. */
  kept: number;
  /** Cells that another outbreak's runs have filled: `orgUnit/period/dataElement/categoryOptionCombo`. */
  contested: string[];
}

/**
 * Compares a slice of the report with what the server has, cell by cell, and notes what differs.
 * A cell with a value and no count is set to zero if the report owns it, and left alone if not.
 */
export function planSlice(
  context: PlanContext,
  slice: TimeSlice,
  stored: StoredValue[],
  totals: PlanTotals,
): void {
  const { target, provenance, dialect, owner } = context;
  const wanted = wantedCells(context, slice);
  const cells = ownedCells(context);

  for (const value of stored) {
    const element = cells.get(`${value.dataElement} ${value.categoryOptionCombo}`);
    if (element === undefined || value.attributeOptionCombo !== target.attributeOptionCombo)
      continue;
    if (parsePeriod(value.period)?.type !== target.dataSet.periodType) continue;
    const key = cellKey(value.orgUnit, value.period, element, value.categoryOptionCombo);
    const count = wanted.get(key);
    wanted.delete(key);
    const is = value.value ?? '';
    const holder = provenance.ownerOf(value);
    if (Number(is) === (count ?? 0) && is.trim() !== '') {
      if (count !== undefined) totals.unchanged += 1;
    } else if (count === undefined && is.trim() === '') {
      // A remark without a value: nothing to correct.
    } else if (holder === 'another outbreak' && owner === 'outbreak') {
      if (count === undefined) totals.kept += 1;
      else
        totals.contested.push(
          `${value.orgUnit}/${value.period}/${value.dataElement}/${value.categoryOptionCombo}`,
        );
    } else if (count === undefined && holder !== 'ours' && owner === 'outbreak') {
      totals.kept += 1;
    } else {
      const remark =
        holder === 'others' || (holder === 'ours' && value.comment !== provenance.comment)
          ? value.comment
          : undefined;
      totals.changes.push({
        orgUnit: value.orgUnit,
        period: value.period,
        element,
        categoryOptionCombo: value.categoryOptionCombo,
        old: value.value ?? null,
        value: count ?? 0,
        remark,
      });
    }
  }
  for (const [key, value] of wanted) {
    const [orgUnit, period, element, categoryOptionCombo] = readCellKey(key);
    // Where the server keeps no zero, an absent value is one.
    if (value === 0 && !dialect.keepsZero(target.elements[element]!.element)) totals.unchanged += 1;
    else
      totals.changes.push({
        orgUnit,
        period,
        element,
        categoryOptionCombo,
        old: null,
        value,
        remark: undefined,
      });
  }
}

function cellKey(orgUnit: string, period: string, element: number, combo: string): string {
  return `${orgUnit} ${period} ${element} ${combo}`;
}

function readCellKey(key: string): [string, string, number, string] {
  const [orgUnit, period, element, combo] = key.split(' ') as [string, string, string, string];
  return [orgUnit, period, Number(element), combo];
}

/** The values of a slice as they should be. */
function wantedCells(
  { report, preferred, explicitZeros }: PlanContext,
  slice: TimeSlice,
): Map<string, number> {
  const wanted = new Map<string, number>();
  if (!('periods' in slice)) return wanted;
  for (const [orgUnit, periods] of Object.entries(report.values)) {
    for (const period of slice.periods) {
      if (explicitZeros) {
        preferred.forEach((combos, element) => {
          for (const combo of combos) wanted.set(cellKey(orgUnit, period, element, combo), 0);
        });
      }
      const row = periods[period] ?? [];
      for (let i = 0; i < row.length; i += 2) {
        const { element, combo } = readCellNumber(row[i]!);
        wanted.set(cellKey(orgUnit, period, element, preferred[element]![combo]!), row[i + 1]!);
      }
    }
  }
  return wanted;
}

/** Every cell that the report can fill, duplicates of its combos included: data element and combo → element. */
function ownedCells({ target }: PlanContext): Map<string, number> {
  return new Map(
    target.elements.flatMap(({ element, combos }, i) =>
      combos.flat().map(combo => [`${element.id} ${combo}`, i] as [string, number]),
    ),
  );
}
