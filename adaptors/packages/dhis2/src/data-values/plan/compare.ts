import { type AggregateReport, readCellNumber } from '#common/handover/aggregate-report.js';
import { parsePeriod } from '#common/periods/index.js';
import type { Comparison } from '#common/reporting/comparison.js';
import type { Target } from '../mapping/target.js';
import type { ChangeList } from './changes.js';

/** Sums of what DHIS2 had before the run, of each element of the target: period → sum. */
export type StoredSums = Map<string, number>[];

/** Starts with nothing stored. */
export function noStoredSums({ elements }: Target): StoredSums {
  return elements.map(() => new Map());
}

/** Adds a value of the server; a text in a number field counts as nothing. */
export function addStored(
  sums: StoredSums,
  element: number,
  period: string,
  value: string | undefined,
): void {
  const number = numberOf(value);
  if (number === 0) return;
  const periods = sums[element]!;
  periods.set(period, (periods.get(period) ?? 0) + number);
}

/** More periods than a picture can show: the latest ones stay. */
const MAX_PERIODS = 400;

/**
 * Each data element by period, over all org units and category option combos: as it was counted,
 * and as DHIS2 has it after the changes that it took. A data element that the mapping fills several
 * times is there once.
 *
 * @param isTaken whether the change at a position was made
 */
export function compare(
  { values }: AggregateReport,
  { elements }: Target,
  stored: StoredSums,
  changes: ChangeList,
  isTaken: (position: number) => boolean,
): Comparison {
  const after = stored.map(periods => new Map(periods));
  for (let i = 0; i < changes.length; i += 1) {
    if (!isTaken(i)) continue;
    const { element, period, old, value } = changes.at(i);
    const sum = after[element]!.get(period) ?? 0;
    after[element]!.set(period, sum + value - numberOf(old));
  }
  const counted: StoredSums = elements.map(() => new Map());
  for (const periods of Object.values(values)) {
    for (const [period, row] of Object.entries(periods)) {
      for (let i = 0; i < row.length; i += 2) {
        const { element } = readCellNumber(row[i]!);
        counted[element]!.set(period, (counted[element]!.get(period) ?? 0) + row[i + 1]!);
      }
    }
  }
  return { elements: joinSame(elements, counted, after) };
}

function joinSame(
  elements: Target['elements'],
  counted: StoredSums,
  after: StoredSums,
): Comparison['elements'] {
  const places = new Map<string, number[]>();
  elements.forEach(({ element: { id } }, index) => {
    places.set(id, [...(places.get(id) ?? []), index]);
  });
  return [...places].map(([id, indexes]) => {
    const at = (sums: StoredSums, period: string) =>
      indexes.reduce((sum, index) => sum + (sums[index]!.get(period) ?? 0), 0);
    const used = indexes.flatMap(index => [...counted[index]!.keys(), ...after[index]!.keys()]);
    const periods = inOrder([...new Set(used)]).slice(-MAX_PERIODS);
    return {
      id,
      name: elements[indexes[0]!]!.element.name ?? id,
      periods,
      counted: periods.map(period => at(counted, period)),
      stored: periods.map(period => at(after, period)),
    };
  });
}

/** By their first days: as texts, `2026W9` would come after `2026W10`. */
function inOrder(periods: string[]): string[] {
  const start = (id: string) => parsePeriod(id)?.startDate ?? '';
  return periods.sort((a, b) => (start(a) < start(b) ? -1 : 1));
}

function numberOf(text: string | null | undefined): number {
  const number = text == null || text.trim() === '' ? 0 : Number(text);
  return Number.isFinite(number) ? number : 0;
}
