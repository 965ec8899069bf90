import { parsePeriod } from '#common/periods/index.js';
import type { SeedUser } from '../../accounts/types.js';
import { Query } from '../../http/query.js';
import { codedRefusal, sandboxRefusal } from '../../http/web-message.js';
import type { ServerContext } from '../../server-context.js';
import { dayInUtc } from '../../store/time.js';
import type { DataValue } from '../types.js';
import { createEncoder, type Encoder, OUTPUT_SCHEME_PARAMS } from './encode-ids.js';
import { toCompactRow, toFullRow } from './export-rows.js';
import { hiddenOrgUnits, readSelection, type Selection } from './read-query.js';
import { selectValues } from './select-values.js';

const PARAMS = [
  ...OUTPUT_SCHEME_PARAMS,
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

/** The result of a read, before it is written as JSON or CSV. */
export interface Export {
  values: DataValue[];
  selection: Selection;
  encoder: Encoder;
  /** The requested attribute option combos. */
  attributeOptionCombos: string[];
}

/**
 * Reads data values (dhis2 FACTS §1.9).
 *
 * @returns undefined for data that the user may not read, up to 2.42: the answer is then 200 and
 * empty (dhis2 LIVE 177, recording 418)
 * @throws Refusal 409 when a required parameter is missing, since 2.43 also for data that the
 * user may not read
 */
export function readValues(
  context: ServerContext,
  user: SeedUser,
  params: Record<string, string[]>,
): Export | undefined {
  const { dialect } = context;
  const isGroup = dialect.importer === 'group';
  const query = new Query(params, PARAMS, 'GET /api/dataValueSets');
  const encoder = createEncoder(context, query);
  const since = changedSince(context, query);
  const dataElements = query.list('dataElement');
  const periodOf = (id: string) => parsePeriod(id, { serverVersion: dialect.version });
  const selection = readSelection(context, user, query, periodOf, {
    noDataSets: 'E2001',
    keepsUnknown: isGroup,
    hasOtherData: dataElements.length > 0,
    hasOtherTime: since !== undefined && dialect.readsByChangeAlone,
  });
  const limit = Number(query.text('limit') ?? Number.POSITIVE_INFINITY);
  if (limit < 0) throw codedRefusal(409, dialect, 'E2009', [query.text('limit')!]);
  const { hidden } = selection;
  if (hidden.dataSets.length + hidden.orgUnits.length > 0) {
    if (!isGroup) return undefined;
    if (hidden.dataSets.length > 0) throw codedRefusal(409, dialect, 'E2010', [hidden.dataSets]);
    throw hiddenOrgUnits(dialect, hidden.orgUnits);
  }
  const attributeOptionCombos = query.list('attributeOptionCombo');
  const filter = {
    dataElements,
    attributeOptionCombos,
    isDeletedWanted: query.flag('includeDeleted'),
    changedSince: since,
    limit,
  };
  const values = selectValues(context, selection, filter, periodOf);
  return { values, selection, encoder, attributeOptionCombos };
}

/**
 * The answer to `GET /api/dataValueSets` as JSON. Up to 2.42, the head of a read of one data set,
 * one period and one org unit has all three. Since 2.43 the head has each of them that was
 * requested alone, and the rows omit it (recordings 382, 391, 406 to 412).
 */
export function exportAsJson(context: ServerContext, found: Export): object {
  const { values, encoder } = found;
  if (!context.dialect.exportsCompactRows) {
    return {
      ...fullHead(context, found),
      dataValues: values.map(value => toFullRow(value, encoder)),
    };
  }
  const head = compactHead(found);
  return {
    ...head,
    ...encoder.head,
    dataValues: values.map(value => toCompactRow(value, encoder, head)),
  };
}

function fullHead({ store }: ServerContext, { selection, encoder }: Export): object {
  const { dataSets, periods, orgUnits } = selection;
  if ([dataSets, periods, orgUnits].some(list => list.length !== 1)) return {};
  const [dataSet, period, orgUnit] = [dataSets[0]!, periods[0]!, orgUnits[0]!];
  const registration = store.completeness.get({
    dataSet,
    period,
    organisationUnit: orgUnit,
    attributeOptionCombo: store.metadata.defaultOptionCombo,
  });
  const { serverTimeZoneId } = store.systemInfo;
  return {
    dataSet: encoder.encode('dataSet', dataSet),
    completeDate: registration ? dayInUtc(registration.date, serverTimeZoneId) : null,
    period,
    orgUnit: encoder.encode('orgUnit', orgUnit),
  };
}

function compactHead({ selection, attributeOptionCombos, encoder }: Export): object {
  const { dataSets, periods, orgUnits, isExact } = selection;
  const only = (ids: readonly string[]) => (ids.length === 1 ? ids : []);
  return {
    ...Object.fromEntries(only(dataSets).map(id => ['dataSet', encoder.encode('dataSet', id)])),
    ...Object.fromEntries(only(periods).map(id => ['period', id])),
    ...Object.fromEntries(
      isExact ? only(orgUnits).map(id => ['orgUnit', encoder.encode('orgUnit', id)]) : [],
    ),
    ...Object.fromEntries(
      only(attributeOptionCombos).map(id => [
        'attributeOptionCombo',
        encoder.encode('attributeOptionCombo', id),
      ]),
    ),
  };
}

/** The instant of `lastUpdated` or `lastUpdatedDuration` (`10d`), in milliseconds since 1970. */
function changedSince({ clock, dialect }: ServerContext, query: Query): number | undefined {
  const text = query.text('lastUpdated');
  const duration = query.text('lastUpdatedDuration');
  if (duration !== undefined && dialect.readsByChangeAlone) {
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
