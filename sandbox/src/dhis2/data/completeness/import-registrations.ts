import { parsePeriod } from '#common/periods/index.js';
import { canWriteData, capturesAt } from '../../accounts/access.js';
import type { SeedUser } from '../../accounts/types.js';
import type { ServerContext } from '../../server-context.js';
import { nowIn } from '../import/open-periods.js';
import type { ImportOptions } from '../import/options.js';
import { ImportSummary } from '../import/summary.js';
import type { CompleteRegistration } from '../types.js';

type Sent = Partial<CompleteRegistration>;

/** Ends an import of registrations; none of them is stored. */
class Failure extends Error {}

/**
 * Imports registrations of completeness. An invalid registration is ignored, with a conflict that
 * has neither code nor index. The import is a SUCCESS if at least one registration is valid (dhis2
 * LIVE 187, recordings 419 to 421; the server's source,
 * DefaultCompleteDataSetRegistrationExchangeService).
 */
export function importRegistrations(
  context: ServerContext,
  user: SeedUser,
  text: string,
  options: ImportOptions,
): ImportSummary {
  const summary = new ImportSummary(context.dialect, options);
  summary.isAborted = true;
  try {
    const rows = readRegistrations(text);
    const accepted = rows.flatMap(row => {
      const problem = problemOf(context, user, row);
      if (!problem) return [toRegistration(context, user, row)];
      summary.ignored += 1;
      summary.addConflict(problem);
      return [];
    });
    if (!options.dryRun) learnPeriods(context, accepted);
    for (const registration of accepted) write(context, summary, registration, options);
    summary.status = summary.ignored === rows.length ? 'ERROR' : 'SUCCESS';
    summary.description = 'Import process complete.';
    return summary;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const failed = new ImportSummary(context.dialect, options);
    failed.isAborted = true;
    failed.status = 'ERROR';
    failed.description = `The import process failed: ${error.message}`;
    return failed;
  }
}

function readRegistrations(text: string): Sent[] {
  try {
    return JSON.parse(text).completeDataSetRegistrations ?? [];
  } catch (error) {
    throw new Failure((error as Error).message);
  }
}

/**
 * Since 2.43 a new registration for a period that the database does not have fails the request. The
 * failed request creates the period, so the next attempt succeeds (dhis2 LIVE, the sandbox).
 */
function learnPeriods({ store, dialect }: ServerContext, rows: CompleteRegistration[]): void {
  const inputPeriods = store.metadata
    .list('dataSets')
    .flatMap(({ dataInputPeriods = [] }) => dataInputPeriods.map(({ period }) => period.id));
  const isNew = ({ period }: CompleteRegistration) =>
    !store.dataValues.knowsPeriod(period) &&
    !store.completeness.knowsPeriod(period) &&
    !inputPeriods.includes(period);
  const isFailing = dialect.failsOnNewPeriods && rows.some(isNew);
  for (const { period } of rows) store.completeness.learnPeriod(period);
  if (isFailing) throw new Failure('Failed to flush BatchHandler');
}

function write(
  { store }: ServerContext,
  summary: ImportSummary,
  registration: CompleteRegistration,
  { importStrategy, dryRun }: ImportOptions,
): void {
  const isThere = store.completeness.get(registration) !== undefined;
  const isWanted = isThere
    ? importStrategy !== 'CREATE'
    : importStrategy === 'CREATE' || importStrategy === 'CREATE_AND_UPDATE';
  if (!isWanted) {
    summary.ignored += 1;
    return;
  }
  if (importStrategy === 'DELETE') summary.deleted += 1;
  else if (isThere) summary.updated += 1;
  else summary.imported += 1;
  if (dryRun) return;
  if (importStrategy === 'DELETE') store.completeness.delete(registration);
  else store.completeness.set(registration);
}

/** The registration of a row; its date, author and completeness are stored as given. */
function toRegistration(
  { store, clock, dialect }: ServerContext,
  user: SeedUser,
  row: Sent,
): CompleteRegistration {
  const { day } = nowIn(store.systemInfo.serverTimeZoneId, clock());
  const combo = row.attributeOptionCombo ?? '';
  return {
    period: parsePeriod(row.period!, { serverVersion: dialect.version })!.id,
    dataSet: row.dataSet!,
    organisationUnit: row.organisationUnit!,
    // A combo that does not exist counts as not given.
    attributeOptionCombo: store.metadata.get('categoryOptionCombos', combo)
      ? combo
      : store.metadata.defaultOptionCombo,
    date: row.date?.slice(0, 10) ?? day,
    storedBy: row.storedBy ?? user.username,
    completed: row.completed ?? true,
  };
}

/** Why a registration is ignored; the first problem counts. */
function problemOf(
  { store, dialect }: ServerContext,
  user: SeedUser,
  row: Sent,
): { object: string; value: string } | undefined {
  const { metadata } = store;
  const { dataSet = 'null', period = 'null', organisationUnit: unit = 'null' } = row;
  const isPeriod = parsePeriod(period, { serverVersion: dialect.version }) !== undefined;
  if (!isPeriod && dialect.importer === 'group') {
    throw new Failure(
      `java.lang.IllegalArgumentException: Invalid Period \`${period}\`, failed to create date interval`,
    );
  }
  const found = metadata.get('dataSets', dataSet);
  if (!found) return { object: dataSet, value: 'Data set not found or not accessible' };
  if (!isPeriod) return { object: period, value: 'Period not valid' };
  if (!metadata.get('organisationUnits', unit)) {
    return { object: unit, value: 'Organisation unit not found or not accessible' };
  }
  if (!capturesAt(store, user, unit)) {
    const value = `Organisation unit is not in hierarchy of user: ${user.username}`;
    return { object: unit, value };
  }
  if (!canWriteData(user, found)) {
    return {
      object: 'dataSet',
      value: `User does not have write access for DataSet: ${dataSet}`,
    };
  }
  return undefined;
}
