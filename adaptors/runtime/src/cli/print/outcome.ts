import type { RunOutcome } from '../../run/run-outcome.js';
import { formatChanges } from './changes.js';
import { formatHeadlines, formatSummary } from './summary.js';

/** What a run did, or a dry run would do: headlines, changes and summary, a blank line after each. */
export function formatOutcome(
  outcome: RunOutcome,
  dryRun: boolean,
  files: { changes: string; report: string },
): string[] {
  const { plan } = outcome;
  const blocks = [
    // The changes can be long, so what matters most comes before them, too.
    ...(plan ? [formatHeadlines(outcome), formatChanges(plan, dryRun, files.changes)] : []),
    formatSummary(outcome, files.report),
  ];
  return blocks.filter(lines => lines.length > 0).flatMap(lines => [...lines, '']);
}
