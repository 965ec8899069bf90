import { REJECTED } from '#common/reporting/on-rejected.js';
import type { StepReport } from '#common/reporting/report.js';

/** The parts of an error that are read here. */
interface FailureDetails {
  code?: string;
  details?: { step?: string; report?: StepReport };
}

/**
 * The report of a step that failed because records were rejected: it has written all others. The
 * engine discards what a failed step returns, so its error has the report.
 *
 * @param error of the engine; an adaptor's own error is in its details
 */
export function rejectedReport(error: unknown): Record<string, StepReport> {
  const { code, details } = ((error as { details?: unknown })?.details ?? {}) as FailureDetails;
  if (code !== REJECTED || !details?.step || !details.report) return {};
  return { [details.step]: details.report };
}
