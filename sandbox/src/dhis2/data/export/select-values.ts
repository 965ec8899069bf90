import type { ServerContext } from '../../server-context.js';
import type { DataValue } from '../types.js';
import type { Selection } from './read-query.js';

/** The other parameters of a read that select values. */
export interface ValueFilter {
  dataElements: readonly string[];
  attributeOptionCombos: readonly string[];
  isDeletedWanted: boolean;
  /** Only values that changed after this time, in milliseconds since 1970. */
  changedSince: number | undefined;
  limit: number;
}

/** The values of a selection. */
export function selectValues(
  { store, dialect }: ServerContext,
  selection: Selection,
  filter: ValueFilter,
  periodOf: (id: string) => { startDate: string; endDate: string } | undefined,
): DataValue[] {
  const { attributeOptionCombos, isDeletedWanted, changedSince, limit } = filter;
  const elements = new Set([
    ...filter.dataElements,
    ...selection.dataSets.flatMap(id => [...(store.metadata.dataSetIndex(id)?.dataElements ?? [])]),
  ]);
  const isInTime = createTimeTest(selection, periodOf);
  const found: DataValue[] = [];
  for (const orgUnit of selection.coveredOrgUnits) {
    for (const value of store.dataValues.listOfOrgUnit(orgUnit)) {
      if (!elements.has(value.dataElement) || !isInTime(value.period)) continue;
      if (value.deleted && !isDeletedWanted) continue;
      const combo = value.attributeOptionCombo;
      if (attributeOptionCombos.length > 0 && !attributeOptionCombos.includes(combo)) continue;
      if (changedSince !== undefined && Date.parse(value.lastUpdated) < changedSince) continue;
      found.push(value);
    }
  }
  const values = inOrder(found, dialect.importer);
  return values.length > limit ? values.slice(0, limit) : values;
}

/**
 * Sorts values as an answer does: up to 2.42 by their last change, since 2.43 by their creation
 * (recordings 406, 411).
 */
function inOrder(values: readonly DataValue[], importer: 'per-value' | 'group'): DataValue[] {
  const keyOf =
    importer === 'group'
      ? ({ created, dataElement }: DataValue) => `${created}${dataElement}`
      : ({ lastUpdated }: DataValue) => lastUpdated;
  return values
    .map(value => [keyOf(value), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, value]) => value);
}

/** Tests whether a period of any type begins and ends between the given days. */
function createTimeTest(
  { periods, days }: Selection,
  periodOf: (id: string) => { startDate: string; endDate: string } | undefined,
): (period: string) => boolean {
  const wanted = new Set(periods);
  if (!days) return wanted.size === 0 ? () => true : id => wanted.has(id);
  const known = new Map<string, boolean>();
  return id => {
    let isIn = known.get(id);
    if (isIn === undefined) {
      const period = periodOf(id);
      isIn = period !== undefined && period.startDate >= days.start && period.endDate <= days.end;
      known.set(id, isIn);
    }
    return isIn;
  };
}
