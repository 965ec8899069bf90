import { shareOf } from '#common/reporting/coverage.js';
import { coverageOf, totalsOf } from '#runtime/record/totals.js';
import { codeName } from '../code-name.js';
import type { PageData } from '../data.js';
import { element, section } from '../dom.js';
import { fill, type Language } from '../language.js';

/** What happened, and what to do: in a few sentences, before everything else. */
export function headline({ report, changes }: PageData, language: Language): HTMLElement {
  const things = nameChanged(changes, language);
  const sentences = [happened(report, things, language), ...rejections(report, language)];
  return element(
    'div',
    { class: `headline ${report.status}`, role: 'status' },
    report.dryRun && element('p', { class: 'dry' }, language.texts.dryRun),
    element('p', { class: 'happened' }, sentences.join(' ')),
    element(
      'p',
      {},
      element('strong', {}, `${language.texts.todo}${language.texts.colon}`),
      todo(report, language),
    ),
  );
}

type Report = PageData['report'];

/** What a plan with these columns changes. */
const CHANGED: [column: string, things: string][] = [
  ['data element', 'data-values'],
  ['location', 'locations'],
  ['org unit', 'org-units'],
  ['option', 'options'],
  ['fields', 'person-records'],
];

/** What the run has changed, with a capital: `Data values`. */
function nameChanged(changes: PageData['changes'], { code, texts }: Language): string {
  const [, things = 'records'] =
    CHANGED.find(([column]) => changes?.columns.includes(column)) ?? [];
  const name = texts.things[things] ?? things;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

function happened(report: Report, things: string, language: Language): string {
  const { texts, number } = language;
  const [error] = report.errors ?? [];
  if (error) return fill(texts.failure, { code: codeName(error.code, language) });
  if (report.exitStatus === null || report.exitStatus === 130)
    return `${texts.status[report.status]}.`;
  const totals = totalsOf(report);
  const changes = (['created', 'updated', 'removed'] as const).flatMap(what =>
    totals[what] > 0 ? [fill(texts[what], { n: number(totals[what]) })] : [],
  );
  if (changes.length === 0) return report.dryRun ? texts.wouldNothing : texts.nothing;
  return fill(report.dryRun ? texts.wouldDo : texts.done, { things, changes: changes.join(', ') });
}

function rejections(report: Report, { texts, number }: Language): string[] {
  const { rejected } = totalsOf(report);
  return rejected > 0 ? [fill(texts.someRejected, { rejected: number(rejected) })] : [];
}

function todo(report: Report, { code, texts, percent }: Language): string {
  const [error] = report.errors ?? [];
  if (error) {
    // The program's own words are exact, and English.
    const own = error.fix ?? error.message;
    return code === 'en' ? own : (texts.codes[error.code]?.[1] ?? own);
  }
  if (report.exitStatus === null || report.exitStatus === 130) return texts.todoStopped;
  const { created, updated, removed, rejected } = totalsOf(report);
  const coverage = coverageOf(report);
  const parts = [
    ...(report.dryRun && created + updated + removed > 0 ? [texts.todoApprove] : []),
    ...(rejected > 0 ? [texts.todoRejected] : []),
    ...(coverage && coverage.reached < coverage.expected
      ? [
          fill(texts.todoCoverage, {
            share: percent(shareOf(coverage)),
            things: texts.things[coverage.things] ?? coverage.things,
          }),
        ]
      : []),
    ...(!coverage && isLacking(report) ? [texts.todoLeftOut] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : texts.todoNothing;
}

/** Whether something was written differently, or left out for a reason that somebody can correct. */
function isLacking({ report }: Report): boolean {
  return Object.values(report).some(
    ({ adjusted = [], leftOut = [] }) =>
      adjusted.length > 0 || leftOut.some(({ reason }) => /^(un|no-|invalid-)/.test(reason)),
  );
}

/** When, with what, and with which mapping. */
export function facts({ report }: PageData, { texts, time, seconds }: Language): HTMLElement {
  const { workflow, status, startedAt, versions, outbreaks = [], mappingHash, undoOf } = report;
  const rows: [string, string][] = [
    [texts.workflow, workflow],
    [texts.state, texts.status[status]],
    [texts.began, time(startedAt)],
    [texts.lasted, seconds(report.seconds)],
    [
      texts.versions,
      Object.entries(versions)
        .map(pair => pair.join(' '))
        .join(', '),
    ],
    ...(outbreaks.length > 0 ? [[texts.outbreak, outbreaks.join(', ')] as [string, string]] : []),
    ...(undoOf ? [[texts.undoOf, undoOf] as [string, string]] : []),
    ...(mappingHash ? [[texts.mapping, mappingHash] as [string, string]] : []),
  ];
  const pairs = rows.flatMap(([name, value]) => [
    element('dt', {}, name),
    element('dd', {}, value),
  ]);
  return section('facts', texts.facts, element('dl', {}, ...pairs));
}
