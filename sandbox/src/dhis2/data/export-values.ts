import { parsePeriod } from '../../../../adaptors/common/src/periods/index.js';
import { Query } from '../query.js';
import type { ServerContext } from '../server-context.js';
import { utcTime } from '../time.js';
import type { DataValue, SeedUser } from '../types.js';
import { codedRefusal, sandboxRefusal } from '../web-message.js';
import { readSelection, type Selection } from './read-query.js';

const PARAMS = [
  'dataSet',
  'dataElement',
  'period',
  'startDate',
  'endDate',
  'orgUnit',
  'children',
  'attributeOptionCombo',
  'includeDeleted',
  'lastUpdated',
  'lastUpdatedDuration',
  'limit',
];

const DURATION = /^(\d+)([dhms])$/;
const UNIT_MS: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
};

/**
 * The answer to `GET /api/dataValueSets` (dhis2 FACTS §1.9). A read of one data set, one period and
 * one org unit has them at its head; since 2.43 the rows then leave period and org unit out, and
 * the attribute option combo when exactly one was asked for.
 *
 * @throws Refusal 409 when a required parameter is missing
 */
export function exportValues(
  context: ServerContext,
  user: SeedUser,
  params: Record<string, string[]>,
): object {
  const { store, dialect } = context;
  const query = new Query(params, PARAMS, 'GET /api/dataValueSets');
  const since = changedSince(context, query);
  const dataElements = query.list('dataElement');
  const periodOf = (id: string) => parsePeriod(id, { serverVersion: dialect.version });
  const selection = readSelection(context, user, query, periodOf, {
    noDataSets: 'E2001',
    hasOtherData: dataElements.length > 0,
    hasOtherTime: since !== undefined,
  });
  const elements = new Set([
    ...dataElements,
    ...selection.dataSets.flatMap(({ id }) => [...store.metadata.dataSetIndex(id)!.dataElements]),
  ]);
  const attributes = query.list('attributeOptionCombo');
  const limit = Number(query.text('limit') ?? Number.POSITIVE_INFINITY);
  if (limit < 0) throw codedRefusal(409, dialect, 'E2009', [query.text('limit')!]);
  const isDeletedWanted = query.flag('includeDeleted');
  const isInTime = createTimeTest(selection, periodOf);

  const values: DataValue[] = [];
  for (const orgUnit of selection.coveredOrgUnits) {
    for (const value of store.dataValues.listOfOrgUnit(orgUnit)) {
      if (values.length >= limit) break;
      if (!elements.has(value.dataElement) || !isInTime(value.period)) continue;
      if (value.deleted && !isDeletedWanted) continue;
      if (attributes.length > 0 && !attributes.includes(value.attributeOptionCombo)) continue;
      if (since !== undefined && Date.parse(value.lastUpdated) < since) continue;
      values.push(value);
    }
  }
  const head = headOf(context, selection);
  if (!dialect.exportsCompactRows) return { ...head, dataValues: values.map(toFullRow) };
  const [attribute] = attributes.length === 1 ? attributes : [];
  const shared = { ...head, ...(attribute ? { attributeOptionCombo: attribute } : {}) };
  return { ...shared, dataValues: values.map(value => toCompactRow(value, shared)) };
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

/** What stands at the head of an answer about one data set, one period and one org unit. */
function headOf({ store, dialect }: ServerContext, selection: Selection): Record<string, unknown> {
  const { dataSets, periods, orgUnits, coveredOrgUnits } = selection;
  const isSingle = [dataSets, periods, orgUnits, coveredOrgUnits].every(list => list.length === 1);
  if (!isSingle) return {};
  const [dataSet, period, orgUnit] = [dataSets[0]!.id, periods[0]!, orgUnits[0]!];
  if (dialect.exportsCompactRows) return { dataSet, period, orgUnit };
  const registration = store.completeness.get({
    dataSet,
    period,
    organisationUnit: orgUnit,
    attributeOptionCombo: store.metadata.defaultOptionCombo,
  });
  return { dataSet, completeDate: registration?.date ?? null, period, orgUnit };
}

function toFullRow(value: DataValue): object {
  return {
    dataElement: value.dataElement,
    period: value.period,
    orgUnit: value.orgUnit,
    categoryOptionCombo: value.categoryOptionCombo,
    attributeOptionCombo: value.attributeOptionCombo,
    value: value.value ?? null,
    storedBy: value.storedBy,
    created: utcTime(value.created),
    lastUpdated: utcTime(value.lastUpdated),
    comment: value.comment ?? null,
    followup: value.followup,
    ...(value.deleted ? { deleted: true } : {}),
  };
}

function toCompactRow(value: DataValue, shared: object): object {
  const row = Object.entries(toFullRow(value)).filter(
    ([name, content]) => content !== null && !(name in shared),
  );
  return Object.fromEntries(row);
}

/** The instant of `lastUpdated` or `lastUpdatedDuration` (`10d`), in milliseconds since 1970. */
function changedSince({ clock, dialect }: ServerContext, query: Query): number | undefined {
  const text = query.text('lastUpdated');
  const duration = query.text('lastUpdatedDuration');
  if (duration !== undefined) {
    const [, count, unit] = DURATION.exec(duration) ?? [];
    if (unit === undefined) throw codedRefusal(409, dialect, 'E2005', [duration]);
    return clock().getTime() - Number(count) * UNIT_MS[unit]!;
  }
  if (text === undefined) return undefined;
  const instant = Date.parse(
    /T/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text,
  );
  if (Number.isNaN(instant)) throw sandboxRefusal(400, `lastUpdated "${text}"`);
  return instant;
}
