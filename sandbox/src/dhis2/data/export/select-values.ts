import type { ServerContext } from '../../server-context.js';
import type { DataValue } from '../types.js';
import type { Selection } from './read-query.js';

/** What else of a read says which values are meant. */
export interface ValueFilter {
  dataElements: readonly string[];
  attributeOptionCombos: readonly string[];
  isDeletedWanted: boolean;
  /** Milliseconds since 1970; values changed since. */
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
 * Values in the order of an answer: up to 2.42 as they were last written, since 2.43 as they were
 * made (recordings 406, 411).
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

/** Both ends of a period must lie within the days; any type of period does. */
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
