import { getOrCreate } from '#common/collections/get-or-create.js';
import { ownOf } from '#common/collections/own.js';
import { type AggregateReport, readCellNumber } from '#common/handover/aggregate-report.js';
import { parsePeriod } from '#common/periods/index.js';
import type { ImportDialect } from '../dialect.js';
import type { Target } from '../mapping/target.js';
import type { ChangeList } from './changes.js';
import { addStored, type StoredSums } from './compare.js';
import type { StoredValue } from './current-values.js';
import { decideCell } from './decide-cell.js';
import type { Chosen } from './duplicate-slots.js';
import { markIn, type Provenance } from './provenance.js';
import type { Slot, Slots } from './slots.js';
import type { TimeSlice } from './time-slice.js';

/** The input of planning. */
export interface PlanContext {
  report: AggregateReport;
  target: Target;
  dialect: ImportDialect;
  provenance: Provenance;
  owner: 'outbreak' | 'data-set';
  explicitZeros: boolean;
  slots: Slots;
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

/** The wanted values of an org unit in a slice: period → slot → value. */
type WantedCells = Map<string, Map<number, number>>;

/** A stored value in a place that the report can fill. */
interface StoredCell {
  value: StoredValue;
  slot: number;
}

/**
 * Compares a slice of the report with the values on the server, cell by cell, and adds the
 * differences to the totals. It does so for one org unit after the other: a slice of the first run
 * may have a hundred thousand cells, and a map of all of them would take more memory than the rest
 * of the run.
 *
 * @param chosen the slots to write; the report's other combos are left out
 */
export function planSlice(
  context: PlanContext,
  chosen: Chosen,
  slice: TimeSlice,
  stored: readonly StoredValue[],
  totals: PlanTotals,
): void {
  const storedOf = byOrgUnit(context, stored, totals);
  const wantedOf = createWanted(context, chosen, slice);
  const counted = 'periods' in slice ? Object.keys(context.report.values) : [];
  for (const orgUnit of new Set([...storedOf.keys(), ...counted])) {
    const wanted = wantedOf(orgUnit);
    for (const cell of storedOf.get(orgUnit) ?? []) planStored(context, cell, wanted, totals);
    for (const [period, cells] of wanted) {
      for (const [slot, value] of cells) {
        planMissing(context, { orgUnit, period, ...context.slots.at(slot) }, value, totals);
      }
    }
  }
}

/** The stored values in the report's slots, by org unit; adds them to the sums. */
function byOrgUnit(
  { target, slots }: PlanContext,
  stored: readonly StoredValue[],
  totals: PlanTotals,
): Map<string, StoredCell[]> {
  const cells = new Map<string, StoredCell[]>();
  const belongs = createBelonging(target);
  for (const value of stored) {
    const slot = slots.find(value);
    if (slot === undefined || !belongs(value)) continue;
    addStored(totals.stored, slots.at(slot).element, value.period, value.value);
    getOrCreate(cells, value.orgUnit, () => []).push({ value, slot });
  }
  return cells;
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
  { provenance, owner, slots }: PlanContext,
  { value: stored, slot }: StoredCell,
  wanted: WantedCells,
  totals: PlanTotals,
): void {
  const { orgUnit, period, dataElement, categoryOptionCombo } = stored;
  const cells = wanted.get(period);
  const value = cells?.get(slot);
  cells?.delete(slot);
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
      element: slots.at(slot).element,
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
  { orgUnit, period, element, categoryOptionCombo }: Slot & { orgUnit: string; period: string },
  value: number,
  totals: PlanTotals,
): void {
  // Where the server keeps no zeros, a missing value means zero.
  if (value === EXPLICIT_ZERO && !dialect.keepsZero(target.elements[element]!.element)) {
    totals.unchanged += 1;
    return;
  }
  const cell = { orgUnit, period, element, categoryOptionCombo };
  const comment = provenance.commentFor(undefined);
  totals.changes.push({ ...cell, old: null, value, comment, followUp: false });
}

/** Returns a function that finds the wanted values of an org unit in the slice. */
function createWanted({ report, explicitZeros }: PlanContext, chosen: Chosen, slice: TimeSlice) {
  const periods = 'periods' in slice ? slice.periods : [];
  const zeros = explicitZeros ? chosen.flat().filter(slot => slot !== undefined) : [];
  return (orgUnit: string): WantedCells => {
    const rows = ownOf(report.values, orgUnit);
    const wanted: WantedCells = new Map();
    if (!rows) return wanted;
    for (const period of periods) {
      const cells = new Map(zeros.map(slot => [slot, EXPLICIT_ZERO]));
      const row = rows[period] ?? [];
      for (let i = 0; i < row.length; i += 2) {
        const { element, combo } = readCellNumber(row[i]!);
        const slot = chosen[element]![combo];
        // Two words of a mapping may mean the same category option.
        if (slot !== undefined) cells.set(slot, (cells.get(slot) ?? 0) + row[i + 1]!);
      }
      if (cells.size > 0) wanted.set(period, cells);
    }
    return wanted;
  };
}
