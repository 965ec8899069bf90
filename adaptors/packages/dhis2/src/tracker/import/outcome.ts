import { addToReport } from '#common/operations/operation.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { MAX_LISTED, type State } from '#common/reporting/report.js';
import { accountFor } from './account.js';
import type { TrackerPayload } from './payload.js';
import { type ImportReport, statsOf, type TrackerError } from './report.js';

/** Codes that a message names. */
const MAX_NAMED = 5;

/**
 * What an import means for a step: nothing written is a failure; something written and something not
 * is a report, and a status of its own for the run. What DHIS2 warns of is in the report too.
 *
 * @param payload what was sent
 * @param query parameters of the import
 * @throws IntegrationError `IMPORT_REFUSED`, with codes and ids, and no message of the server's:
 * those repeat the values that it does not take
 */
export function reportImport(
  state: State,
  payload: TrackerPayload,
  report: ImportReport,
  query: Record<string, unknown> = {},
): State {
  const { created, updated, deleted } = statsOf(report);
  if (report.status === 'ERROR' && created + updated + deleted === 0) {
    throw importRefused(report, report.validationReport?.errorReports ?? []);
  }
  const isRehearsal = String(query.importMode).toUpperCase() === 'VALIDATE';
  const { rejectedCount, rejected, adjusted } = accountFor(payload, report, isRehearsal);
  if (rejectedCount + adjusted.length === 0) return state;
  return addToReport(state, 'tracker-import', {
    created,
    updated: updated + deleted,
    ...(rejectedCount > 0 ? { rejectedCount, rejected } : {}),
    ...(adjusted.length > 0 ? { adjustedCount: adjusted.length, adjusted } : {}),
  });
}

function importRefused(report: ImportReport, errors: readonly TrackerError[]): IntegrationError {
  const codes = [...new Set(errors.map(({ errorCode }) => errorCode ?? 'UNKNOWN'))];
  const named = codes.slice(0, MAX_NAMED).join(', ') || 'no reason given';
  return new IntegrationError({
    code: 'IMPORT_REFUSED',
    message: `DHIS2 takes none of the objects: ${named}${codes.length > MAX_NAMED ? '...' : '.'}`,
    fix: 'Look the codes up in the documentation of the tracker, and correct the objects with these ids.',
    details: {
      system: 'DHIS2',
      stats: statsOf(report),
      errors: errors
        .slice(0, MAX_LISTED)
        .map(({ errorCode, trackerType, uid }) => ({ code: errorCode, type: trackerType, uid })),
    },
  });
}
