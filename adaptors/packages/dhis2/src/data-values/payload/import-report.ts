import { addToReport } from '#common/operations/operation.js';
import { IntegrationError } from '#common/reporting/errors.js';
import type { OnRejected } from '#common/reporting/on-rejected.js';
import { MAX_LISTED, type Rejected, type State } from '#common/reporting/report.js';
import { type ImportConflict, readImportSummary } from '../import/import-summary.js';
import type { DataValueImport } from './data-value-import.js';
import type { DataValueSet } from './payload-chunks.js';

type Reason = Pick<ImportConflict, 'code' | 'message' | 'indexes'>;

/**
 * Reports an import of data values, by the same rule as for the tracker: the step fails if nothing
 * was stored, and reports what was refused if only a part was.
 *
 * @param onRejected what refused values do to a step that has written others
 * @throws IntegrationError `IMPORT_REFUSED`, `REJECTED`
 */
export function reportDataValues(
  state: State,
  { summary, size, hints }: DataValueImport,
  { orgUnit, period, completeDate }: DataValueSet,
  onRejected: OnRejected = 'report',
): State {
  const { imported = 0, updated = 0, ignored = 0, deleted = 0 } = summary.importCount ?? {};
  const conflicts = readImportSummary(200, summary).conflicts.map(conflict => ({
    ...conflict,
    message: `${conflict.message}${hints[conflict.code] ?? ''}`,
  }));
  // DHIS2 also ignores, without a conflict, a value that is already stored (FACTS §0).
  if (conflicts.length === 0) return state;
  const places = new Set(conflicts.flatMap(({ indexes }) => indexes));
  const isPlaced = conflicts.every(({ indexes }) => indexes.length > 0);
  const rejectedCount = isPlaced ? places.size : Math.max(places.size, ignored);
  const isNothingWritten = imported + updated + deleted === 0;
  const isAllRefused = rejectedCount >= (size ?? ignored);
  if (isNothingWritten && (summary.status === 'ERROR' || isAllRefused)) {
    throw refusedImport(conflicts);
  }
  const rejected: Rejected[] = conflicts.flatMap(toRejected);
  const isLeftOpen = Boolean(completeDate) && (summary.dataSetComplete ?? 'false') === 'false';
  if (isLeftOpen) rejected.push(leftOpen(orgUnit, period));
  const counts = {
    created: imported,
    updated: updated + deleted,
    rejectedCount: rejectedCount + (isLeftOpen ? 1 : 0),
    rejected: rejected.slice(0, MAX_LISTED),
  };
  // Ignored without a conflict: stored already.
  const stored = Math.max(0, ignored - rejectedCount);
  const judged = onRejected === 'report' ? undefined : onRejected;
  return addToReport(state, 'data-value-import', counts, judged, stored);
}

function toRejected({ code, message, indexes }: Reason): Rejected[] {
  const places = indexes.length > 0 ? indexes : [''];
  return places.map(index => ({ kind: 'data value', id: String(index), code, message }));
}

function leftOpen(orgUnit: unknown, period: unknown): Rejected {
  return {
    kind: 'complete data set registration',
    id: `${orgUnit}/${period}`,
    code: 'NOT_REGISTERED',
    message: 'DHIS2 did not register it as complete: some of its values were refused.',
  };
}

/** The error for an import that stored nothing. */
export function refusedImport(conflicts: readonly Reason[]): IntegrationError {
  const [first] = conflicts;
  return new IntegrationError({
    code: 'IMPORT_REFUSED',
    message: `DHIS2 stored none of the data values${first ? `: ${first.code}, ${first.message}` : '.'}`,
    fix: 'Correct what the conflicts name.',
    details: {
      system: 'DHIS2',
      conflicts: conflicts
        .slice(0, MAX_LISTED)
        .map(({ code, message, indexes }) => ({ code, message, indexes })),
    },
  });
}
