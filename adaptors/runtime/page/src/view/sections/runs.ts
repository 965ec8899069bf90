import type { RunRow } from '#runtime/record/run-rows.js';
import { element, section } from '../../dom.js';
import { fill, type Language } from '../../language.js';
import { type Cell, table } from '../../table.js';
import type { ViewTexts } from '../texts/en.js';

/** The list of all runs, each with a link to its page. */
export function runsSection(
  rows: readonly RunRow[],
  language: Language,
  view: ViewTexts,
): HTMLElement {
  const { texts } = language;
  const heads = [
    ...[view.time, texts.workflow, texts.state, view.created, view.updated],
    ...[texts.rejected, texts.coverage],
  ];
  const content =
    rows.length === 0
      ? element('p', {}, view.noRuns)
      : table(
          language,
          view.runs,
          heads,
          rows.map(row => toCells(row, language, view)),
        );
  return section('runs', view.runs, content);
}

function toCells(row: RunRow, language: Language, view: ViewTexts): Cell[] {
  const { time, workflow, status, dryRun, coverage } = row;
  const { texts, percent } = language;
  const href = `/runs/${encodeURIComponent(workflow)}/${encodeURIComponent(time)}`;
  const name = status === 'unreadable' ? view.unreadable : texts.status[status];
  return [
    element('a', { href, target: '_blank', rel: 'noopener', class: 'whole' }, time),
    workflow,
    dryRun ? fill(view.dryRun, { status: name }) : name,
    row.created ?? null,
    row.updated ?? null,
    row.rejected ?? null,
    coverage === undefined ? null : percent(coverage),
  ];
}
