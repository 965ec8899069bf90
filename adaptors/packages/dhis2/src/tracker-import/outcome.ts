import { IntegrationError } from '../../../../common/src/errors.js';
import { addToReport } from '../../../../common/src/operation.js';
import { MAX_LISTED, type State } from '../../../../common/src/report.js';
import { type ImportReport, statsOf, type TrackerError } from './report.js';

/** Codes that a message names. */
const MAX_NAMED = 5;

/**
 * What an import means for a step: nothing written is a failure; something written and something not
 * is a report, and a status of its own for the run.
 *
 * @throws IntegrationError `IMPORT_REFUSED`, with codes and ids, and no message of the server's:
 * those repeat the values that it does not take
 */
export function reportImport(state: State, report: ImportReport): State {
  const { created, updated, deleted, ignored } = statsOf(report);
  const errors = report.validationReport?.errorReports ?? [];
  if (report.status === 'ERROR' && created + updated + deleted === 0) {
    throw importRefused(report, errors);
  }
  if (ignored === 0 && errors.length === 0) return state;
  return addToReport(state, 'tracker-import', {
    created,
    updated: updated + deleted,
    rejectedCount: Math.max(ignored, errors.length),
    rejected: errors.slice(0, MAX_LISTED).map(({ errorCode, trackerType, uid }) => ({
      kind: (trackerType ?? 'tracker object').toLowerCase().replaceAll('_', ' '),
      id: uid ?? '',
      code: errorCode ?? 'UNKNOWN',
      message: 'DHIS2 does not take this object.',
    })),
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
