import { getOrCreate } from '#common/collections/get-or-create.js';
import { ownOf } from '#common/collections/own.js';
import {
  type AggregateReport,
  cellNumber,
  type ReportElement,
} from '#common/handover/aggregate-report.js';
import type { Tally } from '#common/handover/tally.js';
import { createLeftOutLedger, type LeftOutLedger } from '#common/reporting/left-out.js';
import type { Placement } from '../org-units/place-locations.js';
import { createCombinationReader } from './combination.js';
import type { ReadMapping } from './mapping.js';

/** Values, and what happened to every record that was counted. */
export interface Aggregated {
  values: AggregateReport['values'];
  /** Records that are in at least one value. */
  counted: number;
  leftOut: LeftOutLedger;
  /** Records that are in one value but may be missing in another, by what their codes lack. */
  partly: LeftOutLedger;
}

/**
 * Turns counts of locations and codes into values of org units and category option combos. Every
 * record is in a value, or left out with its reason.
 *
 * @param place the org unit that reports for a location
 */
export function aggregateTally(
  tally: Tally,
  mapping: ReadMapping,
  elements: ReportElement[],
  place: (locationId: string) => Placement,
): Aggregated {
  const readCombination = createCombinationReader(mapping, tally.dimensions, elements);
  const fates = tally.combinations.map(readCombination);
  const sums = new Map<string, Map<string, Map<number, number>>>();
  const leftOut = createLeftOutLedger();
  const partly = createLeftOutLedger();
  let counted = 0;

  const cellsOf = (orgUnit: string, period: string) =>
    getOrCreate(
      getOrCreate(sums, orgUnit, () => new Map<string, Map<number, number>>()),
      period,
      () => new Map<number, number>(),
    );

  for (const [location, periods] of Object.entries(tally.counts)) {
    const placement: Placement | { reason: 'no-location' } =
      location === '' ? { reason: 'no-location' } : place(location);
    const name = locationName(tally, location);
    for (const [period, row] of Object.entries(periods)) {
      let cells: Map<number, number> | undefined;
      for (let i = 0; i < row.length; i += 2) {
        const fate = fates[row[i]!]!;
        const count = row[i + 1]!;
        if (fate.leftOut) leftOut.add(fate.leftOut.reason, fate.leftOut.subject, count);
        else if ('reason' in placement) leftOut.add(placement.reason, name, count);
        else {
          cells ??= cellsOf(placement.orgUnit, period);
          for (const { element, combo } of fate.targets) {
            const cell = cellNumber(element, combo);
            cells.set(cell, (cells.get(cell) ?? 0) + count);
          }
          counted += count;
          for (const gap of fate.gaps) partly.add(gap, '', count);
        }
      }
    }
  }
  return { values: toRecord(sums), counted, leftOut, partly };
}

function locationName({ locations }: Tally, id: string): string {
  const name = ownOf(locations, id)?.name;
  return name ? `${id} (${name})` : id;
}

function toRecord(sums: Map<string, Map<string, Map<number, number>>>): AggregateReport['values'] {
  return Object.fromEntries(
    [...sums].map(([orgUnit, periods]) => [
      orgUnit,
      Object.fromEntries([...periods].map(([period, cells]) => [period, toRow(cells)])),
    ]),
  );
}

/** A report has tens of thousands of cells: no list for each of them. */
function toRow(cells: ReadonlyMap<number, number>): number[] {
  const row: number[] = [];
  for (const [cell, value] of cells) row.push(cell, value);
  return row;
}
