import { getOrCreate } from '#common/collections/get-or-create.js';
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

/** The wanted values of a slice: org unit → period → slot → value. */
type WantedCells = Map<string, Map<string, Map<number, number>>>;

/**
 * Compares a slice of the report with the values on the server, cell by cell, and adds the
 * differences to the totals.
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
  const wanted = wantedCells(context, chosen, slice);
  const belongs = createBelonging(context.target);
  for (const value of stored) {
    const slot = context.slots.find(value);
    if (slot !== undefined && belongs(value)) {
      addStored(totals.stored, context.slots.at(slot).element, value.period, value.value);
      planStored(context, value, slot, wanted, totals);
    }
  }
  for (const [orgUnit, periods] of wanted) {
    for (const [period, cells] of periods) {
      for (const [slot, value] of cells) {
        planMissing(context, { orgUnit, period, ...context.slots.at(slot) }, value, totals);
      }
    }
  }
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
  stored: StoredValue,
  slot: number,
  wanted: WantedCells,
  totals: PlanTotals,
): void {
  const { orgUnit, period, dataElement, categoryOptionCombo } = stored;
  const cells = wanted.get(orgUnit)?.get(period);
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

function wantedCells(
  { report, explicitZeros }: PlanContext,
  chosen: Chosen,
  slice: TimeSlice,
): WantedCells {
  const wanted: WantedCells = new Map();
  if (!('periods' in slice)) return wanted;
  const zeros = explicitZeros ? chosen.flat().filter(slot => slot !== undefined) : [];
  for (const [orgUnit, periods] of Object.entries(report.values)) {
    const byPeriod = new Map<string, Map<number, number>>();
    for (const period of slice.periods) {
      const cells = new Map(zeros.map(slot => [slot, EXPLICIT_ZERO]));
      const row = periods[period] ?? [];
      for (let i = 0; i < row.length; i += 2) {
        const { element, combo } = readCellNumber(row[i]!);
        const slot = chosen[element]![combo];
        // Two words of a mapping may mean the same category option.
        if (slot !== undefined) cells.set(slot, (cells.get(slot) ?? 0) + row[i + 1]!);
      }
      if (cells.size > 0) byPeriod.set(period, cells);
    }
    if (byPeriod.size > 0) wanted.set(orgUnit, byPeriod);
  }
  return wanted;
}
