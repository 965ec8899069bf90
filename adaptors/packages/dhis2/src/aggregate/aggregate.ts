import { ownOf } from '#common/collections/own.js';
import type { AggregateReport, ReportOrgUnit } from '#common/handover/aggregate-report.js';
import type { Tally } from '#common/handover/tally.js';
import type { LeftOutLedger } from '#common/reporting/left-out.js';
import type { Problem } from '#common/reporting/mapping-problems.js';
import type { StepReport } from '#common/reporting/report.js';
import type { Dhis2Client } from '../client/client.js';
import { DATA_SET_PLACES, readDataSet } from '../client/metadata/data-sets.js';
import type { DataSet, OrgUnit } from '../client/metadata/metadata.js';
import { createPlacer } from '../org-units/place-locations.js';
import { readOrgUnits } from '../org-units/read-org-units.js';
import { aggregateTally } from './aggregate-tally.js';
import { reportElements } from './combination.js';
import { coverageOf, explainLowCoverage } from './coverage.js';
import type { ReadMapping } from './mapping.js';
import { resolveTable } from './resolve-table.js';

/**
 * Reads which org units report the data set and which org units the locations are, then turns the
 * counts into values. Nothing is written. Problems of the mapping are only collected, so that the
 * writing step can list all of them at once.
 *
 * @param unknown problems that were found before
 */
export async function aggregateCounts(
  client: Dhis2Client,
  tally: Tally,
  mapping: ReadMapping,
  unknown: readonly Problem[],
): Promise<{ data: AggregateReport; report: StepReport }> {
  const found = await readDataSet(client, mapping.dataSet, DATA_SET_PLACES);
  const assigned = new Set(found.dataSet?.organisationUnits.map(({ id }) => id));
  const candidates = await readCandidates(client, tally, mapping);
  const { by, table: words } = mapping.orgUnits;
  const resolved = await resolveTable(client, by.includes('table') ? words : {}, candidates);
  const orgUnits = [...candidates, ...resolved.orgUnits];
  const place = createPlacer({
    mapping: { ...mapping.orgUnits, table: resolved.table },
    locations: tally.locations,
    orgUnits,
    assigned,
  });
  const elements = reportElements(mapping);
  const { values, counted, leftOut, partly } = aggregateTally(tally, mapping, elements, place);
  const coverage = coverageOf(tally, counted, leftOut.list());
  // Without the data set or an org unit of the table, records are omitted for that reason alone.
  const isPlaced = found.dataSet !== undefined && resolved.problems.length === 0;
  const lowCoverage = isPlaced ? explainLowCoverage(coverage, mapping.minCoverage) : undefined;
  return {
    data: {
      outbreak: tally.outbreak,
      dataSet: idOrCode(mapping.dataSet, found.dataSet),
      attributeOptions: mapping.attributeOptions,
      periodType: tally.periodType,
      today: tally.today,
      window: tally.window,
      elements,
      orgUnits: await describeOrgUnits(client, Object.keys(values), orgUnits),
      values,
      problems: [...(found.dataSet ? [] : [found.problem]), ...resolved.problems, ...unknown],
      ...nothingMapped(counted, leftOut),
      ...(lowCoverage === undefined ? {} : { lowCoverage }),
    },
    report: {
      coverage,
      read: counted + leftOut.total(),
      counted,
      leftOut: leftOut.list(),
      warnings: partlyCounted(partly),
      ...client.usage,
    },
  };
}

/** Names are resolved here, so that the writing step needs no search: it gets the id instead. */
function idOrCode(word: string, dataSet: DataSet | undefined): string {
  return !dataSet || word === dataSet.code ? word : dataSet.id;
}

/** The org units that a location, or a location above it, may be. */
function readCandidates(
  client: Dhis2Client,
  { counts, locations }: Tally,
  { orgUnits: { by, table } }: ReadMapping,
): Promise<OrgUnit[]> {
  const locationIds = [...new Set([...Object.keys(counts), ...Object.keys(locations)])];
  const words = by.includes('table') ? Object.values(table) : [];
  return readOrgUnits(
    client,
    [...(by.includes('id') ? locationIds : []), ...words],
    [
      ...(by.includes('code')
        ? locationIds.flatMap(id => ownOf(locations, id)?.identifiers ?? [])
        : []),
      ...words,
    ],
  );
}

/** The reporting org units; some of them are above the ones that were read. */
async function describeOrgUnits(
  client: Dhis2Client,
  ids: string[],
  read: OrgUnit[],
): Promise<Record<string, ReportOrgUnit>> {
  const known = new Map(read.map(unit => [unit.id, unit]));
  const others = ids.filter(id => !known.has(id));
  for (const unit of await readOrgUnits(client, others)) known.set(unit.id, unit);
  return Object.fromEntries(
    ids.flatMap(id => (known.has(id) ? [[id, toReportOrgUnit(known.get(id)!)]] : [])),
  );
}

function toReportOrgUnit({ name, path, openingDate, closedDate }: OrgUnit): ReportOrgUnit {
  return {
    name: name ?? '',
    path,
    ...(openingDate ? { openingDate: openingDate.slice(0, 10) } : {}),
    ...(closedDate ? { closedDate: closedDate.slice(0, 10) } : {}),
  };
}

/** Reasons that point to a mistake in the mapping. */
const UNMAPPED = ['unmapped-location', 'unassigned-location', 'above-level', 'unmapped-code'];

/** A mapping that gives no value at all may be a mistake. The writing step must not turn that into zeros. */
function nothingMapped(counted: number, leftOut: LeftOutLedger): { nothingMapped?: string } {
  const rows = leftOut.list();
  if (counted > 0 || !rows.some(({ reason }) => UNMAPPED.includes(reason))) return {};
  const causes = rows
    .slice(0, 5)
    .map(({ reason, subject, count }) => `${reason} ${subject} (${count})`);
  return {
    nothingMapped: `None of the ${leftOut.total()} records reaches a data value: ${causes.join(', ')}`,
  };
}

function partlyCounted(partly: LeftOutLedger): string[] {
  return partly.list().map(({ reason, count }) => `${count} counted ${reason}.`);
}
