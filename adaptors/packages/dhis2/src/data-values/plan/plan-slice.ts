import { getOrCreate } from '#common/collections/get-or-create.js';
import { type AggregateReport, readCellNumber } from '#common/handover/aggregate-report.js';
import { parsePeriod } from '#common/periods/index.js';
import type { ImportDialect } from '../dialect.js';
import type { Target } from '../mapping/target.js';
import type { ChangeList } from './changes.js';
import { addStored, type StoredSums } from './compare.js';
import type { StoredValue } from './current-values.js';
import { decideCell } from './decide-cell.js';
import { markIn, type Provenance } from './provenance.js';
import type { TimeSlice } from './time-slice.js';

/** The input of planning. */
export interface PlanContext {
  report: AggregateReport;
  target: Target;
  dialect: ImportDialect;
  provenance: Provenance;
  owner: 'outbreak' | 'data-set';
  explicitZeros: boolean;
  /** For each element and combo of the report, the category option combo to write. */
  preferred: string[][];
}

/** Identifies a value. */
export interface Cell {
  orgUnit: string;
  period: string;
  dataElement: string;
  categoryOptionCombo: string;
}

/** The result of planning, summed over all slices. */
export interface PlanTotals {
  changes: ChangeList;
  unchanged: number;
  /** Number of values without a count that stay because others wrote them. */
  kept: number;
  /** Cells that runs of another outbreak have written. */
  contested: Cell[];
  /** What DHIS2 had before. */
  stored: StoredSums;
}

/** In the map of wanted values: a zero that is wanted although nothing was counted. */
const EXPLICIT_ZERO = 0;

/**
 * Compares a slice of the report with the values on the server, cell by cell, and adds the
 * differences to the totals.
 */
export function planSlice(
  context: PlanContext,
  slice: TimeSlice,
  stored: readonly StoredValue[],
  totals: PlanTotals,
): void {
  const wanted = wantedCells(context, slice);
  const elementOf = ownedCells(context.target);
  const belongs = createBelonging(context.target);
  for (const value of stored) {
    const element = elementOf.get(`${value.dataElement} ${value.categoryOptionCombo}`);
    if (element !== undefined && belongs(value)) {
      addStored(totals.stored, element, value.period, value.value);
      planStored(context, value, element, wanted, totals);
    }
  }
  for (const [key, value] of wanted) planMissing(context, key, value, totals);
}

/**
 * Omits values of other period types: the data element may be in several data sets. The same few
 * periods come again and again.
 */
function createBelonging({ attributeOptionCombo, dataSet }: Target) {
  const known = new Map<string, boolean>();
  const isOfType = (period: string) => parsePeriod(period)?.type === dataSet.periodType;
  return ({ attributeOptionCombo: combo, period }: StoredValue) =>
    combo === attributeOptionCombo && getOrCreate(known, period, () => isOfType(period));
}

function planStored(
  { provenance, owner }: PlanContext,
  stored: StoredValue,
  element: number,
  wanted: Map<string, number>,
  totals: PlanTotals,
): void {
  const { orgUnit, period, dataElement, categoryOptionCombo } = stored;
  const key = cellKey(orgUnit, period, element, categoryOptionCombo);
  const value = wanted.get(key);
  wanted.delete(key);
  const decision = decideCell(
    value === undefined
      ? 'nothing counted'
      : value === EXPLICIT_ZERO
        ? 'explicit zero'
        : { count: value },
    {
      value: stored.value ?? '',
      holder: owner === 'data-set' ? 'ours' : provenance.holderOf(stored),
    },
  );
  if (typeof decision === 'object') {
    totals.changes.push({
      orgUnit,
      period,
      element,
      categoryOptionCombo,
      old: stored.value ?? null,
      value: decision.write,
      comment: provenance.commentFor(stored),
      followUp: stored.followup === true,
      ...(provenance.holderOf(stored) === 'ours' ? {} : { formerMark: markIn(stored.comment) }),
    });
  } else if (decision === 'unchanged') totals.unchanged += 1;
  else if (decision === 'keep') totals.kept += 1;
  else if (decision === 'contested') {
    totals.contested.push({ orgUnit, period, dataElement, categoryOptionCombo });
  }
}

function planMissing(
  { target, dialect, provenance }: PlanContext,
  key: string,
  value: number,
  totals: PlanTotals,
): void {
  const [orgUnit, period, element, categoryOptionCombo] = readCellKey(key);
  // Where the server keeps no zeros, a missing value means zero.
  if (value === EXPLICIT_ZERO && !dialect.keepsZero(target.elements[element]!.element)) {
    totals.unchanged += 1;
    return;
  }
  const cell = { orgUnit, period, element, categoryOptionCombo };
  const comment = provenance.commentFor(undefined);
  totals.changes.push({ ...cell, old: null, value, comment, followUp: false });
}

function cellKey(orgUnit: string, period: string, element: number, combo: string): string {
  return `${orgUnit} ${period} ${element} ${combo}`;
}

function readCellKey(key: string): [string, string, number, string] {
  const [orgUnit, period, element, combo] = key.split(' ') as [string, string, string, string];
  return [orgUnit, period, Number(element), combo];
}

/** The wanted values of a slice. */
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
          for (const combo of combos) {
            wanted.set(cellKey(orgUnit, period, element, combo), EXPLICIT_ZERO);
          }
        });
      }
      const row = periods[period] ?? [];
      for (let i = 0; i < row.length; i += 2) {
        const { element, combo } = readCellNumber(row[i]!);
        const key = cellKey(orgUnit, period, element, preferred[element]![combo]!);
        // Two words of a mapping may mean the same category option.
        wanted.set(key, (wanted.get(key) ?? 0) + row[i + 1]!);
      }
    }
  }
  return wanted;
}

/**
 * Every cell that the report can fill, duplicates of its combos included: data element and combo →
 * element.
 */
function ownedCells({ elements }: Target): Map<string, number> {
  return new Map(
    elements.flatMap(({ element, combos }, i) =>
      combos.flat().map(combo => [`${element.id} ${combo}`, i] as [string, number]),
    ),
  );
}
