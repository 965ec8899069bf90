import { addToReport } from '#common/operations/operation.js';
import { IntegrationError } from '#common/reporting/errors.js';
import type { OnRejected } from '#common/reporting/on-rejected.js';
import { MAX_LISTED, type State } from '#common/reporting/report.js';
import { accountFor } from './account.js';
import type { TrackerPayload } from './payload.js';
import { errorsIn, type ImportReport, statsOf, type TrackerError } from './report.js';

/** Most codes that a message names. */
const MAX_NAMED = 5;

/**
 * What an import means for a step. Nothing written is a failure. If some objects were written and
 * some not, the report lists the latter, and the run gets an exit status of its own. DHIS2's
 * warnings are in the report as well.
 *
 * @param payload what was sent
 * @param query parameters of the import
 * @param onRejected what refused objects do to a step that has written others
 * @throws IntegrationError `REJECTED`; `IMPORT_REFUSED`, with codes and ids but without the
 * server's messages, which repeat the values that it refuses
 */
export function reportImport(
  state: State,
  payload: TrackerPayload,
  report: ImportReport,
  query: Record<string, unknown> = {},
  onRejected: OnRejected = 'report',
): State {
  const { created, updated, deleted } = statsOf(report);
  const errors = errorsIn(report);
  const isRehearsal = String(query.importMode).toUpperCase() === 'VALIDATE';
  // With atomicMode=OBJECT the word is OK even if every object was refused (recording 243).
  const isRefused = report.status === 'ERROR' || (errors.length > 0 && !isRehearsal);
  if (isRefused && created + updated + deleted === 0) throw importRefused(report, errors);
  const { rejectedCount, rejected, adjusted } = accountFor(payload, report, isRehearsal);
  if (rejectedCount + adjusted.length === 0) return state;
  const counts = {
    created,
    updated: updated + deleted,
    ...(rejectedCount > 0 ? { rejectedCount, rejected } : {}),
    ...(adjusted.length > 0 ? { adjustedCount: adjusted.length, adjusted } : {}),
  };
  const isJudged = onRejected !== 'report' && !isRehearsal;
  return addToReport(state, 'tracker-import', counts, isJudged ? onRejected : undefined);
}

function importRefused(report: ImportReport, errors: readonly TrackerError[]): IntegrationError {
  const codes = [...new Set(errors.map(({ errorCode }) => errorCode ?? 'UNKNOWN'))];
  const named = codes.slice(0, MAX_NAMED).join(', ') || 'no reason given';
  return new IntegrationError({
    code: 'IMPORT_REFUSED',
    message: `DHIS2 refused all objects: ${named}${codes.length > MAX_NAMED ? '...' : '.'}`,
    fix: 'Look up the codes in the documentation of the tracker, and correct the objects with these ids.',
    details: {
      system: 'DHIS2',
      stats: statsOf(report),
      errors: errors
        .slice(0, MAX_LISTED)
        .map(({ errorCode, trackerType, uid }) => ({ code: errorCode, type: trackerType, uid })),
    },
  });
}
